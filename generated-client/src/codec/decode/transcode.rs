//! Data of any format as the text of JSON, so that one decoder reads all formats.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;

use crate::schema::ARBITRARY_NUMBER;

/// Writes the data as JSON. A key that occurs twice is written twice.
pub(super) fn json_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let mut text = Vec::new();
    Transcoder { text: &mut text }.deserialize(deserializer)?;
    String::from_utf8(text).map_err(D::Error::custom)
}

/// Appends a value to the text.
struct Transcoder<'a> {
    text: &'a mut Vec<u8>,
}

impl Transcoder<'_> {
    fn write<E: Error>(self, value: impl Serialize) -> Result<(), E> {
        serde_json::to_writer(self.text, &value).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Transcoder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcoder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.write(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.write(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<(), E> {
        self.write(boolean)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.write(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.write(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        if number.is_finite() { self.write(number) } else { Err(E::custom("a number is not finite")) }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.write(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let text = self.text;
        text.push(b'[');
        while items.next_element_seed(Transcoder { text: &mut *text })?.is_some() {
            text.push(b',');
        }
        close(text, b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let text = self.text;
        let start = text.len();
        text.push(b'{');
        while entries.next_key_seed(Key { text: &mut *text })?.is_some() {
            text.push(b':');
            entries.next_value_seed(Transcoder { text: &mut *text })?;
            text.push(b',');
        }
        close(text, b'}');
        if let Some(number) = text.get(start..).and_then(arbitrary_number) {
            text.truncate(start);
            text.extend(number.to_string().into_bytes());
        }
        Ok(())
    }
}

/// Appends a key, which must be a text.
struct Key<'a> {
    text: &'a mut Vec<u8>,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<(), E> {
        serde_json::to_writer(self.text, key).map_err(E::custom)
    }
}

/// Ends a list or an object, without the comma after its last value.
fn close(text: &mut Vec<u8>, bracket: u8) {
    if text.last() == Some(&b',') {
        text.pop();
    }
    text.push(bracket);
}

/// The number that an object stands for.
fn arbitrary_number(object: &[u8]) -> Option<serde_json::Number> {
    let entry = object.strip_prefix(b"{\"")?.strip_suffix(b"\"}")?;
    let digits = entry.strip_prefix(ARBITRARY_NUMBER.as_bytes())?.strip_prefix(b"\":\"")?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, F64Deserializer, MapDeserializer};
    use serde::de::{Error as _, IntoDeserializer};

    use super::{ARBITRARY_NUMBER, json_text};

    #[test]
    fn data_becomes_the_json_that_it_was_read_from() {
        for text in [
            "null",
            "true",
            "-1",
            "18446744073709551615",
            "0.5",
            r#""a\"\u0007""#,
            "[]",
            "{}",
            "[[],{}]",
            r#"{"a":[1,"b",{"c":null}],"a":2}"#,
            r#"[{"$serde_json::private::Number":"1,2"}]"#,
        ] {
            let deserializer = &mut serde_json::Deserializer::from_str(text);
            assert_eq!(json_text(deserializer).expect("JSON"), text);
        }
    }

    #[test]
    fn a_number_of_arbitrary_precision_is_a_number() {
        for (digits, text) in [("5", Some("5")), ("1e3", Some("1000.0")), ("five", None)] {
            let entries = MapDeserializer::<_, Error>::new([(ARBITRARY_NUMBER, digits)].into_iter());
            let object = format!(r#"{{"{ARBITRARY_NUMBER}":"{digits}"}}"#);
            assert_eq!(json_text(entries), Ok(text.map_or(object, str::to_owned)));
        }
    }

    #[test]
    fn json_has_neither_other_numbers_nor_other_keys() {
        let number: F64Deserializer<Error> = f64::NAN.into_deserializer();
        assert_eq!(json_text(number), Err(Error::custom("a number is not finite")));
        let entries = MapDeserializer::<_, Error>::new([(1, 2)].into_iter());
        assert!(json_text(entries).expect_err("the key is no text").to_string().contains("expected a key"));
    }
}
