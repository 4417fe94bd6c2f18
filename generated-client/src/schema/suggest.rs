//! "Did you mean": the listed text that is most like a given one.

/// The candidate that differs from the text in the fewest letters, if they are few.
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

/// How many letters must be put in, taken out or changed, row by row of the usual table.
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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_is_found_only_when_it_is_near() {
        let listed = || ["RETAIL", "LEGAL", "ENERGY"].into_iter();
        assert_eq!(nearest("retial", listed()), Some("RETAIL"));
        assert_eq!(nearest("LEGALL", listed()), Some("LEGAL"));
        assert_eq!(nearest("BANANAS", listed()), None);
        assert_eq!(nearest("", listed()), None);
    }
}
