//! Deviations of the spec from its sources. Intended deviations are listed in `exceptions.csv`.

use plivo_codegen::model::Resource;

use crate::spec::{field, part_of, request, resources};
use crate::table::{Row, directory, table};

/// A claim of a source that the spec does not follow.
#[derive(Debug)]
pub(crate) struct Deviation {
    /// An operation, or the argument that contains the field; may be empty.
    of: String,
    name: String,
    /// The claim as `exceptions.csv` writes it.
    claim: &'static str,
    detail: String,
}

/// The deviations from one source in one resource.
pub(crate) struct Deviations<'r> {
    resource: &'r Resource,
    source: &'static str,
    found: Vec<Deviation>,
}

impl<'r> Deviations<'r> {
    pub(crate) fn new(resource: &'r Resource, source: &'static str) -> Self {
        Self { resource, source, found: Vec::new() }
    }

    /// Records a deviation unless the claim holds.
    pub(crate) fn expect(&mut self, holds: bool, of: &str, name: &str, claim: &'static str, detail: impl Into<String>) {
        if !holds {
            let (of, name, detail) = (of.to_owned(), name.to_owned(), detail.into());
            self.found.push(Deviation { of, name, claim, detail });
        }
    }

    /// Fails unless the deviations are exactly the listed exceptions.
    pub(crate) fn assert_listed(self) {
        let exceptions = exceptions(self.resource);
        let listed: Vec<&Row> = exceptions.iter().filter(|row| row.get("source") == self.source).collect();
        let is_listed = |deviation: &Deviation| listed.iter().any(|row| is_about(row, deviation));
        let mut violations: Vec<String> = self.found.iter().filter(|found| !is_listed(found)).map(shown).collect();
        for row in &listed {
            if !self.found.iter().any(|deviation| is_about(row, deviation)) {
                let (of, name, claim) = (row.get("of"), row.get("name"), row.get("claim"));
                violations.push(format!("the exception {of} {name} {claim} is not needed"));
            }
        }
        assert!(violations.is_empty(), "{}, {}:\n{}", self.resource.name, self.source, violations.join("\n"));
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

/// Whether the spec has a contradiction for a field or for an operation.
fn has_contradiction(resource: &Resource, of: &str, name: &str) -> bool {
    let operations = resource.operations.iter().filter(|operation| of.is_empty() || operation.name == of);
    let of_operations = operations.clone().filter_map(|operation| field(request(operation), name));
    let of_part = part_of(resource, of).and_then(|part| field(part, name));
    let is_at_field = of_operations.chain(of_part).any(|field| !field.contradictions.is_empty());
    is_at_field || (!of.is_empty() && operations.clone().any(|operation| !operation.contradictions.is_empty()))
}

#[test]
fn every_exception_has_a_contradiction_in_the_spec() {
    for resource in resources() {
        for row in exceptions(resource) {
            let (of, name) = (row.get("of"), row.get("name"));
            assert!(has_contradiction(resource, of, name), "the spec has no contradiction for {of} {name}");
            assert!(!row.get("why").is_empty(), "{of} {name}: no reason");
        }
    }
}
