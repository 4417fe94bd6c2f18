//! A stateful Plivo on loopback, served from the spec.
//!
//! The simulator interprets the [`Model`](plivo_codegen::model::Model) that the client is generated
//! from. It shares no code with the client, so that each checks the other. Nothing here names a
//! resource, a field or an operation: a resource that is added in YAML is served as it stands.
//!
//! ```no_run
//! # async fn example(model: plivo_codegen::model::Model) -> std::io::Result<()> {
//! use plivo_simulator::{Options, Simulator};
//!
//! let simulator = Simulator::start(model, Options::new()).await?;
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
//! # Where the spec is silent
//!
//! - Every error is `{"api_id", "error"}`. A body over 1 MiB is refused first, then an unknown path or
//!   method, then the credentials, then what the request says. An account in the path that is not
//!   the caller's is a 401.
//! - Keys that the spec does not know are ignored, in the query and in the body. The body is read as
//!   JSON whatever its content type says.
//! - What one account stores no other account sees, and what lies under one parent in a path does
//!   not show under another.
//! - An id that breaks its format names nothing: that is a 404, not a 400.
//! - Lists are in the order of creation. A query field filters by equality where stored objects have
//!   a field of that name, and else does nothing.
//! - An update replaces the fields that it gives, objects as a whole.
//! - A stored object shows no examples: what nobody gave is absent. Answers of operations that store
//!   nothing are made of the examples in the spec.
//!
//! # Inside
//!
//! A request passes through these files, in this order: `server` takes it, `receive` reads it,
//! `record` keeps it, and `serve` asks `route`, `auth`, `parameters`, the interpreter of the rules in
//! `plivo-codegen`, `operate` and `answer`. Each of them may end it with a `refusal`.

mod answer;
mod auth;
mod body;
mod connection;
mod control;
mod decide;
mod examples;
mod fault;
mod limit;
mod mint;
mod operate;
mod options;
mod outgoing;
mod page;
mod parameters;
mod receive;
mod record;
mod refusal;
mod reply;
mod route;
mod serve;
mod server;
mod shared;
mod state;

pub use fault::{Damage, Drift, Fault, FaultError, Faults, Nth, Reset};
pub use options::Options;
pub use plivo_codegen::interpret::{Finding, Parameters, validate};
pub use record::Recorded;
pub use server::Simulator;
