//! Tells whoever starts the program how to point a client at it.

use plivo_codegen::model::{Does, Method, Model, Operation, Path, Segment};

/// An account and a token to show. Any others are accepted as well.
const ACCOUNT: &str = "MAXXXXXXXXXXXXXXXXXX";
const TOKEN: &str = "auth-token";

/// What to print below the address `url`.
pub(crate) fn greeting(model: &Model, url: &str) -> String {
    let mut text = format!(
        "Any account and token are accepted. From Rust:\n\n    \
         Client::builder().credentials(\"{ACCOUNT}\", \"{TOKEN}\").base_url(\"{url}\").build()?\n"
    );
    if let Some(path) = first_list(model) {
        text.push_str(&format!("\nFrom a shell:\n\n    curl --user {ACCOUNT}:{TOKEN} {url}{path}\n"));
    }
    text.push_str(&format!("\nThe operations, what was received, and what can go wrong: {url}/\n"));
    text
}

/// The path of the first operation that lists, or else of one that reads, and needs nothing but the account.
fn first_list(model: &Model) -> Option<String> {
    let gets = model
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
        .filter(|operation| operation.method == Method::Get)
        .filter_map(|operation| Some((operation, filled(&operation.path)?)));
    let is_list = |operation: &Operation| operation.does == Does::List;
    gets.min_by_key(|(operation, _)| !is_list(operation)).map(|(_, path)| path)
}

/// The path with the account in it, if it has no other parameters.
fn filled(path: &Path) -> Option<String> {
    let mut text = String::new();
    for segment in &path.segments {
        text.push('/');
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Account => text.push_str(ACCOUNT),
            Segment::Parameter(_) => return None,
        }
    }
    if path.trailing_slash {
        text.push('/');
    }
    Some(text)
}
