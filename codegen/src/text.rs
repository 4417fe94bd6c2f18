//! Lists of names in prose.

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
