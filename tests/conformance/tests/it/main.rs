//! What the spec says, what the client does and what the simulator sees are one.

mod agreement;
#[path = "../../../../codegen/tests/support/api.rs"]
mod api;
mod compile_fail;
mod copy;
mod documented;
mod faults;
mod generated_specs;
#[path = "../../../../codegen/tests/support/golden.rs"]
mod golden;
mod layers;
mod profile;
mod readme;
mod script;
mod shapes;
mod support;
mod tidy;
mod witnesses;
mod yaml_only;
