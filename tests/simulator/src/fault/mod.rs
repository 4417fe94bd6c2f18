//! Faults: failures that the simulator injects on request.

mod check;
mod drift;
mod effect;
mod links;
mod nth;
mod schedule;
mod script;
mod send;

use crate::input::one_line;
use drift::Change;
pub use drift::Drift;
pub use links::Links;
pub use nth::Nth;
pub(crate) use schedule::{Schedule, SelectedFault};
pub use script::Faults;
pub(crate) use send::send;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Duration;

/// A failure, and the requests that it applies to. In YAML, the keys have the names of these methods, except for
/// the delays; the [crate documentation](crate#faults) lists them.
///
/// ```
/// use plivo_simulator::{Drift, Fault, Reset};
/// use std::time::Duration;
///
/// // A gateway rejects the first two attempts before they reach the API.
/// let busy = Fault::on("gadget.create").nth([1, 2]).status(503).retry_after(2);
/// // One request in ten is executed, but its response is lost.
/// let lost = Fault::on("POST *").chance(0.1).reset(Reset::AfterExecuting);
/// // From the third request on, responses are slow and deviate from the spec.
/// let slow = Fault::on("gadget.get").nth(3..).delay(Duration::from_millis(200));
/// let deviating = slow.drift(Drift::SetNull, "/gadget/name");
/// # let _ = (busy, lost, deviating);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    on: String,
    account: Option<String>,
    #[serde(default, skip_serializing_if = "Nth::is_every")]
    nth: Nth,
    chance: Option<f64>,
    delay_ms: Option<u64>,
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "is_false")]
    executed: bool,
    retry_after: Option<RetryAfter>,
    retry_at: Option<u64>,
    content_type: Option<String>,
    body: Option<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    drift: Vec<Change>,
    links: Option<Links>,
    damage: Option<Damage>,
    oversized: Option<u64>,
    body_delay_ms: Option<u64>,
    reset: Option<Reset>,
}

/// The value of the header `Retry-After`: a number of seconds, or any text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a number of seconds, or the text of the header")]
enum RetryAfter {
    Seconds(u64),
    Text(String),
}

/// Damage to the body of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Damage {
    /// Only the first half of the body is sent, or nothing if that half is valid JSON. The head announces the
    /// length that is sent. The result is never valid JSON.
    Malformed,
    /// The head announces the length of the whole body, but the connection is closed after the first half.
    Truncated,
}

/// The moment at which a connection is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reset {
    /// After the head of the request was read. The body is not read, and the request is not executed.
    BeforeRead,
    /// After the whole request was read. The request is not executed.
    BeforeExecuting,
    /// After the request was executed. The response is lost.
    AfterExecuting,
    /// In the middle of the body of the response.
    InBody,
}

impl Fault {
    /// A fault for the requests that match `route`: an operation id such as `profile.create`, a method with a path
    /// template of the spec such as `GET /v1/Account/{account}/Profile/`, all paths of a method such as `GET *`, or
    /// `*` for all requests.
    pub fn on(route: impl Into<String>) -> Self {
        Self {
            on: route.into(),
            account: None,
            nth: Nth::default(),
            chance: None,
            delay_ms: None,
            status: None,
            executed: false,
            retry_after: None,
            retry_at: None,
            content_type: None,
            body: None,
            drift: Vec::new(),
            links: None,
            damage: None,
            oversized: None,
            body_delay_ms: None,
            reset: None,
        }
    }

    /// Restricts the fault to the requests of an account: those with its id in their credentials, or in their path if
    /// they have no credentials. The requests of other accounts do not match.
    #[must_use]
    pub fn account(mut self, id: impl Into<String>) -> Self {
        self.account = Some(id.into());
        self
    }

    /// Applies the fault only to the matching requests with these numbers: `2`, `[1, 3]`, `2..=5` or `3..`. The
    /// first matching request has number 1.
    #[must_use]
    pub fn nth(mut self, nth: impl Into<Nth>) -> Self {
        self.nth = nth.into();
        self
    }

    /// Applies the fault to each matching request with this probability, from 0 to 1. The seed determines the
    /// selection.
    #[must_use]
    pub fn chance(mut self, chance: f64) -> Self {
        self.chance = Some(chance);
        self
    }

    /// Responds with this status, from 200 to 599, without executing the request. Without a [`body`](Self::body),
    /// the response has the shape of Plivo's responses.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Executes the request even though the response has another [`status`](Self::status).
    #[must_use]
    pub fn executed(mut self) -> Self {
        self.executed = true;
        self
    }

    /// Adds the header `Retry-After` with a number of seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(RetryAfter::Seconds(seconds));
        self
    }

    /// Adds the header `Retry-After` with the date that lies this number of seconds in the future.
    #[must_use]
    pub fn retry_at(mut self, seconds: u64) -> Self {
        self.retry_at = Some(seconds);
        self
    }

    /// Adds the header `Retry-After` with any text.
    #[must_use]
    pub fn retry_after_text(mut self, text: impl Into<String>) -> Self {
        self.retry_after = Some(RetryAfter::Text(text.into()));
        self
    }

    /// Replaces the body of the response. A string is sent as text, any other value as JSON.
    #[must_use]
    pub fn body(mut self, body: impl Into<Value>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Replaces the content type of the response.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Changes the response at a JSON pointer. A response without a value there stays unchanged.
    #[must_use]
    pub fn drift(mut self, drift: Drift, at: impl Into<String>) -> Self {
        self.drift.push(Change { kind: drift, at: Some(at.into()) });
        self
    }

    /// Changes the response at a location that the seed determines.
    #[must_use]
    pub fn drift_anywhere(mut self, drift: Drift) -> Self {
        self.drift.push(Change { kind: drift, at: None });
        self
    }

    /// Changes the links of a list.
    #[must_use]
    pub fn links(mut self, links: Links) -> Self {
        self.links = Some(links);
        self
    }

    /// Delays the head of the response, or the [`reset`](Self::reset) that replaces it. The delay comes after the
    /// request is executed.
    #[must_use]
    pub fn delay(mut self, time: Duration) -> Self {
        self.delay_ms = Some(milliseconds(time));
        self
    }

    /// Pauses in the middle of the body of the response.
    #[must_use]
    pub fn body_delay(mut self, time: Duration) -> Self {
        self.body_delay_ms = Some(milliseconds(time));
        self
    }

    /// Damages the body of the response.
    #[must_use]
    pub fn damage(mut self, damage: Damage) -> Self {
        self.damage = Some(damage);
        self
    }

    /// Appends this number of spaces to the body. The length is not announced. A JSON body remains valid.
    #[must_use]
    pub fn oversized(mut self, bytes: u64) -> Self {
        self.oversized = Some(bytes);
        self
    }

    /// Resets the connection.
    #[must_use]
    pub fn reset(mut self, reset: Reset) -> Self {
        self.reset = Some(reset);
        self
    }

    /// Whether the fault is for requests of this account.
    fn is_for(&self, account: Option<&str>) -> bool {
        self.account.is_none() || self.account.as_deref() == account
    }

    /// The keys that are set, as they appear in a fault script.
    fn keys(&self) -> Map<String, Value> {
        let Ok(Value::Object(mut keys)) = serde_json::to_value(self) else { return Map::new() };
        keys.retain(|_, value| !value.is_null());
        keys
    }

    /// The effects of the fault in one line, such as `retry_after 2, status 503`.
    fn label(&self) -> String {
        let keys = self.keys();
        let effects = keys.iter().filter(|(key, _)| !SELECTION_KEYS.contains(&key.as_str()));
        let texts = effects.map(|(key, value)| match value {
            // A body may be long.
            _ if key == "body" => key.clone(),
            Value::String(text) => format!("{key} {}", one_line::escaped(text)),
            Value::Array(changes) => {
                format!("{key} {}", changes.iter().map(drift::label).collect::<Vec<_>>().join(" and "))
            }
            Value::Bool(_) => key.clone(),
            other => format!("{key} {other}"),
        });
        texts.collect::<Vec<_>>().join(", ")
    }
}

/// The keys that select requests. All other keys are effects.
const SELECTION_KEYS: [&str; 4] = ["on", "account", "nth", "chance"];

fn is_false(value: &bool) -> bool {
    !value
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
