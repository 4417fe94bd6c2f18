//! JSON whose members stay in the order in which they are set, and its layout.

use serde_json::Value;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// A number, a boolean or null, as it is written.
    Word(String),
    Text(String),
    List(Vec<Json>),
    Object(Object),
}

/// A JSON object. A schema is one too.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Object {
    members: Vec<(String, Json)>,
}

impl Object {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The object with a further member.
    pub(super) fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.set(key, value);
        self
    }

    /// The object with a further member, if there is a value.
    pub(super) fn with_some(self, key: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Sets a member. One with the same key is replaced in its place.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.members.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = value,
            None => self.members.push((key.to_owned(), value)),
        }
    }

    /// Sets a member unless the list or object is empty.
    pub(super) fn set_filled(&mut self, key: &str, value: impl Into<Json>) {
        let value = value.into();
        let is_empty = match &value {
            Json::List(items) => items.is_empty(),
            Json::Object(object) => object.is_empty(),
            Json::Word(_) | Json::Text(_) => false,
        };
        if !is_empty {
            self.set(key, value);
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        self.members.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Json> {
        let index = self.members.iter().position(|(known, _)| known == key)?;
        Some(self.members.remove(index).1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Adds the members of another object.
    pub(super) fn extend(&mut self, other: Self) {
        for (key, value) in other.members {
            self.set(&key, value);
        }
    }
}

/// Members whose keys are known to differ.
impl FromIterator<(String, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(members: I) -> Self {
        Self { members: members.into_iter().collect() }
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Json>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Json {
    fn from(is_true: bool) -> Self {
        Self::Word(is_true.to_string())
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Word(number.to_string())
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Word(number.to_string())
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Self::List(items)
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => Self::Word(value.to_string()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => items.iter().map(Self::from).collect(),
            Value::Object(entries) => {
                let members = entries.iter().map(|(key, value)| (key.clone(), Self::from(value)));
                Self::Object(members.collect())
            }
        }
    }
}

/// A list of texts.
pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Json {
    texts.into_iter().map(Json::from).collect()
}

/// The maximum width of a list or an object that is written on one line.
const WIDTH: usize = 116;

/// The text of a document. What fits stays on one line.
pub(super) fn text_of(document: &Json) -> String {
    let mut text = String::new();
    write(document, 0, &mut text);
    text.push('\n');
    text
}

fn write(value: &Json, depth: usize, out: &mut String) {
    let start = out.len();
    // The top level is never on one line, so that the mark of generated files is in one of the first.
    let end = if depth == 0 { start } else { start + WIDTH.saturating_sub(2 * depth) };
    if write_on_line(value, end, out) {
        return;
    }
    out.truncate(start);
    match value {
        Json::Word(word) => out.push_str(word),
        Json::Text(text) => write_text(text, out),
        Json::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                start_line(index > 0, depth + 1, out);
                write(item, depth + 1, out);
            }
            start_line(false, depth, out);
            out.push(']');
        }
        Json::Object(object) => {
            out.push('{');
            for (index, (key, value)) in object.members.iter().enumerate() {
                start_line(index > 0, depth + 1, out);
                write_text(key, out);
                out.push_str(": ");
                write(value, depth + 1, out);
            }
            start_line(false, depth, out);
            out.push('}');
        }
    }
}

fn start_line(is_next: bool, depth: usize, out: &mut String) {
    out.push_str(if is_next { ",\n" } else { "\n" });
    (0..depth).for_each(|_| out.push_str("  "));
}

/// Writes a value on one line. Stops and returns `false` if it goes beyond the end.
fn write_on_line(value: &Json, end: usize, out: &mut String) -> bool {
    match value {
        Json::Word(word) => out.push_str(word),
        // A long text is not written in vain for each object around it.
        Json::Text(text) if out.len() + text.len() > end => return false,
        Json::Text(text) => write_text(text, out),
        Json::List(items) if items.is_empty() => out.push_str("[]"),
        Json::Object(object) if object.is_empty() => out.push_str("{}"),
        Json::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                if !write_on_line(item, end, out) {
                    return false;
                }
            }
            out.push(']');
        }
        Json::Object(object) => {
            for (index, (key, value)) in object.members.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "{ " });
                write_text(key, out);
                out.push_str(": ");
                if !write_on_line(value, end, out) {
                    return false;
                }
            }
            out.push_str(" }");
        }
    }
    out.len() <= end
}

/// Writes a string. What needs no escape is copied in one piece: in debug builds, each step over a character counts.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let (bytes, mut start, mut index) = (text.as_bytes(), 0, 0);
    while index < bytes.len() {
        let byte = bytes[index];
        if byte < b' ' || byte == b'"' || byte == b'\\' {
            out.push_str(&text[start..index]);
            match byte {
                b'"' => out.push_str("\\\""),
                b'\\' => out.push_str("\\\\"),
                b'\n' => out.push_str("\\n"),
                _ => out.push_str(&format!("\\u{byte:04x}")),
            }
            start = index + 1;
        }
        index += 1;
    }
    out.push_str(&text[start..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_json_and_keeps_the_order() {
        let long = "a \"quoted\" \\ line\nand a bell \u{7}".repeat(9);
        let inner = Object::new().with("z", 1_u64).with("a", true).with("none", Object::new());
        let document = Object::new().with("text", long.as_str()).with("inner", inner).with("list", texts(["é", ""]));
        let text = text_of(&document.into());
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["text"], long);
        assert!(
            text.contains("\n  \"inner\": { \"z\": 1, \"a\": true, \"none\": {} },\n  \"list\": [\"é\", \"\"]\n}\n")
        );
    }
}
