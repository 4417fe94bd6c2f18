//! Drives the simulator over loopback, as a client does.

mod answers;
mod auth;
mod client;
mod collection;
mod findings;
mod lifetime;
mod model;
mod own_spec;
mod pages;
mod program;
mod robust;
mod routes;

mod validation;
