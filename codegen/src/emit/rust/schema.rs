//! Facts: sources as constants, and what the table of an object says about its fields.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::constraints::{emit_authority, emit_checks};
use super::module::ClientModule;
use super::types::ident;
use crate::model::{
    Authority, Consequence, Field, Location, Module, Object, One, Presence, Role, Rule, Source, Sources, Test,
    ValueKind,
};
use crate::text::enumeration;

/// `const PAGE: &Source = ..`, and one constant for sources that state a fact together.
pub(super) fn emit_sources(file: ClientModule<'_>, used: &BTreeSet<Sources>) -> TokenStream {
    let constants = used.iter().map(|sources| {
        let of = |part: fn(&Source) -> &str| sources.iter().map(move |id| part(&file.module[*id]));
        let name = enumeration(of(|source| &source.name));
        let says = enumeration(of(|source| &source.says));
        let constant = emit_constant(file.module, sources);
        quote! { const #constant: &Source = &Source::new(#name, #says); }
    });
    quote! { #(#constants)* }
}

/// The name of the constant of sources. No single source has two underscores in a row.
pub(super) fn emit_constant(module: &Module, sources: &Sources) -> Ident {
    let idents: Vec<_> = sources.iter().map(|id| module[*id].ident.as_str()).collect();
    ident(&idents.join("__"))
}

/// The sources that the constraints of the module name.
pub(super) fn used_sources(file: ClientModule<'_>) -> BTreeSet<Sources> {
    let mut used = sources_of(file.objects());
    used.extend(sources_of_deferrals(file, false).chain(sources_of_deferrals(file, true)));
    used
}

/// The sources that the constraints of the module name, without those of requests that are not released.
pub(super) fn sources_without_preview(file: ClientModule<'_>) -> BTreeSet<Sources> {
    let preview: BTreeSet<_> = file.operations(true).map(|operation| operation.request.0).collect();
    let objects = file.model.objects.iter().enumerate().filter(|(index, _)| !preview.contains(index));
    let mut used = sources_of(objects.map(|(_, object)| object).filter(|object| object.owner == file.owner));
    used.extend(sources_of_deferrals(file, false));
    used
}

fn sources_of<'m>(objects: impl Iterator<Item = &'m Object>) -> BTreeSet<Sources> {
    let objects = objects.filter(|object| object.role != Role::Answer);
    objects.flat_map(authorities).map(|authority| authority.sources.clone()).collect()
}

/// The sources of the formats of URLs to which operations send their result.
fn sources_of_deferrals(file: ClientModule<'_>, is_preview: bool) -> impl Iterator<Item = Sources> {
    let keys = file.operations(is_preview).filter_map(|operation| operation.deferral.as_ref());
    keys.flat_map(|keys| keys.url.constraints.authorities()).map(|authority| authority.sources.clone())
}

fn authorities(object: &Object) -> Vec<&Authority> {
    let mut found: Vec<_> = object.at_least.iter().map(|limit| &limit.authority).collect();
    for rule in &object.rules {
        match &rule.then {
            Consequence::Needs(_, authority) | Consequence::Count { authority, .. } => found.push(authority),
            Consequence::MaySkip(_) => {}
        }
    }
    for field in &object.fields {
        if let Presence::Required(authority) = &field.presence {
            found.push(authority);
        }
        found.extend(field.constraints.authorities());
    }
    found
}

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
