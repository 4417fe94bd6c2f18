//! The run as a page: a table of operations by SDKs, and below it what it rests on.

use std::fmt::Write;

use plivo_codegen::model::{Model, Registry, Sdk, SdkMethod};

use super::judge::{Verdict, written};
use super::run::Run;

const HEAD: &str = "\
<!-- Written by `UPDATE_GOLDENS=1 cargo xtask conformance`. Do not edit. -->

# The official SDKs beside this client

Plivo's own SDKs, as they are published, and this client perform every operation with the same inputs: its documented
requests, and some that are made from the description. Each talks to a simulator of its own. Method, path, query and
body of what arrives are compared.

- *equal*: the same, or the same after the rules below.
- *but for*: at these places the SDK is known to send something else.
- *not there*: the description names no method of the SDK for this.

";

/// The page.
pub fn table(model: &Model, run: &Run) -> String {
    let mut page = HEAD.to_owned();
    let heads: Vec<_> = model.sdks.iter().map(title).collect();
    // A string takes everything.
    let _ = writeln!(page, "| operation | {} |", heads.join(" | "));
    let _ = writeln!(page, "|---|{}", "---|".repeat(heads.len()));
    for (operation, verdicts) in &run.operations {
        let cells = model.sdks.iter().zip(verdicts).map(|(sdk, verdict)| cell(sdk, operation, verdict.as_ref()));
        let _ = writeln!(page, "| `{operation}` | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
    for sdk in &model.sdks {
        about(sdk, &mut page);
    }
    page
}

fn title(sdk: &Sdk) -> String {
    let registry = match sdk.registry {
        Registry::PyPi => "PyPI",
        Registry::Npm => "npm",
    };
    format!("{registry} `{}` {}", sdk.package, sdk.version)
}

fn cell(sdk: &Sdk, operation: &str, verdict: Option<&Verdict>) -> String {
    let method = sdk.methods.iter().find(|method| method.operation == operation);
    let (Some(method), Some(verdict)) = (method, verdict) else { return "not there".to_owned() };
    let places = listed(method).into_iter().map(|(place, _)| format!("`{place}`")).collect::<Vec<_>>();
    let requests =
        if verdict.requests == 1 { "1 request".to_owned() } else { format!("{} requests", verdict.requests) };
    let but = if places.is_empty() { String::new() } else { format!(" but for {}", places.join(", ")) };
    format!("`{}`: {requests}, equal{but}", method.calls)
}

/// The known differences of a method: where, and why.
fn listed(method: &SdkMethod) -> Vec<(String, &str)> {
    let differs = method.differs.iter().map(|(at, why)| (written(at), why.as_str()));
    differs.chain(method.adds.iter().map(|(name, why)| (format!("+ {name}"), why.as_str()))).collect()
}

/// What is said about an SDK: its rules, and its differences with their reasons.
fn about(sdk: &Sdk, page: &mut String) {
    let _ = writeln!(page, "\n## {}\n\n{}", title(sdk), sdk.summary);
    if !sdk.equal.is_empty() {
        let _ = writeln!(page, "\nEqual after these rules:\n");
    }
    for (rule, sentence) in &sdk.equal {
        let _ = writeln!(page, "- `{}`: {sentence}", rule.name());
    }
    let differing: Vec<_> = sdk.methods.iter().filter(|method| !listed(method).is_empty()).collect();
    if !differing.is_empty() {
        let _ = writeln!(page, "\nKnown differences:\n");
    }
    for method in differing {
        for (place, why) in listed(method) {
            let _ = writeln!(page, "- `{}`, `{place}`: {why}", method.operation);
        }
    }
}
