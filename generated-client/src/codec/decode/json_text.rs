//! The grammar of JSON (RFC 8259): how long a text, a number or any other value is.

/// The length of the part of a text before its next quote, backslash or control character. Looks at eight bytes at a
/// time.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return bytes.len() - rest.len() + special.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let length = rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len());
    bytes.len() - rest.len() + length
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..b' ')
}

/// The high bit of each byte that is special. Above the first of these bytes, others may be marked too.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, b' ') | equal(b'"') | equal(b'\\')) & HIGH
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// The length of a number.
pub(super) fn number_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
    };
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let mut length = match (bytes.get(sign)?, digits(sign)) {
        (b'0', 1) => sign + 1,
        (b'1'..=b'9', count) => sign + count,
        // No digits, or a zero before others.
        _ => return None,
    };
    if bytes.get(length) == Some(&b'.') {
        let count = digits(length + 1);
        length += 1 + count;
        (count > 0).then_some(())?;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let count = digits(length + 1 + sign);
        length += 1 + sign + count;
        (count > 0).then_some(())?;
    }
    Some(length)
}

/// The character of an escape, and the length of the escape.
pub(super) fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let char = match bytes.get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(bytes),
        _ => return None,
    };
    Some((char, 2))
}

/// The character of one `\u` escape, or of two that are a surrogate pair.
fn unicode_escape(bytes: &[u8]) -> Option<(char, usize)> {
    let high = code_unit(bytes)?;
    if let Some(char) = char::from_u32(high.into()) {
        return Some((char, 6));
    }
    let low = code_unit(bytes.get(6..)?)?;
    let char = char::decode_utf16([high, low]).next()?.ok()?;
    Some((char, 12))
}

fn code_unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | digit as u16)
    })
}

/// The length of a value with the space before it, and how deep it is nested. Like `serde_json`, it does not look at the
/// characters of escapes or the size of numbers in a value that is skipped.
pub(super) fn value_length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut skipper = Skipper { bytes, position: 0, open: Vec::new(), depth: 0 };
    skipper.value()?;
    Some((skipper.position, skipper.depth))
}

/// Skips a value, without recursion: it may be nested to any depth.
struct Skipper<'a> {
    bytes: &'a [u8],
    position: usize,
    /// The closing brackets of the lists and objects around the position.
    open: Vec<u8>,
    /// The largest number of them.
    depth: usize,
}

impl Skipper<'_> {
    fn value(&mut self) -> Option<()> {
        loop {
            let has_opened = self.token()?;
            if has_opened && !self.closes() {
                self.key()?;
            } else if !self.after_value()? {
                return Some(());
            }
        }
    }

    /// Skips a scalar, or an opening bracket. Returns whether it is a bracket.
    fn token(&mut self) -> Option<bool> {
        match self.next()? {
            b'{' => return Some(self.open(b'}')),
            b'[' => return Some(self.open(b']')),
            b'"' => self.rest_of_text()?,
            b'n' => self.literal(b"ull")?,
            b't' => self.literal(b"rue")?,
            b'f' => self.literal(b"alse")?,
            _ => {
                self.position -= 1;
                self.position += number_length(self.rest())?;
            }
        }
        Some(false)
    }

    /// Goes to the next value inside the innermost list or object, and leaves those that end. `false`: all have ended.
    fn after_value(&mut self) -> Option<bool> {
        while let Some(end) = self.open.last().copied() {
            match self.next()? {
                b',' => return self.key().map(|()| true),
                byte if byte == end => {
                    self.open.pop();
                }
                _ => return None,
            }
        }
        Some(false)
    }

    /// Skips a key, if the innermost is an object.
    fn key(&mut self) -> Option<()> {
        if self.open.last() != Some(&b'}') {
            return Some(());
        }
        if self.next()? != b'"' {
            return None;
        }
        self.rest_of_text()?;
        (self.next()? == b':').then_some(())
    }

    /// Leaves the innermost list or object if it is empty.
    fn closes(&mut self) -> bool {
        let position = self.position;
        let is_empty = self.next().is_some_and(|byte| self.open.last() == Some(&byte));
        if is_empty {
            self.open.pop();
        } else {
            self.position = position;
        }
        is_empty
    }

    fn open(&mut self, end: u8) -> bool {
        self.open.push(end);
        self.depth = self.depth.max(self.open.len());
        true
    }

    fn rest_of_text(&mut self) -> Option<()> {
        loop {
            self.position += plain_length(self.rest());
            match self.rest() {
                [b'"', ..] => {
                    self.position += 1;
                    return Some(());
                }
                [b'\\', b'u', ..] => {
                    code_unit(self.rest())?;
                    self.position += 6;
                }
                [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.position += 2,
                _ => return None,
            }
        }
    }

    fn literal(&mut self, rest: &[u8]) -> Option<()> {
        self.rest().starts_with(rest).then(|| self.position += rest.len())
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.position..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.position)?;
            self.position += 1;
            if !is_space(byte) {
                return Some(byte);
            }
        }
    }
}
