//! Hostile names and texts: they are hard to turn into Rust, or could break out of the generated code.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{root, written_rust_files};

/// Wire names: keywords, unusual spellings, and names that are nearly equal.
pub(crate) const WIRE: [&str; 40] = [
    "type",
    "self",
    "gen",
    "async",
    "await",
    "try",
    "dyn",
    "crate",
    "super",
    "yield",
    "match",
    "union",
    "auto",
    "raw",
    "safe",
    "default",
    "macro_rules",
    "camelCase",
    "camel_case",
    "PascalCase",
    "SHOUTY",
    "with-dash",
    "with.dot",
    "with space",
    "end_time__gt",
    "end_time_gt",
    "trailing_",
    "_leading",
    "a",
    "a1",
    "a_1",
    "A",
    "x9",
    "at&t",
    "r#type",
    "quote\"d",
    "back\\slash",
    "new\nline",
    "{brace}",
    "#hash",
];

/// Wire names that contain no Rust identifier.
pub(crate) const NAMELESS: [&str; 8] = ["9lives", "été", "日本", "_", "--", "1", "名前", "<"];

/// Values of enumerations.
pub(crate) const VALUES: [&str; 28] = [
    "REAL_ESTATE",
    "in-progress",
    "self",
    "Self",
    "Some",
    "None",
    "Ok",
    "Err",
    "Default",
    "Option",
    "String",
    "true",
    "null",
    "no",
    "B3",
    "CEO",
    "type",
    "a b",
    "x.y",
    "Debug",
    "Clone",
    "fn",
    "dyn",
    "Vec",
    "quote\"d",
    "`tick`",
    "C",
    "S",
];

/// Enum values that contain no name of a variant.
pub(crate) const NAMELESS_VALUES: [&str; 12] =
    ["<", "1", ">=", "12", "+", "日本", "9lives", "Unlisted", "unlisted", "12:30", "1e3", "slow\u{e9}"];

/// Type names that resemble those in generated code.
pub(crate) const TYPES: [&str; 24] = [
    "PostalAddress",
    "Xyz9",
    "Str",
    "Never",
    "Path",
    "Any",
    "Cow",
    "Rc",
    "Arc",
    "Ordering",
    "Handle",
    "Builder",
    "Fields",
    "UnsetThing",
    "ThingBuilder",
    "ThingUnset",
    "Type",
    "Dyn",
    "Async",
    "Cell",
    "Pin",
    "Range",
    "Write",
    "AaBb",
];

/// Fragments of prose.
pub(crate) const PROSE: [&str; 56] = [
    "A plain sentence.",
    "*/",
    "/*",
    "\"#",
    "\"##",
    "]]",
    "}}",
    "{0}",
    "{}",
    "` lone",
    "`code`",
    "``two``",
    "```rust\npanic!()\n```",
    "~~~ rust",
    "```",
    "<b>bold</b>",
    "<script>",
    "<!--",
    "-->",
    "&amp;",
    "[`Missing`]",
    "[link](https://example.com)",
    "[a][b]",
    "[a]: https://example.com",
    "![image](x.png)",
    "crate::Missing",
    "[`crate::missing`]",
    "../../etc",
    "C:\\path",
    "\\",
    "\\n",
    "\u{202e}turned",
    "\u{200f}",
    "\u{2066}",
    "\u{0}",
    "\u{7}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{1f600}",
    "# heading",
    "## #",
    "=====",
    "-----",
    "***",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "1. one",
    "2) two",
    "+ plus",
    "> quote",
    "- one\n- two",
    "[^1]",
    "$math$",
    "https://example.com/a_(b)?c=d&e=[f]",
    "me@example.com",
];

/// A word longer than a line.
pub(crate) fn long_word() -> String {
    "long".repeat(80)
}

/// Every identifier in generated code and in the written code of the client, where its macros are defined.
pub(crate) fn identifiers() -> Vec<String> {
    let mut text = fs::read_to_string(root().join("codegen/tests/emission/every_type.rs")).expect("a golden");
    for path in written_rust_files(&root().join("generated-client/src")) {
        text += &fs::read_to_string(path).expect("a file");
    }
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names = words.filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
    let distinct: BTreeSet<_> = names.map(str::to_owned).collect();
    distinct.into_iter().collect()
}
