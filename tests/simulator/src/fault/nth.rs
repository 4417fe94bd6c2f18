//! The request numbers that a fault applies to.

use serde::{Deserialize, Serialize};
use std::ops::{RangeFrom, RangeInclusive};

/// The numbers of the matching requests that a fault applies to. The first has number 1. The default is all.
///
/// In YAML, it is a number, a range such as `2-5` or `3-`, or a list of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Syntax", into = "Syntax")]
pub struct Nth(Vec<RangeInclusive<u64>>);

/// The form in a fault script.
#[derive(Clone, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a number such as 2, a range such as \"2-5\" or \"3-\", or a list of these; the first \
                 request is 1"
)]
enum Syntax {
    One(Item),
    Several(Vec<Item>),
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Item {
    Number(u64),
    Range(String),
}

impl Nth {
    /// Whether all requests are selected.
    pub(super) fn is_every(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the request with this number is selected.
    pub(super) fn contains(&self, number: u64) -> bool {
        self.is_every() || self.0.iter().any(|range| range.contains(&number))
    }

    /// Whether a range contains 0 or is empty.
    pub(super) fn has_invalid_range(&self) -> bool {
        self.0.iter().any(|range| *range.start() == 0 || range.is_empty())
    }
}

impl TryFrom<Syntax> for Nth {
    type Error = String;

    fn try_from(syntax: Syntax) -> Result<Self, String> {
        let items = match syntax {
            Syntax::One(item) => vec![item],
            Syntax::Several(items) => items,
        };
        items.into_iter().map(parse_range).collect::<Result<_, _>>().map(Self)
    }
}

fn parse_range(item: Item) -> Result<RangeInclusive<u64>, String> {
    let text = match item {
        Item::Number(number) => return Ok(number..=number),
        Item::Range(text) => text,
    };
    let (first, last) = text.split_once('-').unwrap_or((&text, &text));
    let last = if last.is_empty() { Ok(u64::MAX) } else { last.trim().parse() };
    match (first.trim().parse(), last) {
        (Ok(first), Ok(last)) => Ok(first..=last),
        _ => Err(format!(
            "`{text}` is not a range of requests; write \"2-5\", or \"3-\" for the third and all later ones"
        )),
    }
}

impl From<Nth> for Syntax {
    fn from(Nth(ranges): Nth) -> Self {
        let items = ranges.iter().map(|range| match (*range.start(), *range.end()) {
            (first, last) if first == last => Item::Number(first),
            (first, u64::MAX) => Item::Range(format!("{first}-")),
            (first, last) => Item::Range(format!("{first}-{last}")),
        });
        let mut items: Vec<_> = items.collect();
        if items.len() == 1 { Self::One(items.remove(0)) } else { Self::Several(items) }
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

    fn check(json: Value, expected: &[u64]) {
        let nth: Nth = serde_json::from_value(json.clone()).expect("request numbers");
        let selected: Vec<u64> = (1..8).filter(|number| nth.contains(*number)).collect();
        assert_eq!(selected, expected, "{json}");
        assert_eq!(serde_json::to_value(&nth).ok(), Some(json));
    }

    #[test]
    fn requests_are_selected_by_number() {
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
    fn invalid_numbers_are_rejected() {
        let message = |json: Value| serde_json::from_value::<Nth>(json).expect_err("an error").to_string();
        assert!(message(json!("2..5")).starts_with("`2..5` is not a range of requests; write \"2-5\""));
        assert!(message(json!(1.5)).starts_with("expected a number such as 2, a range such as"));
        assert!(Nth::from(0).has_invalid_range() && Nth::from([1, 0]).has_invalid_range());
        assert!(!Nth::from(1).has_invalid_range() && !Nth::default().has_invalid_range());
    }
}
