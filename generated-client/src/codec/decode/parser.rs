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

    /// Reads the next key if it is this one, as it mostly is. Otherwise nothing is read. JSON writes the name without
    /// escapes: the text is compared with it as it is.
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
mod tests;
