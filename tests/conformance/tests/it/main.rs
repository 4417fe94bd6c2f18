//! Tests of spec, client and simulator together.

mod acceptance;
mod agreement;
#[path = "../../../../codegen/tests/support/api.rs"]
mod api;
mod compile_fail;
mod documented;
mod faults;
mod generated_specs;
#[path = "../../../../codegen/tests/support/golden.rs"]
mod golden;
mod http;
mod layers;
mod own_spec;
mod page_examples;
mod profile;
mod project_copy;
mod readme;
mod script;
mod shapes;
mod support;
mod tidy;
mod witnesses;
mod yaml_only;
