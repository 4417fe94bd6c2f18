//! Tests of the client through its public interface, mostly over a fake transport.

mod blocking;
mod damaged_responses;
mod decoding;
mod disconnects;
mod drift;
mod encoding;
mod errors;
mod fake_server;
mod fake_transport;
mod fault_table;
mod faulty_socket;
mod files;
#[path = "../../../codegen/tests/support/golden.rs"]
mod golden;
mod guarantees;
mod http2;
mod over_sockets;
mod pages;
mod pages_by_link;
mod pages_property;
mod proxies;
mod rate_limits;
mod retries;
mod retry_classes;
mod schedules;
mod secrecy;
mod serde_forms;
mod tracing;
mod undocumented;
mod upload;
mod validation;
mod virtual_time;
