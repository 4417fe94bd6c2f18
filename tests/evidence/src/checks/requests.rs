//! Complete requests of the SDKs, and their expected validation and encoding.

use plivo_codegen::interpret::{Parameters, Violation, validate};
use plivo_codegen::model::{Level, Location};

use crate::evidence::Folder;
use crate::finding::{Finding, Findings, Source};
use crate::record::Request;
use crate::requests::{given, takes};
use crate::subject::{Match, Subject, field};

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Requests);
    for found in subject.of_folder(folder) {
        for row in folder.requests.iter().filter(|row| row.operation == found.name) {
            check_request(&mut findings, subject, found, row);
        }
    }
    findings.found
}

/// Adds what the operation says against the request. Of several operations, the one that says least counts.
fn check_request(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, row: &Request) {
    let trials = found.operations.iter().map(|operation| {
        let mut trial = Findings::new(&found.folder.name, Source::Requests);
        trial.about(&operation.id);
        let model = subject.model;
        let given = given(model, operation, row);
        // Arguments that the methods of SDKs send are checked as such.
        let is_listed = |key: &str| {
            let mut arguments = found.folder.arguments.iter();
            arguments.any(|argument| argument.operation == found.name && argument.key == key)
        };
        for key in given.keys().filter(|key| !takes(model, operation, key) && !is_listed(key)) {
            trial.expect(false, (&row.place, found.name, key), "argument", || {
                format!("it is no argument ({})", row.sdks.join(" "))
            });
        }
        let parameters = Parameters::from(given);
        let mut violations = validate(model, operation, &parameters);
        // The recorded paths have invented parameters.
        let request = subject.request(operation);
        violations.retain(|violation| {
            let name = violation.pointer.trim_start_matches('/');
            row.path.is_empty() || !field(request, name).is_some_and(|field| field.location == Location::Path)
        });
        check_violations(&mut trial, found, row, &violations);
        if let Some(sent) = &row.sent {
            let meant = parameters.meant(model, operation);
            trial.expect(meant.values() == sent, (&row.place, found.name, ""), "sent", || {
                format!("it is sent as {:?}", meant.values())
            });
        }
        trial.found
    });
    findings.found.extend(trials.min_by_key(Vec::len).unwrap_or_default());
}

fn check_violations(trial: &mut Findings, found: &Match<'_>, row: &Request, violations: &[Violation]) {
    let expected = [(Level::Error, Some(&row.refused), "accepted"), (Level::Warn, row.warned.as_ref(), "warned")];
    for (level, expected, claim) in expected {
        let Some(expected) = expected else { continue };
        let of_level = || violations.iter().filter(|violation| violation.level == level);
        for violation in of_level().filter(|violation| !expected.contains(&shown(violation))) {
            trial.expect(false, (&row.place, found.name, &violation.pointer), claim, || {
                format!("{} ({})", violation.sentence(), row.sdks.join(" "))
            });
        }
        for missing in expected.iter().filter(|expected| !of_level().any(|violation| shown(violation) == **expected)) {
            let pointer = missing.split(' ').next().unwrap_or_default();
            trial
                .expect(false, (&row.place, found.name, pointer), claim, || format!("there is no violation {missing}"));
        }
    }
}

fn shown(violation: &Violation) -> String {
    format!("{} {}", violation.pointer, violation.rule)
}
