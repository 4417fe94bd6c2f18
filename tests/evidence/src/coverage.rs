//! The coverage: how much of what each SDK has is in the spec.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use crate::evidence::Evidence;
use crate::finding::{Finding, Source};
use crate::report::Report;

/// The SDKs in the order of the table, with the words of the evidence for them.
const SDKS: [(&str, &str); 7] =
    [("Python", "py"), ("Go", "go"), ("Node", "nd"), ("Java", "jv"), ("Ruby", "rb"), ("PHP", "ph"), (".NET", "cs")];

/// How many things a source has, and how many of them the spec has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// All of them.
    pub all: usize,
    /// Those that the spec has not, and an exception says why.
    pub excepted: usize,
    /// Those that the spec has not.
    pub missing: usize,
}

/// The coverage of all SDKs. `Display` prints it as a table.
#[derive(Debug)]
pub struct Coverage {
    rows: Vec<(&'static str, [Share; 5])>,
}

/// What is counted.
const COLUMNS: [&str; 5] = ["operations", "arguments", "answer keys", "answers", "requests"];

/// Something that some SDKs have: its column, and what it is.
type Fact = (usize, String);

impl Coverage {
    /// Counts what the spec covers.
    pub fn new(evidence: &Evidence, report: &Report) -> Self {
        let missing: BTreeSet<Fact> = report.findings.iter().flat_map(facts_of).collect();
        let excepted: BTreeSet<Fact> = report.excepted.iter().flat_map(facts_of).collect();
        let facts = facts(evidence);
        let share = |column: usize, sdk: Option<&str>| {
            let mut share = Share::default();
            for (fact, sdks) in facts.iter().filter(|((of, _), _)| *of == column) {
                if sdk.is_none_or(|sdk| sdks.contains(sdk)) {
                    share.all += 1;
                    share.missing += usize::from(missing.contains(fact));
                    share.excepted += usize::from(excepted.contains(fact) && !missing.contains(fact));
                }
            }
            share
        };
        let row = |name, sdk| (name, std::array::from_fn(|column| share(column, sdk)));
        let mut rows: Vec<_> = SDKS.iter().map(|(name, sdk)| row(*name, Some(*sdk))).collect();
        rows.push(row("all", None));
        Self { rows }
    }

    /// Whether nothing is missing without a reason.
    pub fn is_complete(&self) -> bool {
        self.rows.iter().flat_map(|(_, shares)| shares).all(|share| share.missing == 0)
    }
}

/// What the SDKs have, each with the SDKs that have it.
fn facts(evidence: &Evidence) -> BTreeMap<Fact, BTreeSet<&str>> {
    let mut facts: BTreeMap<Fact, BTreeSet<&str>> = BTreeMap::new();
    for folder in &evidence.folders {
        for row in &folder.routes {
            let fact = (0, format!("{}.{}", folder.name, row.operation));
            facts.entry(fact).or_default().extend(row.sdks.iter().map(String::as_str));
        }
        for row in folder.arguments.iter().filter(|row| !row.is_leak) {
            let fact = (1, format!("{}.{} {}", folder.name, row.operation, row.key));
            facts.entry(fact).or_default().extend(row.sdks.iter().map(String::as_str));
        }
        for row in &folder.answers {
            let mut keys = Vec::new();
            pointers("", &row.body, &mut keys);
            for pointer in keys {
                let fact = (2, format!("{}.{} {pointer}", folder.name, row.operation));
                facts.entry(fact).or_default().extend(row.sdks.iter().map(String::as_str));
            }
            facts.entry((3, row.place.clone())).or_default().extend(row.sdks.iter().map(String::as_str));
        }
        for row in &folder.requests {
            facts.entry((4, row.place.clone())).or_default().extend(row.sdks.iter().map(String::as_str));
        }
    }
    facts
}

/// The facts that a finding says are missing.
fn facts_of(finding: &Finding) -> Vec<Fact> {
    let Finding { folder, source, of, name, claim, place, .. } = finding;
    match (source, claim.as_str()) {
        (Source::Sdks, "operation") => vec![(0, format!("{folder}.{of}"))],
        (Source::Sdks, "argument") => vec![(1, format!("{folder}.{of} {name}"))],
        (Source::Answers, "field") => vec![(2, format!("{folder}.{of} {name}")), (3, place.clone())],
        (Source::Answers, "decodes") => vec![(3, place.clone())],
        (Source::Requests, _) => vec![(4, place.clone())],
        _ => Vec::new(),
    }
}

/// The pointers of all keys, with `[]` for the items of lists.
fn pointers(pointer: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(given) => {
            for (key, value) in given {
                let pointer = plivo_codegen::interpret::pointer_to(pointer, key);
                pointers(&pointer, value, found);
                found.push(pointer);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| pointers(&format!("{pointer}/[]"), item, found)),
        _ => {}
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8}", "SDK")?;
        COLUMNS.iter().try_for_each(|column| write!(f, "{column:>22}"))?;
        writeln!(f)?;
        for (name, shares) in &self.rows {
            write!(f, "{name:<8}")?;
            for share in shares {
                write!(f, "{:>22}", share.to_string())?;
            }
            writeln!(f)?;
        }
        writeln!(f, "\nof all, those that the spec has; + those that an exception explains")
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { all, excepted, missing } = self;
        let covered = all - excepted - missing;
        if *excepted == 0 { write!(f, "{covered} of {all}") } else { write!(f, "{covered} + {excepted} of {all}") }
    }
}
