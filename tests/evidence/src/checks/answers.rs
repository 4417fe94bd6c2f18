//! The answers recorded in the tests of the SDKs. Each must match the spec, and the spec must promise nothing that they,
//! and the structs of Go, do not show.

use std::collections::BTreeSet;

use plivo_codegen::model::{Object, ObjectId, Operation, ResponseShape, Type};
use serde_json::Value;

use crate::answer_fields;
use crate::answers::{Drift, Seen, drift, refuses};
use crate::authority::stated;
use crate::evidence::{Folder, StructField};
use crate::finding::{Finding, Findings, Source};
use crate::go_struct;
use crate::record::Answer;
use crate::subject::{Match, Subject};

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Answers);
    for found in subject.of_folder(folder) {
        for row in folder.answers.iter().filter(|row| row.operation == found.name) {
            if let Some((operation, drift)) = best(subject, found, &row.body) {
                findings.about(&operation.id);
                check_recorded(&mut findings, found, row, &drift);
                check_total(&mut findings, subject, found, operation, row);
            }
        }
        for operation in &found.operations {
            findings.about(&operation.id);
            check_statuses(&mut findings, subject, found, operation);
            check_sentence(&mut findings, found, operation);
            check_total_of_go(&mut findings, found, operation);
        }
    }
    check_fields(&mut findings, subject, folder);
    check_go(&mut findings, subject, folder);
    findings.found
}

/// The operation that describes an answer best, and what it lacks.
fn best<'a>(subject: &Subject<'a>, found: &Match<'a>, body: &Value) -> Option<(&'a Operation, Drift)> {
    let all = found.operations.iter().map(|operation| (*operation, drift(subject.model, operation, body)));
    all.min_by_key(|(_, drift)| drift.size())
}

fn check_recorded(findings: &mut Findings, found: &Match<'_>, row: &Answer, drift: &Drift) {
    let sdks = row.sdks.join(" ");
    let shown = |pointer: &str| {
        let value = row.body.pointer(&pointer.replace("[]", "0")).map(ToString::to_string).unwrap_or_default();
        value.chars().take(60).collect::<String>()
    };
    for pointer in &drift.unknown {
        findings.expect(false, (&row.place, found.name, pointer), "field", || {
            format!("it is not described: {} ({sdks})", shown(pointer))
        });
    }
    for violation in &drift.violations {
        findings.expect(false, (&row.place, found.name, &unnumbered(&violation.pointer)), "decodes", || {
            format!("it {}: {} ({sdks})", violation.demand, shown(&violation.pointer))
        });
    }
}

/// A pointer with `[]` in place of the numbers of items.
fn unnumbered(pointer: &str) -> String {
    let step =
        |step: &str| if !step.is_empty() && step.parse::<u32>().is_ok() { "[]".to_owned() } else { step.to_owned() };
    pointer.split('/').map(step).collect::<Vec<_>>().join("/")
}

/// A list has a total only if every recorded list has one.
fn check_total(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, operation: &Operation, row: &Answer) {
    let ResponseShape::List { total, .. } = &operation.answer.shape else { return };
    let Some(body) = row.body.as_object().filter(|_| !refuses(subject.model, &row.body)) else { return };
    let meta = body.get("meta").and_then(Value::as_object);
    let has = |key: &String| body.contains_key(key) || meta.is_some_and(|meta| meta.contains_key(key));
    let has_total = total.is_empty() || total.iter().any(has);
    findings.expect(has_total, (&row.place, found.name, ""), "total", || {
        format!("the list has no total under {} ({})", total.join(" or "), row.sdks.join(" "))
    });
}

/// If no list is recorded, the struct of Go tells whether there is a total.
fn check_total_of_go(findings: &mut Findings, found: &Match<'_>, operation: &Operation) {
    let ResponseShape::List { total, .. } = &operation.answer.shape else { return };
    if found.folder.answers.iter().any(|row| row.operation == found.name) {
        return;
    }
    let of_list = |row: &&StructField| row.role == "answer" && row.of.iter().any(|of| of == found.name);
    let keys = found.folder.structs.iter().filter(of_list).filter_map(|row| row.key.strip_prefix("meta."));
    let of_go: Vec<&str> = keys.filter(|key| key.ends_with("count")).collect();
    let holds = if total.is_empty() { of_go.is_empty() } else { total.iter().any(|key| of_go.contains(&key.as_str())) };
    findings.expect(holds, (found.place(), found.name, ""), "total of go", || {
        format!("the total is under {total:?}, and Go's under {of_go:?}")
    });
}

/// A confirmation is under `message`, unless an answer has it under another key.
fn check_sentence(findings: &mut Findings, found: &Match<'_>, operation: &Operation) {
    let ResponseShape::Says { key, .. } = &operation.answer.shape else { return };
    let pointer = format!("/{}", key.replace('.', "/"));
    let mut rows = found.folder.answers.iter().filter(|row| row.operation == found.name);
    let is_recorded = key == "message" || rows.any(|row| row.body.pointer(&pointer).is_some());
    findings.expect(is_recorded, (found.place(), found.name, key), "under", || {
        format!("no recorded answer has a sentence under `{key}`")
    });
}

/// Operations succeed with the recorded statuses. The tests of some SDKs answer with any of them. An operation of which
/// none is recorded has 200, and others only if they are recorded for operations that do the same.
fn check_statuses(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, operation: &Operation) {
    let known = &operation.answer.statuses;
    let own = recorded_statuses(found);
    let of_others =
        subject.matches.iter().filter(|other| other.operations.iter().any(|one| one.does == operation.does));
    let possible = if own.is_empty() { of_others.flat_map(recorded_statuses).collect() } else { own.clone() };
    let needed = if own.is_empty() { BTreeSet::from([200]) } else { own };
    for status in known.iter().filter(|status| !possible.contains(status) && !needed.contains(status)) {
        findings.expect(false, (found.place(), found.name, &status.to_string()), "no status", || {
            format!("it is a status, and no SDK's test answers with it, but with {possible:?}")
        });
    }
    for status in needed.iter().filter(|status| !known.contains(status)) {
        findings.expect(false, (found.place(), found.name, &status.to_string()), "status", || {
            format!("it is none of the statuses {known:?}")
        });
    }
}

/// The statuses of success with which tests of SDKs answer.
fn recorded_statuses(found: &Match<'_>) -> BTreeSet<u16> {
    let rows = found.folder.answers.iter().filter(|row| row.operation == found.name);
    let tested = found.folder.statuses.iter().filter(|row| row.operation == found.name).map(|row| row.status);
    let all = rows.flat_map(|row| row.statuses.iter().copied()).chain(tested);
    all.filter(|status| (200..300).contains(status)).collect()
}

/// The fields of answers, with values.
#[derive(Debug, Default)]
pub(crate) struct AllSeen {
    /// Those of recorded answers.
    pub(crate) recorded: Vec<Seen>,
    /// Those of which the form is recorded. The values are made up.
    pub(crate) shaped: Vec<Seen>,
    /// Those of the structs of Go. The values are made up.
    pub(crate) of_go: Vec<Seen>,
}

pub(crate) fn seen(subject: &Subject<'_>) -> AllSeen {
    let mut all = AllSeen::default();
    for found in &subject.matches {
        let seen = |body: &Value| best(subject, found, body).into_iter().flat_map(|(_, drift)| drift.seen);
        for row in found.folder.answers.iter().filter(|row| row.operation == found.name) {
            all.recorded.extend(seen(&row.body));
        }
        all.shaped.extend(answer_fields::body(found.folder, found.name).iter().flat_map(seen));
        for body in go_struct::bodies(found.folder, found.name) {
            all.of_go.extend(seen(&body));
        }
    }
    all
}

/// The keys of which the form is recorded are described.
fn check_fields(findings: &mut Findings, subject: &Subject<'_>, folder: &Folder) {
    for found in subject.of_folder(folder) {
        let Some(body) = answer_fields::body(folder, found.name) else { continue };
        let Some((operation, drift)) = best(subject, found, &body) else { continue };
        findings.about(&operation.id);
        let place = folder.fields.iter().find(|row| row.operation == found.name).map(|row| row.place.as_str());
        for pointer in &drift.unknown {
            findings.expect(false, (place.unwrap_or_default(), found.name, pointer), "field", || {
                "it is not described, and answers of tests have it".to_owned()
            });
        }
    }
}

/// The keys of Go's structs are described.
fn check_go(findings: &mut Findings, subject: &Subject<'_>, folder: &Folder) {
    for found in subject.of_folder(folder) {
        for body in go_struct::bodies(folder, found.name) {
            let Some((operation, drift)) = best(subject, found, &body) else { continue };
            findings.about(&operation.id);
            for pointer in &drift.unknown {
                let key = pointer.rsplit('/').next().unwrap_or_default();
                let place = folder.structs.iter().find(|row| row.key == key && row.role.starts_with("answer"));
                let place = place.map(|row| row.place.as_str()).unwrap_or_default();
                findings.expect(false, (place, found.name, pointer), "field", || {
                    "it is not described, and Go's struct has it".to_owned()
                });
            }
        }
    }
}

/// Fields of answers that no answer has, and no struct of Go.
pub(crate) fn check_unknown(subject: &Subject<'_>, seen: &AllSeen) -> Vec<Finding> {
    let all = seen.recorded.iter().chain(&seen.shaped).chain(&seen.of_go);
    let known: BTreeSet<(usize, &str)> = all.map(|(object, name, _)| (object.0, name.as_str())).collect();
    let mut reported = BTreeSet::new();
    let mut all = Vec::new();
    for found in &subject.matches {
        let mut findings = Findings::new(&found.folder.name, Source::Answers);
        for operation in &found.operations {
            findings.about(&operation.id);
            for id in objects(subject, operation) {
                let object = &subject.model[id];
                for field in &object.fields {
                    let is_known = known.contains(&(id.0, field.name.as_str()));
                    if !is_known && reported.insert((id.0, field.name.clone())) {
                        findings.expect_stated(false, ("", "", &field.name), "no field", || {
                            let stated = stated(subject.model, object.owner, &field.sources);
                            (format!("{}.{} is in no recorded answer", object.name, field.name), stated)
                        });
                    }
                }
            }
        }
        all.extend(findings.found);
    }
    all
}

/// The objects in the answer of an operation.
fn objects(subject: &Subject<'_>, operation: &Operation) -> Vec<ObjectId> {
    let mut found = Vec::new();
    collect(subject, &operation.answer.ty, &mut found);
    if let ResponseShape::List { beside: Some(id), .. } = &operation.answer.shape {
        collect(subject, &Type::Object(*id), &mut found);
    }
    found
}

fn collect(subject: &Subject<'_>, ty: &Type, found: &mut Vec<ObjectId>) {
    match ty {
        Type::Object(id) if !found.contains(id) => {
            found.push(*id);
            let object: &Object = &subject.model[*id];
            object.fields.iter().for_each(|field| collect(subject, &field.ty, found));
        }
        Type::List(item) | Type::Map(item) => collect(subject, item, found),
        _ => {}
    }
}
