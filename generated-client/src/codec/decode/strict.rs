//! `Deserialize` of generated types.

use serde::de::{Deserializer, Error};

use super::decoding::{Decoding, Strictness};
use super::mistakes::Mistakes;
use super::parser::{Parser, Stopped};
use super::transcode::json_text;
use super::value::{Decoded, Slot};
use crate::schema::{Reading, Value, View};

/// Decodes a value. Types that only answers contain are decoded leniently, all others strictly: one error names all
/// mistakes.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    let mistakes = decode_into(&mut value, deserializer)?;
    if mistakes.is_empty() { Ok(value) } else { Err(D::Error::custom(mistakes)) }
}

/// Decodes a value and collects the mistakes in it. A value with a mistake is absent.
pub(crate) fn decode_into<'de, D: Deserializer<'de>>(
    value: &mut dyn Value,
    deserializer: D,
) -> Result<Mistakes, D::Error> {
    decode_text(value, &json_text(deserializer)?).map_err(D::Error::custom)
}

fn decode_text(value: &mut dyn Value, text: &str) -> Result<Mistakes, String> {
    let is_answer = matches!(value.view(), View::Object(object) if object.schema().is_answer());
    let mut decoding = Decoding::new(if is_answer { Strictness::Lenient } else { Strictness::Strict });
    let expected = value.kind().in_words();
    let slot = Slot { value, name: "this", reading: Reading::EXACT };
    match slot.decode(&mut Parser::new(text), &mut decoding) {
        Ok(Decoded::Invalid(cause)) if is_answer => return Err(cause.to_string()),
        Ok(Decoded::Null) => decoding.mistakes.add("type", || format!("expected {expected}, found null")),
        Ok(Decoded::Value | Decoded::Invalid(_)) => {}
        // The text is JSON, but it may be nested too deeply.
        Err(Stopped) => return Err("recursion limit exceeded".to_owned()),
    }
    Ok(decoding.mistakes)
}

#[cfg(test)]
mod tests {
    crate::macros::object! {
        struct EmptyRequest {}
    }

    crate::macros::object! {
        struct EmptyAnswer {}

        is_answer: true;
    }

    crate::macros::object! {
        struct Form {
            pub count: Option<i64> => 0: Query,
            pub rate: Option<f64> => 1: Query,
            pub is_on: Option<bool> => 2: Query,
            pub flags: Option<Vec<bool>> => 3: Query,
        }
    }

    #[test]
    fn a_request_has_numbers_and_booleans_in_texts() {
        let form: Form = serde_json::from_str(r#"{"count":"2","rate":"0.5","is_on":"True","flags":["false",true]}"#)
            .expect("a request");
        assert_eq!((form.count, form.rate, form.is_on), (Some(2), Some(0.5), Some(true)));
        assert_eq!(form.flags, Some(vec![false, true]));
        let error = serde_json::from_str::<Form>(r#"{"rate":"NaN","is_on":"on","flags":["1"]}"#);
        assert_eq!(
            error.expect_err("three mistakes").to_string(),
            "rate: expected a number, found text; is_on: expected true or false, found text; \
             /flags/0: an item: expected true or false, found text"
        );
    }

    #[test]
    fn only_an_answer_accepts_unknown_keys_even_without_fields() {
        let error = serde_json::from_str::<EmptyRequest>(r#"{"one": 1}"#).expect_err("it has no such field");
        assert!(error.to_string().contains("one"), "{error}");
        assert_eq!(
            serde_json::from_str::<EmptyAnswer>(r#"{"one": 1}"#).expect("an answer"),
            <EmptyAnswer as crate::schema::Object>::empty()
        );
    }
}
