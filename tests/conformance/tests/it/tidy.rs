//! Project rules that no compiler checks.

use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::support::{root, written_rust_files};

const MAX_FILE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 60;
const MAX_SPEC_FILE_LINES: usize = 500;

fn written_files() -> Vec<PathBuf> {
    let folders = ["codegen/src", "codegen/tests", "generated-client", "tests", "xtask"];
    let files: Vec<_> = folders.iter().flat_map(|folder| written_rust_files(&root().join(folder))).collect();
    assert!(files.len() > 50, "only {} files", files.len());
    files
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[derive(Default)]
struct Functions {
    long: Vec<String>,
}

impl Functions {
    fn check(&mut self, name: &syn::Ident, span: proc_macro2::Span) {
        let lines = span.end().line - span.start().line + 1;
        if lines > MAX_FUNCTION_LINES {
            self.long.push(format!("{name} has {lines} lines"));
        }
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.check(&function.sig.ident, function.span());
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check(&function.sig.ident, function.span());
        syn::visit::visit_impl_item_fn(self, function);
    }
}

#[test]
fn files_and_functions_are_short_and_files_have_a_doc_line() {
    let mut violations = Vec::new();
    for path in written_files() {
        let text = fs::read_to_string(&path).expect("a file");
        let lines = text.lines().count();
        if lines > MAX_FILE_LINES {
            violations.push(format!("{}: {lines} lines", shown(&path)));
        }
        if !text.starts_with("//!") && !text.starts_with("#![doc = ") {
            violations.push(format!("{}: does not begin with a `//!` line", shown(&path)));
        }
        let mut functions = Functions::default();
        functions.visit_file(&syn::parse_file(&text).expect("Rust"));
        violations.extend(functions.long.iter().map(|long| format!("{}: {long}", shown(&path))));
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn spec_files_are_short() {
    for entry in fs::read_dir(root().join("spec/resources")).expect("resources") {
        let path = entry.expect("an entry").path();
        let lines = fs::read_to_string(&path).expect("a file").lines().count();
        assert!(lines <= MAX_SPEC_FILE_LINES, "{}: {lines} lines", shown(&path));
    }
}

/// In each line of a file, the word between two strings.
fn words(path: &str, before: &str, after: char) -> Vec<String> {
    let text = fs::read_to_string(root().join(path)).expect(path);
    let word = |line: &str| Some(line.split_once(before)?.1.split_once(after)?.0.trim().to_owned());
    let is_comment = |line: &&str| line.trim_start().starts_with('#') || line.trim_start().starts_with("//");
    text.lines().filter(|line| !is_comment(line)).filter_map(word).collect()
}

/// A resource becomes a module, a method and a feature, so it must not have the name of an existing one.
#[test]
fn no_resource_can_have_a_name_of_the_client() {
    let mut taken = words("generated-client/src/lib.rs", "mod ", ';');
    for file in ["client/mod.rs", "blocking.rs"] {
        let methods = words(&format!("generated-client/src/{file}"), "    pub fn ", '(');
        // `wait` is a method of pending calls.
        taken.extend(methods.into_iter().filter(|name| !name.contains('<') && name != "wait"));
    }
    // Methods of the traits that a client implements, which its own code calls.
    taken.extend(["context".to_owned(), "runtime".to_owned()]);
    taken.push("send".to_owned());
    let features = fs::read_to_string(root().join("generated-client/Cargo.toml")).expect("the manifest");
    let own =
        features.split("[features]\n").nth(1).and_then(|rest| rest.split("# generated").next()).expect("features");
    taken.extend(own.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())));
    // An inherent method takes precedence over a trait method.
    taken.retain(|name| name != "fmt");
    let minimal = fs::read_to_string(root().join("codegen/tests/emission/minimal.yaml")).expect("minimal.yaml");
    let api = fs::read_to_string(root().join("spec/plivo.yaml")).expect("plivo.yaml");
    let mut count = 0;
    for name in taken {
        let text = minimal.replace("resource: thing", &format!("resource: {name}"));
        let resource = plivo_codegen::SpecFile::new(format!("spec/resources/{name}.yaml"), text);
        let sources = [plivo_codegen::SpecFile::new("spec/plivo.yaml", api.clone()), resource];
        assert!(plivo_codegen::generate(&sources).is_err(), "a resource can be called `{name}`");
        count += 1;
    }
    assert!(count > 20, "only {count} names were found");
}

/// Otherwise the generated code could not be deleted and regenerated.
#[test]
fn generator_and_simulator_do_not_depend_on_the_client() {
    for manifest in ["codegen/Cargo.toml", "xtask/Cargo.toml", "tests/simulator/Cargo.toml"] {
        let text = fs::read_to_string(root().join(manifest)).expect("a manifest");
        let depends = text
            .lines()
            .any(|line| line.starts_with("plivo.") || line.starts_with("plivo ") || line.starts_with("plivo="));
        assert!(!depends, "{manifest} depends on the crate `plivo`");
    }
}

/// Goldens are compared byte for byte, also in a checkout of a Git that converts line ends (`core.autocrlf`).
#[test]
fn git_checks_out_every_text_with_the_same_line_ends() {
    let attributes = fs::read_to_string(root().join(".gitattributes")).expect("the attributes");
    assert!(attributes.lines().any(|line| line == "* text=auto eol=lf"), "{attributes}");
}

/// "Permission denied (os error 13)" helps nobody who does not know the file.
#[test]
fn no_error_of_a_file_is_passed_on_without_its_name() {
    let folders = ["generated-client/examples", "tests", "xtask/src"];
    let operations = ["fs::", " File::open(", " File::create(", "env::current_dir(", "env::current_exe("];
    let mut violations = Vec::new();
    for path in folders.iter().flat_map(|folder| written_rust_files(&root().join(folder))) {
        let text = fs::read_to_string(&path).expect("a file");
        for (number, line) in text.lines().enumerate() {
            let is_passed_on = line.contains(")?") && !line.contains("map_err");
            if is_passed_on && operations.iter().any(|operation| line.contains(operation)) {
                violations.push(format!("{}:{}: {}", shown(&path), number + 1, line.trim()));
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}
