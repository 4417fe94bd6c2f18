//! Renders a run as a page: an overview, the differences of each SDK by cause, and the method of each operation.

use std::collections::BTreeMap;
use std::fmt::Write;

use plivo_codegen::model::{Differs, Model, Otherwise, Registry, Sdk, SdkRule};

use super::run::Run;
use super::verdict::{Verdict, location};

const HEAD: &str = "\
<!-- Written by `UPDATE_GOLDENS=1 cargo xtask conformance`. Do not edit. -->

# Comparison with the official SDKs

Plivo's published SDKs and this client perform every operation with the same inputs: the documented requests, and
requests generated from the spec. Each runs against its own simulator. Method, path, query and body of the requests
that arrive are equal, except for the differences on this page. A difference that is not on this page fails the
comparison, and so does one that no longer occurs.

";

/// Renders the page.
pub fn table(model: &Model, run: &Run) -> String {
    let mut page = HEAD.to_owned();
    write_overview(model, run, &mut page);
    for (index, sdk) in model.sdks.iter().enumerate() {
        write_sdk(sdk, &of_sdk(run, index), &mut page);
    }
    write_methods(model, run, &mut page);
    page
}

/// The verdicts of an SDK, by operation.
type Verdicts<'r> = Vec<(&'r str, Option<&'r Verdict>)>;

fn of_sdk(run: &Run, index: usize) -> Verdicts<'_> {
    let operations = run.operations.iter();
    operations.map(|(operation, of)| (operation.as_str(), of.get(index).and_then(Option::as_ref))).collect()
}

/// Writes how many operations, requests and differences there are.
fn write_overview(model: &Model, run: &Run, page: &mut String) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "| SDK | operations | requests | known differences | causes |\n|---|---|---|---|---|");
    for (index, sdk) in model.sdks.iter().enumerate() {
        let verdicts = of_sdk(run, index);
        let performed: Vec<_> = verdicts.iter().filter_map(|(_, verdict)| *verdict).collect();
        let requests: usize = performed.iter().map(|verdict| verdict.requests).sum();
        let causes = causes(sdk, &verdicts);
        let differences: usize = causes.values().map(Vec::len).sum();
        let counts = format!("{} of {}", performed.len(), verdicts.len());
        let _ = writeln!(page, "| {} | {counts} | {requests} | {differences} | {} |", title(sdk), causes.len());
    }
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

/// The known differences of an SDK by cause: what happens and why, then each operation and location.
fn causes<'s>(sdk: &'s Sdk, verdicts: &Verdicts<'_>) -> BTreeMap<(String, &'s str), Vec<String>> {
    let mut causes: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for (rule, sentence) in sdk.rules.iter().filter(|(rule, _)| !rule.is_equivalent()) {
        for (operation, verdict) in verdicts {
            let fields = verdict.iter().filter_map(|verdict| verdict.needed.get(rule)).flatten();
            let places = fields.map(|field| format!("`{operation}` `{field}`"));
            causes.entry((effect(*rule).to_owned(), sentence.as_str())).or_default().extend(places);
        }
    }
    for method in &sdk.methods {
        for (_, why) in &method.fails {
            let place = format!("`{}`", method.operation);
            causes.entry(("not sent: the method fails".to_owned(), why.as_str())).or_default().push(place);
        }
        for differs in &method.differs {
            let place = format!("`{}` `{}`", method.operation, location(&differs.at));
            causes.entry((what(differs), differs.why.as_str())).or_default().push(place);
        }
    }
    causes.values_mut().for_each(Vec::dedup);
    causes.retain(|_, places| !places.is_empty());
    causes
}

/// What a rule that is not equivalent does to a value.
fn effect(rule: SdkRule) -> &'static str {
    match rule {
        SdkRule::PathAgain => "added",
        SdkRule::InBody => "sent in the body",
        _ => "omitted",
    }
}

fn what(differs: &Differs) -> String {
    let what = match &differs.sdk {
        Otherwise::LeftOut => "omitted".to_owned(),
        Otherwise::Renamed(_) => "sent under another name".to_owned(),
        Otherwise::AsText => "sent as a string".to_owned(),
        Otherwise::Added(value) => format!("added as `{value}`"),
        Otherwise::Sends(value) => format!("sent as `{value}`"),
    };
    let when = differs.when.as_ref().map_or_else(String::new, |when| format!(" when it is `{when}`"));
    what + &when
}

/// Writes the section of an SDK: its rules, its known differences by cause, and the operations that it lacks.
fn write_sdk(sdk: &Sdk, verdicts: &Verdicts<'_>, page: &mut String) {
    let _ = writeln!(page, "\n## {}\n\n{}", title(sdk), sdk.summary);
    let equivalent: Vec<_> = sdk.rules.iter().filter(|(rule, _)| rule.is_equivalent()).collect();
    if !equivalent.is_empty() {
        let _ = writeln!(page, "\nDifferences without a meaning, in any operation:\n");
    }
    for (_, sentence) in equivalent {
        let _ = writeln!(page, "- {sentence}");
    }
    let causes = causes(sdk, verdicts);
    if !causes.is_empty() {
        let _ =
            writeln!(page, "\nKnown differences, by cause:\n\n| cause | the SDK's value is | where |\n|---|---|---|");
    }
    for ((what, why), places) in causes {
        let _ = writeln!(page, "| {why} | {} | {} |", what.replace('|', "\\|"), places.join(", "));
    }
    let mut lacked: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (operation, why) in &sdk.lacks {
        lacked.entry(why).or_default().push(format!("`{operation}`"));
    }
    if !lacked.is_empty() {
        let _ = writeln!(page, "\nNot available:\n");
    }
    for (why, operations) in lacked {
        let _ = writeln!(page, "- {}: {why}", operations.join(", "));
    }
}

/// Writes which method of each SDK performs which operation.
fn write_methods(model: &Model, run: &Run, page: &mut String) {
    let heads: Vec<_> = model.sdks.iter().map(title).collect();
    let _ = writeln!(page, "\n## Methods\n\n| operation | {} |", heads.join(" | "));
    let _ = writeln!(page, "|---|{}", "---|".repeat(heads.len()));
    for (operation, _) in &run.operations {
        let cells = model.sdks.iter().map(|sdk| {
            let method = sdk.methods.iter().find(|method| method.operation == *operation);
            method.map_or_else(|| "-".to_owned(), |method| format!("`{}`", method.calls))
        });
        let _ = writeln!(page, "| `{operation}` | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}
