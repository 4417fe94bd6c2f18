//! Compile errors for a missing field and for a value of the wrong type.

#[test]
fn compile_errors_name_the_missing_field_and_the_wrong_type() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
}
