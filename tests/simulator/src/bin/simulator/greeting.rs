//! The greeting: how to point a client at the simulator.

use plivo_codegen::model::{Collection, Does, Method, Model, Operation, Path, Segment};

/// Example credentials for a simulator that accepts any.
const ACCOUNT: &str = "MAXXXXXXXXXXXXXXXXXX";
const TOKEN: &str = "auth-token";

/// The text to print after the address `url`. Without `accounts`, the simulator accepts any account. Tokens are not
/// printed. The text mentions the clock if objects move as time passes.
pub(crate) fn greeting(model: &Model, url: &str, accounts: &[&str], real_time: bool) -> String {
    let (accepts, account, token, variable) = match accounts {
        [] => ("any account and token".to_owned(), ACCOUNT, format!("\"{TOKEN}\""), TOKEN),
        [first, ..] => {
            (format!("only {}, with the given token", accounts.join(" and ")), *first, "token".to_owned(), "$TOKEN")
        }
    };
    let mut text = format!(
        "The simulator accepts {accepts}. From Rust:\n\n    \
         Client::builder().credentials(\"{account}\", {token}).base_url(\"{url}\").build()?\n"
    );
    if let Some(path) = example_path(model, account) {
        text.push_str(&format!("\nFrom a shell:\n\n    curl --user {account}:{variable} {url}{path}\n"));
    }
    let moves = |collection: &Collection| collection.states.is_some();
    if model.resources.iter().filter_map(|resource| resource.collection.as_ref()).any(moves) {
        let clock = if real_time { "The clock runs" } else { "The clock stands still" };
        let advance = "curl --data '{\"advance\": \"5s\"}'";
        text.push_str(&format!("\n{clock}. To advance it:\n\n    {advance} {url}/_simulator/time\n"));
    }
    text.push_str(&format!("\nOperations, received requests and faults: {url}/\n"));
    text
}

/// The path of the first GET operation whose only parameter is the account. Lists are preferred.
fn example_path(model: &Model, account: &str) -> Option<String> {
    let gets = model
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
        .filter(|operation| operation.method == Method::Get)
        .filter_map(|operation| Some((operation, account_path(&operation.path, account)?)));
    let is_list = |operation: &Operation| operation.does == Does::List;
    gets.min_by_key(|(operation, _)| !is_list(operation)).map(|(_, path)| path)
}

/// The path with the account, if it has no other parameters.
fn account_path(path: &Path, account: &str) -> Option<String> {
    let mut text = String::new();
    for segment in &path.segments {
        text.push('/');
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Account => text.push_str(account),
            Segment::Parameter(_) => return None,
        }
    }
    if path.trailing_slash {
        text.push('/');
    }
    Some(text)
}
