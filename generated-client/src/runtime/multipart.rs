//! Bodies of several parts, as RFC 7578 has them.

use std::borrow::Cow;
use std::collections::HashSet;

use bytes::Bytes;

use super::join::{joined, text_of};
use super::operation::EmptyText;
use super::schema::{Field, Place};
use super::value::{List, Object, Value, View};
use super::wire::{is_file, is_given, part_text};
use crate::file::File;

/// A body and the boundary between its parts, which the Content-Type header names.
pub(crate) struct Multipart {
    pub(crate) body: Bytes,
    pub(crate) boundary: String,
}

/// The parts of a request's body: one for each file, and one for each other field, or for all of these
/// together where the operation wants them as one JSON object.
pub(crate) fn multipart(request: &dyn Object, data: Option<&str>, empty_text: EmptyText) -> Multipart {
    let mut parts = Parts { list: Vec::new(), empty_text };
    if let Some(name) = data {
        parts.text(name, part_text(View::Object(request), empty_text));
    }
    let mut fields = request.schema().fields.iter();
    request.each(&mut |value| {
        let view = value.view();
        let field = fields.next().filter(|field| field.place == Place::Body && !field.answer_only);
        let Some(field) = field.filter(|field| is_given(field, view, empty_text)) else { return };
        if data.is_none() && !is_file(view) {
            parts.field(field, view);
        }
        parts.files(field.name, view);
    });
    parts.finish()
}

fn list_items(list: &dyn List) -> impl Iterator<Item = &dyn Value> {
    (0..list.len()).filter_map(|index| list.get(index))
}

struct Parts<'a> {
    list: Vec<Part<'a>>,
    empty_text: EmptyText,
}

struct Part<'a> {
    name: String,
    file: Option<&'a File>,
    content: Cow<'a, [u8]>,
}

impl<'a> Parts<'a> {
    fn field(&mut self, field: &Field, view: View<'a>) {
        match (view, field.separator.and_then(|separator| joined(view, separator))) {
            (_, Some(text)) => self.text(field.name, text),
            (View::Map(map), None) if field.spread => map.each(&mut |key, value| self.plain(key, value.view())),
            (View::List(list), None) => list_items(list).for_each(|value| self.plain(field.name, value.view())),
            (view, None) => self.plain(field.name, view),
        }
    }

    fn plain(&mut self, name: &str, view: View<'_>) {
        let is_data = matches!(view, View::Object(_) | View::List(_) | View::Map(_) | View::Json(_));
        self.text(name, if is_data { part_text(view, self.empty_text) } else { text_of(view) });
    }

    fn text(&mut self, name: &str, text: String) {
        self.list.push(Part { name: name.to_owned(), file: None, content: Cow::Owned(text.into_bytes()) });
    }

    /// The files of a field. Those of a list have the field's name; one inside of an object has the way to it,
    /// as in `documents[0].file`.
    fn files(&mut self, name: &str, view: View<'a>) {
        match view {
            View::List(list) if is_file(view) => list_items(list).for_each(|value| self.files(name, value.view())),
            View::List(list) => {
                for (index, value) in list_items(list).enumerate() {
                    self.files(&format!("{name}[{index}]"), value.view());
                }
            }
            View::File(file) => {
                let content = Cow::Borrowed(file.content());
                self.list.push(Part { name: name.to_owned(), file: Some(file), content });
            }
            View::Object(object) => {
                let mut fields = object.schema().fields.iter();
                object.each(&mut |value| {
                    if let Some(field) = fields.next() {
                        self.files(&format!("{name}.{}", field.name), value.view());
                    }
                });
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

    fn finish(self) -> Multipart {
        let boundary = self.boundary();
        let mut body = Vec::new();
        for part in &self.list {
            body.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head()).as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Multipart { body: body.into(), boundary }
    }

    /// A text that stands in no part. The same parts have the same one, so that a request that is sent
    /// again is the same to the byte.
    fn boundary(&self) -> String {
        const START: &[u8] = b"part-of-a-plivo-request-";
        // Every number that stands after the start somewhere, and every number that begins one.
        let mut taken = HashSet::new();
        for part in &self.list {
            let ends = (START.len()..=part.content.len()).filter(|end| part.content[..*end].ends_with(START));
            for end in ends {
                let digits = part.content[end..].iter().take(18).take_while(|digit| digit.is_ascii_digit());
                digits.fold(0_u64, |number, digit| {
                    let number = number * 10 + u64::from(digit - b'0');
                    taken.insert(number);
                    number
                });
            }
        }
        let number = (0..).find(|number| !taken.contains(number)).unwrap_or_default();
        format!("{}{number}", String::from_utf8_lossy(START))
    }
}

impl Part<'_> {
    fn head(&self) -> String {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        if let Some(file) = self.file {
            let kind = file.content_type().filter(|kind| !kind.is_empty()).unwrap_or("application/octet-stream");
            head.push_str(&format!("; filename=\"{}\"\r\nContent-Type: {}", quoted(file.name()), one_line(kind)));
        }
        head.push_str("\r\n");
        head
    }
}

/// Quotes and line breaks are escaped as browsers do, and so is every other character that a header cannot hold.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\0'..='\u{1f}' | '\u{7f}' => quoted.push_str(&format!("%{:02X}", u32::from(letter))),
            _ => quoted.push(letter),
        }
    }
    quoted
}

fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Part, Parts};
    use crate::file::File;
    use crate::runtime::EmptyText;
    use std::borrow::Cow;

    fn body(name: &str, file: &File) -> String {
        let part = Part { name: name.to_owned(), file: Some(file), content: Cow::Borrowed(file.content()) };
        let multipart = Parts { list: vec![part], empty_text: EmptyText::Sent }.finish();
        String::from_utf8_lossy(&multipart.body).into_owned()
    }

    #[test]
    fn no_name_ends_its_quotes_or_its_line() {
        let file = File::new("a\"b\r\nX-Evil: 1\r\n\r\n.txt", "x").with_type("text/plain\r\nX-Evil: 1");
        let body = body("f\"\r\n", &file);
        assert!(body.contains(r#"name="f%22%0D%0A"; filename="a%22b%0D%0AX-Evil: 1%0D%0A%0D%0A.txt""#), "{body}");
        assert!(body.contains("\r\nContent-Type: text/plainX-Evil: 1\r\n\r\nx\r\n--"), "{body}");
        assert!(!body.contains("\r\nX-Evil"), "{body}");
    }

    #[test]
    fn the_boundary_stands_in_no_part() {
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
