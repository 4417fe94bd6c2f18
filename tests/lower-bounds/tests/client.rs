//! Tests of the client that need no other dependencies, with the oldest versions of those that it has.

#[path = "../../../generated-client/tests/it/decoding.rs"]
mod decoding;
#[path = "../../../generated-client/tests/it/encoding.rs"]
mod encoding;
#[path = "../../../generated-client/tests/it/errors.rs"]
mod errors;
#[path = "../../../generated-client/tests/it/fake_transport.rs"]
mod fake_transport;
#[path = "../../../generated-client/tests/it/pages.rs"]
mod pages;
#[path = "../../../generated-client/tests/it/validation.rs"]
mod validation;
