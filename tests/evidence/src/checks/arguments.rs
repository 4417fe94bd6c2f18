//! The arguments that the SDKs send.

use plivo_codegen::Model;
use plivo_codegen::model::{Field, Location, Object, One, Operation, Presence, Type, ValueKind};

use crate::authority::{Who, stated, who};
use crate::evidence::{Argument, Folder};
use crate::finding::{Finding, Findings, Source};
use crate::requests::{describes, field};
use crate::subject::{Match, Subject};

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Sdks);
    for found in subject.of_folder(folder) {
        for row in folder.arguments.iter().filter(|row| row.operation == found.name && !row.is_leak) {
            check_argument(&mut findings, subject.model, found, row);
        }
        for operation in &found.operations {
            findings.about(&operation.id);
            check_unknown(&mut findings, subject, found, operation);
        }
    }
    findings.found
}

fn check_argument(findings: &mut Findings, model: &Model, found: &Match<'_>, row: &Argument) {
    let Some(first) = found.operations.first() else { return };
    let at = (row.place.as_str(), row.operation.as_str(), row.key.as_str());
    let taking = found.operations.iter().find(|operation| describes(model, operation, &row.key));
    findings.about(&taking.unwrap_or(first).id);
    findings.expect(taking.is_some(), at, "argument", || format!("it is no argument ({})", row.sdks.join(" ")));
    let Some(field) = taking.and_then(|operation| field(model, operation, &row.key)) else { return };
    // In a query, every value is a text.
    let types = if field.location == Location::Query { all(&row.types) } else { likely(&row.types) };
    let is_typed = types.is_empty() || types.iter().any(|ty| fits(field, ty));
    findings
        .expect(is_typed, at, "type", || format!("it has the type {:?} instead of {}", field.ty, types.join(" or ")));
    let Some(operation) = taking else { return };
    let request = &model[operation.request];
    let source = who(model, request, &field.sources);
    findings.expect(source.can_be(&row.sdks) || !is_own(request, field), at, "source", || {
        format!("its source is {source:?} instead of {}", row.sdks.join(" "))
    });
    if found
        .folder
        .pages
        .iter()
        .any(|page| page.operation == found.name && page.rows.iter().any(|other| other.name == row.key))
    {
        // A page says whether it is required.
        return;
    }
    if field.location == Location::Body {
        for (ty, sdks) in row.types.iter().filter(|(ty, sdks)| !fits(field, ty) && !sdks.is_empty()) {
            findings.expect(types.contains(&ty.as_str()), at, format!("type {ty}"), || {
                format!("it has the type {:?}, and not the {ty} of {}", field.ty, sdks.join(" "))
            });
        }
    }
    check_presence(findings, model, at, request, field, row);
}

/// An argument is required if most SDKs insist on it, or if the spec names those that do.
fn check_presence(
    findings: &mut Findings,
    model: &Model,
    at: (&str, &str, &str),
    request: &Object,
    field: &Field,
    row: &Argument,
) {
    // A struct of Go cannot insist on a field.
    let can_insist = row.sdks.iter().filter(|sdk| *sdk != "go").count();
    let insisting = row.insist.len();
    let Presence::Required(authority) = &field.presence else {
        return findings.expect_stated(2 * insisting <= can_insist, at, "required", || {
            let stated = stated(model, request.owner, &field.sources);
            (format!("it is optional, but {} insist on it", row.insist.join(" ")), stated)
        });
    };
    let holds = match who(model, request, &authority.sources) {
        Who::Sdks => 2 * insisting >= can_insist,
        // Go insists by a tag, which is no argument of a method.
        Who::Only(mut named) => {
            named.retain(|name| *name != "go");
            Who::Only(named).can_be(&row.insist)
        }
        Who::Other => 2 * insisting > can_insist,
    };
    findings.expect_stated(holds, at, "optional", || {
        let (sdks, stated) = (row.insist.join(" "), stated(model, request.owner, &authority.sources));
        (format!("it is required, but {insisting} of {can_insist} SDKs insist on it ({sdks})"), stated)
    });
}

/// Whether the request itself has the field.
fn is_own(request: &Object, field: &Field) -> bool {
    request.fields.iter().any(|own| std::ptr::eq(own, field))
}

fn all(types: &[(String, Vec<String>)]) -> Vec<&str> {
    types.iter().map(|(ty, _)| ty.as_str()).collect()
}

/// The types that most SDKs state.
fn likely(types: &[(String, Vec<String>)]) -> Vec<&str> {
    let count = |ty: &str| -> usize { types.iter().filter(|(of, _)| of == ty).map(|(_, sdks)| sdks.len()).sum() };
    let most = types.iter().map(|(ty, _)| count(ty)).max().unwrap_or_default();
    let mut likely: Vec<&str> = all(types).into_iter().filter(|ty| count(ty) == most).collect();
    likely.dedup();
    likely
}

/// Whether an SDK's type is that of a field, or its known second one.
fn fits(field: &Field, ty: &str) -> bool {
    let is_delimited = field.constraints.delimiter.is_some();
    let word = |ty: &Type| match ty {
        Type::Text | Type::Enum(_) | Type::Choice(_) | Type::Timestamp | Type::Moment | Type::Decimal => "string",
        Type::Integer => "integer",
        Type::Number => "float",
        Type::Boolean => "boolean",
        Type::Object(_) | Type::Map(_) => "object",
        Type::List(item) if **item == Type::File => "file",
        Type::List(_) => "list",
        Type::File => "file",
        Type::Any => "any",
    };
    let own = word(&field.ty);
    let item = match &field.ty {
        Type::List(item) if field.one != One::Listed => word(item),
        _ => "",
    };
    let second = match field.also {
        Some(ValueKind::Text) => "string",
        Some(ValueKind::Number) => "integer",
        Some(ValueKind::Boolean) => "boolean",
        Some(ValueKind::List) => "list",
        Some(ValueKind::Object) => "object",
        None => "",
    };
    own == ty || second == ty || item == ty || (is_delimited && ty == "string")
}

/// Arguments that no SDK sends.
fn check_unknown(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, operation: &Operation) {
    for field in subject.model.request_fields(operation).filter(|field| field.location != Location::Path) {
        // One operation of the spec can be several methods of the SDKs.
        let of_operation = |row: &&Argument| {
            let others = subject.of_folder(found.folder).filter(|other| other.name == row.operation);
            others.flat_map(|other| &other.operations).any(|other| other.id == operation.id)
        };
        let rows = found.folder.arguments.iter().filter(of_operation);
        let is_known = rows.map(|row| first_step(operation, &row.key)).any(|key| key == field.name);
        let at = (found.place(), found.name, field.name.as_str());
        findings.expect_stated(is_known || field.flatten, at, "no argument", || {
            let stated = stated(subject.model, subject.request(operation).owner, &field.sources);
            ("no SDK sends it".to_owned(), stated)
        });
    }
}

/// The field of an argument's first step: `documents` of `data.documents[i].file`.
fn first_step<'k>(operation: &Operation, key: &'k str) -> &'k str {
    let key = crate::requests::without_data_part(operation, key);
    key.split(['.', '[']).next().unwrap_or(key)
}
