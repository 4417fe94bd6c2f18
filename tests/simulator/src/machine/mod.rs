//! The states of stored objects: pure functions of the description of the states, an object, and the time.
//!
//! Nothing runs in the background. A [`Schedule`] knows which object leaves its state when, and whoever looks at the
//! objects first applies what is due.

mod history;
mod schedule;
mod transition;

pub(crate) use history::History;
pub(crate) use schedule::Schedule;
pub(crate) use transition::Subject;
pub use transition::Transition;

use crate::time::Moment;
use plivo_codegen::interpret::duration_of_seconds;
use plivo_codegen::model::{Assigned, State, States, Stay};
use serde_json::{Map, Value};
use std::time::Duration;

/// The state of an object.
pub(crate) fn state_of<'o>(states: &States, object: &'o Map<String, Value>) -> Option<&'o str> {
    object.get(&states.field).and_then(Value::as_str)
}

/// The state that follows the one of an object when its time has come.
pub(crate) fn next<'s>(states: &'s States, object: &Map<String, Value>) -> Option<&'s State> {
    let (stay, next) = states.next(state_of(states, object)?)?;
    (*stay != Stay::UntilMoved).then_some(next)
}

/// Puts an object into a state, with everything that the server sets then. Returns when the object leaves the state
/// by itself; `None` if it does not.
pub(crate) fn enter(states: &States, state: &State, object: &mut Map<String, Value>, at: Moment) -> Option<Moment> {
    object.insert(states.field.clone(), Value::from(state.name.as_str()));
    for assignment in &state.sets {
        let value = match &assignment.value {
            Assigned::Time => Value::from(at.to_string()),
            Assigned::Value(value) => value.clone(),
        };
        object.insert(assignment.field.clone(), value);
    }
    let (stay, _) = states.next(&state.name)?;
    duration(stay, object).map(|duration| at + duration)
}

/// How long an object stays in its state. `None`: until it is moved.
fn duration(stay: &Stay, object: &Map<String, Value>) -> Option<Duration> {
    match stay {
        Stay::For(duration) => Some(*duration),
        Stay::Field { name, otherwise } => {
            let seconds = object.get(name).and_then(Value::as_f64);
            Some(seconds.and_then(duration_of_seconds).unwrap_or(*otherwise))
        }
        Stay::UntilMoved => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{enter, next, state_of};
    use crate::time::Moment;
    use plivo_codegen::model::{Assigned, Assignment, State, States, Stay, Step};
    use serde_json::{Map, Value, json};
    use std::time::Duration;

    fn state(name: &str, sets: &[(&str, Assigned)]) -> State {
        let set = |(field, value): &(&str, Assigned)| Assignment { field: (*field).to_owned(), value: value.clone() };
        State { name: name.to_owned(), sets: sets.iter().map(set).collect() }
    }

    fn states() -> States {
        let patience = Stay::Field { name: "patience".to_owned(), otherwise: Duration::from_secs(20) };
        let step = |name, stay| Step { state: state(name, &[]), stay };
        States {
            field: "status".to_owned(),
            steps: vec![
                step("queued", Stay::For(Duration::from_secs(1))),
                step("ringing", patience),
                step("talking", Stay::UntilMoved),
            ],
            end: state("over", &[("ended_at", Assigned::Time), ("cause", Assigned::Value(json!("hung up")))]),
            others: vec![state("busy", &[])],
        }
    }

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().expect("an object")
    }

    #[test]
    fn entering_a_state_sets_fields() {
        let (states, mut call) = (states(), object(json!({"status": "talking", "to": "x"})));
        assert_eq!(enter(&states, &states.end, &mut call, Moment::START), None);
        let expected =
            json!({"status": "over", "to": "x", "ended_at": "2026-01-01T00:00:00.000000Z", "cause": "hung up"});
        assert_eq!(Value::Object(call), expected);
    }

    #[test]
    fn a_state_lasts_as_long_as_the_states_or_a_field_say() {
        let states = states();
        let due = |name: &str, value: Value| {
            let mut call = object(value);
            let due = enter(&states, states.find(name).expect("a state"), &mut call, Moment::START);
            due.map(|due| due.to_string()[11..19].to_owned())
        };
        assert_eq!(due("queued", json!({})).as_deref(), Some("00:00:01"));
        assert_eq!(due("ringing", json!({"patience": 90})).as_deref(), Some("00:01:30"));
        for useless in [json!({}), json!({"patience": null}), json!({"patience": -1}), json!({"patience": "x"})] {
            assert_eq!(due("ringing", useless).as_deref(), Some("00:00:20"));
        }
        assert_eq!(due("talking", json!({})), None);
        assert_eq!(due("busy", json!({})), None);
    }

    #[test]
    fn time_leads_to_the_next_state_unless_the_object_waits() {
        let states = states();
        let next = |status: &str| next(&states, &object(json!({"status": status}))).map(|state| state.name.clone());
        assert_eq!(next("queued").as_deref(), Some("ringing"));
        assert_eq!(next("ringing").as_deref(), Some("talking"));
        for status in ["talking", "over", "busy", "unknown"] {
            assert_eq!(next(status), None, "{status}");
        }
        assert_eq!(state_of(&states, &object(json!({"status": 1}))), None);
    }
}
