//! `Deserialize` of generated types.

use serde::de::{DeserializeSeed, Deserializer, Error};

use super::value::{Decoded, Decoding, Strictness, ValueSeed};
use crate::schema::{Reading, Value, View};

/// Decodes a value. Types that only answers contain are decoded leniently, all others strictly.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    decode_into(&mut value, deserializer)?;
    Ok(value)
}

fn decode_into<'de, D: Deserializer<'de>>(slot: &mut dyn Value, deserializer: D) -> Result<(), D::Error> {
    let is_answer = matches!(slot.view(), View::Object(object) if object.schema().is_answer());
    let mut decoding = Decoding::new(if is_answer { Strictness::Lenient } else { Strictness::Strict });
    let expected = slot.kind().in_words();
    let seed = ValueSeed { slot, name: "this", reading: Reading::EXACT, decoding: &mut decoding };
    match seed.deserialize(deserializer)? {
        Decoded::Value => Ok(()),
        Decoded::Null => Err(D::Error::custom(format_args!("expected {expected}, found null"))),
        Decoded::Invalid(cause) => Err(D::Error::custom(cause)),
    }
}

#[cfg(test)]
mod tests {
    crate::macros::object! {
        struct EmptyRequest {}
    }

    crate::macros::object! {
        struct EmptyAnswer {}

        answer();
    }

    #[test]
    fn only_an_answer_accepts_unknown_keys_even_without_fields() {
        let error = serde_json::from_str::<EmptyRequest>(r#"{"one": 1}"#).expect_err("it has no such field");
        assert!(error.to_string().contains("one"), "{error}");
        assert_eq!(serde_json::from_str::<EmptyAnswer>(r#"{"one": 1}"#).expect("an answer"), EmptyAnswer::empty());
    }
}
