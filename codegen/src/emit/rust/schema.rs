//! Facts: what the table of an object says about its fields.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::constraints::emit_checks;
use super::module::ClientModule;
use super::sources::emit_authority;
use crate::model::{
    Consequence, Constraints, Field, Location, Module, Object, One, Presence, Role, Rule, Test, ValueKind,
};

/// The rules between the fields of an object, as statements after the rows of its table.
pub(super) fn emit_rules(module: &Module, object: &Object) -> TokenStream {
    let rules: Vec<_> = object.rules.iter().filter_map(|rule| emit_rule(module, rule)).collect();
    let rules = (!rules.is_empty()).then(|| quote!(rules: &[#(#rules),*];));
    let at_least = object.at_least.as_ref().map(|limit| {
        let (count, authority) = (Literal::u64_unsuffixed(limit.is), emit_authority(module, &limit.authority));
        quote!(at_least: Some((#count, #authority));)
    });
    quote!(#rules #at_least)
}

/// What the row of a field says after its number: its location and the facts about it.
pub(super) fn emit_facts(file: ClientModule<'_>, role: Role, field: &Field) -> TokenStream {
    let location = match (role, field.location) {
        (Role::Answer, _) => quote!(Answer),
        (_, Location::Body) => quote!(Body),
        (_, Location::Path) => quote!(Path),
        (_, Location::Query) => quote!(Query),
    };
    let mut facts = Vec::from_iter(emit_presence(file.module, field));
    if role != Role::Answer {
        facts.extend(emit_checks(file, &field.constraints));
    }
    facts.extend(emit_delimiter(file.module, role, &field.constraints));
    facts.extend(emit_forms(field));
    if field.sensitive {
        facts.push(quote!(Sensitive));
    }
    if facts.is_empty() { location } else { quote!(#location [#(#facts),*]) }
}

fn emit_presence(module: &Module, field: &Field) -> Option<TokenStream> {
    match &field.presence {
        Presence::Required(authority) => {
            let authority = emit_authority(module, authority);
            Some(quote!(Required(#authority)))
        }
        Presence::Optional => None,
        Presence::Always(_) => Some(quote!(Always)),
        Presence::AnswerOnly => Some(quote!(AnswerOnly)),
    }
}

/// Answers are split at the delimiter, never validated.
fn emit_delimiter(module: &Module, role: Role, constraints: &Constraints) -> Vec<TokenStream> {
    let Some(delimiter) = &constraints.delimiter else { return Vec::new() };
    let text = &delimiter.text;
    if role == Role::Answer {
        return vec![quote!(DelimitedBy(#text))];
    }
    let authority = emit_authority(module, &delimiter.authority);
    let all = delimiter.all.as_ref().map(|all| quote!(All(#all)));
    [quote!(Delimiter(#text, #authority))].into_iter().chain(all).collect()
}

/// The forms that a value can have besides that of its type.
fn emit_forms(field: &Field) -> impl Iterator<Item = TokenStream> {
    let flatten = field.flatten.then(|| quote!(Flatten));
    let also = field.also.map(|kind| {
        let kind = emit_kind(kind);
        quote!(Also(#kind))
    });
    let items_also = field.items_also.map(|kind| {
        let kind = emit_kind(kind);
        quote!(ItemsAlso(#kind))
    });
    let one = match field.one {
        One::Listed => None,
        One::Either => Some(quote!(AlsoOne)),
        One::Plain => Some(quote!(OnePlain)),
    };
    [flatten, also, items_also, one].into_iter().flatten()
}

/// A rule of the table. `None`: it is a note to the reader, which is not checked.
fn emit_rule(module: &Module, rule: &Rule) -> Option<TokenStream> {
    let (name, summary) = (&rule.name, &rule.summary);
    let (then, authority) = match &rule.then {
        Consequence::MaySkip(_) => return None,
        Consequence::Needs(fields, authority) => (quote!(Consequence::Needs(&[#(#fields),*])), authority),
        Consequence::Count { of, least, most, authority } => {
            let (least, most) = (Literal::u64_unsuffixed(*least), Literal::u64_unsuffixed(*most));
            (quote!(Consequence::Count { of: &[#(#of),*], least: #least, most: #most }), authority)
        }
    };
    let by = emit_authority(module, authority);
    let when = rule.when.iter().map(|condition| {
        let field = &condition.field;
        match &condition.test {
            Test::OneOf(values) => quote!(When::Is(#field, &[#(#values),*])),
            Test::Given => quote!(When::Given(#field)),
            Test::Absent => quote!(When::Absent(#field)),
        }
    });
    Some(quote!(Rule { name: #name, says: #summary, when: &[#(#when),*], then: #then, by: #by }))
}

fn emit_kind(kind: ValueKind) -> TokenStream {
    match kind {
        ValueKind::Text => quote!(ValueKind::Text),
        ValueKind::Number => quote!(ValueKind::Number),
        ValueKind::Boolean => quote!(ValueKind::Boolean),
        ValueKind::List => quote!(ValueKind::List),
        ValueKind::Object => quote!(ValueKind::Object),
    }
}
