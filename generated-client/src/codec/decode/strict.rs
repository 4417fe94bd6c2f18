//! `Deserialize` of generated types.

use serde::de::{DeserializeSeed, Deserializer, Error};

use super::value::{Decoding, Filled, Strictness, ValueSeed};
use crate::schema::{Value, View};

/// Reads a value. Types that occur in answers only are read as leniently as an answer, all others strictly.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    fill(&mut value, deserializer)?;
    Ok(value)
}

fn fill<'de, D: Deserializer<'de>>(slot: &mut dyn Value, deserializer: D) -> Result<(), D::Error> {
    let is_answer = matches!(slot.view(), View::Object(object) if object.schema().is_answer());
    let mut decoding = Decoding::new(if is_answer { Strictness::Lenient } else { Strictness::Strict });
    let expected = slot.kind().in_words();
    let seed = ValueSeed { slot, name: "this", also: None, delimiter: None, decoding: &mut decoding };
    match seed.deserialize(deserializer)? {
        Filled::Yes => Ok(()),
        Filled::Null => Err(D::Error::custom(format_args!("expected {expected}, found null"))),
        Filled::No(cause) => Err(D::Error::custom(cause)),
    }
}
