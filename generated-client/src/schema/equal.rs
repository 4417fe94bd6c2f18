//! `PartialEq` of generated types. Two objects are equal if their fields are the same on the wire.

use super::value::{List, Map, Object, Value, View};

/// Whether two objects of one type have equal fields.
pub fn equal(one: &dyn Object, other: &dyn Object) -> bool {
    views(one).eq(views(other))
}

impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Listed(one, _), Self::Listed(other, _)) => one == other,
            (Self::Integer(one), Self::Integer(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::Json(one), Self::Json(other)) => one == other,
            (Self::File(one), Self::File(other)) => one == other,
            (Self::Object(one), Self::Object(other)) => equal(one, other),
            (Self::List(one), Self::List(other)) => items(one).eq(items(other)),
            (Self::Map(one), Self::Map(other)) => entries(one) == entries(other),
            // Each kind once, so that the compiler reports a new one.
            (Self::Absent | Self::Text(_) | Self::Listed(..) | Self::Integer(_) | Self::Number(_), _) => false,
            (Self::Boolean(_) | Self::Json(_) | Self::File(_), _) => false,
            (Self::Object(_) | Self::List(_) | Self::Map(_), _) => false,
        }
    }
}

fn views(object: &dyn Object) -> impl Iterator<Item = View<'_>> {
    object.fields().map(|(_, value)| value.view())
}

fn items(list: &dyn List) -> impl Iterator<Item = View<'_>> {
    (0..list.len()).filter_map(|index| list.get(index)).map(Value::view)
}

fn entries(map: &dyn Map) -> Vec<(&str, View<'_>)> {
    let mut entries = Vec::with_capacity(map.len());
    map.each(&mut |key, value| entries.push((key, value.view())));
    entries
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value as Json, json};

    use crate::macros::object;
    use crate::schema::{Change, File};

    object! {
        struct Part {
            pub name: Option<String> => 0: Body,
        }
    }

    object! {
        struct Whole {
            pub text: Option<String> => 0: Body,
            pub count: Option<i64> => 1: Body,
            pub rate: Option<f64> => 2: Body,
            pub is_on: Option<bool> => 3: Body,
            pub json: Option<Json> => 4: Body,
            pub part: Option<Part> => 5: Body,
            pub parts: Option<Vec<Part>> => 6: Body,
            pub labels: Option<BTreeMap<String, String>> => 7: Body,
            pub file: Option<File> => 8: Body,
            pub note: Change<String> => 9: Body,
        }
    }

    fn whole(json: Json) -> Whole {
        serde_json::from_value(json).expect("an object")
    }

    #[test]
    fn objects_are_equal_if_all_fields_are() {
        let values = [
            json!({}),
            json!({"text": ""}),
            json!({"text": "a"}),
            json!({"count": 1}),
            json!({"rate": 1}),
            json!({"rate": 1.5}),
            json!({"is_on": true}),
            json!({"is_on": false}),
            json!({"json": {"a": 1}}),
            json!({"json": {"a": 1.0}}),
            json!({"part": {}}),
            json!({"part": {"name": "a"}}),
            json!({"parts": []}),
            json!({"parts": [{}]}),
            json!({"parts": [{}, {}]}),
            json!({"parts": [{"name": "a"}, {}]}),
            json!({"labels": {}}),
            json!({"labels": {"a": "b"}}),
            json!({"labels": {"a": "c"}}),
            json!({"labels": {"b": "b"}}),
            json!({"note": null}),
            json!({"note": "a"}),
        ];
        for (at, one) in values.iter().enumerate() {
            for (other_at, other) in values.iter().enumerate() {
                assert_eq!(whole(one.clone()) == whole(other.clone()), at == other_at, "{one} and {other}");
            }
        }
    }

    #[test]
    fn a_second_form_is_no_part_of_the_value() {
        assert_eq!(whole(json!({"count": "1"})), whole(json!({"count": 1})));
    }

    #[test]
    fn files_are_compared_and_not_a_number_equals_nothing() {
        let with = |bytes: &'static [u8]| Whole { file: Some(File::new("a", bytes)), ..whole(json!({})) };
        assert_eq!(with(b"1"), with(b"1"));
        assert_ne!(with(b"1"), with(b"2"));
        let odd = Whole { rate: Some(f64::NAN), ..whole(json!({})) };
        assert_ne!(odd, odd.clone());
    }
}
