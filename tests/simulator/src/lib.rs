//! A stateful simulator of the Plivo API on loopback, driven by the spec.
//!
//! The simulator interprets the [`Model`](plivo_codegen::model::Model) from which the client is generated. It shares
//! no code with the client, so that each verifies the other. No source file names a resource, a field or an
//! operation: a resource that is added in YAML is served without further changes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use plivo_simulator::Simulator;
//!
//! let simulator = Simulator::of_spec().await?;
//! println!("point a client at {}", simulator.url());
//! // ... run the client ...
//! for request in simulator.requests() {
//!     println!("{} {}", request.method(), request.path());
//! }
//! simulator.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! [`Simulator::start`] takes a model and [`Options`]. The model of this project is [`spec()`]:
//! `Simulator::start(spec()?, Options::new().seed(7))`.
//!
//! # Faults
//!
//! A [`Fault`] selects requests and describes a failure. Set faults with [`Options::faults`], with
//! [`Simulator::set_faults`], from a file, or with `PUT /_simulator/faults`.
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
//! // ... run the client, then inspect each request ...
//! for request in simulator.requests() {
//!     println!("{} {:?} {:?}", request.path(), request.status(), request.fault());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The same faults as a script, in YAML or JSON. `faults.yaml` beside the manifest of this crate has an example of
//! each key.
//!
//! ```yaml
//! faults:
//!   - { on: profile.create, nth: 1, status: 503, retry_after: 1 }
//!   - { on: POST *, chance: 0.1, reset: after_executing }
//! ```
//!
//! | key | meaning |
//! |---|---|
//! | `on` | matching requests: an operation id, a method with a path template of the spec, `GET *`, or `*` |
//! | `account` | the account whose requests match: the id of the credentials; default: all |
//! | `nth` | numbers of the matching requests: `2`, `"2-5"`, `"3-"`, or a list of these; default: all |
//! | `chance` | probability for each matching request, from 0 to 1; default: 1 |
//! | `status` | response status from 200 to 599; the request is not executed |
//! | `executed` | with `status`: the request is executed nevertheless |
//! | `retry_after` | header `Retry-After`: seconds, or any text |
//! | `retry_at` | header `Retry-After`: the date this number of seconds in the future |
//! | `body` | replaces the body; a string is sent as text, any other value as JSON |
//! | `content_type` | replaces the content type |
//! | `drift` | list of changes: `kind` is `drop`, `set_null`, `retype`, `add` or `unlisted`; `at` is a JSON pointer; by default, the seed determines the location |
//! | `links` | links of a list as Plivo also writes them: `other_host`, `other_path`, `no_slash`; and `no_query` |
//! | `delay_ms` | delays the head of the response, or the reset that replaces it; the request has been executed by then |
//! | `body_delay_ms` | pauses in the middle of the body |
//! | `damage` | `malformed`: the body is cut off and the head announces the shorter length; `truncated`: the head announces more than is sent |
//! | `oversized` | appends this number of spaces to the body; the length is not announced |
//! | `reset` | resets the connection: `before_read` or `before_executing` without executing the request, `after_executing` instead of the response, `in_body` in the middle of the response |
//!
//! Each fault counts its matching requests, starting from 1: with `on: "*"`, `nth: 2` is the second request of any
//! kind. If several faults apply to a request, only the first takes effect. The seed determines all random choices,
//! separately for each operation: `chance` has the same result for the tenth create request in every run, regardless
//! of requests to other operations.
//!
//! A fault that replaces the response takes precedence over everything else, including authentication. A fault that
//! changes a response also changes error responses. Faults that could never take effect are rejected. Effects that a
//! particular response does not allow, such as dropping an absent field, are not recorded, and a fault without any
//! remaining effect does not count as applied.
//!
//! # Objects
//!
//! Operations create, list, read, change and delete stored objects. Objects that no operation creates, such as the
//! recording of a call, can be seeded: with [`Options::objects`], with [`Simulator::seed`], from a file, or with
//! `POST /_simulator/objects`. The format is the one that `GET /_simulator/objects` returns, in YAML or JSON.
//! `objects.yaml` beside the manifest of this crate is an example.
//!
//! ```yaml
//! collections:
//!   - account: MAXXXXXXXXXXXXXXXXXX
//!     resource: profile
//!     objects:
//!       - { profile_alias: Example Bakery, entity_type: PRIVATE }
//! ```
//!
//! | key | meaning |
//! |---|---|
//! | `account` | the id of the account that owns the objects |
//! | `resource` | the resource, as in the ids of its operations |
//! | `parents` | if the resource is inside of others: what paths name its parents by, outermost first |
//! | `objects` | the fields of each object, as answers show them |
//!
//! Fields that the spec does not describe, values of another type, ids that are taken and parents that do not exist
//! are rejected; nothing is stored then. An id that is absent is generated, and other fields that the server sets are
//! added, as for a created object.
//!
//! # Time and states
//!
//! If the spec declares `states`, stored objects move from state to state: a call is queued, rings, is in progress and
//! ends. The simulator's clock decides when. With the default options, time is virtual: it starts at
//! 2026-01-01T00:00:00Z and moves only with [`Simulator::advance`] or `POST /_simulator/time`, so that a test decides
//! when a call rings, and every run is the same. With [`Options::real_time`], the clock runs like that of this machine;
//! it can be advanced too. The program `simulator` has a real clock unless it is started with `--time virtual`, so that
//! a call that is placed by hand rings and ends.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use plivo_simulator::Simulator;
//! use std::time::Duration;
//!
//! let simulator = Simulator::of_spec().await?;
//! // ... place a call ...
//! for transition in simulator.advance(Duration::from_secs(5)) {
//!     println!("{} was {:?} and is {}", transition.id(), transition.from(), transition.to());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Nothing runs in the background. The transitions that are due are applied before each request, in the order of their
//! times, and each sets its fields to its own time, however late the request is. [`Simulator::transitions`] returns
//! all of them, with the operation that caused each.
//!
//! # Endpoints of the simulator
//!
//! `GET /` lists the operations of the API and the endpoints of the simulator. These endpoints need no credentials,
//! are not recorded, and do not count towards the rate limit.
//!
//! | endpoint | effect |
//! |---|---|
//! | `GET /_simulator/requests` | returns the received requests, each with its account, status, fault and warnings |
//! | `DELETE /_simulator/requests` | clears the record of requests |
//! | `GET /_simulator/faults` | returns the faults, with the number of requests that each `matched` and was `applied` to |
//! | `PUT /_simulator/faults` | replaces the faults |
//! | `DELETE /_simulator/faults` | removes all faults |
//! | `GET /_simulator/objects` | returns the stored objects |
//! | `POST /_simulator/objects` | stores the objects in the body |
//! | `DELETE /_simulator/objects` | removes the stored objects, with the objects inside them |
//! | `GET /_simulator/time` | returns the `time` on the simulator's clock, and whether the `clock` is `virtual` or `real` |
//! | `POST /_simulator/time` | advances the clock: `{"advance": "5s"}`, with the unit `ms`, `s`, `m`, `h` or `d`. Returns the time, and the `transitions` until then |
//! | `GET /_simulator/transitions` | returns the transitions of stored objects from state to state |
//! | `DELETE /_simulator/transitions` | clears the record of transitions |
//! | `POST /_simulator/reset` | restores the initial state |
//!
//! A web page cannot use these endpoints: their `Host` must be `127.0.0.1`, `localhost` or `[::1]`, and an `Origin` must
//! be the address of the simulator.
//!
//! With `?account=ID`, the endpoints of the record are limited to the requests of an account: those with its id in
//! their credentials, or in their path if they have no credentials. `?account=ID` and `?resource=NAME` limit the objects
//! that are returned or removed.
//!
//! # Limits
//!
//! - Rate limit: an account may start 300 requests in any period of 5 seconds. Further requests are answered with
//!   429 and `Retry-After`, and do not count.
//! - Request bodies: at most 1 MiB, and 32 MiB for a form. The name of a file part has at most 64 steps.
//! - Timeouts: 30 seconds each for the head and the body of a request, and for a client that does not read the
//!   response.
//! - Faults: 1,000. Stored objects: 64 MiB of JSON.
//! - Record: the latest 10,000 requests, and at most 64 MiB. The latest 10,000 transitions.
//!
//! # Behaviour that the spec does not define
//!
//! - Error responses have the form `{"api_id", "error"}`. The checks run in this order: body size, path and method,
//!   credentials, rate limit, content type, validation.
//! - If the path names another account than the credentials, the response is 401. A subaccount uses its own id and
//!   token, and has its own objects.
//! - A key in the query or the body that the operation does not take has no effect but a warning. With
//!   [`Options::strict`] (`--strict`), such a key in the query is answered with 400.
//! - A body with another `Content-Type` than the operation takes is answered with 415, one without a `Content-Type` is
//!   decoded. A form of which no file is required can also be JSON, as some of Plivo's SDKs send it. This causes a
//!   warning.
//! - Warnings, such as a value that is longer than its source says, do not change the response. Each is in a header
//!   `Simulator-Warning`, and in the record of the request.
//! - HEAD is served as GET, without the body.
//! - Accounts cannot see each other's objects, nor can parent objects.
//! - An id with an invalid format results in 404, not 400.
//! - All objects that a path names must exist, also for lists and actions: the parents that the spec declares, and
//!   the object itself. An action needs its object only if the resource has an operation that creates one. Deleting
//!   an object deletes the objects inside it.
//! - Creating an object with an id that exists in its collection results in 409, and nothing is created. If one request
//!   creates several objects, this holds for all of them.
//! - The only object of a resource with `id: none` has the examples of its fields, and the id of the account.
//! - The links of lists have an offset. With [`Options::paging`] they have a cursor, for every list with pages.
//! - Lists are in order of creation. A query field filters by equality if the stored objects have a field with its
//!   name; otherwise it has no effect.
//! - An object that is not in a state that the operation sees is not found. One that cannot be moved from its state
//!   results in 400.
//! - An update replaces the given fields. A nested object is replaced as a whole.
//! - Stored objects do not show examples: a field that was never set is absent. Operations that store nothing respond
//!   with the examples of the spec, and with the values of their path.
//! - An answer has the types of the spec: a single value is shown as a list of one where the answer has a list.
//! - Ids and stand-ins follow the `format` and the limits of their field.
//!
//! # Path of a request
//!
//! 1. `server::connection` accepts the connection, `server::handle` takes the request.
//! 2. `admin` answers requests to the simulator's own endpoints.
//! 3. `api::route` finds the operation, `fault::schedule` selects a fault.
//! 4. `http::request_body` receives the body, `record` adds the request.
//! 5. `api` authenticates, applies the rate limit, and decodes and validates the parameters.
//! 6. `api::execute` executes the operation on the `store`, `api::answer` builds the answer.
//! 7. `fault::effect` changes the response.
//! 8. `fault::send` serializes it, `http::response_body` sends it step by step.
//!
//! Modules import only from modules further down this list: `simulator`, `server`, `admin`, `context`, `options`,
//! `fault`, `api`, `record`, `store`, `machine`, `time`, `http`, `input`.

mod admin;
mod api;
mod context;
mod fault;
mod http;
mod input;
mod machine;
mod options;
mod record;
mod server;
mod simulator;
mod spec;
pub mod stop;
mod store;
mod time;

pub use api::{Objects, Paging};
pub use fault::{Damage, Drift, Fault, Faults, Links, Nth, Reset};
pub use input::InputError;
pub use machine::Transition;
pub use options::Options;
pub use plivo_codegen::interpret::{Parameters, Violation, validate};
pub use record::RecordedRequest;
pub use simulator::Simulator;
pub use spec::spec;
