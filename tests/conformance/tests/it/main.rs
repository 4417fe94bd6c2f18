//! Tests of spec, client and simulator together.

mod agreement;
#[path = "../../../../codegen/tests/support/api.rs"]
mod api;
mod ci;
mod documented;
mod faults;
mod generated_specs;
#[path = "../../../../generated-client/tests/it/golden.rs"]
mod golden;
mod http;
mod layers;
mod own_spec;
mod packaged;
mod page_examples;
mod profile;
mod project_copy;
mod readme;
mod resource_names;
mod schemathesis;
mod script;
mod shapes;
mod support;
mod tidy;
mod witnesses;
mod yaml_only;
