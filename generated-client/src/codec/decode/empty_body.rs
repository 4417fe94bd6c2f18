//! The answer of a response without a body.

use serde_json::Value as Json;

use super::answer::Target;
use crate::schema::{Extra, Field, Location, Method, Object, Operation, Value, View};

/// Fills the answer of a request that succeeded, if the response has no body. If the request changes or deletes the
/// object in its path, a field that every answer has takes the value of the path. Returns whether all of these fields
/// have a value. Reading always needs a body.
pub(crate) fn fill_from_path(
    operation: &Operation,
    request: &dyn Object,
    extra: &Extra,
    target: &mut Target<'_>,
) -> bool {
    let Target::One(value) = target else { return false };
    let Some(object) = value.as_object_mut().filter(|_| operation.method != Method::Get) else { return false };
    let always = object.schema().fields.iter().enumerate().filter(|(_, field)| field.is_always());
    for (index, field) in always {
        let in_path = if operation.changes_object { in_path(request, extra, field) } else { None };
        if !in_path.zip(object.get_mut(index)).is_some_and(|(view, slot)| set(slot, view)) {
            return false;
        }
    }
    true
}

/// The value in the path that has the name of a field.
fn in_path<'a>(request: &'a dyn Object, extra: &'a Extra, field: &Field) -> Option<View<'a>> {
    let mut sent = request.fields().filter(|(sent, _)| sent.location == Location::Path);
    let (_, value) = sent.find(|(sent, _)| sent.name == field.name)?;
    Some(extra.get(field.name).map_or_else(|| value.view(), View::Json))
}

/// Sets what a path carries as text: a text or a number, also if the answer has the other of the two.
fn set(slot: &mut dyn Value, view: View<'_>) -> bool {
    let mut set_text = |text: &str| slot.set_text(text) || text.parse().is_ok_and(|number| slot.set_integer(number));
    match view {
        View::Text(text) | View::Listed(text, _) => set_text(text),
        View::Integer(number) => set_text(&number.to_string()),
        View::Json(Json::String(text)) => set_text(text),
        View::Json(Json::Number(number)) => set_text(&number.to_string()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    crate::macros::object! {
        struct Paint {
            pub room: Option<String> => 0: Path,
            pub floor: Option<i64> => 1: Path,
            pub color: Option<String> => 2: Body,
        }
    }

    crate::macros::object! {
        struct Painted {
            pub room: String => 0: Answer [Always],
            pub floor: i64 => 1: Answer [Always],
            pub color: Option<String> => 2: Answer,
        }
    }

    const PATH: &str = "/v1/Account/{account}/Floor/{floor}/Room/{room}/";

    /// The answer of a response without a body, if there is one.
    fn painted(operation: Operation, extra: &[(&str, Json)]) -> Option<(String, i64)> {
        let mut request = <Paint as Object>::empty();
        request.room = Some("hall".to_owned());
        request.floor = Some(2);
        request.color = Some("red".to_owned());
        let mut given = Extra::default();
        extra.iter().for_each(|(name, value)| given.set((*name).to_owned(), value.clone()));
        let mut answer = <Painted as Object>::empty();
        let is_filled = fill_from_path(&operation, &request, &given, &mut Target::One(&mut answer));
        assert_eq!(answer.color, None);
        is_filled.then_some((answer.room, answer.floor))
    }

    #[test]
    fn only_what_changes_the_object_in_the_path_answers_with_the_values_of_the_path() {
        let hall = Some(("hall".to_owned(), 2));
        for operation in [Operation::post("room.paint", PATH), Operation::delete("room.paint", PATH)] {
            assert_eq!(painted(operation.changes_object(), &[]), hall);
        }
        for operation in [Operation::post("room.paint", PATH), Operation::delete("room.paint", PATH)] {
            assert_eq!(painted(operation, &[]), None);
        }
        assert_eq!(painted(Operation::get("room.paint", PATH).changes_object(), &[]), None);
    }

    #[test]
    fn an_extra_value_in_the_path_can_be_a_number_or_a_text() {
        for (room, floor) in [(json!("7"), json!(3)), (json!(7), json!("3"))] {
            let extra = [("room", room), ("floor", floor)];
            let operation = Operation::post("room.paint", PATH).changes_object();
            assert_eq!(painted(operation, &extra), Some(("7".to_owned(), 3)));
        }
        let operation = || Operation::post("room.paint", PATH).changes_object();
        assert_eq!(painted(operation(), &[("floor", json!("attic"))]), None);
        assert_eq!(painted(operation(), &[("room", json!({}))]), None);
    }
}
