//! Reads a list or a map from one delimited text.

use crate::schema::{Value, ValueKind};

/// Splits a delimited text into the list or map of the slot. Returns whether all items fit; if not, the slot is
/// cleared.
pub(crate) fn split(slot: &mut dyn Value, text: &str, delimiter: &str) -> bool {
    let item_texts = text.split(delimiter).filter(|_| !text.is_empty());
    let mut all_fit = true;
    if slot.kind() == ValueKind::List {
        let Some(list) = slot.as_list_mut() else { return false };
        for item_text in item_texts {
            all_fit &= list.push().is_some_and(|item| set_scalar(item, item_text));
        }
    } else {
        let Some(map) = slot.as_map_mut() else { return false };
        for item_text in item_texts {
            let (key, value) = item_text.split_once('=').unwrap_or((item_text, ""));
            all_fit &= set_scalar(map.entry(key), value);
        }
    }
    if !all_fit {
        slot.clear();
    }
    all_fit
}

/// Sets a scalar from its text. Returns whether it fits.
fn set_scalar(slot: &mut dyn Value, text: &str) -> bool {
    match slot.kind() {
        ValueKind::Integer => text.parse().is_ok_and(|number| slot.set_integer(number)),
        ValueKind::Number => text.parse().is_ok_and(|number: f64| number.is_finite() && slot.set_number(number)),
        ValueKind::Boolean => text.parse().is_ok_and(|boolean| slot.set_boolean(boolean)),
        _ => slot.set_text(text),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::codec::decode::decoding::{Decoding, Strictness};
    use crate::codec::decode::parser::Parser;
    use crate::codec::decode::value::{Decoded, Slot};
    use crate::codec::encode::join;
    use crate::schema::{Reading, Value, ValueKind};

    /// Decodes a JSON value, with a second kind and a delimiter. Returns whether it fits.
    fn read(slot: &mut dyn Value, also: Option<ValueKind>, delimiter: Option<&'static str>, json: &str) -> bool {
        let decoding = &mut Decoding::new(Strictness::Lenient);
        let reading = Reading { also, delimiter, ..Reading::EXACT };
        let slot = Slot { value: slot, name: "it", reading };
        let decoded = slot.decode(&mut Parser::new(json), decoding).expect("JSON");
        decoded == Decoded::Value
    }

    #[test]
    fn a_list_and_its_text_are_equivalent() {
        for (text, items) in [("", vec![]), ("1", vec![1]), ("1,-2,3", vec![1, -2, 3])] {
            let mut numbers: Option<Vec<i64>> = None;
            assert!(read(&mut numbers, None, Some(","), &format!("{text:?}")), "{text}");
            assert_eq!(numbers.as_ref(), Some(&items), "{text}");
            assert_eq!(join(numbers.view(), ",").as_deref(), Some(text));
        }
        let mut floats: Option<Vec<f64>> = None;
        assert!(read(&mut floats, None, Some(","), r#""1,2.5""#));
        assert_eq!(join(floats.view(), ",").as_deref(), Some("1,2.5"));
        let mut entries: Option<BTreeMap<String, String>> = None;
        assert!(read(&mut entries, None, Some(","), r#""a=1,b=x=y,c""#));
        assert_eq!(join(entries.view(), ",").as_deref(), Some("a=1,b=x=y,c="));
    }

    #[test]
    fn a_text_that_is_not_a_list_is_absent() {
        for text in [r#""1,two""#, r#""1,,2""#, r#""1;2""#, r#""1, 2""#, r#""1e2""#] {
            let mut numbers: Option<Vec<i64>> = None;
            assert!(!read(&mut numbers, None, Some(","), text), "{text}");
            assert!(numbers.unwrap_or_default().is_empty(), "{text}");
        }
    }

    #[test]
    fn numbers_are_read_from_text_and_text_from_numbers() {
        for (json, number) in [(r#""5""#, Some(5)), (r#""-5.0""#, Some(-5)), (r#""5.5""#, None), (r#"" 5""#, None)] {
            let mut whole: Option<i64> = None;
            assert_eq!(read(&mut whole, Some(ValueKind::Text), None, json), number.is_some(), "{json}");
            assert_eq!(whole, number, "{json}");
        }
        for json in [r#""NaN""#, r#""inf""#, r#""1e999""#, r#""""#, r#""five""#] {
            let mut any: Option<f64> = None;
            assert!(!read(&mut any, Some(ValueKind::Text), None, json) && any.is_none(), "{json}");
        }
        for json in ["12345678901234567890123", "12345678901234567.89"] {
            let mut id: Option<String> = None;
            assert!(!read(&mut id, Some(ValueKind::Number), None, json), "{json} would lose digits");
        }
        let mut whole: Option<i64> = None;
        assert!(!read(&mut whole, Some(ValueKind::Text), None, r#""9007199254740992.5""#));
        for (json, text) in [("12", "12"), ("0.5", "0.5"), ("18446744073709551615", "18446744073709551615")] {
            let mut id: Option<String> = None;
            assert!(read(&mut id, Some(ValueKind::Number), None, json), "{json}");
            assert_eq!(id.as_deref(), Some(text));
        }
        let mut plain: Option<String> = None;
        assert!(!read(&mut plain, None, None, "12"), "only text is accepted");
    }
}
