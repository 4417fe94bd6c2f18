//! Tests of the simulator over loopback, as clients use it.

mod admin;
mod answers;
mod auth;
mod client;
mod collection;
mod fault_scripts;
mod fault_selection;
mod faults;
mod findings;
mod lifetime;
mod limits;
mod load;
mod memory;
mod model;
mod objects;
mod own_spec;
mod pages;
mod program;
mod raw_http;
mod readme;
mod robust;
mod routes;
mod screen;
mod source;
mod validation;
