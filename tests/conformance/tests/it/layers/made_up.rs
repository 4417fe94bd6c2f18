//! The layer rules, tried on made-up crates: what they must find, and what they must not.

use super::graph::Graph;
use super::rules::{Circle, Layer, Rules};

const LAYERS: &[Layer<'_>] = &[
    Layer { name: "low", modules: &["low"] },
    Layer { name: "high", modules: &["high", "low::exception"] },
    Layer { name: "root", modules: &["crate"] },
];

/// The least that all of `LAYERS` needs.
const EMPTY: [(&str, &str); 4] = [("lib.rs", ""), ("low/mod.rs", ""), ("low/exception.rs", ""), ("high.rs", "")];

fn graph(files: &[(&str, &str)]) -> Graph {
    let rest = EMPTY.iter().filter(|(path, _)| !files.iter().any(|(given, _)| given == path));
    let files: Vec<_> = files.iter().chain(rest).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Graph::parse(&files)
}

fn violations(files: &[(&str, &str)], circles: &[Circle<'_>]) -> Vec<String> {
    Rules { src: "src", layers: LAYERS, circles }.violations(&graph(files))
}

fn imports(files: &[(&str, &str)]) -> Vec<String> {
    graph(files).imports.iter().map(|import| format!("{} -> {} ({})", import.from, import.to, import.path)).collect()
}

#[test]
fn imports_from_lower_layers_and_siblings_are_allowed() {
    let files = [
        ("low/a.rs", "use super::b::B; pub struct A;"),
        ("low/b.rs", "pub struct B;"),
        ("high.rs", "use crate::low::a::A;"),
    ];
    assert_eq!(violations(&files, &[]), Vec::<String>::new());
    assert_eq!(imports(&files), ["high -> low::a (crate::low::a::A)", "low::a -> low::b (crate::low::b::B)"]);
}

#[test]
fn an_upward_import_is_found_in_use_items_and_in_code() {
    for text in [
        "use crate::high::High;",
        "use super::super::high::{High as Low};",
        "fn f() { let _ = crate::high::High::new(); }",
        "fn f(_: &crate::high::High) {}",
        "fn f() { println!(\"{}\", [1, crate::high::High::LENGTH]); }",
        "use crate::high; fn f() { high::High::new(); }",
        "mod inside { use super::super::super::high::High; }",
    ] {
        let found = violations(&[("low/a.rs", text), ("high.rs", "pub struct High;")], &[]);
        let is_expected = |line: &String| {
            line.starts_with("src/low/a.rs imports crate::high::High")
                && line.ends_with(": layer `low` is below layer `high`")
        };
        assert!(found.iter().any(is_expected), "{text}: {found:?}");
    }
}

#[test]
fn an_upward_import_through_a_reexport_is_found() {
    let lib = ("lib.rs", "mod low; mod high; pub use self::high::High; pub use high::*;");
    let high = ("high.rs", "pub struct High; pub struct Other;");
    for name in ["High", "Other"] {
        let low = format!("use crate::{name};");
        let expected = format!("src/low/a.rs imports crate::{name}: layer `low` is below layer `high`");
        assert_eq!(violations(&[lib, high, ("low/a.rs", &low)], &[]), [expected]);
    }
    // What the root defines itself is above everything.
    let found = violations(&[("lib.rs", "pub struct Root;"), ("low/a.rs", "use crate::Root;")], &[]);
    assert_eq!(found, ["src/low/a.rs imports crate::Root: layer `low` is below layer `root`"]);
}

#[test]
fn a_longer_entry_of_the_table_wins() {
    let files = [("low/exception.rs", "pub struct E;"), ("low/a.rs", "use super::exception::E;")];
    assert_eq!(
        violations(&files, &[]),
        ["src/low/a.rs imports crate::low::exception::E: layer `low` is below layer `high`"]
    );
}

#[test]
fn tests_macro_definitions_other_crates_and_docs_are_left_out() {
    let low = "
        //! See [`High`](crate::high::High).
        use std::fmt;
        use http::high::High;
        #[cfg(test)]
        mod tests { use crate::high::High; }
        #[cfg(test)]
        mod more;
        #[cfg(test)]
        fn f() { crate::high::f(); }
        macro_rules! made { () => { $crate::high::High; crate::high::High } }
        pub(in crate::low) fn g() { fmt::format(High::new()); }
    ";
    let files =
        [("low/a.rs", low), ("low/a/more.rs", "use crate::high::High;"), ("high.rs", "pub struct High; pub fn f() {}")];
    assert_eq!(imports(&files), Vec::<String>::new());
    assert!(!graph(&files).files.contains_key("low::a::more"));
}

const CIRCULAR: [(&str, &str); 3] = [
    ("low/a.rs", "use super::b::B; pub struct A;"),
    ("low/b.rs", "use super::c::C; pub struct B;"),
    ("low/c.rs", "fn f() -> super::a::A { super::a::A } pub struct C;"),
];

#[test]
fn a_circle_is_found() {
    let expected = "`low::a`, `low::b`, `low::c` import each other in an unlisted circle\
        \n  src/low/a.rs imports crate::low::b::B\
        \n  src/low/b.rs imports crate::low::c::C\
        \n  src/low/c.rs imports crate::low::a::A";
    assert_eq!(violations(&CIRCULAR, &[]), [expected]);
    // A part of a circle is another circle.
    let part = Circle { modules: &["low::a", "low::b"], reason: "They are recursive." };
    let found = violations(&CIRCULAR, &[part]);
    assert_eq!(found, [expected, r#"the listed circle of ["low::a", "low::b"] does not exist"#]);
}

#[test]
fn a_listed_circle_is_allowed_as_long_as_it_exists() {
    let circle = || Circle { modules: &["low::c", "low::b", "low::a"], reason: "They are recursive." };
    assert_eq!(violations(&CIRCULAR, &[circle()]), Vec::<String>::new());
    let found = violations(&CIRCULAR[..2], &[circle()]);
    assert_eq!(found, [r#"the listed circle of ["low::c", "low::b", "low::a"] does not exist"#]);
}

#[test]
fn a_folder_that_reexports_its_children_is_in_no_circle_with_them() {
    let files = [
        ("low/mod.rs", "mod a; mod b; pub use self::a::A; pub(crate) use b::B;"),
        ("low/a.rs", "use super::B; pub struct A;"),
        ("low/b.rs", "pub struct B;"),
    ];
    assert_eq!(violations(&files, &[]), Vec::<String>::new());
    assert_eq!(imports(&files), ["low::a -> low::b (crate::low::B)"]);
}

#[test]
fn a_module_in_no_layer_and_an_entry_without_a_module_are_found() {
    assert_eq!(violations(&[("new.rs", "")], &[]), ["src/new.rs: module `new` is in no layer"]);
    let layers =
        [Layer { name: "low", modules: &["low", "gone"] }, Layer { name: "root", modules: &["crate", "high"] }];
    let found = Rules { src: "src", layers: &layers, circles: &[] }.violations(&graph(&[]));
    assert_eq!(found, ["layer `low` lists `gone`, which is no module"]);
}
