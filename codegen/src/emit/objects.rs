//! Structs with fields: what the parts of requests and the answers share with requests.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::File;
use super::builder;
use super::docs::emit_doc;
use super::schema::emit_schema;
use super::types::{emit_field_type, ident};
use crate::model::{Constraint, Contradiction, Field, Level, Module, Object, Presence, Role, Type, ValueKind};

/// Part of requests, and perhaps of answers.
pub(super) fn emit_part(file: File<'_>, part: &Object) -> TokenStream {
    let name = ident(&part.name);
    let builder_name = ident(&format!("{}Builder", part.name));
    let declaration = emit_struct(file, part, std::slice::from_ref(&part.summary));
    let implementation = emit_object(file.module, part);
    let builder = builder::emit_part_builder(file.model, part);
    quote! {
        #declaration

        impl #name {
            #[doc = " Starts one, with no field set."]
            pub fn builder() -> #builder_name {
                #builder_name { value: Self::empty(), state: PhantomData }
            }
        }

        #implementation
        object!(#name);
        #builder
    }
}

/// What stands in answers only.
pub(super) fn emit_answer(file: File<'_>, answer: &Object) -> TokenStream {
    let name = ident(&answer.name);
    let declaration = emit_struct(file, answer, std::slice::from_ref(&answer.summary));
    let implementation = emit_object(file.module, answer);
    quote! {
        #declaration
        #implementation
        object!(#name);
    }
}

/// The struct itself.
pub(super) fn emit_struct(file: File<'_>, object: &Object, paragraphs: &[String]) -> TokenStream {
    let name = ident(&object.name);
    let doc = emit_doc(paragraphs);
    let fields = object.fields.iter().map(|field| {
        let doc = emit_doc(&field_paragraphs(file.module, object.role, field));
        let (name, ty) = (ident(&field.ident), emit_field_type(file.model, field));
        quote!(#doc pub #name: #ty)
    });
    quote! {
        #doc
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// `impl Object`: the table of fields, and one line a field to make, visit and find them.
pub(super) fn emit_object(module: &Module, object: &Object) -> TokenStream {
    let name = ident(&object.name);
    let schema = emit_schema(module, object);
    let names: Vec<_> = object.fields.iter().map(|field| ident(&field.ident)).collect();
    let positions = (0..names.len()).map(Literal::usize_unsuffixed);
    let empties = object.fields.iter().map(|field| match field.presence {
        Presence::Always(_) => quote!(Value::empty()),
        Presence::Required(_) | Presence::Optional | Presence::AnswerOnly => quote!(None),
    });
    let visit = if names.is_empty() { quote!(_visit) } else { quote!(visit) };
    let slot = if names.is_empty() {
        quote! {
            fn slot(&mut self, _index: usize) -> Option<&mut dyn Value> {
                None
            }
        }
    } else {
        quote! {
            fn slot(&mut self, index: usize) -> Option<&mut dyn Value> {
                match index {
                    #(#positions => Some(&mut self.#names),)*
                    _ => None,
                }
            }
        }
    };
    quote! {
        impl Object for #name {
            #schema

            fn empty() -> Self {
                Self { #(#names: #empties),* }
            }

            fn each<'a>(&'a self, #visit: &mut dyn FnMut(&'a dyn Value)) {
                #(visit(&self.#names);)*
            }

            #slot
        }
    }
}

/// What a field says: its summary, whether it is there, its limits and what was decided about it.
fn field_paragraphs(module: &Module, role: Role, field: &Field) -> Vec<String> {
    let mut summary = field.summary.clone();
    match field.presence {
        Presence::Required(authority) if authority.level == Level::Error => summary.push_str(" Required."),
        Presence::Required(_) => summary.push_str(" Expected; its absence is a warning."),
        Presence::AnswerOnly => summary.push_str(" In answers only; never sent."),
        Presence::Optional | Presence::Always(_) => {}
    }
    let mut paragraphs = vec![summary];
    paragraphs.extend(field.deprecated.as_ref().map(|reason| format!("Deprecated: {reason}")));
    if role != Role::Answer {
        paragraphs.extend(limits(module, field).into_iter().map(|limit| format!("- {limit}")));
    }
    paragraphs.extend(notes(&field.contradictions));
    if let (Role::Answer, Some(kind)) = (role, field.also) {
        let instead = kind_in_words(kind);
        let what = if is_read(&field.ty, kind) { "which is read as well" } else { "and this is `None` then" };
        paragraphs.push(format!("Some answers give {instead} instead, {what}."));
    }
    paragraphs
}

/// Whether a value of the second kind says the same as one of the first.
fn is_read(ty: &Type, also: ValueKind) -> bool {
    match ty {
        Type::Text | Type::Decimal | Type::Timestamp | Type::Enum(_) => also == ValueKind::Number,
        Type::Integer | Type::Number => also == ValueKind::Text,
        Type::Boolean | Type::Any | Type::File | Type::Object(_) | Type::List(_) | Type::Map(_) => false,
    }
}

/// What a caller must know where sources differ. Decisions are for reviewers of the spec.
pub(super) fn notes(contradictions: &[Contradiction]) -> impl Iterator<Item = String> {
    contradictions.iter().filter_map(|contradiction| Some(format!("- {}", contradiction.note.as_ref()?)))
}

fn limits(module: &Module, field: &Field) -> Vec<String> {
    let constraints = &field.constraints;
    let mut limits = Vec::new();
    let characters = |count: u64| if count == 1 { "1 character".to_owned() } else { format!("{count} characters") };
    limits
        .extend(constraints.min_length.map(|limit| said(module, limit, format!("At least {}", characters(limit.is)))));
    limits.extend(constraints.max_length.map(|limit| said(module, limit, format!("At most {}", characters(limit.is)))));
    limits.extend(constraints.min.map(|limit| said(module, limit, format!("At least {}", limit.is))));
    limits.extend(constraints.max.map(|limit| said(module, limit, format!("At most {}", limit.is))));
    limits.extend(constraints.format.map(|limit| said(module, limit, format_in_words(limit.is).to_owned())));
    if let Some(authority) = constraints.values {
        let listed = Constraint { is: (), authority };
        limits.push(said(module, listed, "One of the listed values".to_owned()));
    }
    if let Some(delimiter) = &constraints.delimiter {
        let travels = if matches!(field.ty, Type::Map(_)) { "`key=value` entries" } else { "The items" };
        let sentence = format!("{travels} travel as one text, with {:?} between them", delimiter.text);
        limits.push(said(module, Constraint { is: (), authority: delimiter.authority }, sentence));
    }
    limits
}

/// A limit with how a violation counts and who states it.
fn said<T>(module: &Module, limit: Constraint<T>, text: String) -> String {
    let source = &module[limit.authority.source].name;
    match limit.authority.level {
        Level::Error => format!("{text} (source: {source})."),
        Level::Warn => format!("{text}; otherwise a warning (source: {source})."),
    }
}

fn format_in_words(format: crate::model::Format) -> &'static str {
    use crate::model::Format;
    match format {
        Format::Country => "Two capital letters",
        Format::E164 => "A plus sign and 7 to 15 digits (E.164)",
        Format::Email => "An e-mail address",
        Format::Uuid => "A UUID",
        Format::Url => "An address that starts with `https://` or `http://`",
        Format::Date => "A date, as in `2026-01-31`",
        Format::DateTime => "A date and a time, as in `2026-01-31 23:59:59`",
    }
}

fn kind_in_words(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "a text",
        ValueKind::Number => "a number",
        ValueKind::Boolean => "a truth value",
        ValueKind::List => "a list",
        ValueKind::Object => "an object",
    }
}
