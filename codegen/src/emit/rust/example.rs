//! The example on the page of a builder: a documented request, written in Rust.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;

use super::example_fields::fields_to_set;
use super::layout::statements;
use super::module::ClientModule;
use super::types::{Positional, emit_type, ident};
use crate::interpret::{example_value, first_form};
use crate::model::{ChoiceId, EnumId, Field, Model, Object, ObjectId, Operation, Owner, Resource, Type};
use crate::names;

/// The maximum number of objects that an example fills.
const MAX_PARTS: usize = 50;

/// The lines of the example: the call with the values of the documented request that causes the fewest warnings. An
/// operation without one sets what is required.
pub(super) fn example(file: ClientModule<'_>, operation: &Operation) -> Vec<String> {
    let Some(resource) = file.resource() else { return Vec::new() };
    let mut example = Example::new(file.model);
    let call = example.call(resource, operation);
    let parameters = example.variables.iter().map(|name| format!(", {name}: &str")).collect::<String>();
    let start = format!("# async fn example(client: plivo::Client{parameters}) -> plivo::Result<()> {{");
    example.lines(&start, &quote!(let response = #call.send().await?;), &["# Ok(())", "# }"])
}

/// The example without what documentation hides, for readers.
pub(in crate::emit) fn sample(model: &Model, owner: Owner, operation: &Operation) -> Vec<String> {
    let Some(module) = model.module(owner) else { return Vec::new() };
    let lines = example(ClientModule { model, owner, module }, operation);
    lines.into_iter().filter(|line| !line.starts_with("```") && !line.starts_with("# ")).collect()
}

/// The lines of the example of a part: what is required.
pub(super) fn part_example(model: &Model, part: &Object) -> Vec<String> {
    let mut example = Example::new(model);
    let setters = example.setters(part, &Value::Null, &|_| true);
    if setters.is_empty() {
        return Vec::new();
    }
    let name = example.name(&part.name, part.owner);
    let variable = ident(names::snake(&part.name).as_deref().unwrap_or("part"));
    let parameters = example.variables.iter().map(|name| format!("{name}: &str")).collect::<Vec<_>>().join(", ");
    let start = format!("# fn example({parameters}) {{");
    example.lines(&start, &quote!(let #variable = #name::builder()#setters.build();), &["# }"])
}

struct Example<'m> {
    model: &'m Model,
    /// The types that the example names, by their modules.
    uses: BTreeMap<String, BTreeSet<String>>,
    /// The values for which the spec has no example. They become variables, named as their fields.
    variables: BTreeSet<String>,
    /// The objects around the current value.
    around: Vec<ObjectId>,
    /// How many more objects are filled. Objects that require others of their kind twice would double at each level.
    parts_left: usize,
}

impl<'m> Example<'m> {
    fn new(model: &'m Model) -> Self {
        let (uses, variables) = (BTreeMap::new(), BTreeSet::new());
        Self { model, uses, variables, around: Vec::new(), parts_left: MAX_PARTS }
    }

    /// The example as documentation. The function around it is hidden.
    fn lines(&self, start: &str, statement: &TokenStream, end: &[&str]) -> Vec<String> {
        let uses = statements(&self.emit_uses());
        let gap = (!uses.is_empty()).then(String::new);
        let mut lines = vec!["```no_run".to_owned(), start.to_owned()];
        lines.extend(uses.into_iter().chain(gap).chain(statements(statement)));
        lines.extend(end.iter().copied().chain(["```"]).map(str::to_owned));
        lines
    }

    fn call(&mut self, resource: &Resource, operation: &Operation) -> TokenStream {
        let object = &self.model[operation.request];
        let documented = operation.examples.iter().filter_map(|index| resource.examples.get(*index));
        let documented = documented.min_by_key(|example| example.warns.len());
        let given = documented.map_or(&Value::Null, |example| &example.request);
        let positional = Positional::of(self.model, object);
        let mut handle = quote!(client);
        let model = self.model;
        let mut keys = positional.outer.iter();
        let parents = model.parents(resource).into_iter().map(|parent| &model[parent.resource]);
        for (depth, resource) in parents.chain([resource]).enumerate() {
            let key = if depth > 0 { keys.next() } else { None };
            let argument = key.map(|field| self.value(field, given.get(&field.name), false));
            let name = ident(if depth > 0 { &resource.method } else { &resource.module.ident });
            handle = quote!(#handle.#name(#argument));
        }
        let argument = positional.own.map(|field| self.value(field, given.get(&field.name), false));
        let method = ident(&operation.ident);
        let setters = self.setters(object, given, &|field| !positional.contains(field));
        quote!(#handle.#method(#argument)#setters)
    }

    /// The setters of an object, of the fields that have one.
    fn setters(&mut self, object: &Object, given: &Value, has_setter: &dyn Fn(&Field) -> bool) -> TokenStream {
        let fields = fields_to_set(object, given).into_iter().filter(|field| has_setter(field));
        let setters = fields.map(|field| {
            let (setter, value) = (ident(&field.ident), self.value(field, given.get(&field.name), false));
            quote!(.#setter(#value))
        });
        setters.collect()
    }

    /// The value of a field: the given one, or else the example of the field, or else a stand-in.
    fn value(&mut self, field: &Field, given: Option<&Value>, is_strict: bool) -> TokenStream {
        let own = || field.example.as_ref().map(|text| example_value(&field.ty, text));
        match given.map(|value| first_form(field, value)).or_else(own) {
            Some(value) => self.typed(&field.ty, &value, is_strict),
            None if field.ty == Type::Text && field.ident != "client" => {
                self.variables.insert(field.ident.clone());
                let name = ident(&field.ident);
                quote!(#name)
            }
            None => self.typed(&field.ty, &Value::Null, is_strict),
        }
    }

    /// A value of a type. A strict one has exactly this type; another is what a setter accepts.
    fn typed(&mut self, ty: &Type, value: &Value, is_strict: bool) -> TokenStream {
        match ty {
            Type::Text | Type::Timestamp | Type::Moment | Type::Decimal if is_strict => {
                let text = text(value);
                quote!(#text.to_owned())
            }
            Type::Text | Type::Timestamp | Type::Moment | Type::Decimal => {
                let text = text(value);
                quote!(#text)
            }
            Type::Integer => integer(value, is_strict),
            Type::Number => {
                let number = Literal::f64_unsuffixed(value.as_f64().unwrap_or(1.0));
                quote!(#number)
            }
            Type::Boolean => {
                let is_true = value.as_bool().unwrap_or(true);
                quote!(#is_true)
            }
            Type::Any => any(value, is_strict),
            Type::File => self.file(value),
            Type::Enum(id) => self.variant(*id, value),
            Type::Choice(id) => self.form(*id, value),
            Type::Object(id) => self.part(*id, value),
            Type::List(items) => self.list(items, value, is_strict),
            Type::Map(items) => self.map(items, value),
        }
    }

    fn variant(&mut self, id: EnumId, value: &Value) -> TokenStream {
        let listed = &self.model[id];
        let name = self.name(&listed.name, listed.owner);
        let is_it = |wire: &str| value.as_str().is_none_or(|text| text.eq_ignore_ascii_case(wire));
        match listed.values.iter().find(|listed| is_it(&listed.wire)) {
            Some(found) => {
                let variant = ident(&found.ident);
                quote!(#name::#variant)
            }
            None => {
                let text = text(value);
                quote!(#name::unlisted(#text))
            }
        }
    }

    fn form(&mut self, id: ChoiceId, value: &Value) -> TokenStream {
        let choice = &self.model[id];
        let name = self.name(&choice.name, choice.owner);
        let text = value.as_str().map_or_else(|| choice.example(), str::to_owned);
        // The text of an example has one of the forms.
        let found = choice.read(&text).map(|(form, value)| (ident(&form.method), value));
        let (method, value) = found.unwrap_or_else(|| (ident("read"), &text));
        quote!(#name::#method(#value))
    }

    /// An object. If the example already contains very many, this one is not filled.
    fn part(&mut self, id: ObjectId, value: &Value) -> TokenStream {
        let object = &self.model[id];
        let name = self.name(&object.name, object.owner);
        let Some(left) = self.parts_left.checked_sub(1) else { return quote!(#name::draft()) };
        self.parts_left = left;
        self.around.push(id);
        let setters = self.setters(object, value, &|_| true);
        self.around.pop();
        quote!(#name::builder()#setters.build())
    }

    /// A list: the given one, or else one item. An item that would contain itself is left out.
    fn list(&mut self, items: &Type, value: &Value, is_strict: bool) -> TokenStream {
        let one = [Value::Null];
        let given = match value.as_array() {
            Some(given) => &given[..],
            None if self.is_inside(items) => &[],
            None => &one,
        };
        // Items of several types, or arrays of several lengths, need one type.
        let are_strict = is_strict || matches!(items, Type::Any | Type::List(_));
        let values: Vec<_> = given.iter().map(|item| self.typed(items, item, are_strict)).collect();
        match &values[..] {
            _ if is_strict => quote!(vec![#(#values),*]),
            [] => {
                let ty = self.type_name(items);
                quote!(Vec::<#ty>::new())
            }
            _ => quote!([#(#values),*]),
        }
    }

    /// Whether a value of the type would be inside another one of its own type.
    fn is_inside(&self, ty: &Type) -> bool {
        match ty {
            Type::Object(id) => self.around.contains(id),
            Type::List(items) => self.is_inside(items),
            _ => false,
        }
    }

    /// A type, whose name the example imports.
    fn type_name(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Enum(id) => self.name(&self.model[*id].name, self.model[*id].owner).to_token_stream(),
            Type::Object(id) => self.name(&self.model[*id].name, self.model[*id].owner).to_token_stream(),
            Type::Choice(id) => self.name(&self.model[*id].name, self.model[*id].owner).to_token_stream(),
            Type::List(items) => {
                let items = self.type_name(items);
                quote!(Vec<#items>)
            }
            Type::Map(items) => {
                let items = self.type_name(items);
                self.import("std::collections", "BTreeMap");
                quote!(BTreeMap<String, #items>)
            }
            Type::File => {
                self.import("plivo", "File");
                quote!(File)
            }
            Type::Text
            | Type::Integer
            | Type::Number
            | Type::Boolean
            | Type::Timestamp
            | Type::Moment
            | Type::Decimal
            | Type::Any => emit_type(self.model, ty),
        }
    }

    fn map(&mut self, items: &Type, value: &Value) -> TokenStream {
        self.import("std::collections", "BTreeMap");
        let entries = value.as_object().into_iter().flatten();
        let entries: Vec<_> = entries
            .map(|(key, item)| {
                let item = self.typed(items, item, true);
                quote!((#key.to_owned(), #item))
            })
            .collect();
        quote!(BTreeMap::from([#(#entries),*]))
    }

    /// A file at a path, as most programs send it.
    fn file(&mut self, value: &Value) -> TokenStream {
        self.import("plivo", "File");
        let name = value.get("name").and_then(Value::as_str).unwrap_or("file");
        let content_type = value.get("content_type").and_then(Value::as_str);
        let content_type = content_type.map(|content_type| quote!(.with_type(#content_type)));
        quote!(File::from_path(#name)#content_type)
    }

    /// The name of a type, which the example imports.
    fn name(&mut self, name: &str, owner: Owner) -> Ident {
        let module = self.model.module(owner).map_or("types", |module| &module.ident);
        self.import(&format!("plivo::{module}"), name);
        ident(name)
    }

    fn import(&mut self, module: &str, name: &str) {
        self.uses.entry(module.to_owned()).or_default().insert(name.to_owned());
    }

    fn emit_uses(&self) -> TokenStream {
        let lines = self.uses.iter().map(|(module, names)| {
            let module = module.split("::").map(ident);
            let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
            match &names[..] {
                [name] => quote!(use #(#module)::*::#name;),
                names => quote!(use #(#module)::*::{#(#names),*};),
            }
        });
        lines.collect()
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "...".to_owned(),
        other => other.to_string(),
    }
}

fn integer(value: &Value, is_strict: bool) -> TokenStream {
    let number = value.as_i64().unwrap_or(1);
    let is_small = i32::try_from(number).is_ok();
    let literal = if is_small || is_strict { Literal::i64_unsuffixed(number) } else { Literal::i64_suffixed(number) };
    quote!(#literal)
}

/// Any JSON. Setters accept plain values as they are.
fn any(value: &Value, is_strict: bool) -> TokenStream {
    let json = json(value);
    let is_plain = matches!(value, Value::String(_) | Value::Bool(_)) && !is_strict;
    if is_plain { json } else { quote!(serde_json::json!(#json)) }
}

fn json(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(is_true) => quote!(#is_true),
        Value::Number(number) => number.to_string().parse().unwrap_or_default(),
        Value::String(text) => quote!(#text),
        Value::Array(items) => {
            let items = items.iter().map(json);
            quote!([#(#items),*])
        }
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = json(value);
                quote!(#key: #value)
            });
            quote!({ #(#entries),* })
        }
    }
}
