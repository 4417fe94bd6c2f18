//! What messages say about a text: its beginning, in one line, and the candidate most similar to it.

/// The candidate with the smallest edit distance to the text, if the distance is small. Letter case is ignored.
pub(crate) fn nearest<'c>(text: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    const LONGEST: usize = 64;
    let letters: Vec<char> = text.chars().flat_map(char::to_uppercase).take(LONGEST).collect();
    let tolerated = letters.len().div_ceil(3).min(3);
    let ranked = candidates.map(|candidate| (distance(&letters, candidate), candidate));
    ranked
        .filter(|(distance, _)| *distance <= tolerated)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The edit distance (Levenshtein), computed row by row.
fn distance(letters: &[char], candidate: &str) -> usize {
    let mut row: Vec<usize> = (0..=letters.len()).collect();
    for (line, letter) in candidate.chars().flat_map(char::to_uppercase).enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (above, known) in row.iter_mut().skip(1).zip(letters) {
            let changed = diagonal + usize::from(*known != letter);
            diagonal = *above;
            left = changed.min(*above + 1).min(left + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The beginning of a text, short enough for a message.
pub(crate) fn truncated(text: &str, longest: usize) -> &str {
    text.char_indices().nth(longest).map_or(text, |(end, _)| &text[..end])
}

/// A text from outside without letters that break or hide a line, so that it cannot forge one in a log.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|letter| if is_disruptive(letter) { ' ' } else { letter }).collect()
}

/// Control characters, the line separators of Unicode, and characters that reverse the direction of a text.
fn is_disruptive(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_a_similar_candidate_is_suggested() {
        let listed = || ["RETAIL", "LEGAL", "ENERGY"].into_iter();
        assert_eq!(nearest("retial", listed()), Some("RETAIL"));
        assert_eq!(nearest("LEGALL", listed()), Some("LEGAL"));
        assert_eq!(nearest("BANANAS", listed()), None);
        assert_eq!(nearest("", listed()), None);
    }
}
