//! Copies what two objects have in common.

use super::value::{List, Map, Object, Value, View};

/// Copies the fields of an answer into the fields of a request that have the same name and take the same kind of value.
/// Empty strings and empty objects are left out, and so are the fields in `except` and what a request never sends. A
/// list, a map and an object are copied as a whole or left out, because an update replaces them as a whole: it would
/// remove what was not copied.
pub fn copy_common_fields<T: Object>(answer: &dyn Object, mut request: T, except: &[&str]) -> T {
    copy_fields(answer, &mut request, except).for_each(drop);
    request
}

/// What became of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    /// The copy has all of it.
    Whole,
    /// It was empty.
    Nothing,
    /// The copy cannot have all of it.
    Not,
}

impl Copied {
    fn whole_if(fits: bool) -> Self {
        if fits { Self::Whole } else { Self::Not }
    }
}

/// Copies the fields that both objects have.
fn copy_fields<'c>(
    from: &'c dyn Object,
    to: &'c mut dyn Object,
    except: &'c [&str],
) -> impl Iterator<Item = Copied> + 'c {
    let target = to.schema();
    from.fields().filter(|(field, _)| !except.contains(&field.name)).filter_map(|(field, value)| {
        let index = target.fields.iter().position(|sent| sent.name == field.name && !sent.is_answer_only())?;
        Some(copy_value(value.view(), to.get_mut(index)?))
    })
}

/// Copies a value into an empty slot, which stays empty unless it takes the whole value.
fn copy_value(from: View<'_>, to: &mut dyn Value) -> Copied {
    let copied = match from {
        View::Absent | View::Text("") | View::Listed("", _) => Copied::Nothing,
        View::Text(text) | View::Listed(text, _) => Copied::whole_if(to.set_text(text)),
        View::Integer(number) => Copied::whole_if(to.set_integer(number)),
        View::Number(number) => Copied::whole_if(to.set_number(number)),
        View::Boolean(boolean) => Copied::whole_if(to.set_boolean(boolean)),
        View::Json(json) => Copied::whole_if(to.set_json(json.clone())),
        View::File(file) => Copied::whole_if(to.set_file(file)),
        View::Object(object) => to.as_object_mut().map_or(Copied::Not, |to| copy_object(object, to)),
        View::List(list) => Copied::whole_if(to.as_list_mut().is_some_and(|to| copy_list(list, to))),
        View::Map(map) => Copied::whole_if(to.as_map_mut().is_some_and(|to| copy_map(map, to))),
    };
    if copied != Copied::Whole {
        to.clear();
    }
    copied
}

fn copy_object(from: &dyn Object, to: &mut dyn Object) -> Copied {
    copy_fields(from, to, &[]).fold(Copied::Nothing, |object, field| match (object, field) {
        (Copied::Not, _) | (_, Copied::Not) => Copied::Not,
        (Copied::Whole, _) | (_, Copied::Whole) => Copied::Whole,
        (Copied::Nothing, Copied::Nothing) => Copied::Nothing,
    })
}

/// Copies items. Returns whether all of them were copied.
fn copy_list(from: &dyn List, to: &mut dyn List) -> bool {
    let mut items = (0..from.len()).filter_map(|index| from.get(index));
    items.all(|item| to.push().is_some_and(|slot| copy_value(item.view(), slot) == Copied::Whole))
}

/// Copies entries. Returns whether all of them were copied.
fn copy_map(from: &dyn Map, to: &mut dyn Map) -> bool {
    let mut are_copied = true;
    from.each(&mut |key, value| {
        are_copied = are_copied && copy_value(value.view(), to.entry(key)) == Copied::Whole;
    });
    are_copied
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Object, copy_common_fields};
    use crate::macros::object;

    object! {
        /// A stored object.
        struct Stored {
            pub numbers: Option<Vec<Street>> => 0: Answer,
            pub tags: Option<Vec<String>> => 1: Answer,
            pub labels: Option<BTreeMap<String, String>> => 2: Answer,
            pub address: Option<Street> => 3: Answer,
            pub secret: Option<String> => 4: Answer,
        }
    }

    object! {
        /// What an update changes.
        struct Update {
            pub numbers: Option<Vec<String>> => 0: Body,
            pub tags: Option<Vec<String>> => 1: Body,
            pub labels: Option<BTreeMap<String, String>> => 2: Body,
            pub address: Option<Street> => 3: Body,
            pub secret: Option<String> => 4: Body,
        }
    }

    object! {
        /// A part of both.
        struct Street {
            pub street: Option<String> => 0: Body,
            pub lines: Option<Vec<String>> => 1: Body,
        }
    }

    /// The update that follows from an answer, as JSON.
    fn update(answer: &str) -> String {
        let stored: Stored = serde_json::from_str(answer).expect("an answer");
        serde_json::to_string(&copy_common_fields(&stored, <Update as Object>::empty(), &["secret"])).expect("JSON")
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
    fn an_object_that_would_lose_a_part_is_left_out() {
        for answer in [
            r#"{"address":{"street":"1 Main Street","lines":["a",""]}}"#,
            r#"{"address":{"lines":[""],"street":"1 Main Street"}}"#,
        ] {
            assert_eq!(update(answer), "{}", "{answer}");
        }
    }

    #[test]
    fn an_excepted_field_is_left_out() {
        assert_eq!(update(r#"{"tags":["a"],"secret":"b"}"#), r#"{"tags":["a"]}"#);
    }

    #[test]
    fn an_object_without_content_is_left_out() {
        for answer in [r#"{"address":{}}"#, r#"{"address":{"street":""}}"#] {
            assert_eq!(update(answer), "{}", "{answer}");
        }
    }
}
