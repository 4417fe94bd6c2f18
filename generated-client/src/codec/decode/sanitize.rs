//! What to do about a body that `serde_json` refuses: on this cold path a copy is made in which the
//! tokens that it cannot take are blanked, so that one of them does not cost the rest of an answer.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;

use crate::drift::{Drift, DriftLog};
use crate::schema::ValueKind;

/// How deep values nest before they are cut off; `serde_json` stops at 128.
const DEEPEST: usize = 100;

/// What stands for what is not Unicode.
const REPLACEMENT: &str = "\u{fffd}";

/// A body that can perhaps be read, and what was changed in it.
pub(crate) struct Sanitized {
    pub(crate) body: Vec<u8>,
    pub(crate) drift: DriftLog,
}

/// The body without the mark that some servers put before UTF-8.
pub(crate) fn strip_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Any JSON, sanitize if need be.
pub(crate) fn parse_any(body: &[u8]) -> Option<Value> {
    let body = strip_bom(body);
    serde_json::from_slice(body).ok().or_else(|| serde_json::from_slice(&sanitize(body, &BTreeSet::new())?.body).ok())
}

/// A sanitize copy, made in one pass. Only an object or a list is worth one. DriftLog name keys that are known; others may
/// be data.
#[cold]
pub(crate) fn sanitize(body: &[u8], known: &BTreeSet<&'static str>) -> Option<Sanitized> {
    let body = body.trim_ascii_start();
    if !matches!(body.first(), Some(b'{' | b'[')) {
        return None;
    }
    let mut repair = Sanitizer {
        body,
        known,
        at: 0,
        out: Vec::with_capacity(body.len()),
        containers: Vec::new(),
        drift: DriftLog::default(),
    };
    repair.run();
    Some(Sanitized { body: repair.out, drift: repair.drift })
}

struct Sanitizer<'a> {
    body: &'a [u8],
    known: &'a BTreeSet<&'static str>,
    at: usize,
    out: Vec<u8>,
    /// From the whole to the value that is being copied.
    containers: Vec<Container>,
    drift: DriftLog,
}

enum Container {
    /// An object, with the place of its last key in the copy.
    Object { key: Range<usize>, is_key_next: bool },
    /// A list, with the position in it.
    List(usize),
}

impl Sanitizer<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.body.get(self.at).copied() {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' if self.containers.len() >= DEEPEST => self.cut_off(),
                b'{' => self.push(byte, Container::Object { key: 0..0, is_key_next: true }),
                b'[' => self.push(byte, Container::List(0)),
                b'}' | b']' => {
                    self.containers.pop();
                    self.copy(byte);
                    if self.containers.is_empty() {
                        return self.end();
                    }
                }
                b',' => {
                    match self.containers.last_mut() {
                        Some(Container::Object { is_key_next, .. }) => *is_key_next = true,
                        Some(Container::List(index)) => *index += 1,
                        None => {}
                    }
                    self.copy(byte);
                }
                b':' | b' ' | b'\t' | b'\r' | b'\n' => self.copy(byte),
                _ => self.token(),
            }
        }
    }

    fn copy(&mut self, byte: u8) {
        self.out.push(byte);
        self.at += 1;
    }

    fn push(&mut self, byte: u8, step: Container) {
        self.containers.push(step);
        self.copy(byte);
    }

    /// What follows the whole is left out.
    fn end(&mut self) {
        if !self.rest().trim_ascii().is_empty() {
            self.drift.add(Drift::here(ValueKind::End, ValueKind::NoJson));
        }
    }

    fn rest(&self) -> &[u8] {
        self.body.get(self.at..).unwrap_or_default()
    }

    /// The value at this place is not what came.
    fn note_invalid(&mut self) {
        let (containers, out, known) = (&self.containers, &self.out, self.known);
        self.drift.add_with(|| {
            containers.iter().rev().fold(Drift::here(ValueKind::Json, ValueKind::NoJson), |drift, step| match step {
                Container::List(index) => drift.under(&index.to_string()),
                Container::Object { key, .. } => {
                    let key = out.get(key.clone()).and_then(|key| serde_json::from_slice::<String>(key).ok());
                    drift.under(key.as_deref().filter(|key| known.contains(key)).unwrap_or("*"))
                }
            })
        });
    }

    /// `true`, `false`, `null`, a number, or what is none of them.
    fn token(&mut self) {
        // These are the bytes of which something else becomes, so that a token has one byte at least. JSON has four
        // white spaces; a form feed is none.
        let is_end =
            |byte: &u8| matches!(byte, b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"' | b' ' | b'\t' | b'\r' | b'\n');
        let rest = self.body.get(self.at..).unwrap_or_default();
        let token = rest.get(..rest.iter().position(is_end).unwrap_or(rest.len())).unwrap_or_default();
        self.at += token.len();
        let is_number = || serde_json::from_slice::<f64>(token).is_ok_and(f64::is_finite);
        if matches!(token, b"true" | b"false" | b"null") || is_number() {
            self.out.extend_from_slice(token);
        } else {
            self.note_invalid();
            self.out.extend_from_slice(b"null");
        }
    }

    /// Passes over what nests too deep, without going along.
    fn cut_off(&mut self) {
        let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
        while let Some(byte) = self.body.get(self.at).copied() {
            self.at += 1;
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = is_text,
                b'"' => is_text = !is_text,
                _ if is_text => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.note_invalid();
        self.out.extend_from_slice(b"null");
    }

    fn string(&mut self) {
        let start = self.out.len();
        self.copy(b'"');
        let mut is_whole = true;
        loop {
            let rest = self.body.get(self.at..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' ')).unwrap_or(rest.len());
            for chunk in rest.get(..plain).unwrap_or_default().utf8_chunks() {
                self.out.extend_from_slice(chunk.valid().as_bytes());
                if !chunk.invalid().is_empty() {
                    self.out.extend_from_slice(REPLACEMENT.as_bytes());
                    is_whole = false;
                }
            }
            self.at += plain;
            match self.body.get(self.at).copied() {
                None => break,
                Some(b'"') => {
                    self.copy(b'"');
                    break;
                }
                Some(b'\\') => is_whole &= self.escape(),
                Some(control) => {
                    self.out.extend_from_slice(format!("\\u{control:04x}").as_bytes());
                    self.at += 1;
                    is_whole = false;
                }
            }
        }
        let end = self.out.len();
        if let Some(Container::Object { key, is_key_next }) = self.containers.last_mut()
            && *is_key_next
        {
            (*key, *is_key_next) = (start..end, false);
        }
        if !is_whole {
            self.note_invalid();
        }
    }

    /// Copies what begins with a backslash, if it means a character; otherwise puts a sign in its place.
    fn escape(&mut self) -> bool {
        let rest = self.body.get(self.at..).unwrap_or_default();
        let length = match (rest.get(1), unit(rest)) {
            (Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't'), _) => Some(2),
            (_, Some(0xd800..=0xdbff)) => {
                let second = rest.get(6..).and_then(unit);
                second.is_some_and(|unit| (0xdc00..=0xdfff).contains(&unit)).then_some(12)
            }
            (_, Some(0xdc00..=0xdfff)) => None,
            (_, unit) => unit.map(|_| 6),
        };
        if let Some(escape) = length.and_then(|length| rest.get(..length)) {
            self.out.extend_from_slice(escape);
            self.at += escape.len();
            return true;
        }
        self.at += if unit(rest).is_some() { 6 } else { 1 };
        self.out.extend_from_slice(REPLACEMENT.as_bytes());
        false
    }
}

/// The number in an escape of the form `\u1234`.
fn unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |number, digit| Some(number * 16 + char::from(*digit).to_digit(16)?))
}
