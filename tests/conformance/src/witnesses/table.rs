//! The run as a page: a table of operations by SDKs, and below it what it rests on.

use std::fmt::Write;

use plivo_codegen::model::{Model, Otherwise, Registry, Sdk, SdkMethod};

use super::judge::{Verdict, written};
use super::run::Run;

const HEAD: &str = "\
<!-- Written by `UPDATE_GOLDENS=1 cargo xtask conformance`. Do not edit. -->

# The official SDKs beside this client

Plivo's own SDKs, as they are published, and this client perform every operation with the same inputs: its documented
requests, and some that are made from the description. Each talks to a simulator of its own. Method, path, query and
body of what arrives are compared.

- *equal*: the same, or the same after the rules below.
- *but for*: at these places the SDK is known to send something else, and has sent exactly that.
- *not there*: the SDK is known to have no method for this.

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
    format!("{} `{}` {}", registry(sdk.registry), sdk.package, sdk.version)
}

/// What a registry is called.
pub(super) fn registry(registry: Registry) -> &'static str {
    match registry {
        Registry::PyPi => "PyPI",
        Registry::Npm => "npm",
    }
}

fn cell(sdk: &Sdk, operation: &str, verdict: Option<&Verdict>) -> String {
    let method = sdk.methods.iter().find(|method| method.operation == operation);
    let (Some(method), Some(verdict)) = (method, verdict) else { return "not there".to_owned() };
    let places = method.differs.iter().map(|differs| format!("`{}`", written(&differs.at))).collect::<Vec<_>>();
    let requests =
        if verdict.requests == 1 { "1 request".to_owned() } else { format!("{} requests", verdict.requests) };
    let but = if places.is_empty() { String::new() } else { format!(" but for {}", places.join(", ")) };
    format!("`{}`: {requests}, equal{but}", method.calls)
}

/// The known differences of a method, a line each.
fn listed(method: &SdkMethod) -> impl Iterator<Item = String> {
    method.differs.iter().map(|differs| {
        let what = match &differs.sdk {
            Otherwise::LeftOut => "left out".to_owned(),
            Otherwise::AsText => "as a text".to_owned(),
            Otherwise::Added(value) => format!("added, `{value}`"),
            Otherwise::Sends(value) => format!("otherwise, `{value}`"),
        };
        let when = differs.when.as_ref().map_or_else(String::new, |when| format!(" for `{when}`"));
        format!("- `{}`, `{}`, {what}{when}: {}", method.operation, written(&differs.at), differs.why)
    })
}

/// What is said about an SDK: its rules, its differences with their reasons, and what it does not have.
fn about(sdk: &Sdk, page: &mut String) {
    let _ = writeln!(page, "\n## {}\n\n{}", title(sdk), sdk.summary);
    if !sdk.equal.is_empty() {
        let _ = writeln!(page, "\nEqual after these rules:\n");
    }
    for (rule, sentence) in &sdk.equal {
        let _ = writeln!(page, "- `{}`: {sentence}", rule.name());
    }
    let differing: Vec<_> = sdk.methods.iter().flat_map(listed).collect();
    if !differing.is_empty() {
        let _ = writeln!(page, "\nKnown differences:\n\n{}", differing.join("\n"));
    }
    if !sdk.lacks.is_empty() {
        let _ = writeln!(page, "\nNot there:\n");
    }
    for (operation, why) in &sdk.lacks {
        let _ = writeln!(page, "- `{operation}`: {why}");
    }
}
