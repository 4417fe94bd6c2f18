//! The client through its public interface, over a transport that plays answers.

mod answers;
mod classes;
mod double;
mod encoding;
mod errors;
mod fault_table;
mod limits;
mod mutations;
mod over_sockets;
mod pages;
mod promises;
mod retries;
mod schedules;
mod secrecy;
mod serde_forms;
mod stage;
mod validation;
mod world;
