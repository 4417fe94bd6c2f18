//! Facts: what the table of an object says about its fields.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::constraints::emit_checks;
use super::module::ClientModule;
use super::sources::emit_authority;
use crate::model::{Consequence, Field, Location, Module, Object, One, Presence, Role, Rule, Test, ValueKind};

/// The rules between the fields of an object, as statements after the rows of its table.
pub(super) fn emit_rules(module: &Module, object: &Object) -> TokenStream {
    let rules: Vec<_> = object.rules.iter().filter_map(|rule| emit_rule(module, rule)).collect();
    let rules = (!rules.is_empty()).then(|| quote!(rules(&[#(#rules),*]);));
    let at_least = object.at_least.as_ref().map(|limit| {
        let (count, authority) = (Literal::u64_unsuffixed(limit.is), emit_authority(module, &limit.authority));
        quote!(at_least(#count, #authority);)
    });
    quote!(#rules #at_least)
}

/// What the row of a field says after its type: its location, its name on the wire if that differs, and its
/// constraints.
pub(super) fn emit_facts(file: ClientModule<'_>, role: Role, field: &Field) -> TokenStream {
    let (name, module) = (&field.name, file.module);
    let named = (field.ident != *name).then(|| quote!(.named(#name)));
    let location = match (role, field.location) {
        (Role::Answer, _) => quote!(answer),
        (_, Location::Body) => quote!(body),
        (_, Location::Path) => quote!(path),
        (_, Location::Query) => quote!(query),
    };
    let presence = match &field.presence {
        Presence::Required(authority) => {
            let authority = emit_authority(module, authority);
            quote!(.required(#authority))
        }
        Presence::Optional => quote!(),
        Presence::Always(_) => quote!(.always()),
        Presence::AnswerOnly => quote!(.answer_only()),
    };
    let also = field.also.map(|kind| {
        let kind = emit_kind(kind);
        quote!(.also(#kind))
    });
    let items_also = field.items_also.map(|kind| {
        let kind = emit_kind(kind);
        quote!(.items_also(#kind))
    });
    let one = match field.one {
        One::Listed => None,
        One::Either => Some(quote!(.also_one())),
        One::Plain => Some(quote!(.one_plain())),
    };
    let constraints = (role != Role::Answer).then(|| emit_checks(file, &field.constraints));
    let sensitive = field.sensitive.then(|| quote!(.sensitive()));
    let delimiter = field.constraints.delimiter.as_ref().map(|delimiter| {
        let (delimiter, authority) = (&delimiter.text, emit_authority(module, &delimiter.authority));
        match role {
            // Answers are split, never validated.
            Role::Answer => quote!(.delimited_by(#delimiter)),
            Role::Request | Role::Part => quote!(.delimiter(#delimiter, #authority)),
        }
    });
    let all = field.constraints.delimiter.as_ref().and_then(|delimiter| delimiter.all.as_ref());
    let all = all.filter(|_| role != Role::Answer).map(|all| quote!(.all(#all)));
    let flatten = field.flatten.then(|| quote!(.flatten()));
    quote!(#location #named #presence #constraints #delimiter #all #flatten #also #items_also #one #sensitive)
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
