//! What the SDKs refuse to send: numbers out of a range, texts that are too long, or that are not listed.

use plivo_codegen::model::{Constraint, Field, Format, Operation, Type};

use crate::evidence::{Folder, Limit};
use crate::finding::{Finding, Findings, Source};
use crate::requests::field;
use crate::subject::Subject;

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Sdks);
    for found in subject.of_folder(folder) {
        for operation in &found.operations {
            findings.about(&operation.id);
            let keys = subject.model.request_fields(operation).map(|field| field.name.as_str());
            let rows = || folder.limits.iter().filter(|row| row.operation == found.name);
            let mut keys: Vec<&str> = keys.chain(rows().map(|row| row.key.as_str())).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let rows: Vec<&Limit> = rows().filter(|row| row.key == key).collect();
                let place = rows.first().map_or(found.place(), |row| row.place.as_str());
                if let Some(field) = field(subject.model, operation, key) {
                    // The check of Go's tags knows this length.
                    let has_tag = folder.structs.iter().any(|row| row.key == key && row.tag.contains("max="));
                    check_range(&mut findings, (place, found.name, key), field, &rows, has_tag);
                    check_values(&mut findings, subject, (place, found.name, key), field, &rows);
                    check_format(&mut findings, (place, found.name, key), operation, field, &rows);
                }
            }
        }
    }
    findings.found
}

fn check_range(findings: &mut Findings, at: (&str, &str, &str), field: &Field, rows: &[&Limit], has_tag: bool) {
    let of_rule = |rule: &'static str| rows.iter().filter(move |row| row.rule == rule);
    let least: Vec<i64> = of_rule("range").filter_map(|row| row.least).collect();
    let most: Vec<i64> = of_rule("range").filter_map(|row| row.most).collect();
    let longest: Vec<i64> = of_rule("length").filter_map(|row| row.most).collect();
    let checks = &field.constraints;
    let of_number = |limit: Option<Constraint<i64>>| limit.map(|limit| limit.is);
    let who = || rows.iter().flat_map(|row| &row.sdks).map(String::as_str).collect::<Vec<_>>().join(" ");
    let limits = [
        ("min", of_number(checks.min), least),
        ("max", of_number(checks.max), most),
        ("max_length", checks.max_length.and_then(|limit| i64::try_from(limit.is).ok()), longest),
    ];
    for (claim, now, stated) in limits {
        let holds = now.map_or(stated.is_empty(), |now| stated.contains(&now)) || (has_tag && claim == "max_length");
        findings.expect(holds, at, claim, || match now {
            Some(now) => format!("`{claim}` is {now}, and SDKs state {stated:?} ({})", who()),
            None => format!("it has no `{claim}`, and SDKs state {stated:?} ({})", who()),
        });
    }
}

fn check_values(
    findings: &mut Findings,
    subject: &Subject<'_>,
    at: (&str, &str, &str),
    field: &Field,
    rows: &[&Limit],
) {
    let of_rule = rows.iter().filter(|row| row.rule.split(' ').next() == Some("values"));
    let mut stated: Vec<String> = of_rule.flat_map(|row| &row.values).map(|value| value.to_lowercase()).collect();
    stated.sort_unstable();
    stated.dedup();
    // The values of a boolean in a text.
    if stated.is_empty() || stated == ["false", "true"] {
        return;
    }
    let now = listed(subject, &field.ty);
    let mut known: Vec<String> = now.iter().map(|value| value.to_lowercase()).collect();
    known.sort_unstable();
    findings.expect(known == stated, at, "values", || format!("the values are {now:?}, and SDKs state {stated:?}"));
}

fn listed<'m>(subject: &Subject<'m>, ty: &Type) -> Vec<&'m str> {
    match ty {
        Type::Enum(id) => subject.model[*id].values.iter().map(|value| value.wire.as_str()).collect(),
        Type::List(item) => listed(subject, item),
        _ => Vec::new(),
    }
}

fn check_format(
    findings: &mut Findings,
    at: (&str, &str, &str),
    operation: &Operation,
    field: &Field,
    rows: &[&Limit],
) {
    let is_deferral = operation.deferral.iter().flat_map(|keys| keys.fields()).any(|key| key.name == field.name);
    let patterns = rows.iter().filter(|row| row.rule == "pattern").map(|row| row.pattern.as_str());
    let mut stated: Vec<&str> = patterns.map(kind_of_pattern).collect();
    stated.sort_unstable();
    stated.dedup();
    let now = match field.constraints.format.map(|limit| limit.is) {
        Some(Format::Url) => "url",
        Some(Format::DateTime) => "datetime",
        Some(Format::Declared(_)) => "declared",
        Some(_) => "other",
        None if field.ty == Type::Moment => "datetime",
        None => "",
    };
    let is_moment = field.ty == Type::Moment && stated.is_empty();
    let is_stated = if now.is_empty() { stated.is_empty() } else { now == "other" || stated.contains(&now) };
    let holds = is_deferral || is_moment || is_stated;
    findings.expect(holds, at, "format", || format!("the format is `{now}`, and SDKs check {stated:?}"));
}

/// The format that a pattern of an SDK checks.
fn kind_of_pattern(pattern: &str) -> &'static str {
    match pattern {
        "url" => "url",
        _ if pattern.contains("YYYY") || pattern.contains(r"\d{4}") => "datetime",
        _ if pattern.starts_with("^SA") => "declared",
        _ => "unknown",
    }
}
