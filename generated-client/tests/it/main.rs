//! The client through its public interface, over a transport that plays answers.

mod answers;
mod blocking;
mod classes;
mod double;
mod drift;
mod encoding;
mod errors;
mod fault_table;
mod files;
#[path = "../../../codegen/tests/support/golden.rs"]
mod golden;
mod limits;
mod mutations;
mod over_sockets;
mod pages;
mod phases;
mod promises;
mod retries;
mod saboteur;
mod schedules;
mod secrecy;
mod serde_forms;
mod stage;
mod tracing;
mod unknown;
mod upload;
mod validation;
mod world;
