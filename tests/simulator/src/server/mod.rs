//! The HTTP server: accepts connections and handles their requests.

mod connection;
mod error_bodies;
mod handle;
mod screen;
mod write_timeout;

pub(crate) use connection::accept;
