//! The `use` lines of a module: what it uses, and nothing else.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::builder::stated;
use super::enums_of;
use super::schema::used_sources;
use super::types::ident;
use crate::model::{Consequence, Field, Model, Object, Resource, Role, Shape, Type};

pub(super) fn emit_imports(model: &Model, resource: &Resource) -> TokenStream {
    let objects: Vec<_> =
        model.objects.iter().filter(|object| super::belongs(model, resource, object.resource.0)).collect();
    let fields: Vec<_> = objects.iter().flat_map(|object| &object.fields).collect();
    let requests: Vec<_> = objects.iter().filter(|object| object.role == Role::Request).copied().collect();
    let std = std_imports(&objects, &fields);
    let own = own_imports(model, resource, &requests, &fields);
    let runtime = runtime_imports(model, resource, &objects, &requests);
    let mut own: Vec<_> = own.into_iter().map(ident).collect();
    own.sort();
    let runtime = runtime.into_iter().map(ident);
    quote! {
        #std
        use crate::runtime::{self, #(#runtime),*};
        use crate::{#(#own),*};
    }
}

fn std_imports(objects: &[&Object], fields: &[&Field]) -> TokenStream {
    let maps = fields.iter().any(|field| mentions(&field.ty, &|ty| matches!(ty, Type::Map(_))));
    let states = objects.iter().any(|object| object.role == Role::Part || has_states(object));
    let map = maps.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let phantom = states.then(|| {
        quote!(
            use std::marker::PhantomData;
        )
    });
    quote!(#map #phantom)
}

fn own_imports(model: &Model, resource: &Resource, requests: &[&Object], fields: &[&Field]) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::from(["Client", "Report"]);
    let lists = resource.operations.iter().any(|operation| matches!(operation.answer.shape, Shape::List { .. }));
    let has = |wanted: &Type| fields.iter().any(|field| mentions(&field.ty, &|ty| ty == wanted));
    insert_if(&mut names, !requests.is_empty(), "Call");
    insert_if(&mut names, lists, "Page");
    insert_if(&mut names, has(&Type::Timestamp), "Timestamp");
    insert_if(&mut names, has(&Type::Decimal), "Decimal");
    insert_if(&mut names, enums_of(model, resource).next().is_some(), "Unlisted");
    names
}

fn runtime_imports(
    model: &Model,
    resource: &Resource,
    objects: &[&Object],
    requests: &[&Object],
) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::from([
        "Body",
        "EmptyText",
        "Method",
        "Object",
        "Operation",
        "Request",
        "Retry",
        "Schema",
        "Shape",
        "Value",
        "object",
    ]);
    let fields = || objects.iter().flat_map(|object| object.fields.iter().map(|field| (object.role, field)));
    let states = objects.iter().any(|object| has_states(object));
    let rules =
        objects.iter().flat_map(|object| &object.rules).any(|rule| !matches!(rule.then, Consequence::MaySkip(_)));
    let enums = enums_of(model, resource).next().is_some();
    insert_if(&mut names, !used_sources(model, resource).is_empty(), "Source");
    insert_if(&mut names, fields().next().is_some(), "Field");
    insert_if(
        &mut names,
        fields().any(|(role, field)| role != Role::Answer && field.checks.format.is_some()),
        "Format",
    );
    insert_if(&mut names, fields().any(|(role, field)| role != Role::Request && field.also.is_some()), "Kind");
    insert_if(&mut names, rules, "Rule");
    insert_if(&mut names, rules, "Then");
    insert_if(&mut names, enums, "OpenEnum");
    insert_if(&mut names, enums, "open_enum");
    insert_if(&mut names, requests.iter().any(|object| !has_states(object)), "pending");
    for name in ["IsSet", "Set", "Unset"] {
        insert_if(&mut names, states, name);
    }
    names
}

fn insert_if(names: &mut BTreeSet<&'static str>, condition: bool, name: &'static str) {
    if condition {
        names.insert(name);
    }
}

fn has_states(object: &Object) -> bool {
    object.role != Role::Answer && !stated(object).is_empty()
}

fn mentions(ty: &Type, wanted: &dyn Fn(&Type) -> bool) -> bool {
    let inside = if let Type::List(items) | Type::Map(items) = ty { mentions(items, wanted) } else { false };
    wanted(ty) || inside
}
