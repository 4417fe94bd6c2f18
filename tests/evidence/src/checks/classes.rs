//! The classes of the SDKs for the parts of structured arguments: their fields, types and who insists on them.

use plivo_codegen::model::{Field, Object, Presence, Role, Type};

use crate::authority::{Who, who};
use crate::checks::parts::objects;
use crate::evidence::{ClassField, Folder};
use crate::finding::{Finding, Findings, Source};
use crate::subject::{Subject, field};

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Sdks);
    let operations = subject.of_folder(folder).flat_map(|found| found.operations.iter().copied());
    let parts: Vec<&Object> = operations
        .flat_map(|operation| objects(subject.model, operation))
        .filter(|object| object.role == Role::Part)
        .collect();
    let mut classes: Vec<&str> = folder.classes.iter().map(|row| row.class.as_str()).collect();
    classes.dedup();
    for class in classes {
        let rows: Vec<&ClassField> = folder.classes.iter().filter(|row| row.class == class).collect();
        let place = rows.first().map(|row| row.place.as_str()).unwrap_or_default();
        // A type of the spec can have a word before the name of the class.
        let Some(object) = parts.iter().find(|object| object.name.ends_with(class)) else {
            findings.expect(false, (place, class, ""), "class", || "there is no such type".to_owned());
            continue;
        };
        for row in &rows {
            check_field(&mut findings, subject, object, row);
        }
        for field in object.fields.iter().filter(|field| !rows.iter().any(|row| row.key == field.name)) {
            findings.expect(false, (place, class, &field.name), "no field", || "no class has it".to_owned());
        }
    }
    findings.found
}

fn check_field(findings: &mut Findings, subject: &Subject<'_>, object: &Object, row: &ClassField) {
    let at = (row.place.as_str(), row.class.as_str(), row.key.as_str());
    let Some(field) = field(object, &row.key) else {
        return findings.expect(false, at, "field", || format!("it is not described ({})", row.sdks.join(" ")));
    };
    findings.expect(row.types.iter().any(|ty| fits(field, ty)), at, "type", || {
        format!("it has the type {:?} instead of {}", field.ty, row.types.join(" or "))
    });
    let sources = who(subject.model, object, &field.sources);
    findings.expect(sources.can_be(&row.sdks), at, "source", || format!("its source is {sources:?}"));
    let insisting = match &field.presence {
        Presence::Required(authority) => who(subject.model, object, &authority.sources),
        _ => Who::Only(Vec::new()),
    };
    findings.expect(insisting.can_be(&row.insist), at, "required", || {
        format!("{insisting:?} insist on it instead of {}", row.insist.join(" "))
    });
}

fn fits(field: &Field, ty: &str) -> bool {
    match &field.ty {
        Type::Text | Type::Enum(_) => ty == "string",
        Type::Integer => ty == "integer",
        Type::Object(_) => ty.starts_with("object"),
        Type::List(_) => ty.starts_with("list"),
        _ => false,
    }
}
