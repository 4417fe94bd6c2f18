//! Generates random strings that are nearly valid.

use fastrand::Rng;
use plivo_codegen::model::{Constraints, Format, Model};

/// Characters of one to four bytes, white space, a combining character and control characters.
const CHARACTERS: [char; 18] =
    ['a', 'Z', '0', '9', ' ', '-', '+', '@', '.', '/', '\u{0}', '\n', '\u{a0}', 'é', '€', '\u{301}', '𝄞', '\u{2028}'];

/// Strings that match a format, or nearly do.
const FORMATTED: [&str; 32] = [
    "US",
    "us",
    "USA",
    "Ü1",
    "U",
    "+12125550123",
    "12125550123",
    "+02125550123",
    "+1234567",
    "+123456",
    "+123456789012345",
    "+1234567890123456",
    "ada@example.com",
    "ada@example",
    "@example.com",
    "ada@.com",
    "ada@example.com.",
    "a b@example.com",
    "a@b@example.com",
    "ada@exa\u{a0}mple.com",
    "201faedc-7df9-4840-9ab1-3997ce3f7cf4",
    "201FAEDC-7df9-4840-9ab1-3997ce3f7cf4",
    "201faedc7df948409ab13997ce3f7cf4",
    "https://example.com",
    "http://",
    "HTTPS://example.com",
    "2026-11-23",
    "2026-13-23",
    "2026-11-31",
    "2026-11-23 12:30",
    "2026-11-23 12:30:59.123456",
    "2026-11-23T12:30:00Z",
];

/// A random string near the limits of a field.
pub(super) fn text(model: &Model, random: &mut Rng, checks: &Constraints) -> String {
    match random.u8(0..10) {
        0 => String::new(),
        1 | 2 => long(random, checks),
        3 => (0..random.usize(0..6)).map(|_| letter(random)).collect(),
        4 => {
            let string = formatted(model, random, checks);
            mutated(random, string)
        }
        _ => formatted(model, random, checks),
    }
}

fn letter(random: &mut Rng) -> char {
    CHARACTERS[random.usize(..CHARACTERS.len())]
}

/// A string of a format, usually the format of the field.
fn formatted(model: &Model, random: &mut Rng, checks: &Constraints) -> String {
    let string = match checks.format.as_ref().map(|limit| limit.is) {
        _ if random.u8(0..4) == 0 => FORMATTED[random.usize(..FORMATTED.len())],
        Some(Format::Country) => "US",
        Some(Format::E164) => "+12125550123",
        Some(Format::Email) => "ada@example.com",
        Some(Format::Uuid) => "201faedc-7df9-4840-9ab1-3997ce3f7cf4",
        Some(Format::Url) => "https://example.com",
        Some(Format::Date) => "2026-11-23",
        Some(Format::DateTime) => "2026-11-23 12:30:00",
        Some(Format::Declared(format)) => return model[format].sample(&mut |count| random.usize(..count)),
        None => "Example",
    };
    string.to_owned()
}

/// Inserts, removes or replaces a character.
fn mutated(random: &mut Rng, text: String) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.usize(..=letters.len());
    match random.u8(0..3) {
        0 => letters.insert(at, letter(random)),
        _ if at == letters.len() => letters.push(letter(random)),
        1 => drop(letters.remove(at)),
        _ => letters[at] = letter(random),
    }
    letters.into_iter().collect()
}

/// A string of a limit's length in characters, or one more or less. Its length in bytes may be greater.
fn long(random: &mut Rng, checks: &Constraints) -> String {
    let limits = [&checks.min_length, &checks.max_length];
    let limits: Vec<u64> = limits.into_iter().flatten().map(|limit| limit.is).filter(|limit| *limit < 5_000).collect();
    let limit = if limits.is_empty() { 3 } else { limits[random.usize(..limits.len())] };
    let length = (limit + random.u64(0..3)).saturating_sub(1);
    let one = letter(random);
    (0..length).map(|_| if random.u8(0..8) == 0 { letter(random) } else { one }).collect()
}

/// A listed value unchanged, in another letter case, or with a look-alike character.
pub(super) fn listed(random: &mut Rng, wire: &str) -> String {
    match random.u8(0..12) {
        0 => wire.to_lowercase(),
        1 => wire.to_uppercase(),
        2 => wire.chars().map(|letter| if random.bool() { letter.to_ascii_lowercase() } else { letter }).collect(),
        // The long s and the Kelvin sign become S and K in uppercase.
        3 => wire.replace(['S', 's'], "ſ").replace(['K', 'k'], "\u{212a}"),
        4 => format!("{wire} "),
        5 => mutated(random, wire.to_owned()),
        _ => wire.to_owned(),
    }
}
