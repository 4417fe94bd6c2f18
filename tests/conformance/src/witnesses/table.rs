//! Renders a run as a page: a table of operations and SDKs, then the rules and known differences of each SDK.

use std::fmt::Write;

use plivo_codegen::model::{Model, Otherwise, Registry, Sdk, SdkMethod};

use super::run::Run;
use super::verdict::{Verdict, location};

const HEAD: &str = "\
<!-- Written by `UPDATE_GOLDENS=1 cargo xtask conformance`. Do not edit. -->

# Comparison with the official SDKs

Plivo's published SDKs and this client perform every operation with the same inputs: the documented requests, and
requests generated from the spec. Each runs against its own simulator. The table compares method, path, query and body of
the requests that arrive.

- *equal*: identical, or identical after the rules below are applied.
- *except*: the SDK is known to send something else in these locations, and sent exactly that.
- *not available*: the SDK is known to have no method for this operation.

";

/// Renders the page.
pub fn table(model: &Model, run: &Run) -> String {
    let mut page = HEAD.to_owned();
    let heads: Vec<_> = model.sdks.iter().map(title).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(page, "| operation | {} |", heads.join(" | "));
    let _ = writeln!(page, "|---|{}", "---|".repeat(heads.len()));
    for (operation, verdicts) in &run.operations {
        let cells = model.sdks.iter().zip(verdicts).map(|(sdk, verdict)| cell(sdk, operation, verdict.as_ref()));
        let _ = writeln!(page, "| `{operation}` | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
    for sdk in &model.sdks {
        write_sdk(sdk, &mut page);
    }
    page
}

fn title(sdk: &Sdk) -> String {
    format!("{} `{}` {}", registry(sdk.registry), sdk.package, sdk.version)
}

/// The name of a registry.
pub(super) fn registry(registry: Registry) -> &'static str {
    match registry {
        Registry::PyPi => "PyPI",
        Registry::Npm => "npm",
    }
}

fn cell(sdk: &Sdk, operation: &str, verdict: Option<&Verdict>) -> String {
    let method = sdk.methods.iter().find(|method| method.operation == operation);
    let (Some(method), Some(verdict)) = (method, verdict) else { return "not available".to_owned() };
    let locations = method.differs.iter().map(|differs| format!("`{}`", location(&differs.at))).collect::<Vec<_>>();
    let requests =
        if verdict.requests == 1 { "1 request".to_owned() } else { format!("{} requests", verdict.requests) };
    let except = if locations.is_empty() { String::new() } else { format!(" except {}", locations.join(", ")) };
    format!("`{}`: {requests}, equal{except}", method.calls)
}

/// The known differences of a method, one line each.
fn differences(method: &SdkMethod) -> impl Iterator<Item = String> {
    method.differs.iter().map(|differs| {
        let what = match &differs.sdk {
            Otherwise::LeftOut => "omitted".to_owned(),
            Otherwise::AsText => "sent as a string".to_owned(),
            Otherwise::Added(value) => format!("added as `{value}`"),
            Otherwise::Sends(value) => format!("sent as `{value}`"),
        };
        let when = differs.when.as_ref().map_or_else(String::new, |when| format!(" when it is `{when}`"));
        format!("- `{}`, `{}`, {what}{when}: {}", method.operation, location(&differs.at), differs.why)
    })
}

/// Writes the section of an SDK: its rules, its known differences, and the operations that it lacks.
fn write_sdk(sdk: &Sdk, page: &mut String) {
    let _ = writeln!(page, "\n## {}\n\n{}", title(sdk), sdk.summary);
    if !sdk.equal.is_empty() {
        let _ = writeln!(page, "\nRules:\n");
    }
    for (rule, sentence) in &sdk.equal {
        let _ = writeln!(page, "- `{}`: {sentence}", rule.name());
    }
    let differing: Vec<_> = sdk.methods.iter().flat_map(differences).collect();
    if !differing.is_empty() {
        let _ = writeln!(page, "\nKnown differences:\n\n{}", differing.join("\n"));
    }
    if !sdk.lacks.is_empty() {
        let _ = writeln!(page, "\nNot available:\n");
    }
    for (operation, why) in &sdk.lacks {
        let _ = writeln!(page, "- `{operation}`: {why}");
    }
}
