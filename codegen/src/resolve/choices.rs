//! Choices: texts that name something in one of several ways.

use super::context::Cx;
use super::objects::type_name;
use super::references::same_name;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Map, Spanned};
use crate::model::{Choice, ChoiceId, Form, Type};
use crate::names;

/// Adds a choice.
pub(super) fn choice(
    cx: &mut Cx<'_, '_>,
    name: &Spanned<String>,
    docs: &Map<Spanned<String>>,
    summary: &str,
) -> Option<ChoiceId> {
    let type_name = type_name(cx, name, Some(name.is.clone()));
    let forms: Vec<_> = docs.iter().filter_map(|(name, template)| form(name, template, cx.diagnostics)).collect();
    check_distinct(docs, &forms, cx.diagnostics);
    if docs.len() < 2 {
        cx.diagnostics.push(
            Diagnostic::new(Code::Forms, "a choice has at least two forms")
                .at(name.span, "this choice")
                .help("add a form, or write `type: string` where the type is used"),
        );
    }
    let (owner, summary, position) = (cx.known.owner, summary.to_owned(), name.span.into());
    let id = type_name.map(|name| {
        cx.model.choices.push(Choice { name, owner, summary, forms, position });
        ChoiceId(cx.model.choices.len() - 1)
    });
    cx.made.types.insert(name.is.clone(), id.map(Type::Choice));
    id
}

/// `uuid_{thing_uuid}`: fixed text around one placeholder.
fn form(name: &Spanned<String>, template: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Form> {
    let parts = template.is.split_once('{').and_then(|(prefix, rest)| Some((prefix, rest.split_once('}')?)));
    let parts = parts.filter(|(prefix, (field, suffix))| {
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && !b"{}/%".contains(&byte));
        names::is_snake(field) && is_plain(prefix) && is_plain(suffix)
    });
    if parts.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::Forms, format!("`{}` is not a form", template.is))
                .at(template.span, "expected fixed text with one placeholder")
                .help("write the field of the named object in braces, as in `\"uuid_{thing_uuid}\"`"),
        );
    }
    let idents = names::is_snake(&name.is).then(|| Some((names::pascal(&name.is)?, names::snake(&name.is)?))).flatten();
    if idents.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` cannot be the name of a form", name.is))
                .at(name.span, "invalid name")
                .help(names::SNAKE_CASE),
        );
    }
    let ((prefix, (field, suffix)), (ident, method)) = (parts?, idents?);
    Some(Form { ident, method, prefix: prefix.to_owned(), field: field.to_owned(), suffix: suffix.to_owned() })
}

/// The beginning of a text shows its form, so that no text has two forms.
fn check_distinct(docs: &Map<Spanned<String>>, forms: &[Form], diagnostics: &mut Diagnostics) {
    if docs.len() != forms.len() {
        return; // reported
    }
    for (index, (form, (name, template))) in forms.iter().zip(docs).enumerate() {
        for (other, (other_name, other_template)) in forms.iter().zip(docs).take(index) {
            if form.ident == other.ident {
                diagnostics.push(same_name("form", &form.ident, name, other_name.span));
            }
            if form.prefix.starts_with(&other.prefix) || other.prefix.starts_with(&form.prefix) {
                diagnostics.push(
                    Diagnostic::new(Code::Forms, "a text can have two of these forms")
                        .at(template.span, "begins like the other form")
                        .with(other_template.span, "the other form")
                        .help("let the forms begin with different texts"),
                );
            }
        }
    }
}
