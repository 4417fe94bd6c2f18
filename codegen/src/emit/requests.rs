//! Requests: the parameters of an operation as a value, how it travels, and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::File;
use super::builder::{Builder, positional, stated};
use super::docs::emit_own_doc;
use super::objects::{emit_object, emit_struct, notes};
use super::types::{emit_argument, emit_type, ident};
use crate::model::{
    Body, Consequence, EmptyText, Field, Method, Model, Object, Operation, Place, Retry, Rule, Shape, Type,
};

pub(super) fn emit_request(file: File<'_>, operation: &Operation) -> TokenStream {
    let model = file.model;
    let object = &model[operation.request];
    let name = ident(&object.name);
    let declaration = emit_struct(file, object, &request_paragraphs(object, operation));
    let inherent = emit_inherent(model, object);
    let implementation = emit_object(file.module, object);
    let request = emit_operation(model, object, operation);
    let builder = emit_builder(model, object, operation);
    quote! {
        #declaration
        #inherent
        #implementation
        object!(#name);
        #request
        #builder
    }
}

/// The operation's line, as in `POST /v1/Account/{auth_id}/Profile/`.
pub(super) fn request_line(operation: &Operation) -> String {
    let method = match operation.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Patch => "PATCH",
    };
    let fixed: Vec<_> = operation.fixed.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let query = if fixed.is_empty() { String::new() } else { format!("?{}", fixed.join("&")) };
    format!("`{method} {}{query}`", operation.path.template)
}

fn request_paragraphs(object: &Object, operation: &Operation) -> Vec<String> {
    let mut paragraphs = vec![operation.summary.clone(), request_line(operation)];
    paragraphs.extend(operation.answer.deferred_by.as_ref().map(|field| {
        format!("With `{field}`, the answer only confirms the order, and the result is sent to that address later.")
    }));
    paragraphs.extend(object.rules.iter().map(|rule| format!("- {}", rule_in_words(rule))));
    paragraphs.extend(notes(&operation.contradictions));
    paragraphs
}

fn rule_in_words(rule: &Rule) -> String {
    let code = |words: &[String]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let when = rule.when.iter().map(|condition| format!("`{}` is {}", condition.field, code(&condition.values)));
    let when = when.collect::<Vec<_>>().join(" and ");
    let (verb, fields) = match &rule.then {
        Consequence::Needs(fields, _) => ("needs", fields),
        Consequence::MaySkip(fields) => ("may skip", fields),
        Consequence::Count { of, least: 1, most: 1, .. } => ("gives exactly one of", of),
        Consequence::Count { of, least: 0, .. } => ("gives at most one of", of),
        Consequence::Count { of, .. } => ("gives at least one of", of),
    };
    let when = if when.is_empty() { String::new() } else { format!("where {when}, ") };
    format!("{} Rule `{}`: {when}the request {verb} {}.", rule.summary, rule.name, code(fields))
}

fn emit_inherent(model: &Model, object: &Object) -> TokenStream {
    let (name, builder) = (ident(&object.name), ident(&format!("{}Builder", object.name)));
    let (parameter, start) = emit_start(model, object, &quote!(()));
    quote! {
        impl #name {
            #[doc = " Starts a request that is sent later, with [`Client::send`]."]
            pub fn builder(#parameter) -> #builder {
                #start
            }

            #[doc = " Everything that is wrong with this request, and everything that is suspicious about it."]
            pub fn validate(&self) -> Report {
                validate(self, Self::OPERATION)
            }
        }
    }
}

/// The positional parameter, if there is one, and the builder that it starts.
pub(super) fn emit_start(model: &Model, object: &Object, client: &TokenStream) -> (Option<TokenStream>, TokenStream) {
    let (name, builder) = (ident(&object.name), ident(&format!("{}Builder", object.name)));
    let Some(field) = positional(object) else {
        return (None, quote!(#builder::new(#client, #name::empty())));
    };
    let (argument, value) = emit_argument(model, field);
    let id = ident(&field.ident);
    let rest = (object.fields.len() > 1).then(|| quote!(, ..#name::empty()));
    let start = quote!(#builder::new(#client, #name { #id: Some(#value) #rest }));
    (Some(quote!(#id: #argument)), start)
}

/// `impl Request`: the operation as data.
fn emit_operation(model: &Model, object: &Object, operation: &Operation) -> TokenStream {
    let name = ident(&object.name);
    let answer = emit_answer_type(model, operation);
    let (id, path) = (&operation.id, &operation.path.template);
    let host = &model[operation.host].url;
    let fixed = operation.fixed.iter().map(|(name, value)| quote!((#name, #value)));
    let method = match operation.method {
        Method::Get => quote!(Get),
        Method::Post => quote!(Post),
        Method::Delete => quote!(Delete),
        Method::Patch => quote!(Patch),
    };
    let body = match &operation.body {
        Body::None => quote!(None),
        Body::Json => quote!(Json),
        Body::Multipart { data: Some(data) } => quote!(Multipart { data: Some(#data) }),
        Body::Multipart { data: None } => quote!(Multipart { data: None }),
    };
    let deferred_by = match &operation.answer.deferred_by {
        Some(field) => quote!(Some(#field)),
        None => quote!(None),
    };
    let empty_text = match operation.empty_text {
        EmptyText::LeftOut => quote!(LeftOut),
        EmptyText::Sent => quote!(Sent),
    };
    let retry = match operation.retry {
        Retry::Safe => quote!(Safe),
        Retry::IfNotSent => quote!(IfNotSent),
        Retry::Never => quote!(Never),
    };
    let shape = match &operation.answer.shape {
        Shape::Bare => quote!(Bare),
        Shape::Under(key) => quote!(Under(#key)),
        Shape::List { key, total: Some(total), .. } => quote!(List { key: #key, total: Some(#total) }),
        Shape::List { key, total: None, .. } => quote!(List { key: #key, total: None }),
    };
    quote! {
        impl Request for #name {
            type Answer = #answer;
            const OPERATION: &'static Operation = &Operation {
                id: #id,
                api: &API,
                method: Method::#method,
                host: #host,
                path: #path,
                fixed: &[#(#fixed),*],
                body: BodyEncoding::#body,
                empty_text: EmptyText::#empty_text,
                retry: Retry::#retry,
                answer: ResponseShape::#shape,
                deferred_by: #deferred_by,
            };
        }
    }
}

/// What the operation gives.
fn emit_answer_type(model: &Model, operation: &Operation) -> TokenStream {
    let answer = emit_type(model, &operation.answer.ty);
    match operation.answer.shape {
        Shape::Bare | Shape::Under(_) => quote!(#answer),
        Shape::List { .. } => quote!(Page<#answer>),
    }
}

/// Whether the pages of a list can be asked for one after the other.
pub(super) fn is_paged(model: &Model, object: &Object, operation: &Operation) -> bool {
    let offset = &model.pages.offset;
    let is_offset = |field: &Field| field.name == *offset && field.place == Place::Query && field.ty == Type::Integer;
    matches!(operation.answer.shape, Shape::List { .. }) && object.fields.iter().any(is_offset)
}

fn emit_builder(model: &Model, object: &Object, operation: &Operation) -> TokenStream {
    let builder = Builder::new(model, object);
    let (name, product) = (ident(&format!("{}Builder", object.name)), ident(&object.name));
    let answer = emit_answer_type(model, operation);
    let slot = ident("request");
    let (build, plain_setters) = (builder.build(&slot), builder.plain_setters(&slot));
    let doc = emit_own_doc(&format!("Builds [`{product}`]; with a client, also sends it."));
    if stated(object).is_empty() {
        let paged = is_paged(model, object, operation).then(|| quote!(paged!(#name, #product);));
        return quote! {
            #doc
            #[derive(Clone, Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #name<C = ()> {
                client: C,
                request: #product,
            }

            impl<C> #name<C> {
                #plain_setters
                #build

                fn new(client: C, request: #product) -> Self {
                    Self { client, request }
                }
            }

            impl<C: Caller> #name<C> {
                #[doc = " Sends it, as soon as what this gives is awaited."]
                pub fn send(self) -> Pending<#answer, C::Runtime> {
                    Pending::new(&self.client, self.request)
                }
            }

            pending!(#name, #product);
            #paged
        };
    }
    let letters: Vec<_> = builder.letters();
    let (states, bounds) = (builder.states(), builder.bounds());
    let (unset_name, unset_type) = builder.emit_unset();
    let stated_setters = builder.stated_setters(&quote!(C,), &slot);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name<C = (), S = #unset_name> {
            client: C,
            request: #product,
            state: PhantomData<S>,
        }

        #unset_type

        impl<C, #(#letters),*> #name<C, #states> {
            #stated_setters
            #build
        }

        impl<C: Caller, #(#letters),*> #name<C, #states> {
            #[doc = " Sends it, as soon as what this gives is awaited."]
            pub fn send(self) -> Pending<#answer, C::Runtime> #bounds {
                Pending::new(&self.client, self.request)
            }
        }

        impl<C, S> #name<C, S> {
            #plain_setters

            fn new(client: C, request: #product) -> Self {
                Self { client, request, state: PhantomData }
            }

            fn into_state<T>(self) -> #name<C, T> {
                #name { client: self.client, request: self.request, state: PhantomData }
            }
        }
    }
}
