//! Small inputs and the Rust that is generated from them.

mod support;

use std::path::Path;

use plivo_codegen::{Outputs, SpecFile, generate};

/// A spec of one resource, `thing`, read from the input of a golden.
fn spec(input: &Path) -> [SpecFile; 2] {
    let text = std::fs::read_to_string(input).expect("the input");
    [SpecFile::new("spec/plivo.yaml", support::API), SpecFile::new("spec/resources/thing.yaml", text)]
}

fn outputs(sources: &[SpecFile]) -> Outputs {
    generate(sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

#[test]
fn rust_is_generated_as_the_goldens_say() {
    let mut differences = Vec::new();
    for input in support::inputs("emission", "yaml") {
        let outputs = outputs(&spec(&input));
        let file = outputs.files.iter().find(|file| file.path == "generated-client/src/resources/thing.rs").unwrap();
        differences.extend(support::compare(&input, "rs", &file.text));
    }
    support::settle(differences);
}

#[test]
fn the_reference_is_generated_as_the_goldens_say() {
    let mut differences = Vec::new();
    for input in support::inputs("emission", "yaml") {
        let outputs = outputs(&spec(&input));
        let file = outputs.files.iter().find(|file| file.path == "generated-client/reference/thing.md").unwrap();
        differences.extend(support::compare(&input, "md", &file.text));
    }
    support::settle(differences);
}

#[test]
fn an_object_that_no_request_has_is_an_answer_without_a_builder() {
    let outputs = outputs(&spec(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emission/every_type.yaml")));
    let file = outputs.files.iter().find(|file| file.path == "generated-client/src/resources/thing.rs").unwrap();
    assert!(file.text.contains("pub struct PieceBuilder"));
    assert!(!file.text.contains("MakerBuilder"));
    for row in ["pub city: String => 0: Answer [Always],", "pub since: Option<Timestamp> => 1: Answer,"] {
        assert!(file.text.contains(row), "{row}");
    }
}

/// A spec of several resources. Each one is an input of a golden under another name.
fn several() -> Vec<SpecFile> {
    let mut sources = vec![SpecFile::new("spec/plivo.yaml", support::API)];
    for (number, input) in support::inputs("emission", "yaml").iter().enumerate() {
        let name = format!("thing_{number}");
        let text = std::fs::read_to_string(input).expect("the input");
        let text = text.replace("resource: thing\n", &format!("resource: {name}\n"));
        let text = text.replace("plural: things\n", &format!("plural: {name}s\n"));
        sources
            .push(SpecFile::new(format!("spec/resources/{name}.yaml"), text.replace("/Thing/", &format!("/{name}/"))));
    }
    sources
}

#[test]
fn the_same_bytes_come_out_twice_and_from_any_order_of_files() {
    let mut sources = several();
    let first = outputs(&sources);
    let is_same = |sources: &[SpecFile]| {
        let again = outputs(sources);
        again.files == first.files && again.features == first.features
    };
    assert!(is_same(&sources));
    // The file that all depend on is the last one now.
    sources.rotate_left(1);
    assert!(is_same(&sources));
    sources.reverse();
    assert!(is_same(&sources));
}

#[test]
fn a_group_with_resources_is_a_feature() {
    let resource = |name: &str, group: &str| {
        let text =
            include_str!("emission/minimal.yaml").replace("resource: thing", &format!("resource: {name}{group}"));
        SpecFile::new(format!("spec/resources/{name}.yaml"), text.replace("/Thing/", &format!("/{name}/")))
    };
    let groups = "groups:\n  toys: Things to\n    play with.\n  tools: Nothing is in it.\n  plants: What grows.\n";
    let api =
        SpecFile::new("spec/plivo.yaml", support::API.replace("groups: { toys: Things to play with. }\n", groups));
    let sources = [
        api,
        resource("kite", "\ngroup: toys"),
        resource("tree", "\ngroup: plants"),
        resource("ball", "\ngroup: toys"),
        resource("rock", ""),
    ];
    assert_eq!(
        outputs(&sources).features,
        "all-resources = [\"ball\", \"kite\", \"rock\", \"tree\"]\n\
         # Things to play with.\n\
         toys = [\"ball\", \"kite\"]\n\
         # What grows.\n\
         plants = [\"tree\"]\n\
         ball = []\nkite = []\nrock = []\ntree = []\n"
    );
}

/// Several SDKs, one of which has a name of its own for the operation.
#[test]
fn a_method_is_found_by_the_names_that_sdks_give_it() {
    let sdk = |name: &str, registry: &str, calls: &str| {
        let head = format!("sdk: {name}\nsummary: An SDK.\nregistry: {registry}\npackage: p\nversion: \"1.0.0\"\n");
        SpecFile::new(format!("spec/sdks/{name}.yaml"), format!("{head}methods:\n  thing.ping: {{ calls: {calls} }}\n"))
    };
    let text = |sdks: [SpecFile; 2]| {
        let [api, resource] = spec(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/emission/minimal.yaml")));
        let [one, other] = sdks;
        let outputs = outputs(&[api, resource, one, other]);
        outputs.files.into_iter().find(|file| file.path.ends_with("/thing.rs")).expect("the resource").text
    };
    let other_name = text([sdk("node", "npm", "things.sendPing"), sdk("python", "PyPI", "things.ping")]);
    for line in [
        "    /// In Plivo's SDKs: `things.ping` (Python), `things.sendPing` (Node).\n",
        "    #[doc(alias = \"sendPing\")]\n    #[doc(alias = \"things.ping\")]\n    #[doc(alias = \"things.sendPing\")]\n",
        "    #[doc(alias = \"things\")]\n    pub fn thing(&self)",
    ] {
        assert!(other_name.contains(line), "no {line} in\n{other_name}");
    }
    // The compiler refuses an alias that is the name itself.
    let own_name = text([sdk("node", "npm", "thing.ping"), sdk("python", "PyPI", "thing.ping")]);
    assert!(own_name.contains("    /// In Plivo's SDKs: `thing.ping` (Node, Python).\n"), "{own_name}");
    assert_eq!(own_name.matches("alias").count(), 1, "{own_name}");
}

/// The maximum number of lines in the body of a generated function. Longer ones belong into the written part of the client.
const MAX_LINES: usize = 5;

fn assert_short(outputs: &Outputs) {
    for file in outputs.files.iter().filter(|file| file.path.ends_with(".rs")) {
        let items = syn::parse_file(&file.text).expect("Rust").items;
        for (name, lines) in functions(&items) {
            assert!(lines <= MAX_LINES, "{}: {name} has {lines} lines", file.path);
        }
    }
}

#[test]
fn no_function_has_more_than_five_lines() {
    for input in support::inputs("emission", "yaml") {
        assert_short(&outputs(&spec(&input)));
    }
}

/// All that is tested of the real spec here, since it takes long to be generated.
#[test]
fn the_real_spec_has_no_warnings_and_no_function_of_more_than_five_lines() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let sources = plivo_codegen::read_dir(&spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let outputs = outputs(&sources);
    assert!(outputs.warnings.is_empty(), "{}", outputs.warnings);
    assert_short(&outputs);
}

#[test]
fn the_rows_of_each_table_are_counted_from_zero() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let outputs = outputs(&plivo_codegen::read_dir(&spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}")));
    let mut rows = 0;
    for file in outputs.files.iter().filter(|file| file.path.ends_with(".rs")) {
        for table in file.text.split("\nobject! {\n").skip(1) {
            let fields = table.lines().take_while(|line| *line != "}");
            let numbers = fields.filter_map(|line| line.trim_start().strip_prefix("pub ")?.split(" => ").nth(1));
            for (position, row) in numbers.enumerate() {
                assert_eq!(row.split(':').next(), Some(&*position.to_string()), "{}: {row}", file.path);
                rows += 1;
            }
        }
    }
    assert!(rows > 2000, "{rows}");
}

/// The names of all functions, with the number of lines in their bodies.
fn functions(items: &[syn::Item]) -> Vec<(String, usize)> {
    let length = |signature: &syn::Signature, body: &syn::Block| {
        let braces = body.brace_token.span;
        (signature.ident.to_string(), (braces.close().start().line - braces.open().start().line).saturating_sub(1))
    };
    let each = items.iter().flat_map(|item| match item {
        syn::Item::Fn(item) => vec![length(&item.sig, &item.block)],
        syn::Item::Mod(module) => module.content.as_ref().map_or_else(Vec::new, |(_, items)| functions(items)),
        syn::Item::Impl(item) => {
            let methods = item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(length(&method.sig, &method.block)),
                _ => None,
            });
            methods.collect()
        }
        _ => Vec::new(),
    });
    each.collect()
}
