//! Sanitizes a body that `serde_json` refuses. This cold path makes a copy in which invalid tokens are replaced, so
//! that one of them does not make the rest of the answer unreadable.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;

use crate::drift::{Drift, DriftLog};
use crate::schema::{PlainJson, ValueKind};

/// The maximum nesting depth. Deeper values are cut off; `serde_json` fails at 128.
const MAX_DEPTH: usize = 100;

/// Replaces invalid Unicode.
const REPLACEMENT: &str = "\u{fffd}";

/// A sanitized body, and a difference for each replaced value.
pub(crate) struct Sanitized {
    pub(crate) body: Vec<u8>,
    pub(crate) drift: DriftLog,
}

/// The body without the byte order mark that some servers send.
pub(crate) fn strip_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Parses any JSON. If that fails, parses a sanitized copy.
pub(crate) fn parse_any(body: &[u8]) -> Option<Value> {
    let parse = |body: &[u8]| serde_json::from_slice(body).ok().map(|PlainJson(json)| json);
    let body = strip_bom(body);
    parse(body).or_else(|| parse(&sanitize(body, &BTreeSet::new())?.body))
}

/// Returns a sanitized copy of a body, made in one pass. `None` if the body is not an object or a list. The differences
/// show only known keys, because other keys may be data.
#[cold]
pub(crate) fn sanitize(body: &[u8], known: &BTreeSet<&'static str>) -> Option<Sanitized> {
    let body = body.trim_ascii_start();
    if !matches!(body.first(), Some(b'{' | b'[')) {
        return None;
    }
    let mut sanitizer = Sanitizer {
        body,
        known,
        position: 0,
        out: Vec::with_capacity(body.len()),
        stack: Vec::new(),
        drift: DriftLog::default(),
    };
    sanitizer.run();
    Some(Sanitized { body: sanitizer.out, drift: sanitizer.drift })
}

struct Sanitizer<'a> {
    body: &'a [u8],
    known: &'a BTreeSet<&'static str>,
    /// The position in the body.
    position: usize,
    out: Vec<u8>,
    /// The open objects and lists, the outermost first.
    stack: Vec<Frame>,
    drift: DriftLog,
}

enum Frame {
    /// An object, with the range of its last key in the copy.
    Object { key: Range<usize>, is_key_next: bool },
    /// A list, with the index of the current item.
    List(usize),
}

impl Sanitizer<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.body.get(self.position).copied() {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' if self.stack.len() >= MAX_DEPTH => self.cut_off(),
                b'{' => self.push(byte, Frame::Object { key: 0..0, is_key_next: true }),
                b'[' => self.push(byte, Frame::List(0)),
                b'}' | b']' => {
                    self.stack.pop();
                    self.copy(byte);
                    if self.stack.is_empty() {
                        return self.end();
                    }
                }
                b',' => {
                    match self.stack.last_mut() {
                        Some(Frame::Object { is_key_next, .. }) => *is_key_next = true,
                        Some(Frame::List(index)) => *index += 1,
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
        self.position += 1;
    }

    fn push(&mut self, byte: u8, frame: Frame) {
        self.stack.push(frame);
        self.copy(byte);
    }

    /// Leaves out everything after the outermost value.
    fn end(&mut self) {
        if !self.rest().trim_ascii().is_empty() {
            self.drift.add(Drift::new(ValueKind::End, ValueKind::InvalidJson));
        }
    }

    fn rest(&self) -> &[u8] {
        self.body.get(self.position..).unwrap_or_default()
    }

    /// Records that the current value was replaced.
    fn add_invalid(&mut self) {
        let (stack, out, known) = (&self.stack, &self.out, self.known);
        self.drift.add_with(|| {
            stack.iter().rev().fold(Drift::new(ValueKind::Json, ValueKind::InvalidJson), |drift, frame| match frame {
                Frame::List(index) => drift.in_key(&index.to_string()),
                Frame::Object { key, .. } => {
                    let key = out.get(key.clone()).and_then(|key| serde_json::from_slice::<String>(key).ok());
                    drift.in_key(key.as_deref().filter(|key| known.contains(key)).unwrap_or("*"))
                }
            })
        });
    }

    /// Copies `true`, `false`, `null` or a number, and replaces any other token by `null`.
    fn token(&mut self) {
        // `run` handles these bytes, so a token has at least one byte. A form feed is not white space in JSON.
        let is_end =
            |byte: &u8| matches!(byte, b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"' | b' ' | b'\t' | b'\r' | b'\n');
        let rest = self.body.get(self.position..).unwrap_or_default();
        let token = rest.get(..rest.iter().position(is_end).unwrap_or(rest.len())).unwrap_or_default();
        self.position += token.len();
        let is_number = || serde_json::from_slice::<f64>(token).is_ok_and(f64::is_finite);
        if matches!(token, b"true" | b"false" | b"null") || is_number() {
            self.out.extend_from_slice(token);
        } else {
            self.add_invalid();
            self.out.extend_from_slice(b"null");
        }
    }

    /// Skips a value that is nested too deeply, without recursion, and replaces it by `null`.
    fn cut_off(&mut self) {
        let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
        while let Some(byte) = self.body.get(self.position).copied() {
            self.position += 1;
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
        self.add_invalid();
        self.out.extend_from_slice(b"null");
    }

    /// Copies a string and replaces invalid UTF-8, invalid escapes and control characters.
    fn string(&mut self) {
        let start = self.out.len();
        self.copy(b'"');
        let mut is_valid = true;
        loop {
            let rest = self.body.get(self.position..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' ')).unwrap_or(rest.len());
            for chunk in rest.get(..plain).unwrap_or_default().utf8_chunks() {
                self.out.extend_from_slice(chunk.valid().as_bytes());
                if !chunk.invalid().is_empty() {
                    self.out.extend_from_slice(REPLACEMENT.as_bytes());
                    is_valid = false;
                }
            }
            self.position += plain;
            match self.body.get(self.position).copied() {
                None => break,
                Some(b'"') => {
                    self.copy(b'"');
                    break;
                }
                Some(b'\\') => is_valid &= self.escape(),
                Some(control) => {
                    self.out.extend_from_slice(format!("\\u{control:04x}").as_bytes());
                    self.position += 1;
                    is_valid = false;
                }
            }
        }
        let end = self.out.len();
        if let Some(Frame::Object { key, is_key_next }) = self.stack.last_mut()
            && *is_key_next
        {
            (*key, *is_key_next) = (start..end, false);
        }
        if !is_valid {
            self.add_invalid();
        }
    }

    /// Copies an escape sequence, or replaces an invalid one. Returns whether the escape sequence is valid.
    fn escape(&mut self) -> bool {
        let rest = self.body.get(self.position..).unwrap_or_default();
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
            self.position += escape.len();
            return true;
        }
        self.position += if unit(rest).is_some() { 6 } else { 1 };
        self.out.extend_from_slice(REPLACEMENT.as_bytes());
        false
    }
}

/// The UTF-16 code unit of an escape sequence such as `\u1234`.
fn unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |number, digit| Some(number * 16 + char::from(*digit).to_digit(16)?))
}
