//! Names and texts that generated code has trouble with.

use std::collections::BTreeSet;
use std::fs;

use crate::support::root;

/// Names on the wire: keywords, odd spellings, nearly equal ones.
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

/// Names on the wire that give no name in Rust.
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

/// Values that give no name of a variant.
pub(crate) const NAMELESS_VALUES: [&str; 12] =
    ["<", "1", ">=", "12", "+", "日本", "9lives", "Unlisted", "unlisted", "12:30", "1e3", "slow\u{e9}"];

/// Names of types that are like those of generated code.
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

/// Pieces of texts.
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

/// A word without an end.
pub(crate) fn long_word() -> String {
    "long".repeat(80)
}

/// Every identifier of generated code, and of the runtime that its macros expand into.
pub(crate) fn identifiers() -> Vec<String> {
    let mut text = fs::read_to_string(root().join("codegen/tests/emission/every_type.rs")).expect("a golden");
    for entry in fs::read_dir(root().join("generated-client/src/runtime")).expect("the runtime") {
        text += &fs::read_to_string(entry.expect("a file").path()).expect("a file");
    }
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names = words.filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
    let distinct: BTreeSet<_> = names.map(str::to_owned).collect();
    distinct.into_iter().collect()
}
