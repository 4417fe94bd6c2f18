//! Builders. Those of objects with required fields carry one state for each of them, so that a
//! missing field is an error of the compiler that names it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::File;
use super::docs::{emit_deprecated, emit_doc, emit_own_doc};
use super::types::{emit_argument, ident};
use crate::model::{Field, Level, Location, Model, Object, Presence, Role};

/// The fields that the compiler insists on.
pub(super) fn stated(object: &Object) -> Vec<&Field> {
    let positional = positional(object).map(|field| &field.name);
    let insists =
        |field: &&Field| matches!(field.presence, Presence::Required(authority) if authority.level == Level::Error);
    object.fields.iter().filter(insists).filter(|field| Some(&field.name) != positional).collect()
}

/// The only path id of a request, which its method takes as an argument.
pub(super) fn positional(object: &Object) -> Option<&Field> {
    let mut path = object.fields.iter().filter(|field| field.location == Location::Path);
    let first = path.next()?;
    path.next().is_none().then_some(first)
}

fn settable(object: &Object) -> impl Iterator<Item = &Field> {
    let stated: Vec<_> = stated(object).into_iter().map(|field| field.name.clone()).collect();
    let positional = positional(object).map(|field| field.name.clone());
    object.fields.iter().filter(move |field| {
        field.presence != Presence::AnswerOnly
            && !stated.contains(&field.name)
            && positional.as_ref() != Some(&field.name)
    })
}

/// Names of type parameters: A, B, D, .. without C, which is the client, and without S and T.
fn letters(count: usize) -> Vec<Ident> {
    let alphabet: Vec<char> = ('A'..='Z').filter(|letter| !matches!(letter, 'C' | 'S' | 'T')).collect();
    let name = |index: usize| match (alphabet[index % alphabet.len()], index / alphabet.len()) {
        (letter, 0) => format_ident!("{letter}"),
        (letter, round) => format_ident!("{letter}{round}"),
    };
    (0..count).map(name).collect()
}

pub(super) struct Builder<'m> {
    model: &'m Model,
    object: &'m Object,
    name: Ident,
    product: Ident,
    stated: Vec<&'m Field>,
    letters: Vec<Ident>,
}

impl<'m> Builder<'m> {
    pub(super) fn new(model: &'m Model, object: &'m Object) -> Self {
        let stated = stated(object);
        let letters = letters(stated.len());
        Self {
            model,
            object,
            name: ident(&format!("{}Builder", object.name)),
            product: ident(&object.name),
            stated,
            letters,
        }
    }

    /// The type parameters of the states.
    pub(super) fn letters(&self) -> Vec<Ident> {
        self.letters.clone()
    }

    /// The name of the tuple in which no field is set, and its declaration.
    pub(super) fn emit_unset(&self) -> (Ident, TokenStream) {
        let name = format_ident!("{}Unset", self.product);
        let names = self.stated.iter().map(|field| ident(&field.ident));
        let doc = emit_own_doc(&format!("The states of a new [`{}`].", self.name));
        (name.clone(), quote!(#doc type #name = (#(Unset<field::#names>,)*);))
    }

    /// The tuple of type parameters.
    pub(super) fn states(&self) -> TokenStream {
        let letters = &self.letters;
        quote!((#(#letters,)*))
    }

    pub(super) fn bounds(&self) -> TokenStream {
        let letters = &self.letters;
        if letters.is_empty() { quote!() } else { quote!(where #(#letters: IsSet),*) }
    }

    /// A setter of a required field: it also turns its state.
    fn stated_setter(&self, index: usize, client: &TokenStream, part: &Ident) -> TokenStream {
        let (builder, field) = (&self.name, self.stated[index]);
        let after =
            self.letters.iter().enumerate().map(|(at, letter)| if at == index { quote!(Set) } else { quote!(#letter) });
        let (argument, value) = emit_argument(self.model, field);
        let name = ident(&field.ident);
        let doc = emit_doc(&[format!("{} Required.", field.summary)]);
        let deprecated = emit_deprecated(field.deprecated.as_deref());
        quote! {
            #doc
            #deprecated
            pub fn #name(mut self, #name: #argument) -> #builder<#client (#(#after,)*)> {
                self.#part.#name = Some(#value);
                self.into_state()
            }
        }
    }

    pub(super) fn stated_setters(&self, client: &TokenStream, part: &Ident) -> TokenStream {
        let setters = (0..self.stated.len()).map(|index| self.stated_setter(index, client, part));
        quote!(#(#setters)*)
    }

    pub(super) fn plain_setters(&self, part: &Ident) -> TokenStream {
        let setters = settable(self.object).map(|field| {
            let (argument, value) = emit_argument(self.model, field);
            let name = ident(&field.ident);
            let doc = emit_doc(std::slice::from_ref(&field.summary));
            let deprecated = emit_deprecated(field.deprecated.as_deref());
            quote! {
                #doc
                #deprecated
                pub fn #name(mut self, #name: #argument) -> Self {
                    self.#part.#name = Some(#value);
                    self
                }
            }
        });
        quote!(#(#setters)*)
    }

    /// `build`, with the bounds on the method, so that the compiler names the field that is missing.
    pub(super) fn build(&self, part: &Ident) -> TokenStream {
        let (product, bounds) = (&self.product, self.bounds());
        let doc = emit_own_doc(&format!("The finished [`{product}`]."));
        quote! {
            #doc
            pub fn build(self) -> #product #bounds {
                self.#part
            }
        }
    }
}

/// The builder of a part of requests.
pub(super) fn emit_part_builder(model: &Model, part: &Object) -> TokenStream {
    let builder = Builder::new(model, part);
    let (name, product, letters) = (&builder.name, &builder.product, &builder.letters);
    let states = builder.states();
    let slot = ident("value");
    let stated_setters = builder.stated_setters(&quote!(), &slot);
    let build = builder.build(&slot);
    let plain_setters = builder.plain_setters(&slot);
    let doc = emit_own_doc(&format!("Builds [`{product}`]."));
    let (unset_name, unset_type) = builder.emit_unset();
    let into_state = (!builder.stated.is_empty()).then(|| {
        quote! {
            fn into_state<T>(self) -> #name<T> {
                #name { value: self.value, state: PhantomData }
            }
        }
    });
    let plain = (into_state.is_some() || settable(part).next().is_some()).then(|| {
        quote! {
            impl<S> #name<S> {
                #plain_setters
                #into_state
            }
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct #name<S = #unset_name> {
            value: #product,
            state: PhantomData<S>,
        }

        #unset_type

        impl<#(#letters),*> #name<#states> {
            #stated_setters
            #build
        }

        #plain
    }
}

/// The module of markers: one for each distinct name of a required field.
pub(super) fn emit_markers(file: File<'_>) -> TokenStream {
    let objects = file.objects().filter(|object| object.role != Role::Answer);
    let names: BTreeSet<_> = objects.flat_map(stated).map(|field| field.ident.as_str()).collect();
    if names.is_empty() {
        return quote!();
    }
    let markers = names.into_iter().map(|name| {
        let doc = format!(" `{name}` was not set.");
        let name = ident(name);
        quote! {
            #[doc = #doc]
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
        }
    });
    quote! {
        #[doc = " The required fields, as the compiler names one that was not set."]
        #[expect(non_camel_case_types, reason = "the compiler shows the name of the field")]
        pub mod field {
            #(#markers)*
        }
    }
}
