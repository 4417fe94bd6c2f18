//! Builders. A builder tracks each required field in its type, so that the compiler reports a missing one by name.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{FieldDocs, emit_code, emit_deprecated, emit_own_doc};
use super::example::{example, part_example};
use super::module::ClientModule;
use super::operation::{emit_answer_type, is_paged};
use super::types::{Positional, braces, emit_argument, emit_optional_argument, ident};
use crate::model::{Field, Level, Model, Object, Operation, Presence, Role};
use crate::names;

/// The builder of a request. With a client, it also sends the request.
pub(super) fn emit_request_builder(
    file: ClientModule<'_>,
    request: &Object,
    operation: &Operation,
    docs: &FieldDocs<'_>,
) -> TokenStream {
    let tracked = tracked(file.model, request);
    let has_states = !tracked.is_empty();
    let slot = ident("request");
    let example = example(file, operation);
    let builder = Builder { file, object: request, slot, has_client: true, has_states, tracked, docs, example };
    let (name, product, answer) = (builder.name(), ident(&request.name), emit_answer_type(file.model, operation));
    let states = letters(builder.tracked.len());
    let builder = builder.emit();
    let paged = (!has_states && is_paged(file.model, request, operation)).then(|| quote!(paged!(#name, #product);));
    let deferrable = operation.deferral.is_some().then(|| quote!(deferrable!(#name, #product #(, #states)*);));
    let calls = quote! {
        request_builder!(#name, #product, #answer #(, #states)*);
        #deferrable
        #paged
    };
    TokenStream::from_iter([builder, calls])
}

/// The builder of a part of requests.
pub(super) fn emit_part_builder(file: ClientModule<'_>, part: &Object, docs: &FieldDocs<'_>) -> TokenStream {
    let slot = ident("value");
    let tracked = tracked(file.model, part);
    let (has_states, example) = (!tracked.is_empty(), part_example(file.model, part));
    let builder = Builder { file, object: part, slot, has_client: false, has_states, tracked, docs, example };
    let (name, product, states) = (builder.name(), ident(&part.name), letters(builder.tracked.len()));
    let builder = builder.emit();
    TokenStream::from_iter([builder, quote!(part_builder!(#name, #product #(, #states)*);)])
}

/// The required fields, which the type of the builder tracks.
fn tracked<'m>(model: &Model, object: &'m Object) -> Vec<&'m Field> {
    let positional = Positional::of(model, object);
    let insists =
        |field: &&Field| matches!(&field.presence, Presence::Required(authority) if authority.level == Level::Error);
    object.fields.iter().filter(insists).filter(|field| !positional.contains(field)).collect()
}

/// A builder of a request or of a part.
struct Builder<'m> {
    file: ClientModule<'m>,
    object: &'m Object,
    /// The field of the builder that holds the object.
    slot: Ident,
    /// Whether it has a client, in its first type parameter.
    has_client: bool,
    /// Whether it has states, in its last type parameter: a tuple with one for each field that must be set.
    has_states: bool,
    tracked: Vec<&'m Field>,
    docs: &'m FieldDocs<'m>,
    /// The lines of code that its page starts with.
    example: Vec<String>,
}

impl Builder<'_> {
    fn name(&self) -> Ident {
        ident(&format!("{}Builder", self.object.name))
    }

    fn unset(&self) -> Ident {
        ident(&format!("{}Unset", self.object.name))
    }

    /// `C,` for a builder with a client.
    fn client(&self) -> TokenStream {
        if self.has_client { quote!(C,) } else { quote!() }
    }

    /// The struct and its setters. A macro adds the rest.
    fn emit(&self) -> TokenStream {
        let declaration = self.emit_struct();
        let (name, client) = (self.name(), self.client());
        let letters = letters(self.tracked.len());
        let tracked = braces((0..self.tracked.len()).map(|index| self.emit_tracked_setter(index, &letters)));
        let tracked_impl = (!self.tracked.is_empty())
            .then(|| quote!(impl<#client #(#letters),*> #name<#client (#(#letters,)*)> #tracked));
        let states = self.has_states.then(|| quote!(S));
        let plain = braces(self.emit_plain_setters().chain(self.emit_clearing_setters()));
        let plain_impl =
            (!plain.stream().is_empty()).then(|| quote!(impl<#client #states> #name<#client #states> #plain));
        [Some(declaration), tracked_impl, plain_impl].into_iter().flatten().collect()
    }

    /// The struct, and the type of its initial state.
    fn emit_struct(&self) -> TokenStream {
        let (name, product, slot) = (self.name(), ident(&self.object.name), &self.slot);
        let (doc, must_use) = if self.has_client {
            (
                format!("Builds [`{product}`] values. A builder returned by a client can also send the request."),
                "a builder sends nothing by itself: add `.send().await`, `.wait()` or `.build()`",
            )
        } else {
            (format!("Builds [`{product}`] values."), "a builder does nothing until `build` is called")
        };
        let (doc, example) = (emit_own_doc(&doc), emit_code(&self.example));
        let gap = (!self.example.is_empty()).then(|| quote!(#[doc = ""]));
        let client = self.has_client.then(|| (quote!(C = (),), quote!(client: C,)));
        let (client_parameter, client_field) = client.unzip();
        let unset = self.unset();
        let states = self.has_states.then(|| (quote!(S = #unset), quote!(state: PhantomData<S>,)));
        let (states_parameter, states_field) = states.unzip();
        let unset_type = self.has_states.then(|| {
            let doc = emit_own_doc(&format!("The state of a new [`{name}`]: no required field is set."));
            let fields = self.tracked.iter().map(|field| ident(&field.ident));
            quote!(#doc type #unset = (#(Unset<field::#fields>,)*);)
        });
        quote! {
            #doc
            #gap
            #example
            #[derive(Clone)]
            #[must_use = #must_use]
            pub struct #name<#client_parameter #states_parameter> {
                #client_field
                #slot: #product,
                #states_field
            }
            #unset_type
        }
    }

    /// A setter of a required field, which also changes the state of the field.
    fn emit_tracked_setter(&self, index: usize, letters: &[Ident]) -> TokenStream {
        let (builder, client, slot) = (self.name(), self.client(), &self.slot);
        let field = self.tracked[index];
        let after =
            letters.iter().enumerate().map(|(at, letter)| if at == index { quote!(Set) } else { quote!(#letter) });
        let (argument, value) = emit_argument(self.file.model, field);
        let (name, attributes) = (ident(&field.ident), self.emit_setter_attributes(field));
        quote! {
            #attributes
            pub fn #name(mut self, #name: #argument) -> #builder<#client (#(#after,)*)> {
                self.#slot.#name = Some(#value);
                self.into_state()
            }
        }
    }

    fn emit_plain_setters(&self) -> impl Iterator<Item = TokenStream> {
        let slot = &self.slot;
        self.settable().map(move |field| {
            let (argument, value) = emit_optional_argument(self.file.model, field);
            let (name, attributes) = (ident(&field.ident), self.emit_setter_attributes(field));
            quote! {
                #attributes
                pub fn #name(mut self, #name: #argument) -> Self {
                    self.#slot.#name = #value;
                    self
                }
            }
        })
    }

    fn emit_clearing_setters(&self) -> impl Iterator<Item = TokenStream> {
        let slot = &self.slot;
        self.settable().filter(|field| field.clears).map(move |field| {
            let (name, method) = (ident(&field.ident), ident(&names::clearing(&field.ident)));
            let doc = emit_own_doc(&format!("Clears `{}`: sends `null`.", field.name));
            quote! {
                #doc
                pub fn #method(mut self) -> Self {
                    self.#slot.#name = Change::Clear;
                    self
                }
            }
        })
    }

    /// A setter has the same documentation as its field.
    fn emit_setter_attributes(&self, field: &Field) -> TokenStream {
        let doc = self.docs.get(field.ident.as_str());
        let deprecated = emit_deprecated(field.deprecated.as_deref());
        quote!(#doc #deprecated)
    }

    /// The fields whose setters keep the state.
    fn settable(&self) -> impl Iterator<Item = &Field> {
        let positional = Positional::of(self.file.model, self.object);
        self.object.fields.iter().filter(move |field| {
            field.presence != Presence::AnswerOnly
                && !self.tracked.iter().any(|tracked| tracked.name == field.name)
                && !positional.contains(field)
        })
    }
}

/// Names of type parameters: A, B, D and so on, without C, which is the client, and without S and T.
fn letters(count: usize) -> Vec<Ident> {
    let alphabet: Vec<char> = ('A'..='Z').filter(|letter| !matches!(letter, 'C' | 'S' | 'T')).collect();
    let name = |index: usize| match (alphabet[index % alphabet.len()], index / alphabet.len()) {
        (letter, 0) => format_ident!("{letter}"),
        (letter, round) => format_ident!("{letter}{round}"),
    };
    (0..count).map(name).collect()
}

/// The module of markers: one for each distinct name of a required field.
pub(super) fn emit_markers(file: ClientModule<'_>) -> TokenStream {
    let objects = file.objects().filter(|object| object.role != Role::Answer);
    let names: BTreeSet<_> =
        objects.flat_map(|object| tracked(file.model, object)).map(|field| field.ident.as_str()).collect();
    if names.is_empty() {
        return quote!();
    }
    let markers = names.into_iter().map(|name| {
        let doc = emit_own_doc(&format!("`{name}` is not set."));
        let name = ident(name);
        quote! {
            #doc
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
        }
    });
    quote! {
        #[doc = " Markers for required fields. If one is not set, the compiler error names it."]
        #[doc(hidden)]
        #[expect(non_camel_case_types, reason = "the compiler shows the name of the field")]
        pub mod field {
            #(#markers)*
        }
    }
}
