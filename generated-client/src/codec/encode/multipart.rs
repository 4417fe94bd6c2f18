//! Multipart bodies (`multipart/form-data`, RFC 7578).

use std::collections::HashSet;

use serde_json::Value as Json;

use super::json::{body, fixed_in_body, is_file, join, part_text, text_of};
use crate::body::Body;
use crate::schema::{EmptyText, Extra, Field, File, List, Location, Object, Operation, Value, View, is_given};

/// A multipart body, and the boundary between its parts for the Content-Type header.
pub(crate) struct Multipart {
    pub(crate) body: Body,
    pub(crate) boundary: String,
}

/// Encodes a request as a multipart body. Each file is a part. Each other field is a part too, unless the operation has
/// a `data` part, which holds all of them as one JSON object.
///
/// `random` makes the boundary if the content of a file is not known in advance.
pub(crate) fn multipart(
    request: &dyn Object,
    operation: &Operation,
    data: Option<&str>,
    extra: &Extra,
    random: &dyn Fn() -> f64,
) -> Result<Multipart, serde_json::Error> {
    let mut parts = Parts { parts: Vec::new(), empty_text: operation.empty_text };
    if let Some(name) = data {
        parts.text(name, String::from_utf8_lossy(&body(request, operation, extra)?).into_owned());
    } else {
        fixed_in_body(operation, extra).for_each(|(name, value)| parts.text(name, (*value).to_owned()));
    }
    let in_body = request.fields().filter(|(field, _)| field.location == Location::Body && !field.is_answer_only());
    for (field, value) in in_body.filter(|(field, _)| extra.get(field.name).is_none()) {
        let view = value.view();
        if !is_given(field, view, parts.empty_text) {
            continue;
        }
        if data.is_none() && !is_file(view) {
            parts.field(field, view);
        }
        parts.files(field.name, view);
    }
    if data.is_none() {
        extra.in_body(operation, request.schema()).for_each(|(name, value)| parts.json(name, value));
    }
    Ok(parts.finish(random))
}

fn list_items(list: &dyn List) -> impl Iterator<Item = &dyn Value> {
    (0..list.len()).filter_map(|index| list.get(index))
}

struct Parts<'a> {
    parts: Vec<Part<'a>>,
    empty_text: EmptyText,
}

struct Part<'a> {
    name: String,
    content: Content<'a>,
}

enum Content<'a> {
    Text(String),
    File(&'a File),
}

impl Content<'_> {
    /// The bytes. `None` if the content is read while it is sent.
    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text.as_bytes()),
            Self::File(file) => file.content(),
        }
    }

    fn to_body(&self) -> Body {
        match self {
            Self::Text(text) => Body::from(text.clone()),
            Self::File(file) => file.body().clone(),
        }
    }
}

impl<'a> Parts<'a> {
    fn field(&mut self, field: &Field, view: View<'a>) {
        match (view, field.delimiter().and_then(|delimiter| join(view, delimiter))) {
            (_, Some(text)) => self.text(field.name, text),
            (View::Map(map), None) if field.is_flattened() => map.each(&mut |key, value| self.value(key, value.view())),
            (View::List(list), None) => list_items(list).for_each(|value| self.value(field.name, value.view())),
            (view, None) => self.value(field.name, view),
        }
    }

    fn value(&mut self, name: &str, view: View<'_>) {
        let is_data = matches!(view, View::Object(_) | View::List(_) | View::Map(_) | View::Json(_));
        self.text(name, if is_data { part_text(view, self.empty_text) } else { text_of(view) });
    }

    fn text(&mut self, name: &str, text: String) {
        self.parts.push(Part { name: name.to_owned(), content: Content::Text(text) });
    }

    /// Adds an extra value. Null adds no part, and a list adds a part for each item.
    fn json(&mut self, name: &str, json: &Json) {
        match json {
            Json::Null => {}
            Json::String(text) => self.text(name, text.clone()),
            Json::Array(items) => items.iter().for_each(|item| self.json(name, item)),
            json => self.text(name, json.to_string()),
        }
    }

    /// Adds the files of a field. Each file in a list has the name of the field. A file inside an object has its path
    /// as name, such as `documents[0].file`.
    fn files(&mut self, name: &str, view: View<'a>) {
        match view {
            View::List(list) if is_file(view) => list_items(list).for_each(|value| self.files(name, value.view())),
            View::List(list) => {
                for (index, value) in list_items(list).enumerate() {
                    self.files(&format!("{name}[{index}]"), value.view());
                }
            }
            View::File(file) => {
                self.parts.push(Part { name: name.to_owned(), content: Content::File(file) });
            }
            View::Object(object) => {
                for (field, value) in object.fields() {
                    self.files(&format!("{name}.{}", field.name), value.view());
                }
            }
            View::Map(map) => map.each(&mut |key, value| self.files(&format!("{name}.{key}"), value.view())),
            View::Absent
            | View::Text(_)
            | View::Listed(..)
            | View::Integer(_)
            | View::Number(_)
            | View::Boolean(_)
            | View::Json(_) => {}
        }
    }

    fn finish(self, random: &dyn Fn() -> f64) -> Multipart {
        let boundary = self.boundary(random);
        let mut body = Body::default();
        for part in &self.parts {
            body.append(format!("--{boundary}\r\n{}\r\n", part.head()).into());
            body.append(part.content.to_body());
            body.append(Body::from("\r\n"));
        }
        body.append(format!("--{boundary}--\r\n").into());
        Multipart { body, boundary }
    }

    /// A boundary that no part contains. If the content of all parts is known, the boundary depends only on the
    /// content. Otherwise it is random, so that no file can be written to contain it.
    fn boundary(&self, random: &dyn Fn() -> f64) -> String {
        const START: &str = "part-of-a-plivo-request-";
        let mut taken = HashSet::new();
        for part in &self.parts {
            let Some(content) = part.content.bytes() else {
                // An `f64` from 0 to 1 has 53 random bits.
                let bits = || (random() * (1_u64 << 53) as f64) as u64;
                return format!("{START}{:014x}{:014x}", bits(), bits());
            };
            taken.extend(numbers_after(START.as_bytes(), content));
        }
        let number = (0..).find(|number| !taken.contains(number)).unwrap_or_default();
        format!("{START}{number}")
    }
}

/// Every number that follows an occurrence of `start`, and every prefix of these numbers.
fn numbers_after(start: &[u8], content: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    for end in (start.len()..=content.len()).filter(|end| content[..*end].ends_with(start)) {
        let digits = content[end..].iter().take(18).take_while(|digit| digit.is_ascii_digit());
        digits.fold(0_u64, |number, digit| {
            let number = number * 10 + u64::from(digit - b'0');
            numbers.push(number);
            number
        });
    }
    numbers
}

impl Part<'_> {
    fn head(&self) -> String {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(&self.name));
        if let Content::File(file) = self.content {
            let kind = file.content_type().filter(|kind| !kind.is_empty()).unwrap_or("application/octet-stream");
            head.push_str(&format!(
                "; filename=\"{}\"\r\nContent-Type: {}",
                escaped(file.name()),
                without_controls(kind)
            ));
        }
        head.push_str("\r\n");
        head
    }
}

/// Percent-encodes quotes and control characters. Browsers do the same for quotes and line breaks.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\0'..='\u{1f}' | '\u{7f}' => escaped.push_str(&format!("%{:02X}", u32::from(letter))),
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn without_controls(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Content, Part, Parts};
    use crate::schema::{EmptyText, File};

    fn body(name: &str, file: &File) -> String {
        let part = Part { name: name.to_owned(), content: Content::File(file) };
        let multipart = Parts { parts: vec![part], empty_text: EmptyText::Sent }.finish(&|| 0.5);
        String::from_utf8_lossy(multipart.body.as_bytes().expect("it is in memory")).into_owned()
    }

    #[test]
    fn the_boundary_is_random_if_a_file_is_not_in_memory() {
        let file = File::from_path("no/such/file");
        let part = Part { name: "f".to_owned(), content: Content::File(&file) };
        let multipart = Parts { parts: vec![part], empty_text: EmptyText::Sent }.finish(&|| 0.75);
        assert_eq!(multipart.boundary, "part-of-a-plivo-request-1800000000000018000000000000");
        assert!(multipart.body.as_bytes().is_none());
    }

    #[test]
    fn a_name_cannot_end_its_quotes_or_its_line() {
        let file = File::new("a\"b\r\nX-Evil: 1\r\n\r\n.txt", "x").with_type("text/plain\r\nX-Evil: 1");
        let body = body("f\"\r\n", &file);
        assert!(body.contains(r#"name="f%22%0D%0A"; filename="a%22b%0D%0AX-Evil: 1%0D%0A%0D%0A.txt""#), "{body}");
        assert!(body.contains("\r\nContent-Type: text/plainX-Evil: 1\r\n\r\nx\r\n--"), "{body}");
        assert!(!body.contains("\r\nX-Evil"), "{body}");
    }

    #[test]
    fn no_part_contains_the_boundary() {
        let file = File::new("a", "--part-of-a-plivo-request-0\r\n--part-of-a-plivo-request-1--");
        assert!(body("f", &file).starts_with("--part-of-a-plivo-request-2\r\n"));
    }

    #[test]
    fn an_empty_file_is_a_part() {
        let expected = "--part-of-a-plivo-request-0\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\u{e9}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n\r\n--part-of-a-plivo-request-0--\r\n";
        assert_eq!(body("f", &File::new("\u{e9}", "")), expected);
    }
}
