//! The house rules that no compiler checks.

use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::support::root;

const MOST_LINES_OF_A_FILE: usize = 500;
const MOST_LINES_OF_A_FUNCTION: usize = 80;

/// Every Rust file that people write.
fn written() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for directory in ["codegen/src", "codegen/tests", "generated-client", "tests", "xtask"] {
        collect(&root().join(directory), &mut files);
    }
    assert!(files.len() > 50, "only {} files", files.len());
    files
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        if path.is_dir() {
            // What was built, as by a fuzzer, nobody has written.
            if !path.ends_with("target") {
                collect(&path, files);
            }
        } else if is_rust && !fs::read_to_string(&path).expect("a file").starts_with("// @generated") {
            files.push(path);
        }
    }
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
        if lines > MOST_LINES_OF_A_FUNCTION {
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
fn files_and_functions_stay_short_and_say_what_they_are() {
    let mut complaints = Vec::new();
    for path in written() {
        let text = fs::read_to_string(&path).expect("a file");
        let lines = text.lines().count();
        if lines > MOST_LINES_OF_A_FILE {
            complaints.push(format!("{}: {lines} lines", shown(&path)));
        }
        if !text.starts_with("//!") && !text.starts_with("#![doc = ") {
            complaints.push(format!("{}: does not begin with a line `//!` that says what it is", shown(&path)));
        }
        let mut functions = Functions::default();
        functions.visit_file(&syn::parse_file(&text).expect("Rust"));
        complaints.extend(functions.long.iter().map(|long| format!("{}: {long}", shown(&path))));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Every YAML file of the spec is hand-written too.
#[test]
fn spec_files_stay_short() {
    for entry in fs::read_dir(root().join("spec/resources")).expect("resources") {
        let path = entry.expect("an entry").path();
        let lines = fs::read_to_string(&path).expect("a file").lines().count();
        assert!(lines <= MOST_LINES_OF_A_FILE, "{}: {lines} lines", shown(&path));
    }
}

#[test]
fn the_runtime_never_names_a_resource() {
    let names: Vec<_> = crate::support::model().resources.into_iter().map(|resource| resource.name).collect();
    let mut files = Vec::new();
    collect(&root().join("generated-client/src"), &mut files);
    for path in files {
        let text = fs::read_to_string(&path).expect("a file");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let named = names
                .iter()
                .find(|name| line.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == **name));
            assert!(named.is_none(), "{}: {line}", shown(&path));
        }
    }
}

/// The words that stand between two texts in the lines of a file.
fn words(path: &str, before: &str, after: char) -> Vec<String> {
    let text = fs::read_to_string(root().join(path)).expect(path);
    let word = |line: &str| Some(line.split_once(before)?.1.split_once(after)?.0.trim().to_owned());
    let is_remark = |line: &&str| line.trim_start().starts_with('#') || line.trim_start().starts_with("//");
    text.lines().filter(|line| !is_remark(line)).filter_map(word).collect()
}

/// A resource becomes a module, a method and a feature beside the client's own, which would hide it.
#[test]
fn no_resource_can_take_a_name_of_the_client() {
    let mut taken = words("generated-client/src/lib.rs", "mod ", ';');
    taken
        .extend(words("generated-client/src/client/mod.rs", "fn ", '(').into_iter().filter(|name| !name.contains('<')));
    taken.push("send".to_owned());
    let features = fs::read_to_string(root().join("generated-client/Cargo.toml")).expect("the manifest");
    let own =
        features.split("[features]\n").nth(1).and_then(|rest| rest.split("# generated").next()).expect("features");
    taken.extend(own.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())));
    // A method of a trait gives way to one of the type.
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

/// Otherwise the generated code could not be deleted and rebuilt.
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
