//! Second forms of a value: a number or a boolean in a text.

use crate::schema::{MAX_EXACT_INTEGER, Value, ValueKind};

/// Sets the number or the boolean that a text contains. A boolean may be in any letter case.
pub(super) fn set_from_text(text: &str, slot: &mut dyn Value) -> bool {
    let is = |word| text.eq_ignore_ascii_case(word);
    if slot.kind() == ValueKind::Boolean {
        return (is("true") || is("false")) && slot.set_boolean(is("true"));
    }
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(number), _) => slot.set_integer(number),
        (_, Ok(number)) => number.abs() < MAX_EXACT_INTEGER && slot.set_number(number),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::codec::decode::decoding::{Decoding, Strictness};
    use crate::codec::decode::parser::Parser;
    use crate::codec::decode::value::{Decoded, Slot};
    use crate::schema::{Reading, Value, ValueKind};

    /// Decodes a JSON value. Returns it if it fits, and the number of differences.
    fn read<T: Value + PartialEq>(reading: Reading, json: &str) -> (Option<T>, usize) {
        let (mut slot, decoding) = (T::empty(), &mut Decoding::new(Strictness::Lenient));
        let place = Slot { value: &mut slot, name: "it", reading };
        let decoded = place.decode(&mut Parser::new(json), decoding).expect("JSON");
        ((decoded == Decoded::Value).then_some(slot), decoding.drift.entries().len())
    }

    fn also(kind: ValueKind) -> Reading {
        Reading { also: Some(kind), ..Reading::EXACT }
    }

    #[test]
    fn a_text_is_read_as_what_it_contains() {
        let text = also(ValueKind::Text);
        assert_eq!(read::<bool>(text, r#""True""#), (Some(true), 0));
        assert_eq!(read::<bool>(text, r#""no""#), (None, 0));
        assert_eq!(read::<i64>(text, r#""-7""#), (Some(-7), 0));
        assert_eq!(read::<i64>(text, r#""7.5""#), (None, 0));
        assert_eq!(read::<f64>(text, r#""7.5""#), (Some(7.5), 0));
        assert_eq!(read::<f64>(text, r#""nan""#), (None, 0));
        assert_eq!(read::<bool>(Reading::EXACT, r#""true""#), (None, 1));
    }

    #[test]
    fn a_number_or_a_boolean_is_read_as_text() {
        assert_eq!(
            read::<String>(also(ValueKind::Number), "12345678901234567890").0.as_deref(),
            Some("12345678901234567890")
        );
        assert_eq!(read::<String>(also(ValueKind::Number), "1e300"), (None, 0));
        assert_eq!(read::<String>(also(ValueKind::Boolean), "false").0.as_deref(), Some("false"));
        assert_eq!(read::<String>(also(ValueKind::Boolean), "7"), (None, 1));
    }

    #[test]
    fn items_are_read_like_fields() {
        let reading = Reading { items_also: Some(ValueKind::Text), ..Reading::EXACT };
        assert_eq!(read::<Vec<i64>>(reading, r#"[1,"2","x"]"#), (Some(vec![1, 2]), 0));
        assert_eq!(read::<Vec<Vec<i64>>>(reading, r#"[["1"],[2]]"#), (Some(vec![vec![1], vec![2]]), 0));
        let flags = BTreeMap::from([("a".to_owned(), true)]);
        assert_eq!(read(reading, r#"{"a":"TRUE"}"#), (Some(flags), 0));
    }

    #[test]
    fn a_single_value_is_read_as_a_list_of_one() {
        let one = Reading { one: true, ..Reading::EXACT };
        assert_eq!(read::<Vec<String>>(one, r#""a""#), (Some(vec!["a".to_owned()]), 0));
        assert_eq!(read::<Vec<i64>>(one, "[1,2]"), (Some(vec![1, 2]), 0));
        assert_eq!(read::<Option<Vec<bool>>>(one, "true"), (Some(Some(vec![true])), 0));
        assert_eq!(read::<Vec<BTreeMap<String, i64>>>(one, r#"{"a":1}"#).0.map(|list| list.len()), Some(1));
        assert_eq!(read::<Vec<i64>>(one, r#""x""#), (None, 1));
        let both = Reading { items_also: Some(ValueKind::Text), ..one };
        assert_eq!(read::<Vec<i64>>(both, r#""7""#), (Some(vec![7]), 0));
    }
}
