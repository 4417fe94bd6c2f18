//! The formats of strings.

use super::ids::FormatId;

/// The format of a string. `spec/README.md` defines the built-in ones under `format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Two uppercase letters, A to Z.
    Country,
    /// A plus sign and 7 to 15 digits, the first of them not 0.
    E164,
    /// A local part, one `@`, and a domain with a dot inside; no whitespace.
    Email,
    /// 8-4-4-4-12 hexadecimal digits.
    Uuid,
    /// `http://` or `https://` and a host.
    Url,
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DD HH:MM`, with or without seconds and a fraction of them.
    DateTime,
    /// A format that the spec declares.
    Declared(FormatId),
}

impl Format {
    /// The built-in formats with their names in the spec.
    pub const BUILT_IN: [(&str, Self); 7] = [
        ("country", Self::Country),
        ("e164", Self::E164),
        ("email", Self::Email),
        ("uuid", Self::Uuid),
        ("url", Self::Url),
        ("date", Self::Date),
        ("datetime", Self::DateTime),
    ];
}

/// A format that the spec declares: a prefix, and then characters of an alphabet.
#[derive(Clone, Debug)]
pub struct DeclaredFormat {
    /// Its name in the spec.
    pub name: String,
    /// What the string is, such as `the Auth ID of a subaccount`.
    pub says: String,
    /// The text at the beginning, which may be empty.
    pub prefix: String,
    /// The minimum number of characters after the prefix.
    pub least: u64,
    /// The maximum number of characters after the prefix.
    pub most: u64,
    /// The characters that may follow the prefix.
    pub alphabet: Vec<Characters>,
}

/// Characters of an alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// A to Z.
    Uppercase,
    /// a to z.
    Lowercase,
    /// 0 to 9.
    Digits,
    /// One character.
    One(char),
}

impl Characters {
    /// The words for ranges of characters in the spec.
    pub const WORDS: [(&str, Self); 3] =
        [("uppercase", Self::Uppercase), ("lowercase", Self::Lowercase), ("digits", Self::Digits)];

    /// The first and the last of the characters.
    pub fn range(self) -> (char, char) {
        match self {
            Self::Uppercase => ('A', 'Z'),
            Self::Lowercase => ('a', 'z'),
            Self::Digits => ('0', '9'),
            Self::One(character) => (character, character),
        }
    }

    fn in_words(self) -> String {
        match self {
            Self::Uppercase => "uppercase letters".to_owned(),
            Self::Lowercase => "lowercase letters".to_owned(),
            Self::Digits => "digits".to_owned(),
            Self::One(character) => format!("\"{character}\""),
        }
    }
}

impl DeclaredFormat {
    /// The format in words that complete "must be".
    pub fn in_words(&self) -> String {
        let count =
            if self.least == self.most { self.least.to_string() } else { format!("{} to {}", self.least, self.most) };
        let alphabet: Vec<_> = self.alphabet.iter().map(|characters| characters.in_words()).collect();
        let alphabet = match alphabet.split_last() {
            Some((last, [_, ..])) => format!("{} or {last}", alphabet[..alphabet.len() - 1].join(", ")),
            _ => alphabet.join(""),
        };
        let prefix = if self.prefix.is_empty() { String::new() } else { format!("{} and ", self.prefix) };
        format!("{}: {prefix}{count} {alphabet}", self.says)
    }

    /// A string of this format. `choose` returns a number below its argument.
    pub fn sample(&self, choose: &mut dyn FnMut(usize) -> usize) -> String {
        let mut text = self.prefix.clone();
        for _ in 0..self.least.max(1).min(self.most) {
            let (first, last) = self.alphabet[choose(self.alphabet.len())].range();
            let among: Vec<char> = (first..=last).collect();
            text.push(among[choose(among.len())]);
        }
        text
    }
}
