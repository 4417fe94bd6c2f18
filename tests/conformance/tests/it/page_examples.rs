//! The examples on the pages of builders: they must compile.

use std::fmt::Write;
use std::fs;

use crate::project_copy::ProjectCopy;

/// Adds the examples of all generated modules to the library of a copy, as a module. So they are compiled with it.
pub(crate) fn compile_page_examples(copy: &ProjectCopy) {
    let directory = copy.path("generated-client/src/resources");
    let mut files: Vec<_> = fs::read_dir(directory).expect("the modules").map(|file| file.expect("a file")).collect();
    files.sort_by_key(fs::DirEntry::path);
    let texts = files.iter().map(|file| fs::read_to_string(file.path()).expect("a module"));
    // What rustdoc allows in an example as well: it shows a value and does not use it.
    let mut module = "#![allow(dead_code, deprecated, unused_variables)]\n".to_owned();
    let mut count = 0;
    for text in texts {
        for example in examples(&text) {
            write!(module, "\nmod example_{count} {{\n    extern crate self as plivo;\n{example}}}\n").expect("a text");
            count += 1;
        }
    }
    assert!(count > 0, "no page has an example");
    copy.write("generated-client/src/page_examples.rs", &module);
    let root = fs::read_to_string(copy.path("generated-client/src/lib.rs")).expect("the library");
    if !root.contains("mod page_examples;") {
        copy.write("generated-client/src/lib.rs", &format!("{root}\nmod page_examples;\n"));
    }
}

/// The examples of a module, with their hidden lines.
fn examples(module: &str) -> Vec<String> {
    let mut examples: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in module.lines() {
        match line.strip_prefix("///").map(str::trim) {
            Some("```no_run") => {
                is_open = true;
                examples.push(String::new());
            }
            Some("```") => is_open = false,
            Some(code) if is_open => {
                let example = examples.last_mut().expect("an open example");
                writeln!(example, "{}", code.strip_prefix("# ").unwrap_or(code)).expect("a text");
            }
            _ => {}
        }
    }
    examples
}
