//! What can go wrong on demand.

mod check;
mod drift;
mod effect;
mod line;
mod nth;
mod plain;
mod schedule;
mod script;

use drift::Change;
pub use drift::Drift;
pub(crate) use effect::send;
pub use nth::Nth;
pub(crate) use schedule::{Due, Schedule};
pub use script::{FaultError, Faults};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Duration;

/// Something that goes wrong, and at which requests. The [crate's documentation](crate#faults) lists the keys
/// of the same in YAML, which are called like the methods here.
///
/// ```
/// use plivo_simulator::{Drift, Fault, Reset};
/// use std::time::Duration;
///
/// // The first two attempts are refused by a gateway in front, before anything was done.
/// let busy = Fault::on("gadget.create").nth([1, 2]).status(503).retry_after(2);
/// // One in ten is carried out, and its caller never hears of it.
/// let lost = Fault::on("POST *").chance(0.1).reset(Reset::AfterExecuting);
/// // From the third on, answers are slow and not as the spec has them.
/// let slow = Fault::on("gadget.get").nth(3..).delay(Duration::from_millis(200));
/// let strange = slow.drift(Drift::SetNull, "/gadget/name");
/// # let _ = (busy, lost, strange);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    on: String,
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
    damage: Option<Damage>,
    oversized: Option<u64>,
    body_delay_ms: Option<u64>,
    reset: Option<Reset>,
}

/// The value of the header of that name: seconds, or any text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a number of seconds, or the text of the header")]
enum RetryAfter {
    Seconds(u64),
    Text(String),
}

/// How the bytes of an answer are damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Damage {
    /// The body ends in its middle, or before its beginning where half of it would be JSON, and the head announces
    /// just that. What comes is no JSON.
    Malformed,
    /// The head announces the whole body, and the connection is closed in the middle of it.
    Truncated,
}

/// When a connection is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reset {
    /// After the head of the request; its body is not read and nothing is done.
    BeforeRead,
    /// After the whole request was read; nothing is done.
    BeforeExecuting,
    /// After the request was carried out; the answer is lost.
    AfterExecuting,
    /// In the middle of the answer's body.
    InBody,
}

impl Fault {
    /// A fault at the requests of an operation, as in `profile.create`; of a method, as in `GET *`; of a method
    /// and a path template of the spec, as in `GET /v1/Account/{auth_id}/Profile/`; or at all requests: `*`.
    pub fn on(route: impl Into<String>) -> Self {
        Self {
            on: route.into(),
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
            damage: None,
            oversized: None,
            body_delay_ms: None,
            reset: None,
        }
    }

    /// Only at these of the requests: `2`, `[1, 3]`, `2..=5` or `3..`. The first is number 1.
    #[must_use]
    pub fn nth(mut self, nth: impl Into<Nth>) -> Self {
        self.nth = nth.into();
        self
    }

    /// Only with this probability, from 0 to 1. The seed decides which ones.
    #[must_use]
    pub fn chance(mut self, chance: f64) -> Self {
        self.chance = Some(chance);
        self
    }

    /// Answers with this status, and does not carry the request out. Without a [`body`](Self::body) of its own
    /// the answer looks like one of Plivo's.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Carries the request out, also where the answer has another [`status`](Self::status).
    #[must_use]
    pub fn executed(mut self) -> Self {
        self.executed = true;
        self
    }

    /// Adds the header `Retry-After`, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(RetryAfter::Seconds(seconds));
        self
    }

    /// Adds the header `Retry-After` as the date that is so many seconds from now.
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

    /// Answers with this body. A text is sent as it is, everything else as JSON.
    #[must_use]
    pub fn body(mut self, body: impl Into<Value>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Says that the body is of this type, whatever it is.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Changes the answer at a JSON pointer. An answer that has nothing there stays as it is.
    #[must_use]
    pub fn drift(mut self, drift: Drift, at: impl Into<String>) -> Self {
        self.drift.push(Change { kind: drift, at: Some(at.into()) });
        self
    }

    /// Changes the answer at a place that the seed decides.
    #[must_use]
    pub fn drift_anywhere(mut self, drift: Drift) -> Self {
        self.drift.push(Change { kind: drift, at: None });
        self
    }

    /// Waits before the head of the answer, or before the [`reset`](Self::reset) in its place. A request that is
    /// carried out was by then.
    #[must_use]
    pub fn delay(mut self, time: Duration) -> Self {
        self.delay_ms = Some(milliseconds(time));
        self
    }

    /// Waits in the middle of the answer's body.
    #[must_use]
    pub fn body_delay(mut self, time: Duration) -> Self {
        self.body_delay_ms = Some(milliseconds(time));
        self
    }

    /// Damages the bytes of the answer.
    #[must_use]
    pub fn damage(mut self, damage: Damage) -> Self {
        self.damage = Some(damage);
        self
    }

    /// Sends so many blanks behind the body. Its length is not announced, and JSON is still JSON.
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

    /// The keys that are given, as they are written.
    fn keys(&self) -> Map<String, Value> {
        let Ok(Value::Object(mut keys)) = serde_json::to_value(self) else { return Map::new() };
        keys.retain(|_, value| !value.is_null());
        keys
    }

    /// The fault in one line, without the requests that it concerns: `retry_after 2, status 503`.
    fn label(&self) -> String {
        let keys = self.keys();
        let effects = keys.iter().filter(|(key, _)| !WHEN.contains(&key.as_str()));
        let shown = effects.map(|(key, value)| match value {
            // A body may be long.
            _ if key == "body" => key.clone(),
            Value::String(text) => format!("{key} {}", line::shown(text)),
            Value::Array(changes) => {
                format!("{key} {}", changes.iter().map(drift::shown).collect::<Vec<_>>().join(" and "))
            }
            Value::Bool(_) => key.clone(),
            other => format!("{key} {other}"),
        });
        shown.collect::<Vec<_>>().join(", ")
    }
}

/// The keys that say when a fault acts, and not what it does.
const WHEN: [&str; 3] = ["on", "nth", "chance"];

fn is_false(value: &bool) -> bool {
    !value
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
