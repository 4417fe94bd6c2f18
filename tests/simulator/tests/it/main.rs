//! Drives the simulator over loopback, as a client does.

mod answers;
mod auth;
mod client;
mod collection;
mod control;
mod fault_scripts;
mod faults;
mod findings;
mod lifetime;
mod limits;
mod load;
mod memory;
mod model;
mod own_spec;
mod pages;
mod program;
mod readme;
mod robust;
mod routes;
mod validation;
mod wire;
