//! Names in prose: lists of them, and articles before them.

/// "`a`, `b` and `c`"
pub(crate) fn listing<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    joined(quoted(words), "and")
}

/// "`a`, `b` or `c`"
pub(crate) fn alternatives<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    joined(quoted(words), "or")
}

/// "a, b and c"
pub(crate) fn enumeration<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    joined(words.into_iter().map(str::to_owned), "and")
}

/// "an address": a name with the article that its sound asks for.
pub(crate) fn with_article(name: &str) -> String {
    format!("{} {name}", article(name))
}

/// The article before a name: "a" or "an".
pub(crate) fn article(name: &str) -> &'static str {
    let word = first_word(name);
    let starts_with_vowel = match word.bytes().next() {
        // Eight, eleven, eighteen.
        Some(b'0'..=b'9') => word.starts_with('8') || matches!(leading_digits(&word), "11" | "18"),
        // Without a vowel, the letters are spelled: an "em", but a "dee".
        Some(first) if !word.contains(['a', 'e', 'i', 'o', 'u', 'y']) => b"fhlmnrsx".contains(&first),
        Some(_) if VOWELS_WITH_CONSONANT_SOUND.iter().any(|start| word.starts_with(start)) => false,
        Some(b'h') => SILENT_H.iter().any(|start| word.starts_with(start)),
        Some(first) => b"aeiou".contains(&first),
        None => false,
    };
    if starts_with_vowel { "an" } else { "a" }
}

/// Beginnings that sound like "you" or "won".
const VOWELS_WITH_CONSONANT_SOUND: [&str; 12] =
    ["eu", "once", "one", "ubi", "uni", "uri", "url", "usa", "use", "usu", "uti", "uuid"];
const SILENT_H: [&str; 4] = ["heir", "honest", "hono", "hour"];

/// The first word in lower case, also of several words in one, such as `MmsMedia`.
fn first_word(name: &str) -> String {
    let mut word = String::new();
    let mut was_lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (was_lower && letter.is_uppercase()) {
            break;
        }
        was_lower = letter.is_lowercase();
        word.extend(letter.to_lowercase());
    }
    word
}

fn leading_digits(word: &str) -> &str {
    &word[..word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len())]
}

fn quoted<'k>(words: impl IntoIterator<Item = &'k str>) -> impl Iterator<Item = String> {
    words.into_iter().map(|word| format!("`{word}`"))
}

fn joined(words: impl Iterator<Item = String>, last: &str) -> String {
    let words: Vec<_> = words.collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::with_article;

    #[test]
    fn the_article_follows_the_sound_of_a_name() {
        for expected in [
            "an Address",
            "an Identity",
            "an EndUser",
            "an Update",
            "an Unset",
            "a Number",
            "a Url",
            "a URL",
            "a UUID",
            "a User",
            "a UnitPrice",
            "a Usage",
            "a EuropeanNumber",
            "a OneTimePassword",
            "an Hour",
            "an HourlyRate",
            "an honorific",
            "a House",
            "an MMS",
            "an MmsMedia",
            "an SMS message",
            "an SmsTemplate",
            "an HTTP header",
            "an XmlPart",
            "a SIP address",
            "a DtmfTone",
            "a PSTN number",
            "a PHLO",
            "an OTP",
            "an 8xx number",
            "an 18th",
            "an 11",
            "a 1800 number",
            "a 10DLC brand",
            "a hosted LOA",
            "an end user",
        ] {
            let (_, name) = expected.split_once(' ').unwrap_or_default();
            assert_eq!(with_article(name), expected);
        }
        assert_eq!(with_article(""), "a ");
    }
}
