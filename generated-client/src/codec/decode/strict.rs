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
