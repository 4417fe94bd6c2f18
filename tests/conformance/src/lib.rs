//! Tests that need the spec, the client and the simulator together stand in `tests/` of this crate.
