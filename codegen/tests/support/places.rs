//! Where each key and each value of a YAML text is, by JSON pointer.

use granit_parser::{Event, Parser};

/// A value, and the key that it has in a mapping.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) pointer: String,
    /// The bytes of the key.
    pub(crate) key: Option<(usize, usize)>,
    /// The first byte of the value.
    pub(crate) value: usize,
}

/// A collection that has not ended.
enum Open {
    List { pointer: String, items: usize },
    Map { pointer: String, key: Option<(String, (usize, usize))> },
}

/// The places of a valid YAML text.
pub(crate) fn places(text: &str) -> Vec<Place> {
    let mut open: Vec<Open> = Vec::new();
    let mut places = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.expect("YAML");
        let bytes = span.byte_range().expect("bytes");
        match event {
            Event::Scalar(name, ..) => {
                if let Some(Open::Map { key: key @ None, .. }) = open.last_mut() {
                    *key = Some((name.into_owned(), (bytes.start, bytes.end)));
                } else {
                    places.push(place(&mut open, bytes.start));
                }
            }
            Event::SequenceStart(..) => {
                places.push(place(&mut open, bytes.start));
                let pointer = places.last().expect("a place").pointer.clone();
                open.push(Open::List { pointer, items: 0 });
            }
            Event::MappingStart(..) => {
                places.push(place(&mut open, bytes.start));
                let pointer = places.last().expect("a place").pointer.clone();
                open.push(Open::Map { pointer, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => drop(open.pop()),
            _ => {}
        }
    }
    places
}

/// The place of the next value.
fn place(open: &mut [Open], value: usize) -> Place {
    match open.last_mut() {
        None => Place { pointer: String::new(), key: None, value },
        Some(Open::List { pointer, items }) => {
            *items += 1;
            Place { pointer: format!("{pointer}/{}", *items - 1), key: None, value }
        }
        Some(Open::Map { pointer, key }) => {
            let (name, bytes) = key.take().expect("a key");
            Place { pointer: child(pointer, &name), key: Some(bytes), value }
        }
    }
}

/// The pointer to what is under a key.
pub(crate) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
