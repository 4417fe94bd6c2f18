//! Where the spec does not say what a source says, and the list of those that are on purpose.

use plivo_codegen::model::Resource;

use crate::spec::{field, part_of, request, resources};
use crate::table::{Row, directory, table};

/// A claim of a source that the spec does not follow.
#[derive(Debug)]
pub(crate) struct Deviation {
    /// An operation, the argument whose part it is about, or nothing.
    of: String,
    name: String,
    /// The same word as in `exceptions.csv`.
    claim: &'static str,
    detail: String,
}

/// Those of one source for one resource.
pub(crate) struct Deviations<'r> {
    resource: &'r Resource,
    source: &'static str,
    found: Vec<Deviation>,
}

impl<'r> Deviations<'r> {
    pub(crate) fn new(resource: &'r Resource, source: &'static str) -> Self {
        Self { resource, source, found: Vec::new() }
    }

    /// Notes that a claim is not followed, unless it is.
    pub(crate) fn expect(&mut self, is: bool, of: &str, name: &str, claim: &'static str, detail: impl Into<String>) {
        if !is {
            let (of, name, detail) = (of.to_owned(), name.to_owned(), detail.into());
            self.found.push(Deviation { of, name, claim, detail });
        }
    }

    /// Fails unless the deviations are exactly those that are listed.
    pub(crate) fn settle(self) {
        let exceptions = exceptions(self.resource);
        let listed: Vec<&Row> = exceptions.iter().filter(|row| row.get("source") == self.source).collect();
        let is_listed = |deviation: &Deviation| listed.iter().any(|row| is_about(row, deviation));
        let mut complaints: Vec<String> = self.found.iter().filter(|found| !is_listed(found)).map(shown).collect();
        for row in &listed {
            if !self.found.iter().any(|deviation| is_about(row, deviation)) {
                let (of, name, claim) = (row.get("of"), row.get("name"), row.get("claim"));
                complaints.push(format!("the exception {of} {name} {claim} is not needed"));
            }
        }
        assert!(complaints.is_empty(), "{}, {}:\n{}", self.resource.name, self.source, complaints.join("\n"));
    }
}

fn exceptions(resource: &Resource) -> Vec<Row> {
    table(&directory(&resource.name).join("exceptions.csv"))
}

fn is_about(row: &Row, deviation: &Deviation) -> bool {
    let Deviation { of, name, claim, .. } = deviation;
    row.get("of") == of && row.get("name") == name && row.get("claim") == *claim
}

fn shown(deviation: &Deviation) -> String {
    let Deviation { of, name, claim, detail } = deviation;
    format!("{of} {name}: {claim}: {detail}")
}

/// Whether the spec itself says that the sources differ about a field, or about an operation.
fn is_contradicted(resource: &Resource, of: &str, name: &str) -> bool {
    let operations = resource.operations.iter().filter(|operation| of.is_empty() || operation.name == of);
    let of_operations = operations.clone().filter_map(|operation| field(request(operation), name));
    let of_part = part_of(resource, of).and_then(|part| field(part, name));
    let said = of_operations.chain(of_part).any(|field| !field.contradictions.is_empty());
    said || (!of.is_empty() && operations.clone().any(|operation| !operation.contradictions.is_empty()))
}

#[test]
fn every_exception_is_a_contradiction_of_the_spec() {
    for resource in resources() {
        for row in exceptions(resource) {
            let (of, name) = (row.get("of"), row.get("name"));
            assert!(is_contradicted(resource, of, name), "the spec does not say that sources differ about {of} {name}");
            assert!(!row.get("why").is_empty(), "{of} {name}: no reason");
        }
    }
}
