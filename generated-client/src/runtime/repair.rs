//! Bodies that are nearly JSON. Nothing of this runs while an answer is as it should be.

/// A copy in which everything that a JSON parser refuses is blanked: numbers that no type holds become
/// null, halves of surrogate pairs and bytes that are no text become U+FFFD, control characters in
/// texts become spaces, and what follows the JSON is cut off.
pub(crate) fn repaired(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let mut repair = Repair { rest: &text, fixed: String::with_capacity(text.len()), depth: 0 };
    while repair.step() {}
    repair.fixed.into_bytes()
}

struct Repair<'a> {
    rest: &'a str,
    fixed: String,
    depth: usize,
}

impl Repair<'_> {
    /// Copies one token; false at the end of the JSON.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        match first {
            '"' => self.text(),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            '{' | '[' => {
                self.depth += 1;
                self.copy(1);
                return true;
            }
            '}' | ']' => {
                self.depth = self.depth.saturating_sub(1);
                self.copy(1);
            }
            _ if first.is_ascii_alphabetic() => {
                let end = self.rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
                self.word(end);
            }
            _ => {
                self.copy(first.len_utf8());
                return true;
            }
        }
        self.depth > 0
    }

    fn copy(&mut self, bytes: usize) {
        let (token, rest) = self.rest.split_at(bytes);
        self.fixed.push_str(token);
        self.rest = rest;
    }

    fn replace(&mut self, bytes: usize, with: &str) {
        self.fixed.push_str(with);
        self.rest = &self.rest[bytes..];
    }

    /// `NaN`, `Infinity`, `undefined` and the like are nothing.
    fn word(&mut self, bytes: usize) {
        if matches!(&self.rest[..bytes], "true" | "false" | "null") {
            self.copy(bytes)
        } else {
            self.replace(bytes, "null")
        }
    }

    fn number(&mut self) {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '+' | '.');
        let end = self.rest.find(|letter| !is_part(letter)).unwrap_or(self.rest.len());
        let is_number = serde_json::from_str::<serde_json::Number>(&self.rest[..end]).is_ok();
        if is_number { self.copy(end) } else { self.replace(end, "null") }
    }

    fn text(&mut self) {
        self.copy(1);
        while let Some(next) = self.rest.chars().next() {
            match next {
                '"' => return self.copy(1),
                '\\' => self.escape(),
                _ if next.is_control() && next.is_ascii() => self.replace(1, " "),
                _ => self.copy(next.len_utf8()),
            }
        }
        // It was cut off.
        self.fixed.push('"');
    }

    fn escape(&mut self) {
        match self.rest.as_bytes().get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.copy(2),
            Some(b'u') => match (self.unit(0), self.unit(6)) {
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => self.copy(12),
                (Some(0xD800..=0xDFFF), _) => self.replace(6, "\u{fffd}"),
                (Some(_), _) => self.copy(6),
                (None, _) => self.replace(2, "\u{fffd}"),
            },
            _ => self.replace(1, "\u{fffd}"),
        }
    }

    /// The code unit of an escape such as `\\ud83d`, so many bytes further on.
    fn unit(&self, at: usize) -> Option<u16> {
        let digits = self.rest.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn what_json_refuses_is_blanked() {
        for (body, expected) in [
            (&br#"{"a":1e999,"b":-2.5}"#[..], r#"{"a":null,"b":-2.5}"#),
            (br#"{"a":"\ud800","b":"\ud83d\ude00"}"#, "{\"a\":\"\u{fffd}\",\"b\":\"\\ud83d\\ude00\"}"),
            (b"{\"a\":\"x\xff\"}", "{\"a\":\"x\u{fffd}\"}"),
            (b"{\"a\":\"x\ny\"} trailing", "{\"a\":\"x y\"}"),
            (br#"{"a":NaN,"b":01,"c":+1,"d":true}"#, r#"{"a":null,"b":null,"c":null,"d":true}"#),
            (br#"{"a":"\x"}"#, "{\"a\":\"\u{fffd}x\"}"),
            (br#"{"a":"\u12"}"#, "{\"a\":\"\u{fffd}12\"}"),
            (b"[1,2] [3]", "[1,2]"),
            (b"\"cut off", "\"cut off\""),
            (b"", ""),
        ] {
            assert_eq!(String::from_utf8_lossy(&repaired(body)), expected);
        }
    }
}
