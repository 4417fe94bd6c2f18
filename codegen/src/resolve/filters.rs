//! Filters: the fields in the query of a list, with which the listed objects are compared.

use super::context::Cx;
use super::misplaced::reject_key;
use super::objects::FieldAt;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Authorship, EntryDoc, Spanned};
use crate::model::{Comparison, Constraint, Field, Format, Type};

/// Turns a field into what a query carries: a timestamp becomes a moment, and a decimal number a text.
pub(super) fn make_filter(cx: &mut Cx<'_, '_>, name: &Spanned<String>, doc: &EntryDoc, field: &mut Field) {
    let known = cx.known;
    match field.ty {
        Type::Timestamp => {
            field.ty = Type::Moment;
            // An example of the field is in the form of an answer.
            field.example = None;
            let described = match doc {
                EntryDoc::Own(doc) => Some(&**doc),
                _ => known.doc.fields.iter().find(|(other, _)| other.is == name.is).map(|(_, doc)| doc),
            };
            let authority = match described {
                Some(doc) => known.authority(&Authorship::default(), Some(&doc.by), cx.diagnostics),
                None => known.authority_of_copy(&name.is, field.sources.clone()),
            };
            match &cx.model.moments {
                Some(moments) => field.constraints.format = Some(Constraint { is: moments.format, authority }),
                None => cx.diagnostics.push(
                    Diagnostic::new(Code::NoMoments, "plivo.yaml does not describe moments in a query")
                        .at(name.span, "a query carries this moment")
                        .help("add `moments: { format: datetime, summary: .. }` to plivo.yaml"),
                ),
            }
        }
        Type::Decimal => field.ty = Type::Text,
        _ => {}
    }
}

/// The query parameters of a field that is compared: one for each comparison.
pub(super) fn compared_fields(
    field: &Field,
    name: &Spanned<String>,
    compare: &[Spanned<Comparison>],
    diagnostics: &mut Diagnostics,
) -> Vec<FieldAt> {
    if !matches!(field.ty, Type::Text | Type::Integer | Type::Number | Type::Moment) {
        let label = "only a `string`, an `integer`, a `number` or a `timestamp` can be compared";
        reject_key("compare", name, label, "remove `compare`", diagnostics);
        return Vec::new();
    }
    if let Some(prefix) = compare.iter().find(|comparison| comparison.is == Comparison::Prefix) {
        let problem = match field.ty {
            Type::Text if compare.len() == 1 => None,
            Type::Text => {
                let help = "remove the others, or describe another parameter with `filters`";
                Some(("`prefix` has no suffix, so it must be the only comparison", help))
            }
            _ => Some(("only a `string` has a prefix", "remove `prefix`")),
        };
        if let Some((label, help)) = problem {
            let message = format!("`compare: [prefix]` does not fit the field `{}`", name.is);
            diagnostics.push(Diagnostic::new(Code::MisplacedKey, message).at(prefix.span, label).help(help));
            return Vec::new();
        }
    }
    compare.iter().map(|comparison| (compared(field, comparison.is), comparison.span)).collect()
}

/// The query parameter for one comparison. Its name is that of the field with a suffix.
fn compared(field: &Field, compares: Comparison) -> Field {
    let (more, less) = if is_time(field) { ("later", "earlier") } else { ("greater", "smaller") };
    let (suffix, sentence) = match compares {
        Comparison::Is => ("", "Matches exactly this value.".to_owned()),
        Comparison::Greater => ("gt", format!("Matches values {more} than this.")),
        Comparison::GreaterOrEqual => ("gte", format!("Matches this value and {more} ones.")),
        Comparison::Less => ("lt", format!("Matches values {less} than this.")),
        Comparison::LessOrEqual => ("lte", format!("Matches this value and {less} ones.")),
        Comparison::Prefix => ("", "Matches values that begin with this.".to_owned()),
    };
    let with = |name: &str, between: &str| {
        if suffix.is_empty() { name.to_owned() } else { format!("{name}{between}{suffix}") }
    };
    let (name, ident) = (with(&field.name, "__"), with(field.ident.trim_end_matches('_'), "_"));
    let ident = if suffix.is_empty() { field.ident.clone() } else { ident };
    let filters = Some(field.filters.clone().unwrap_or_else(|| field.name.clone()));
    Field { name, ident, summary: format!("{} {sentence}", field.summary), filters, compares, ..field.clone() }
}

/// Whether a filter is a date, or a date and a time.
fn is_time(field: &Field) -> bool {
    let format = field.constraints.format.as_ref().map(|format| format.is);
    matches!(field.ty, Type::Timestamp | Type::Moment) || matches!(format, Some(Format::Date | Format::DateTime))
}

/// Only a list can be filtered by what the server gives. In the query, a caller gives it.
pub(super) fn check_filters(query: &mut [FieldAt], is_list: bool, diagnostics: &mut Diagnostics) {
    for (field, span) in query.iter_mut().filter(|(field, _)| field.given_by_server) {
        field.given_by_server = false;
        if is_list {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(Code::ServerField, format!("a request cannot send `{}`", field.name))
                .at(*span, "the field has `given_by: server`")
                .help("remove it from the query; only the query of a list can have it, as a filter"),
        );
    }
}
