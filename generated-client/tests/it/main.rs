//! The client through its public interface, over a transport that plays answers.

mod answers;
mod double;
mod encoding;
mod errors;
mod mutations;
mod over_sockets;
mod pages;
mod promises;
mod secrecy;
mod serde_forms;
mod validation;
