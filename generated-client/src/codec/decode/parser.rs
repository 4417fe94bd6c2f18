//! Reads JSON token by token from the text of an answer. It accepts exactly what `serde_json` accepts.
//!
//! A text without escapes is borrowed, and values are told apart without a visitor, so that decoding is compiled once
//! for all types.

use std::borrow::Cow;
use std::mem;

use super::json_text;
use crate::schema::PlainJson;

/// The maximum nesting depth of what is read; `serde_json` has the same. What is skipped may be deeper.
const MAX_DEPTH: usize = 127;

/// Decoding cannot continue: the text is not JSON, or a bound on the work is exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// A position in the text of an answer.
pub(crate) struct Parser<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
    /// Whether a list or an object has just been entered, so that no comma precedes its first item.
    is_first: bool,
}

/// A value, or the beginning of one.
#[derive(Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Null,
    Boolean(bool),
    Number(Number),
    Text(Cow<'a, str>),
    /// Its items follow; see [`Parser::next_item`].
    List,
    /// Its entries follow; see [`Parser::next_key`].
    Object,
}

/// A number in the smallest type that holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i64),
    /// A whole number beyond `i64`.
    Unsigned(u64),
    Float(f64),
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, position: 0, depth: 0, is_first: false }
    }

    /// Reads a scalar, or enters a list or an object.
    pub(crate) fn next_value(&mut self) -> Result<Token<'a>, Stopped> {
        match self.next_byte() {
            Some(b'"') => Ok(Token::Text(self.rest_of_text()?)),
            Some(b'{') => self.enter(Token::Object),
            Some(b'[') => self.enter(Token::List),
            Some(b'n') => self.literal("ull", Token::Null),
            Some(b't') => self.literal("rue", Token::Boolean(true)),
            Some(b'f') => self.literal("alse", Token::Boolean(false)),
            Some(b'-' | b'0'..=b'9') => self.rest_of_number().map(Token::Number),
            _ => Err(Stopped),
        }
    }

    /// Whether the list that was entered has another item, whose value follows. If not, the list is left.
    pub(crate) fn next_item(&mut self) -> Result<bool, Stopped> {
        self.go_on(b']')
    }

    /// The next key of the object that was entered, whose value follows. Without another key, the object is left.
    pub(crate) fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, Stopped> {
        if !self.go_on(b'}')? {
            return Ok(None);
        }
        self.expect(b'"')?;
        let key = self.rest_of_text()?;
        self.expect(b':')?;
        Ok(Some(key))
    }

    /// Reads the next key if it is this one, as it mostly is. Otherwise nothing is read.
    pub(crate) fn take_key(&mut self, name: &str) -> bool {
        let bytes = self.text.as_bytes();
        let at = |position: usize, byte: u8| bytes.get(position) == Some(&byte);
        let mut start = self.position;
        if !self.is_first {
            if !at(start, b',') {
                return false;
            }
            start += 1;
        }
        start += usize::from(at(start, b' '));
        let end = start + 1 + name.len();
        let is_next = at(start, b'"') && at(end, b'"') && at(end + 1, b':');
        let is_next = is_next && bytes.get(start + 1..end) == Some(name.as_bytes());
        if is_next {
            (self.position, self.is_first) = (end + 2, false);
        }
        is_next
    }

    /// Reads a text without escapes, if that is next. Otherwise nothing is read.
    pub(crate) fn take_text(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let quote = self.position + usize::from(bytes.get(self.position) == Some(&b' '));
        let rest = bytes.get(quote..)?.strip_prefix(b"\"")?;
        let (start, length) = (quote + 1, json_text::plain_length(rest));
        if rest.get(length) != Some(&b'"') {
            return None;
        }
        self.position = start + length + 1;
        self.text.get(start..start + length)
    }

    /// Reads a value of any kind.
    pub(crate) fn json(&mut self) -> Result<serde_json::Value, Stopped> {
        let start = self.position;
        let depth = self.skip_value()?;
        if self.depth + depth > MAX_DEPTH {
            return Err(Stopped);
        }
        let text = self.text.get(start..self.position).ok_or(Stopped)?;
        let PlainJson(json) = serde_json::from_str(text).map_err(|_| Stopped)?;
        Ok(json)
    }

    /// Skips a value. Returns how deep it is nested.
    pub(crate) fn skip_value(&mut self) -> Result<usize, Stopped> {
        let (length, depth) = json_text::value_length(self.rest()).ok_or(Stopped)?;
        self.position += length;
        Ok(depth)
    }

    /// Skips the rest of a value that begins with this token.
    pub(crate) fn skip_rest(&mut self, token: &Token<'_>) -> Result<(), Stopped> {
        match token {
            Token::List => {
                while self.next_item()? {
                    self.skip_value()?;
                }
            }
            Token::Object => {
                while self.next_key()?.is_some() {
                    self.skip_value()?;
                }
            }
            Token::Null | Token::Boolean(_) | Token::Number(_) | Token::Text(_) => {}
        }
        Ok(())
    }

    /// Checks that nothing follows.
    pub(crate) fn end(&mut self) -> Result<(), Stopped> {
        if self.next_byte().is_none() { Ok(()) } else { Err(Stopped) }
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.position..).unwrap_or_default()
    }

    /// Takes the next byte that is no white space.
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.position)?;
            self.position += 1;
            if !json_text::is_space(byte) {
                return Some(byte);
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Stopped> {
        if self.next_byte() == Some(byte) { Ok(()) } else { Err(Stopped) }
    }

    fn enter(&mut self, token: Token<'a>) -> Result<Token<'a>, Stopped> {
        self.depth += 1;
        self.is_first = true;
        if self.depth <= MAX_DEPTH { Ok(token) } else { Err(Stopped) }
    }

    /// Goes to the next item or entry. Returns whether there is one.
    fn go_on(&mut self, end: u8) -> Result<bool, Stopped> {
        let is_first = mem::take(&mut self.is_first);
        match self.next_byte() {
            Some(byte) if byte == end => {
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !is_first => Ok(true),
            Some(_) if is_first => {
                self.position -= 1;
                Ok(true)
            }
            _ => Err(Stopped),
        }
    }

    fn literal(&mut self, rest: &str, token: Token<'a>) -> Result<Token<'a>, Stopped> {
        let is_there = self.rest().starts_with(rest.as_bytes());
        self.position += rest.len();
        if is_there { Ok(token) } else { Err(Stopped) }
    }

    /// Reads a number whose first byte has been read.
    fn rest_of_number(&mut self) -> Result<Number, Stopped> {
        self.position -= 1;
        let length = json_text::number_length(self.rest()).ok_or(Stopped)?;
        let digits = self.text.get(self.position..self.position + length).ok_or(Stopped)?;
        self.position += length;
        if let Some(number) = whole(digits) {
            return Ok(number);
        }
        // A number that no float can hold is no value.
        digits.parse::<f64>().ok().filter(|number| number.is_finite()).map(Number::Float).ok_or(Stopped)
    }

    /// Reads a text whose quote has been read.
    fn rest_of_text(&mut self) -> Result<Cow<'a, str>, Stopped> {
        let length = json_text::plain_length(self.rest());
        let plain = self.text.get(self.position..self.position + length).ok_or(Stopped)?;
        self.position += length;
        match self.rest().first() {
            Some(b'"') => {
                self.position += 1;
                Ok(Cow::Borrowed(plain))
            }
            Some(b'\\') => self.rest_of_escaped_text(plain).map(Cow::Owned),
            // The end of the body, or a control character.
            _ => Err(Stopped),
        }
    }

    #[cold]
    fn rest_of_escaped_text(&mut self, plain: &str) -> Result<String, Stopped> {
        let mut text = plain.to_owned();
        loop {
            let rest = self.rest();
            match rest.first() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    let (char, length) = json_text::escape(rest).ok_or(Stopped)?;
                    text.push(char);
                    self.position += length;
                }
                _ => {
                    let length = json_text::plain_length(rest);
                    let plain = self.text.get(self.position..self.position + length).filter(|plain| !plain.is_empty());
                    text.push_str(plain.ok_or(Stopped)?);
                    self.position += length;
                }
            }
        }
    }
}

/// A whole number. `-0` is not one: it differs from 0.
fn whole(digits: &str) -> Option<Number> {
    if digits == "-0" {
        return None;
    }
    digits.parse().map(Number::Integer).or_else(|_| digits.parse().map(Number::Unsigned)).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::{Number, Parser, Stopped, Token};

    /// Reads a whole text token by token.
    fn read(text: &str) -> Result<Value, Stopped> {
        let mut parser = Parser::new(text);
        let token = parser.next_value()?;
        let value = rest(token, &mut parser)?;
        parser.end()?;
        Ok(value)
    }

    fn rest(token: Token<'_>, parser: &mut Parser<'_>) -> Result<Value, Stopped> {
        Ok(match token {
            Token::Null => Value::Null,
            Token::Boolean(boolean) => boolean.into(),
            Token::Number(Number::Integer(number)) => number.into(),
            Token::Number(Number::Unsigned(number)) => number.into(),
            Token::Number(Number::Float(number)) => number.into(),
            Token::Text(text) => text.into(),
            Token::List => {
                let mut list = Vec::new();
                while parser.next_item()? {
                    let token = parser.next_value()?;
                    list.push(rest(token, parser)?);
                }
                list.into()
            }
            Token::Object => {
                let mut object = Map::new();
                while let Some(key) = parser.next_key()? {
                    let token = parser.next_value()?;
                    object.insert(key.into_owned(), rest(token, parser)?);
                }
                object.into()
            }
        })
    }

    fn skip(text: &str) -> Result<(), Stopped> {
        let mut parser = Parser::new(text);
        parser.skip_value()?;
        parser.end()
    }

    /// The same JSON, but for the last digit of a float: `serde_json` does not round it correctly.
    fn is_same(one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Number(one), Value::Number(other)) if one.is_f64() => {
                let (one, other) = (one.as_f64().unwrap_or_default(), other.as_f64().unwrap_or_default());
                (one - other).abs() <= one.abs() * f64::EPSILON
            }
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
            }
            (Value::Object(one), Value::Object(other)) => {
                let is_in = |(key, one): (&String, &Value)| other.get(key).is_some_and(|other| is_same(one, other));
                one.len() == other.len() && one.iter().all(is_in)
            }
            _ => one == other,
        }
    }

    /// Both read the same, and skip the same.
    fn compare(text: &str) {
        match (read(text), serde_json::from_str::<Value>(text)) {
            (Ok(ours), Ok(theirs)) => assert!(is_same(&ours, &theirs), "{text}: {ours} {theirs}"),
            (ours, theirs) => assert!(ours.is_err() && theirs.is_err(), "{text}: {ours:?} {theirs:?}"),
        }
        let is_skipped = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        assert_eq!(skip(text).is_ok(), is_skipped, "skipping {text}");
        let mut parser = Parser::new(text);
        let json = parser.json().and_then(|_| parser.end());
        assert_eq!(json.is_ok(), read(text).is_ok(), "any JSON: {text}");
    }

    const TEXTS: [&str; 12] = [
        r#"{"a":[1,-2,0.5,1e3,-0,18446744073709551615],"b":{"c":null,"d":[true,false]},"e":""}"#,
        r#" [ { } , [ ] , "a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀" ] "#,
        r#"{"long enough for two words":"a text of more than sixteen bytes, with a \u0041 in it"}"#,
        r#"["\ud800"]"#,
        r#"["\ud800\u0041"]"#,
        r#"["\u12g4"]"#,
        r#"{"a":1e999}"#,
        "[01, 1., .5, 1e, +1, -]",
        "[1 2]",
        "[\"\u{7f}\", \"tab\there\"]",
        r#"{"a" 1}"#,
        r#"{"a":1,}"#,
    ];

    #[test]
    fn it_reads_what_serde_json_reads() {
        TEXTS.iter().for_each(|text| compare(text));
        for number in
            ["0", "-0", "00", "1.0", "1.", "-1", "--1", "1e5", "1E+5", "1e-400", "123456789012345678901", "1e"]
        {
            compare(number);
            compare(&format!("[{number}]"));
        }
        for depth in [126, 127, 128, 129] {
            compare(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            compare(&format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth)));
        }
    }

    #[test]
    fn it_refuses_what_serde_json_refuses() {
        let mut random = fastrand::Rng::with_seed(7);
        let bits = [
            "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "\\u", "d8", "\n", "\u{1}", "é", "null", " ",
        ];
        for _ in 0..20_000 {
            let mut chars: Vec<String> = TEXTS[random.usize(..TEXTS.len())].chars().map(String::from).collect();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(..chars.len().max(1)).min(chars.len());
                match random.u8(..3) {
                    0 if at < chars.len() => drop(chars.remove(at)),
                    0 | 1 => chars.insert(at, bits[random.usize(..bits.len())].to_owned()),
                    _ => chars.truncate(at),
                }
            }
            compare(&chars.concat());
        }
    }
}
