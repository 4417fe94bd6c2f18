//! Every dependency may be used under a licence that goes with MIT or Apache-2.0.

use std::process::Command;

use serde_json::Value;

use crate::support::root;

const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// Whether an expression such as `(MIT OR Apache-2.0) AND ISC` can be met.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let parts = split(&expression, " AND ");
    if parts.len() > 1 {
        return parts.iter().all(|part| is_allowed(part));
    }
    let choices = split(&expression, " OR ");
    if choices.len() > 1 {
        return choices.iter().any(|choice| is_allowed(choice));
    }
    let inner = expression.trim().strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    inner.map_or_else(|| ALLOWED.contains(&expression.trim()), is_allowed)
}

/// Splits at an operator outside parentheses.
fn split(expression: &str, operator: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    let mut rest = expression;
    while let Some(letter) = rest.chars().next() {
        if depth == 0
            && let Some(after) = rest.strip_prefix(operator)
        {
            parts.push(String::new());
            rest = after;
            continue;
        }
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    parts
}

fn cargo(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn licences_go_together() {
    // Packages for other platforms have not been downloaded.
    let version = String::from_utf8(cargo(&["-vV"])).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("the host");
    let metadata = cargo(&["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host]);
    let metadata: Value = serde_json::from_slice(&metadata).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "only {} packages", packages.len());
    let refused = packages.iter().filter(|package| !is_allowed(package["license"].as_str().unwrap_or("none")));
    let refused: Vec<_> = refused.map(|package| format!("{}: {}", package["name"], package["license"])).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn expressions_are_understood() {
    for allowed in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "ISC AND (Apache-2.0 OR ISC)",
    ] {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for refused in ["GPL-3.0", "none", "MIT AND GPL-3.0", "(GPL-3.0 OR AGPL-3.0) AND MIT", ""] {
        assert!(!is_allowed(refused), "{refused}");
    }
}
