//! What the spec says, what the client does and what the simulator sees are one.

mod agreement;
mod compile_fail;
mod documented;
mod licences;
mod profile;
mod readme;
mod support;
mod tidy;
mod yaml_only;
