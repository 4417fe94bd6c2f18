//! The Rust types of fields, and the arguments of setters.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::quote;

use crate::model::{Field, Location, Model, Object, Owner, Parent, Presence, Type};

pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Tokens in braces. `quote!` copies each token of a stream that it inserts, but not those of a group.
pub(super) fn braces(tokens: impl Iterator<Item = TokenStream>) -> Group {
    Group::new(Delimiter::Brace, tokens.collect())
}

/// The type of a value.
pub(super) fn emit_type(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::Text => quote!(String),
        Type::Integer => quote!(i64),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Timestamp => quote!(Timestamp),
        Type::Moment => quote!(Moment),
        Type::Decimal => quote!(Decimal),
        Type::Any => quote!(serde_json::Value),
        Type::File => quote!(File),
        Type::Enum(id) => {
            let name = ident(&model[*id].name);
            quote!(#name)
        }
        Type::Choice(id) => {
            let name = ident(&model[*id].name);
            quote!(#name)
        }
        Type::Object(id) => {
            let name = ident(&model[*id].name);
            quote!(#name)
        }
        Type::List(items) => {
            let items = emit_type(model, items);
            quote!(Vec<#items>)
        }
        Type::Map(items) => {
            let items = emit_type(model, items);
            quote!(BTreeMap<String, #items>)
        }
    }
}

/// The type of a struct's field.
pub(super) fn emit_field_type(model: &Model, field: &Field) -> TokenStream {
    let ty = emit_type(model, &field.ty);
    match field.presence {
        Presence::Always(_) => ty,
        _ if field.clears => quote!(Change<#ty>),
        Presence::Required(_) | Presence::Optional | Presence::AnswerOnly => quote!(Option<#ty>),
    }
}

/// The type of the argument of an optional field's setter, and its conversion to the field.
pub(super) fn emit_optional_argument(model: &Model, field: &Field) -> (TokenStream, TokenStream) {
    let (name, ty) = (ident(&field.ident), emit_type(model, &field.ty));
    let change = field.clears.then(|| quote!(.into()));
    (quote!(impl IntoOptional<#ty>), quote!(#name.into_optional()#change))
}

/// The type of the argument of a required field's setter, and its conversion to the field's type.
pub(super) fn emit_argument(model: &Model, field: &Field) -> (TokenStream, TokenStream) {
    let (name, ty) = (ident(&field.ident), emit_type(model, &field.ty));
    (quote!(impl IntoValue<#ty>), quote!(#name.into_value()))
}

/// The path parameters of a request that are arguments and no setters.
pub(super) struct Positional<'m> {
    /// The ids of the objects that contain the resource, outermost first. The handle has them.
    pub(super) outer: Vec<&'m Field>,
    /// The only other parameter, which the operation's method takes.
    pub(super) own: Option<&'m Field>,
}

impl<'m> Positional<'m> {
    pub(super) fn of(model: &Model, object: &'m Object) -> Self {
        let path = object.fields.iter().filter(|field| field.location == Location::Path);
        let parents = match object.owner {
            Owner::Resource(id) => model.parents(&model[id]),
            Owner::Shared => Vec::new(),
        };
        let is_outer = |field: &&Field| parents.iter().any(|parent| parent.key == field.name);
        let by_name = |parent: &&Parent| path.clone().find(|field| field.name == parent.key);
        let mut own = path.clone().filter(|field| !is_outer(field));
        let first = own.next();
        let own = first.filter(|_| own.next().is_none());
        Self { outer: parents.iter().copied().filter_map(|parent| by_name(&parent)).collect(), own }
    }

    /// All of them, in the order of the arguments.
    pub(super) fn all(&self) -> impl Iterator<Item = &'m Field> {
        self.outer.iter().copied().chain(self.own)
    }

    pub(super) fn contains(&self, field: &Field) -> bool {
        self.all().any(|positional| positional.name == field.name)
    }
}
