//! The written code of the client names no resource of the spec: no module, accessor, feature, operation or type.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use plivo_codegen::model::{Model, Resource};

use crate::support::{model, root, written_rust_files};

/// The names of resources that are also ordinary words of the client, with their meaning there. As words they are
/// allowed. They are not allowed where they can only be the resource, such as in `client.token()`.
const ORDINARY_WORDS: [(&str, &str); 9] = [
    ("account", "the account of a client, which is part of most URLs"),
    ("address", "an e-mail address, or that of a server"),
    ("application", "the first part of a media type such as `application/json`"),
    ("call", "one call of an operation, with all its attempts"),
    ("media", "the first part of the term `media type`"),
    ("message", "the text of an error"),
    ("number", "a JSON number"),
    ("stream", "a body or a list that arrives piece by piece"),
    ("token", "the auth token of a client"),
];

/// The code by which the client could name a resource.
struct Names {
    /// An identifier, or a part of one between underscores. Empty if the name is an ordinary word.
    parts: Vec<String>,
    /// An identifier: the types of the resource.
    types: Vec<String>,
    /// Any text: what can only be the resource.
    texts: Vec<String>,
}

impl Names {
    fn new(model: &Model, resource: &Resource) -> Self {
        let name = &resource.name;
        let is_ordinary = ORDINARY_WORDS.iter().any(|(word, _)| word == name);
        let parts = if is_ordinary { Vec::new() } else { vec![name.clone(), format!("{name}s")] };
        let requests = resource.operations.iter().map(|operation| model[operation.request].name.clone());
        let objects = resource.collection.iter().map(|collection| model[collection.object].name.clone());
        let objects = objects.filter(|object| !is_ordinary || object.to_lowercase() != *name);
        let paths = ["crate", "plivo", "resources"].map(|parent| format!("{parent}::{name}::"));
        let forms = [format!("client.{name}("), format!("feature = \"{name}\""), format!("\"{name}.")];
        Self {
            parts,
            types: requests.chain(objects).chain([resource.handle.clone()]).collect(),
            texts: paths.into_iter().chain(forms).collect(),
        }
    }

    /// The code that is one of the names.
    fn found_in<'c>(&'c self, code: &'c Code) -> Option<&'c str> {
        let is_part = |name: &String, identifier: &str| {
            identifier.contains(name.as_str()) && format!("_{identifier}_").contains(&format!("_{name}_"))
        };
        let is_name = |identifier: &&String| {
            self.types.contains(identifier) || self.parts.iter().any(|name| is_part(name, identifier))
        };
        let text = self.texts.iter().find(|text| code.text.contains(text.as_str()));
        text.map(String::as_str).or_else(|| code.identifiers.iter().find(is_name).map(String::as_str))
    }
}

/// A written file without its comments.
struct Code {
    path: String,
    text: String,
    /// Its identifiers, and the words of its texts.
    identifiers: BTreeSet<String>,
}

impl Code {
    fn new(path: &str, text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let text = lines.collect::<Vec<_>>().join("\n");
        let identifiers = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        Self { path: path.to_owned(), identifiers: identifiers.map(str::to_owned).collect(), text }
    }

    fn of_client() -> Vec<Self> {
        let root = root();
        let read = |path: PathBuf| {
            let text = fs::read_to_string(&path).expect("a file");
            Self::new(&path.strip_prefix(&root).unwrap_or(&path).display().to_string(), &text)
        };
        written_rust_files(&root.join("generated-client/src")).into_iter().map(read).collect()
    }
}

#[test]
fn written_client_code_names_no_resource() {
    let model = model();
    let names: Vec<_> = model.resources.iter().map(|resource| Names::new(&model, resource)).collect();
    let mut violations = Vec::new();
    for code in Code::of_client() {
        for (resource, names) in model.resources.iter().zip(&names) {
            let found = names.found_in(&code);
            violations.extend(found.map(|found| format!("{} names {}: `{found}`", code.path, resource.name)));
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn every_ordinary_word_is_one_of_the_client() {
    let files = Code::of_client();
    for (word, meaning) in ORDINARY_WORDS {
        let mut identifiers = files.iter().flat_map(|code| &code.identifiers);
        let is_used = identifiers.any(|identifier| identifier.split('_').any(|part| part == word));
        assert!(is_used, "the client's code no longer has the word `{word}` ({meaning}): remove it from the list");
    }
}

#[test]
fn a_resource_is_told_from_an_ordinary_word() {
    let mut model = model();
    let mut resource = model.resources.remove(0);
    resource.operations.clear();
    resource.collection = None;
    let mut names = |name: &str, handle: &str| {
        name.clone_into(&mut resource.name);
        handle.clone_into(&mut resource.handle);
        Names::new(&model, &resource)
    };
    let is_in = |names: &Names, line: &str| names.found_in(&Code::new("", line)).is_some();
    let token = names("token", "Tokens");
    for line in ["let auth_token = token;", "fn token(&self) -> &str", "\"the token is wrong\"", "// Tokens"] {
        assert!(!is_in(&token, line), "{line}");
    }
    let feature = "#[cfg(feature = \"token\")]";
    for line in ["client.token().create()", feature, "use crate::token::*;", "\"token.create\"", "Tokens"] {
        assert!(is_in(&token, line), "{line}");
    }
    let brand = names("brand", "Brands");
    for line in ["let brand = 1;", "fn is_brand()", "\"a brand is missing\"", "all_brands", "-> Brands<C>"] {
        assert!(is_in(&brand, line), "{line}");
    }
    assert!(!is_in(&brand, "let branding = 1;"));
    let end_user = names("end_user", "EndUsers");
    for line in ["let end_user = 1;", "fn is_end_user_id()", "EndUsers"] {
        assert!(is_in(&end_user, line), "{line}");
    }
    assert!(!is_in(&end_user, "\"whether the end user knows\""));
}
