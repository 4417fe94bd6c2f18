//! Which of the requests a fault concerns.

use serde::{Deserialize, Serialize};
use std::ops::{RangeFrom, RangeInclusive};

/// Which of the requests at a route a fault concerns. The first is number 1; the default is every one.
///
/// In YAML it is a number, a range such as `2-5` or `3-`, or a list of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Nth(Vec<RangeInclusive<u64>>);

/// As it is written.
#[derive(Clone, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a number such as 2, a range such as \"2-5\" or \"3-\", or a list of these; the first \
                 request is 1"
)]
enum Written {
    One(Piece),
    Several(Vec<Piece>),
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Piece {
    Number(u64),
    Range(String),
}

impl Nth {
    /// Whether it is every request.
    pub(crate) fn is_every(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is this one.
    pub(crate) fn contains(&self, number: u64) -> bool {
        self.is_every() || self.0.iter().any(|range| range.contains(&number))
    }

    /// Whether it is none, because of a zero or a range from a larger to a smaller number.
    pub(crate) fn is_wrong(&self) -> bool {
        self.0.iter().any(|range| *range.start() == 0 || range.is_empty())
    }
}

impl TryFrom<Written> for Nth {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let pieces = match written {
            Written::One(piece) => vec![piece],
            Written::Several(pieces) => pieces,
        };
        pieces.into_iter().map(range).collect::<Result<_, _>>().map(Self)
    }
}

fn range(piece: Piece) -> Result<RangeInclusive<u64>, String> {
    let text = match piece {
        Piece::Number(number) => return Ok(number..=number),
        Piece::Range(text) => text,
    };
    let (first, last) = text.split_once('-').unwrap_or((&text, &text));
    let last = if last.is_empty() { Ok(u64::MAX) } else { last.trim().parse() };
    match (first.trim().parse(), last) {
        (Ok(first), Ok(last)) => Ok(first..=last),
        _ => Err(format!("`{text}` is no range of requests; write \"2-5\", or \"3-\" for all from the third on")),
    }
}

impl From<Nth> for Written {
    fn from(Nth(ranges): Nth) -> Self {
        let pieces = ranges.iter().map(|range| match (*range.start(), *range.end()) {
            (first, last) if first == last => Piece::Number(first),
            (first, u64::MAX) => Piece::Range(format!("{first}-")),
            (first, last) => Piece::Range(format!("{first}-{last}")),
        });
        let mut pieces: Vec<_> = pieces.collect();
        if pieces.len() == 1 { Self::One(pieces.remove(0)) } else { Self::Several(pieces) }
    }
}

impl From<u64> for Nth {
    fn from(number: u64) -> Self {
        Self(vec![number..=number])
    }
}

impl From<RangeInclusive<u64>> for Nth {
    fn from(range: RangeInclusive<u64>) -> Self {
        Self(vec![range])
    }
}

impl From<RangeFrom<u64>> for Nth {
    fn from(range: RangeFrom<u64>) -> Self {
        Self(vec![range.start..=u64::MAX])
    }
}

impl<const N: usize> From<[u64; N]> for Nth {
    fn from(numbers: [u64; N]) -> Self {
        Self(numbers.into_iter().map(|number| number..=number).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Nth;
    use serde_json::{Value, json};

    fn check(written: Value, expected: &[u64]) {
        let nth: Nth = serde_json::from_value(written.clone()).expect("a choice of requests");
        let chosen: Vec<u64> = (1..8).filter(|number| nth.contains(*number)).collect();
        assert_eq!(chosen, expected, "{written}");
        assert_eq!(serde_json::to_value(&nth).ok(), Some(written));
    }

    #[test]
    fn requests_are_chosen() {
        check(json!(2), &[2]);
        check(json!("2-4"), &[2, 3, 4]);
        check(json!("6-"), &[6, 7]);
        check(json!([1, "3-4", 7]), &[1, 3, 4, 7]);
        assert!((1..8).all(|number| Nth::default().contains(number)));
        assert_eq!(Nth::from(3..), serde_json::from_value(json!("3-")).expect("a range"));
        assert_eq!(Nth::from(3..=4), serde_json::from_value(json!("3 - 4")).expect("a range"));
        assert_eq!(Nth::from([1, 4]), serde_json::from_value(json!([1, 4])).expect("a list"));
    }

    #[test]
    fn mistakes_are_explained() {
        let message = |written: Value| serde_json::from_value::<Nth>(written).expect_err("a mistake").to_string();
        assert!(message(json!("2..5")).starts_with("`2..5` is no range of requests; write \"2-5\""));
        assert!(message(json!(1.5)).starts_with("expected a number such as 2, a range such as"));
        assert!(Nth::from(0).is_wrong() && Nth::from([1, 0]).is_wrong());
        assert!(!Nth::from(1).is_wrong() && !Nth::default().is_wrong());
    }
}
