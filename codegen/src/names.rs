//! Rust names. No other module makes one.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use crate::limits;
use crate::rust_names::is_imported;

/// The keywords of edition 2024, strict and reserved, with the weak ones that cannot name a field.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The methods of builders and requests, and those of operators.
const METHODS: [&str; 22] = [
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "build",
    "builder",
    "clone",
    "deferred_to",
    "div",
    "into_future",
    "into_state",
    "items",
    "mul",
    "new",
    "pages",
    "rem",
    "send",
    "shl",
    "shr",
    "sub",
    "wait",
    "with_client",
];

/// The methods, modules and features of the client. A resource becomes one of each.
const CLIENT: [&str; 42] = [
    "base_url",
    "blocking",
    "body",
    "builder",
    "client",
    "clock",
    "clone",
    "codec",
    "context",
    "credentials",
    "default",
    "drift",
    "engine",
    "error",
    "field",
    "from_env",
    "gzip",
    "http2",
    "jiff",
    "macros",
    "native_tls",
    "new",
    "preview",
    "request",
    "reqwest013",
    "resources",
    "response",
    "runtime",
    "rust_decimal",
    "rustls",
    "rustls_no_provider",
    "schema",
    "send",
    "sending",
    "std",
    "testing",
    "trace",
    "tracing",
    "transport",
    "types",
    "validate",
    "with_context",
];

/// Types, traits, derives and variants of the standard prelude, which generated code names without importing them.
#[rustfmt::skip]
const PRELUDE: [&str; 46] = [
    "AsMut", "AsRef", "AsyncFn", "AsyncFnMut", "AsyncFnOnce", "Box", "Clone", "Copy", "Debug", "Default",
    "DoubleEndedIterator", "Drop", "Eq", "Err", "ExactSizeIterator", "Extend", "Fn", "FnMut", "FnOnce", "From",
    "FromIterator", "Future", "Hash", "Into", "IntoFuture", "IntoIterator", "Iterator", "None", "Ok", "Option",
    "Ord", "PartialEq", "PartialOrd", "Result", "Self", "Send", "Sized", "Some", "String", "Sync", "ToOwned",
    "ToString", "TryFrom", "TryInto", "Unpin", "Vec",
];

/// Names that readers take for those of the standard library, of serde or of the client; and `Draft`, because types have
/// a constructor `draft`, which clippy does not accept with the name of its type.
const CONFUSING: [&str; 10] =
    ["Deserialize", "Display", "Draft", "Error", "FromStr", "Hasher", "Response", "Serialize", "Violation", "Warning"];

/// How to correct a name that must be in snake case.
pub(crate) const SNAKE_CASE: &str = "use lower-case letters, digits and `_`, starting with a letter";

/// The name of a field, a setter or a module. `None`: the text has no such name.
pub(crate) fn snake(text: &str) -> Option<String> {
    free(text, &METHODS)
}

/// The name of the method that clears a field.
pub(crate) fn clearing(field: &str) -> String {
    format!("clear_{field}")
}

/// The name of an operation's method. `None`: the text has no such name.
pub(crate) fn method(text: &str) -> Option<String> {
    // `into` and `try_into` take their receiver by value, so Rust would prefer them to a method that borrows it.
    free(text, &["clone", "into", "new", "try_into"])
}

/// The name of a method that reads a part of an answer. `None`: the text has no such name.
pub(crate) fn reader(text: &str) -> Option<String> {
    free(text, &["builder", "clone", "draft"])
}

fn free(text: &str, taken: &[&str]) -> Option<String> {
    let name = text.to_snake_case();
    if !is_identifier(&name) {
        return None;
    }
    let is_taken = KEYWORDS.contains(&name.as_str()) || taken.contains(&name.as_str());
    Some(if is_taken { format!("{name}_") } else { name })
}

/// The name of a type or a variant. `None`: the text has no such name.
pub(crate) fn pascal(text: &str) -> Option<String> {
    let name = text.to_pascal_case();
    if name == "Self" {
        return Some("Self_".to_owned());
    }
    is_identifier(&name).then_some(name)
}

/// The name of a constant. `None`: the text has no such name.
pub(crate) fn shouty(text: &str) -> Option<String> {
    let name = text.to_shouty_snake_case();
    is_identifier(&name).then_some(name)
}

/// Whether a wire name is already the Rust name of a field, keywords aside.
pub(crate) fn is_snake(text: &str) -> bool {
    is_identifier(text) && text == text.to_snake_case()
}

/// Whether a name has the form of a type name.
pub(crate) fn is_pascal(text: &str) -> bool {
    is_identifier(text) && text.starts_with(|first: char| first.is_ascii_uppercase()) && !text.contains('_')
}

/// Whether generated code needs the type name for something else, such as a type parameter.
pub(crate) fn is_reserved_type(name: &str) -> bool {
    let is_parameter = name.strip_prefix(|first: char| first.is_ascii_uppercase());
    let is_taken = is_imported(name) || PRELUDE.contains(&name) || CONFUSING.contains(&name);
    is_taken || is_parameter.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the client has a method, a module or a feature of that name.
pub(crate) fn is_reserved_resource(name: &str) -> bool {
    CLIENT.contains(&name)
}

/// Whether Windows takes a file of that name for a device.
pub(crate) fn is_device(name: &str) -> bool {
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name, "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
}

fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= limits::NAME
        && bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices() {
        for name in ["con", "prn", "aux", "nul", "com1", "lpt9"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["conference", "com", "com10", "lpt", "null", "comx"] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn fields() {
        for (wire, rust) in [
            ("profile_uuid", Some("profile_uuid")),
            ("createdOn", Some("created_on")),
            ("end_time__gt", Some("end_time_gt")),
            ("type", Some("type_")),
            ("gen", Some("gen_")),
            ("self", Some("self_")),
            ("build", Some("build_")),
            ("at&t", Some("at_t")),
            ("9lives", None),
            ("", None),
            ("été", None),
            ("__", None),
        ] {
            assert_eq!(snake(wire).as_deref(), rust, "{wire}");
        }
    }

    #[test]
    fn setters_have_no_name_of_a_method_that_a_macro_adds_to_builders() {
        let macros = include_str!("../../generated-client/src/macros/builders.rs");
        let added = macros.split(" fn ").filter_map(|rest| {
            let (signature, arguments) = rest.split_once('(')?;
            let name = signature.split('<').next().filter(|_| arguments.starts_with("self"))?;
            (!name.starts_with('$')).then_some(name)
        });
        let added: Vec<_> = added.collect();
        assert!(added.contains(&"with_client") && added.contains(&"into_state"), "{added:?}");
        for name in added {
            assert_eq!(snake(name), Some(format!("{name}_")));
        }
    }

    #[test]
    fn methods() {
        for (name, rust) in
            [("send", "send"), ("match", "match_"), ("clone", "clone_"), ("into", "into_"), ("stop_all", "stop_all")]
        {
            assert_eq!(method(name).as_deref(), Some(rust), "{name}");
        }
    }

    #[test]
    fn types_that_generated_code_needs_are_reserved() {
        for name in ["Client", "PhantomData", "Vec", "Self", "Draft", "Warning", "A", "B1"] {
            assert!(is_reserved_type(name), "{name}");
        }
        for name in ["Call", "Kind", "Body", "Message", "Ab"] {
            assert!(!is_reserved_type(name), "{name}");
        }
    }

    #[test]
    fn variants() {
        for (wire, rust) in [
            ("REAL_ESTATE", Some("RealEstate")),
            ("B3", Some("B3")),
            ("CEO", Some("Ceo")),
            ("in-progress", Some("InProgress")),
            ("self", Some("Self_")),
            ("1", None),
            ("<", None),
        ] {
            assert_eq!(pascal(wire).as_deref(), rust, "{wire}");
        }
    }
}
