//! JSON whose keys stay in their order.

use std::fmt::Write;

/// A line is not longer than this, unless one scalar is.
const WIDTH: usize = 120;

#[derive(Clone)]
pub(super) enum Json {
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl From<bool> for Json {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number)
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

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

pub(super) fn object<const N: usize>(entries: [(&str, Json); N]) -> Json {
    Json::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

impl Json {
    /// The object with more entries at its end.
    pub(super) fn with<const N: usize>(self, more: [(&str, Json); N]) -> Self {
        self.and(object(more))
    }

    /// An object with the entries of two.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Object(mut entries), Self::Object(more)) => {
                entries.extend(more);
                Self::Object(entries)
            }
            (other, _) => other,
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        matches!(self, Self::Object(entries) if entries.iter().any(|(name, _)| name == key))
    }

    /// The text of a file.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0, 0);
        text + "\n"
    }

    /// Writes the value on one line if it fits there, behind a key of this length.
    fn write(&self, text: &mut String, indent: usize, key: usize) {
        let line = self.line();
        let (open, close, items): (_, _, Vec<(Option<&String>, &Self)>) = match self {
            Self::List(items) => ('[', ']', items.iter().map(|item| (None, item)).collect()),
            Self::Object(entries) => ('{', '}', entries.iter().map(|(key, value)| (Some(key), value)).collect()),
            Self::Bool(_) | Self::Number(_) | Self::Text(_) => return text.push_str(&line),
        };
        if indent > 0 && indent + key + line.len() < WIDTH {
            return text.push_str(&line);
        }
        text.push(open);
        for (index, (key, value)) in items.iter().enumerate() {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            text.push_str(&" ".repeat(indent + 2));
            let key = key.map(|key| format!("{}: ", quoted(key))).unwrap_or_default();
            text.push_str(&key);
            value.write(text, indent + 2, key.len());
        }
        text.push('\n');
        text.push_str(&" ".repeat(indent));
        text.push(close);
    }

    fn line(&self) -> String {
        match self {
            Self::Bool(bool) => bool.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => quoted(text),
            Self::List(items) => format!("[{}]", items.iter().map(Self::line).collect::<Vec<_>>().join(", ")),
            Self::Object(entries) if entries.is_empty() => "{}".to_owned(),
            Self::Object(entries) => {
                let entry = |(key, value): &(String, Self)| format!("{}: {}", quoted(key), value.line());
                format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => _ = write!(quoted, "\\u{:04x}", u32::from(control)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
