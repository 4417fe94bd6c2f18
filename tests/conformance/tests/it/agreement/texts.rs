//! Texts that are almost right.

use fastrand::Rng;
use plivo_codegen::model::{Constraints, Format};

/// Letters of one to four bytes, white space, what joins the letter before, and what is no letter at all.
const LETTERS: [char; 18] =
    ['a', 'Z', '0', '9', ' ', '-', '+', '@', '.', '/', '\u{0}', '\n', '\u{a0}', 'é', '€', '\u{301}', '𝄞', '\u{2028}'];

/// Texts whose form is right, or nearly.
const FORMED: [&str; 32] = [
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

/// A text beside the limits of a field.
pub(super) fn text(random: &mut Rng, checks: &Constraints) -> String {
    match random.u8(0..10) {
        0 => String::new(),
        1 | 2 => long(random, checks),
        3 => (0..random.usize(0..6)).map(|_| letter(random)).collect(),
        4 => {
            let formed = formed(random, checks);
            changed(random, formed)
        }
        _ => formed(random, checks),
    }
}

fn letter(random: &mut Rng) -> char {
    LETTERS[random.usize(..LETTERS.len())]
}

/// A text of a form, mostly of that which the field has.
fn formed(random: &mut Rng, checks: &Constraints) -> String {
    let usual = match checks.format.map(|limit| limit.is) {
        _ if random.u8(0..4) == 0 => FORMED[random.usize(..FORMED.len())],
        Some(Format::Country) => "US",
        Some(Format::E164) => "+12125550123",
        Some(Format::Email) => "ada@example.com",
        Some(Format::Uuid) => "201faedc-7df9-4840-9ab1-3997ce3f7cf4",
        Some(Format::Url) => "https://example.com",
        Some(Format::Date) => "2026-11-23",
        Some(Format::DateTime) => "2026-11-23 12:30:00",
        None => "Example",
    };
    usual.to_owned()
}

/// A letter more, less, or another one.
fn changed(random: &mut Rng, text: String) -> String {
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

/// So many letters as a limit allows, or one more or less. Counted as bytes there are more.
fn long(random: &mut Rng, checks: &Constraints) -> String {
    let limits = [checks.min_length, checks.max_length];
    let limits: Vec<u64> = limits.into_iter().flatten().map(|limit| limit.is).filter(|limit| *limit < 5_000).collect();
    let limit = if limits.is_empty() { 3 } else { limits[random.usize(..limits.len())] };
    let length = (limit + random.u64(0..3)).saturating_sub(1);
    let one = letter(random);
    (0..length).map(|_| if random.u8(0..8) == 0 { letter(random) } else { one }).collect()
}

/// A listed text as it is, in other letter cases, or with a letter that only looks like the listed one.
pub(super) fn listed(random: &mut Rng, wire: &str) -> String {
    match random.u8(0..12) {
        0 => wire.to_lowercase(),
        1 => wire.to_uppercase(),
        2 => wire.chars().map(|letter| if random.bool() { letter.to_ascii_lowercase() } else { letter }).collect(),
        // The long s and the sign of Kelvin become S and K in capitals.
        3 => wire.replace(['S', 's'], "ſ").replace(['K', 'k'], "\u{212a}"),
        4 => format!("{wire} "),
        5 => changed(random, wire.to_owned()),
        _ => wire.to_owned(),
    }
}
