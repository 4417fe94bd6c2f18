//! Facts as constants: sources, and the table of an object's fields with their constraints.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::module::ClientModule;
use super::types::ident;
use crate::model::{
    Authority, Consequence, Constraints, Field, Format, Level, Location, Module, Object, Presence, Role, Rule,
    ValueKind,
};

/// `const PAGE: &Source = ..`
pub(super) fn emit_sources(file: ClientModule<'_>) -> TokenStream {
    let used = used_sources(file);
    let sources =
        file.module.sources.iter().enumerate().filter(|(index, _)| used.contains(index)).map(|(_, source)| {
            let (name, says, constant) = (&source.name, &source.says, ident(&source.ident));
            quote! { const #constant: &Source = &Source::new(#name, #says); }
        });
    quote! { #(#sources)* }
}

/// The sources that the constraints of the module name.
pub(super) fn used_sources(file: ClientModule<'_>) -> BTreeSet<usize> {
    file.objects()
        .filter(|object| object.role != Role::Answer)
        .flat_map(authorities)
        .map(|authority| authority.source.0)
        .collect()
}

fn authorities(object: &Object) -> Vec<Authority> {
    let mut found: Vec<_> = object.at_least.iter().map(|limit| limit.authority).collect();
    for rule in &object.rules {
        match &rule.then {
            Consequence::Needs(_, authority) | Consequence::Count { authority, .. } => found.push(*authority),
            Consequence::MaySkip(_) => {}
        }
    }
    for field in &object.fields {
        if let Presence::Required(authority) = field.presence {
            found.push(authority);
        }
        let constraints = &field.constraints;
        found.extend([constraints.min_length, constraints.max_length].iter().flatten().map(|limit| limit.authority));
        found.extend([constraints.min, constraints.max].iter().flatten().map(|limit| limit.authority));
        found.extend(constraints.format.map(|limit| limit.authority));
        found.extend(constraints.delimiter.iter().map(|delimiter| delimiter.authority));
        found.extend(constraints.values);
    }
    found
}

/// The constant `SCHEMA`: the table of an object's fields and its rules.
pub(super) fn emit_schema(module: &Module, object: &Object) -> TokenStream {
    let name = &object.name;
    let fields = object.fields.iter().map(|field| emit_field(module, object.role, field));
    let rules: Vec<_> = object.rules.iter().filter_map(|rule| emit_rule(module, rule)).collect();
    let rules = (!rules.is_empty()).then(|| quote!(.rules(&[#(#rules),*])));
    let at_least = object.at_least.map(|limit| {
        let (count, authority) = (Literal::u64_unsuffixed(limit.is), emit_authority(module, limit.authority));
        quote!(.at_least(#count, #authority))
    });
    quote! {
        const SCHEMA: Schema = Schema::new(#name, &[#(#fields),*]) #rules #at_least;
    }
}

fn emit_field(module: &Module, role: Role, field: &Field) -> TokenStream {
    let name = &field.name;
    let location = match (role, field.location) {
        (Role::Answer, _) => quote!(answer),
        (_, Location::Body) => quote!(body),
        (_, Location::Path) => quote!(path),
        (_, Location::Query) => quote!(query),
    };
    let presence = match field.presence {
        Presence::Required(authority) => {
            let authority = emit_authority(module, authority);
            quote!(.required(#authority))
        }
        Presence::Optional => quote!(),
        Presence::Always(_) => quote!(.always()),
        Presence::AnswerOnly => quote!(.answer_only()),
    };
    let also = field.also.filter(|_| role != Role::Request).map(|kind| {
        let kind = emit_kind(kind);
        quote!(.also(#kind))
    });
    let constraints = (role != Role::Answer).then(|| emit_checks(module, &field.constraints));
    let sensitive = field.sensitive.then(|| quote!(.sensitive()));
    let delimiter = field.constraints.delimiter.as_ref().map(|delimiter| {
        let (delimiter, authority) = (&delimiter.text, emit_authority(module, delimiter.authority));
        match role {
            // Answers are split, never validated.
            Role::Answer => quote!(.delimited_by(#delimiter)),
            Role::Request | Role::Part => quote!(.delimiter(#delimiter, #authority)),
        }
    });
    let flatten = field.flatten.then(|| quote!(.flatten()));
    quote!(Field::#location(#name) #presence #constraints #delimiter #flatten #also #sensitive)
}

fn emit_checks(module: &Module, constraints: &Constraints) -> TokenStream {
    let length = |name: &str, limit: Option<crate::model::Constraint<u64>>| {
        limit.map(|limit| {
            let (name, is) = (format_ident!("{name}"), Literal::u64_unsuffixed(limit.is));
            let authority = emit_authority(module, limit.authority);
            quote!(.#name(#is, #authority))
        })
    };
    let range = |name: &str, limit: Option<crate::model::Constraint<i64>>| {
        limit.map(|limit| {
            let (name, digits) = (format_ident!("{name}"), Literal::u64_unsuffixed(limit.is.unsigned_abs()));
            let is = if limit.is < 0 { quote!(-#digits) } else { quote!(#digits) };
            let authority = emit_authority(module, limit.authority);
            quote!(.#name(#is, #authority))
        })
    };
    let min_length = length("min_length", constraints.min_length);
    let max_length = length("max_length", constraints.max_length);
    let min = range("min", constraints.min);
    let max = range("max", constraints.max);
    let format = constraints.format.map(|limit| {
        let (format, authority) = (emit_format(limit.is), emit_authority(module, limit.authority));
        quote!(.format(#format, #authority))
    });
    let values = constraints.values.map(|authority| {
        let authority = emit_authority(module, authority);
        quote!(.values(#authority))
    });
    quote!(#min_length #max_length #min #max #format #values)
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
    let by = emit_authority(module, *authority);
    let when = rule.when.iter().map(|condition| {
        let (field, values) = (&condition.field, &condition.values);
        quote!((#field, &[#(#values),*]))
    });
    Some(quote!(Rule { name: #name, says: #summary, when: &[#(#when),*], then: #then, by: #by }))
}

fn emit_authority(module: &Module, authority: Authority) -> TokenStream {
    let source = ident(&module[authority.source].ident);
    match authority.level {
        Level::Error => quote!(#source.error()),
        Level::Warn => quote!(#source.warning()),
    }
}

fn emit_format(format: Format) -> TokenStream {
    match format {
        Format::Country => quote!(Format::Country),
        Format::E164 => quote!(Format::E164),
        Format::Email => quote!(Format::Email),
        Format::Uuid => quote!(Format::Uuid),
        Format::Url => quote!(Format::Url),
        Format::Date => quote!(Format::Date),
        Format::DateTime => quote!(Format::DateTime),
    }
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
