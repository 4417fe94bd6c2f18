//! The compiler names a field that was not set, and a value of the wrong type, once each.

#[test]
fn the_compiler_names_the_field() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
}
