//! The `use` lines of a module: what it uses, and nothing else.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::File;
use super::builder::stated;
use super::requests::is_paged;
use super::schema::used_sources;
use super::types::ident;
use crate::model::{Consequence, Field, Model, Object, Operation, Owner, Resource, Role, Shape, Type};

pub(super) fn emit_imports(file: File<'_>, resource: Option<&Resource>) -> TokenStream {
    let objects: Vec<_> = file.objects().collect();
    let fields: Vec<_> = objects.iter().flat_map(|object| &object.fields).collect();
    let requests: Vec<_> = file.objects_of(Role::Request).collect();
    let std = std_imports(&objects, &fields);
    let own: Vec<_> = own_imports(file, resource, &requests, &fields).into_iter().map(ident).collect();
    let operations = resource.map_or(&[][..], |resource| &resource.operations);
    let mut runtime = runtime_imports(file, operations, &objects, &requests);
    for name in ["Caller", "blocking"] {
        insert_if(&mut runtime, resource.is_some(), name);
    }
    let macros: Vec<_> = runtime.iter().filter(|name| ["blocking", "object", "open_enum", "paged", "pending"].contains(*name)).map(|name| ident(name)).collect();
    let schema: Vec<_> = runtime
        .iter()
        .filter(|name| !["blocking", "object", "open_enum", "paged", "pending", "Caller", "Request"].contains(*name))
        .map(|name| ident(name))
        .collect();
    let mut own = own;
    own.extend(["Caller", "Request"].iter().filter(|name| runtime.contains(*name)).map(|name| ident(name)));
    let own = (!own.is_empty()).then(|| quote!(use crate::{#(#own),*};));
    let shared = shared_imports(file, &fields);
    let schema = (!schema.is_empty()).then(|| quote!(use crate::schema::{#(#schema),*};));
    let macros = (!macros.is_empty()).then(|| quote!(use crate::macros::{#(#macros),*};));
    let api = (!operations.is_empty()).then(|| quote!(use crate::resources::API;));
    let validate = (!requests.is_empty()).then(|| quote!(use crate::validate::validate;));
    quote! {
        #std
        #macros
        #api
        #schema
        #validate
        #shared
        #own
    }
}

/// The shared types that fields of a resource are of.
fn shared_imports(file: File<'_>, fields: &[&Field]) -> Option<TokenStream> {
    let module = file.model.shared.as_ref().filter(|_| file.owner != Owner::Shared)?;
    let mut names = BTreeSet::new();
    for field in fields {
        names.extend(shared_name(file.model, &field.ty));
    }
    let (module, names) = (ident(&module.ident), names.into_iter().map(ident).collect::<Vec<_>>());
    (!names.is_empty()).then(|| {
        quote!(
            use crate::#module::{#(#names),*};
        )
    })
}

fn shared_name<'m>(model: &'m Model, ty: &Type) -> Option<&'m str> {
    let (name, owner) = match ty {
        Type::Enum(id) => (&model[*id].name, model[*id].owner),
        Type::Object(id) => (&model[*id].name, model[*id].owner),
        Type::List(items) | Type::Map(items) => return shared_name(model, items),
        Type::Text
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Timestamp
        | Type::Decimal
        | Type::Any
        | Type::File => return None,
    };
    (owner == Owner::Shared).then_some(name.as_str())
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

fn own_imports(
    file: File<'_>,
    resource: Option<&Resource>,
    requests: &[&Object],
    fields: &[&Field],
) -> BTreeSet<&'static str> {
    let operations = resource.map_or(&[][..], |resource| &resource.operations);
    let mut names = BTreeSet::new();
    let lists = operations.iter().any(|operation| matches!(operation.answer.shape, Shape::List { .. }));
    let answers: Vec<_> = operations.iter().map(|operation| &operation.answer.ty).collect();
    let types = || fields.iter().map(|field| &field.ty).chain(answers.iter().copied());
    let has = |wanted: &Type| types().any(|ty| mentions(ty, &|ty| ty == wanted));
    insert_if(&mut names, resource.is_some(), "Client");
    insert_if(&mut names, resource.is_some(), "Report");
    insert_if(&mut names, !requests.is_empty(), "Pending");
    insert_if(&mut names, lists, "Page");
    insert_if(&mut names, has(&Type::Timestamp), "Timestamp");
    insert_if(&mut names, has(&Type::Decimal), "Decimal");
    insert_if(&mut names, has(&Type::File), "File");
    insert_if(&mut names, file.enums().next().is_some(), "Unlisted");
    names
}

fn runtime_imports(
    file: File<'_>,
    operations: &[Operation],
    objects: &[&Object],
    requests: &[&Object],
) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    for name in ["Object", "Schema", "Value", "object"] {
        insert_if(&mut names, !objects.is_empty(), name);
    }
    for name in ["BodyEncoding", "EmptyText", "Method", "Operation", "Request", "Retry", "ResponseShape"] {
        insert_if(&mut names, !requests.is_empty(), name);
    }
    let fields = || objects.iter().flat_map(|object| object.fields.iter().map(|field| (object.role, field)));
    let states = objects.iter().any(|object| has_states(object));
    let rules =
        objects.iter().flat_map(|object| &object.rules).any(|rule| !matches!(rule.then, Consequence::MaySkip(_)));
    let enums = file.enums().next().is_some();
    insert_if(&mut names, !used_sources(file).is_empty(), "Source");
    insert_if(&mut names, fields().next().is_some(), "Field");
    insert_if(
        &mut names,
        fields().any(|(role, field)| role != Role::Answer && field.checks.format.is_some()),
        "Format",
    );
    insert_if(&mut names, fields().any(|(role, field)| role != Role::Request && field.also.is_some()), "ValueKind");
    insert_if(&mut names, rules, "Rule");
    insert_if(&mut names, rules, "Consequence");
    insert_if(&mut names, enums, "OpenEnum");
    insert_if(&mut names, enums, "open_enum");
    insert_if(&mut names, requests.iter().any(|object| !has_states(object)), "pending");
    let paged = |operation: &Operation| {
        let object = &file.model[operation.request];
        !has_states(object) && is_paged(file.model, object, operation)
    };
    insert_if(&mut names, operations.iter().any(paged), "paged");
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
