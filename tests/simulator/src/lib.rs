//! A stateful Plivo on loopback, served from the spec.
//!
//! The simulator interprets the [`Model`](plivo_codegen::model::Model) that the client is generated
//! from. It shares no code with the client, so that each checks the other. Nothing here names a
//! resource, a field or an operation: a resource that is added in YAML is served as it stands.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use plivo_simulator::Simulator;
//!
//! let simulator = Simulator::of_spec().await?;
//! println!("point a client at {}", simulator.url());
//! // ... let a client call it ...
//! for request in simulator.requests() {
//!     println!("{} {}", request.method(), request.path());
//! }
//! simulator.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! [`Simulator::start`] takes a model and [`Options`] in place of the usual ones, for whoever serves a spec of their
//! own; the shortest way to this project's model is [`spec()`]: `Simulator::start(spec()?, Options::new().seed(7))`.
//!
//! # Faults
//!
//! A [`Fault`] says which requests it concerns and what goes wrong with them. Faults come from
//! [`Options::faults`] or [`Simulator::set_faults`], from a file, or from `PUT /_simulator/faults`.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use plivo_simulator::{Fault, Options, Reset, Simulator, spec};
//!
//! let faults = [
//!     Fault::on("profile.create").nth(1).status(503).retry_after(1),
//!     Fault::on("POST *").chance(0.1).reset(Reset::AfterExecuting),
//! ];
//! let simulator = Simulator::start(spec()?, Options::new().seed(7).faults(faults)).await?;
//! // ... let a client call it, and look at what became of each request ...
//! for request in simulator.requests() {
//!     println!("{} {:?} {:?}", request.path(), request.status(), request.fault());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The same as text, in YAML or JSON; `faults.yaml` beside this crate's manifest has an example of each key:
//!
//! ```yaml
//! faults:
//!   - { on: profile.create, nth: 1, status: 503, retry_after: 1 }
//!   - { on: POST *, chance: 0.1, reset: after_executing }
//! ```
//!
//! | key | what it says |
//! |---|---|
//! | `on` | which requests: an operation, `GET *`, a method with a path template of the spec, or `*` |
//! | `nth` | which of them: `2`, `"2-5"`, `"3-"`, or a list of these; all if absent |
//! | `chance` | with which probability, from 0 to 1 |
//! | `status` | the request is not carried out, and answered with this status |
//! | `executed` | goes with `status`: it is carried out all the same |
//! | `retry_after`, `retry_at` | the header `Retry-After` in seconds or as any text, or as the date in so many seconds |
//! | `body`, `content_type` | what the answer is in place of its own; a text goes out as it is |
//! | `drift` | a list of changes to the answer: `kind` is `drop`, `set_null`, `retype`, `add` or `unlisted`; `at` is a JSON pointer, and without it the seed decides |
//! | `delay_ms` | the head of the answer waits, or the reset in its place; the request was carried out by then, if ever |
//! | `body_delay_ms` | the body waits in its middle |
//! | `damage` | `malformed`: the body ends early, and the head agrees. `truncated`: the head announces more than comes |
//! | `oversized` | so many blanks follow the body, whose length is not announced |
//! | `reset` | the connection is reset: `before_read` or `before_executing` without having done anything, `after_executing` in place of the answer, `in_body` |
//!
//! Every fault counts the requests that it concerns, from 1: `nth: 2` of `*` is the second of all. Of those faults
//! whose turn it is, the first acts. A seed decides everything random for each operation apart, by the number of the
//! request for it: whatever else is called meanwhile, also where `on` is `*`, a `chance` gives the tenth creation the
//! same fate in each run. A fault that answers in place of the operation stands in front of everything, also of the
//! credentials; one that changes an answer changes refusals, too. What could never act is refused. What an answer
//! gives no occasion for, such as a body to damage or a field to drop, does not count as having acted, and is not in
//! the record.
//!
//! # Over HTTP
//!
//! `GET /` lists the operations and these switches. They need no credentials, and are neither recorded nor
//! limited.
//!
//! | | |
//! |---|---|
//! | `GET`, `DELETE /_simulator/requests` | what was received, each with its status and fault; forgets it |
//! | `GET`, `PUT`, `DELETE /_simulator/faults` | the faults and how often each acted; sets them; takes them away |
//! | `POST /_simulator/reset` | everything is as it was at the start |
//!
//! # Limits
//!
//! An account may start 300 requests in any 5 seconds; one more is a 429 with `Retry-After`, and does not count.
//! A body has at most 1 MiB, and the name of a file in a form leads through at most 64 steps. The head of a request
//! has 30 seconds to arrive, and so has its body; whoever takes nothing of an answer for 30 seconds is reset. Of the
//! record the latest 10,000 requests are kept, and at most 64 MiB.
//!
//! # Where the spec is silent
//!
//! - Every error is `{"api_id", "error"}`. A body over 1 MiB is refused first, then an unknown path or
//!   method, then the credentials, then too many requests, then what the request says. An account in the
//!   path that is not the caller's is a 401; a subaccount calls with its own id and token, and has objects
//!   of its own.
//! - Keys that the spec does not know are ignored, in the query and in the body. The body is read as
//!   JSON whatever its content type says.
//! - What one account stores no other account sees, and what lies under one parent in a path does
//!   not show under another.
//! - An id that breaks its format names nothing: that is a 404, not a 400.
//! - Every object that a path leads through must be there, also for what is neither read nor changed, and for
//!   lists. With an object goes what lies in it.
//! - Lists are in the order of creation. A query field filters by equality where stored objects have
//!   a field of that name, and else does nothing.
//! - An update replaces the fields that it gives, objects as a whole.
//! - A stored object shows no examples: what nobody gave is absent. Answers of operations that store
//!   nothing are made of the examples in the spec.
//!
//! # Inside
//!
//! A request passes through these files, in this order: `connection` accepts it on a socket of `patience`, `serve`
//! asks `route` what it is and `fault` whether something goes wrong, `receive` reads it and `record` keeps it.
//! `decide` carries it out with `auth`, `limit`, `parameters`, the interpreter of the rules in `plivo-codegen`,
//! `lineage`, `operate` and `answer`; each of them may end it with a `refusal`. What comes of it is a `reply`, which
//! leaves as the steps in `outgoing`. Requests to the simulator itself go from `serve` to `control`, which gives the
//! record as `listing` makes it.

mod answer;
mod auth;
mod body;
mod connection;
mod control;
mod decide;
mod fault;
mod limit;
mod lineage;
mod listing;
mod mint;
mod operate;
mod options;
mod outgoing;
mod page;
mod parameters;
mod patience;
mod placeholder;
mod receive;
mod record;
mod refusal;
mod reply;
mod route;
mod serve;
mod server;
mod shared;
mod spec;
mod state;
pub mod stop;

pub use fault::{Damage, Drift, Fault, FaultError, Faults, Nth, Reset};
pub use options::Options;
pub use plivo_codegen::interpret::{Parameters, Violation, validate};
pub use record::Recorded;
pub use server::Simulator;
pub use spec::spec;
