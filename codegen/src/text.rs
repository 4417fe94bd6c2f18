//! Lists of names in prose.

/// "`a`, `b` and `c`"
pub(crate) fn listing<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    joined(words, "and")
}

/// "`a`, `b` or `c`"
pub(crate) fn alternatives<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    joined(words, "or")
}

fn joined<'k>(words: impl IntoIterator<Item = &'k str>, last: &str) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}
