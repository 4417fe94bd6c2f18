//! Copies what two objects have in common.

use super::value::{List, Map, Object, Value, View};

/// Copies the fields of an answer into the fields of a request that have the same name and take the same kind of value.
/// Empty strings and empty objects are left out, and so is what a request never sends. A list or a map is copied as a
/// whole or left out, because an update with some of its items would remove the others.
pub fn copy_common_fields<T: Object>(answer: &dyn Object, mut request: T) -> T {
    copy_object(answer, &mut request);
    request
}

/// Copies fields. Returns whether there was at least one.
fn copy_object(from: &dyn Object, to: &mut dyn Object) -> bool {
    let target = to.schema();
    let mut has_any = false;
    for (field, value) in from.fields() {
        let index = target.fields.iter().position(|sent| sent.name == field.name && !sent.answer_only);
        if let Some(slot) = index.and_then(|index| to.get_mut(index)) {
            has_any |= copy_value(value.view(), slot);
        }
    }
    has_any
}

/// Copies a value into an empty slot. Returns whether the slot took it; otherwise it is still empty.
fn copy_value(from: View<'_>, to: &mut dyn Value) -> bool {
    let is_copied = match from {
        View::Absent | View::Text("") | View::Listed("", _) => false,
        View::Text(text) | View::Listed(text, _) => to.set_text(text),
        View::Integer(number) => to.set_integer(number),
        View::Number(number) => to.set_number(number),
        View::Boolean(boolean) => to.set_boolean(boolean),
        View::Json(json) => to.set_json(json.clone()),
        View::File(file) => to.set_file(file.clone()),
        View::Object(object) => to.as_object_mut().is_some_and(|to| copy_object(object, to)),
        View::List(list) => to.as_list_mut().is_some_and(|to| copy_list(list, to)),
        View::Map(map) => to.as_map_mut().is_some_and(|to| copy_map(map, to)),
    };
    if !is_copied {
        to.clear();
    }
    is_copied
}

/// Copies items. Returns whether all of them were copied.
fn copy_list(from: &dyn List, to: &mut dyn List) -> bool {
    let mut items = (0..from.len()).filter_map(|index| from.get(index));
    items.all(|item| to.push().is_some_and(|slot| copy_value(item.view(), slot)))
}

/// Copies entries. Returns whether all of them were copied.
fn copy_map(from: &dyn Map, to: &mut dyn Map) -> bool {
    let mut are_copied = true;
    from.each(&mut |key, value| are_copied = are_copied && copy_value(value.view(), to.entry(key)));
    are_copied
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::copy_common_fields;
    use crate::macros::object;

    object! {
        /// A stored object.
        struct Stored {
            pub numbers: Option<Vec<Street>> => 0: answer,
            pub tags: Option<Vec<String>> => 1: answer,
            pub labels: Option<BTreeMap<String, String>> => 2: answer,
            pub address: Option<Street> => 3: answer,
        }
    }

    object! {
        /// What an update changes.
        struct Update {
            pub numbers: Option<Vec<String>> => 0: body,
            pub tags: Option<Vec<String>> => 1: body,
            pub labels: Option<BTreeMap<String, String>> => 2: body,
            pub address: Option<Street> => 3: body,
        }
    }

    object! {
        /// A part of both.
        struct Street {
            pub street: Option<String> => 0: body,
        }
    }

    /// The update that follows from an answer, as JSON.
    fn update(answer: &str) -> String {
        let stored: Stored = serde_json::from_str(answer).expect("an answer");
        serde_json::to_string(&copy_common_fields(&stored, Update::empty())).expect("JSON")
    }

    #[test]
    fn what_both_have_is_copied() {
        for answer in [
            r#"{"tags":["a","b"],"labels":{"a":"b"},"address":{"street":"1 Main Street"}}"#,
            r#"{"tags":[],"labels":{}}"#,
        ] {
            assert_eq!(update(answer), answer);
        }
    }

    #[test]
    fn a_list_that_cannot_be_copied_is_left_out() {
        for answer in [
            r#"{"numbers":[{"street":"a"}]}"#,
            r#"{"tags":[""]}"#,
            r#"{"tags":["a",""]}"#,
            r#"{"labels":{"a":""}}"#,
            r#"{"labels":{"a":"b","c":""}}"#,
        ] {
            assert_eq!(update(answer), "{}", "{answer}");
        }
    }

    #[test]
    fn an_object_without_content_is_left_out() {
        for answer in [r#"{"address":{}}"#, r#"{"address":{"street":""}}"#] {
            assert_eq!(update(answer), "{}", "{answer}");
        }
    }
}
