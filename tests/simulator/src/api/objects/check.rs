//! Checks objects against the spec before they are stored.

use super::{CollectionObjects, Objects};
use crate::api::named_objects::{has_object, key_field};
use crate::input::{InputError, nearest, one_line};
use crate::store::{CollectionKey, Store, StoredObject};
use plivo_codegen::interpret::{Violation, text_of, validate_shown};
use plivo_codegen::model::{Collection, Does, Field, Location, Model, Parent, Resource};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of problems that are reported.
const MAX_PROBLEMS: usize = 50;

/// A checked object, and where to store it.
pub(super) struct Seed<'a> {
    pub(super) key: CollectionKey,
    pub(super) resource: &'a Resource,
    pub(super) object: StoredObject,
}

/// Checks objects. Returns them in their order.
pub(super) fn check<'a>(objects: &Objects, model: &'a Model, store: &Store) -> Result<Vec<Seed<'a>>, InputError> {
    let mut checker = Checker { model, store, seeds: Vec::new(), ids: BTreeSet::new(), problems: Vec::new() };
    for (index, given) in objects.collections.iter().enumerate() {
        checker.collection(&format!("collections[{index}]"), given);
    }
    for (index, given) in objects.collections.iter().enumerate() {
        checker.parents(&format!("collections[{index}]"), given);
    }
    let Checker { seeds, mut problems, .. } = checker;
    if problems.is_empty() {
        return Ok(seeds);
    }
    let more = problems.len().saturating_sub(MAX_PROBLEMS);
    if more > 0 {
        problems.truncate(MAX_PROBLEMS);
        problems.push(format!("and {more} more problems"));
    }
    Err(InputError::new(problems))
}

struct Checker<'a, 's> {
    model: &'a Model,
    store: &'s Store,
    seeds: Vec<Seed<'a>>,
    /// The ids of the seeds.
    ids: BTreeSet<(CollectionKey, String)>,
    problems: Vec<String>,
}

impl<'a> Checker<'a, '_> {
    fn report(&mut self, path: &str, problem: impl AsRef<str>) {
        self.problems.push(format!("{path}: {}", problem.as_ref()));
    }

    fn collection(&mut self, path: &str, given: &CollectionObjects) {
        if given.account.is_empty() {
            self.report(&format!("{path}.account"), "the id is empty; name the account that owns the objects");
        }
        let (resource, collection) = match find(self.model, &given.resource) {
            Ok(found) => found,
            Err(problem) => return self.report(&format!("{path}.resource"), problem),
        };
        let fields = known_fields(self.model, resource, collection);
        for (index, object) in given.objects.iter().enumerate() {
            let path = format!("{path}.objects[{index}]");
            let Value::Object(object) = object else {
                self.report(&path, "must be an object: the names of its fields with their values");
                continue;
            };
            // As in answers, null is the same as no value.
            let object: StoredObject = object.clone().into_iter().filter(|(_, value)| !value.is_null()).collect();
            for (name, value) in &object {
                self.field(&path, collection, &fields, name, value);
            }
            let key = given.key();
            match &collection.id {
                Some(name) => object.get(name).into_iter().for_each(|id| self.id(&path, name, &key, &text_of(id))),
                None => self.only(&path, resource, &key),
            }
            self.seeds.push(Seed { key, resource, object });
        }
    }

    fn field(
        &mut self,
        path: &str,
        collection: &Collection,
        known: &BTreeMap<&str, Vec<&Field>>,
        name: &str,
        value: &Value,
    ) {
        let path = format!("{path}.{}", one_line::escaped(name));
        let Some(fields) = known.get(name) else {
            let object = &self.model[collection.object].name;
            let hint = nearest(name, known.keys()).map_or_else(
                || "remove it, or add it to the spec".to_owned(),
                |nearest| format!("did you mean `{nearest}`?"),
            );
            return self.report(&path, format!("is not a field of {object}; {hint}"));
        };
        let mut violations = fields.iter().map(|field| validate_shown(self.model, field, value));
        let first = violations.next().unwrap_or_default();
        if !first.is_empty() && !violations.any(|violations| violations.is_empty()) {
            for violation in first {
                self.report(&(path.clone() + &steps(&violation)), demand(&violation, value));
            }
        }
    }

    fn id(&mut self, path: &str, name: &str, key: &CollectionKey, id: &str) {
        let escaped = one_line::escaped(id);
        if self.store.contains(key, id) {
            let removal = "DELETE /_simulator/objects removes objects";
            self.report(
                &format!("{path}.{name}"),
                format!("`{escaped}` is stored already; use another id ({removal})"),
            );
        } else if !self.ids.insert((key.clone(), id.to_owned())) {
            self.report(&format!("{path}.{name}"), format!("`{escaped}` occurs twice; use another id"));
        }
    }

    /// Checks that there is no second object of a resource that has only one.
    fn only(&mut self, path: &str, resource: &Resource, key: &CollectionKey) {
        if self.store.contains(key, "") || !self.ids.insert((key.clone(), String::new())) {
            self.report(
                path,
                format!("an account has only one {}, and it is there already; remove this", resource.name),
            );
        }
    }

    /// Checks that the parents of a collection are stored, or among the seeds.
    fn parents(&mut self, path: &str, given: &CollectionObjects) {
        let Ok((resource, _)) = find(self.model, &given.resource) else { return };
        let parents = self.model.parents(resource);
        if parents.len() != given.parents.len() {
            return self.report(&format!("{path}.parents"), number_of_parents(resource, &parents));
        }
        for (index, (parent, name)) in parents.into_iter().zip(&given.parents).enumerate() {
            let resource = &self.model[parent.resource].name;
            let key = CollectionKey {
                account: given.account.clone(),
                resource: resource.clone(),
                parents: given.parents.iter().take(index).cloned().collect(),
            };
            if !self.has_parent(parent, &key, name) {
                let (field, name) = (&parent.key, one_line::escaped(name));
                let problem =
                    format!("no {resource} with the {field} `{name}` is stored or seeded; add it to `collections`");
                self.report(&format!("{path}.parents[{index}]"), problem);
            }
        }
    }

    /// Whether the containing object is stored, or among the seeds. What the simulator does not store counts as there.
    fn has_parent(&self, parent: &Parent, key: &CollectionKey, name: &str) -> bool {
        let Some(collection) = &self.model[parent.resource].collection else { return true };
        let Some(field) = key_field(self.model, parent) else { return true };
        let is_named = |object: &StoredObject| object.get(field).is_some_and(|value| text_of(value) == name);
        has_object(self.store, key, collection, field, name)
            || self.seeds.iter().any(|seed| seed.key == *key && is_named(&seed.object))
    }
}

impl CollectionObjects {
    fn key(&self) -> CollectionKey {
        let (account, resource, parents) = (self.account.clone(), self.resource.clone(), self.parents.clone());
        CollectionKey { account, resource, parents }
    }
}

/// The resource with this name, if it stores objects.
fn find<'a>(model: &'a Model, name: &str) -> Result<(&'a Resource, &'a Collection), String> {
    let escaped = one_line::escaped(name);
    let stored = || model.resources.iter().filter(|resource| resource.collection.is_some());
    let Some(resource) = model.resources.iter().find(|resource| resource.name == name) else {
        let hint = nearest(name, stored().map(|resource| resource.name.as_str())).map_or_else(
            || "GET / lists the operations, each with its resource before the dot".to_owned(),
            |nearest| format!("did you mean `{nearest}`?"),
        );
        return Err(format!("the spec has no resource `{escaped}`; {hint}"));
    };
    let collection = resource.collection.as_ref();
    let collection = collection.ok_or_else(|| {
        format!("`{escaped}` stores no objects, because its spec declares no `object`; use another resource")
    })?;
    Ok((resource, collection))
}

fn number_of_parents(resource: &Resource, parents: &[&Parent]) -> String {
    let keys: Vec<_> = parents.iter().map(|parent| format!("`{}`", parent.key)).collect();
    match keys.len() {
        0 => format!("a {} is not inside another object; remove `parents`", resource.name),
        1 => format!("a {} is inside one other object; give a list of one id: its {}", resource.name, keys[0]),
        _ => format!("give the ids of the objects that contain a {}: {}", resource.name, keys.join(", ")),
    }
}

/// The fields that a stored object can have, by name: those of answers, and those of requests that are stored.
fn known_fields<'a>(
    model: &'a Model,
    resource: &'a Resource,
    collection: &Collection,
) -> BTreeMap<&'a str, Vec<&'a Field>> {
    let answers = resource.operations.iter().filter_map(|operation| operation.answer.object());
    let answered = [collection.object].into_iter().chain(answers).flat_map(|id| &model[id].fields);
    let storing = resource.operations.iter().filter(|operation| matches!(operation.does, Does::Create | Does::Update));
    let sent = storing.flat_map(|operation| &model[operation.request].fields);
    let mut known: BTreeMap<&str, Vec<&Field>> = BTreeMap::new();
    for field in answered.chain(sent.filter(|field| field.location != Location::Query)) {
        known.entry(&field.name).or_default().push(field);
    }
    known
}

/// The steps of a violation inside a field, such as `.owner.mail`.
fn steps(violation: &Violation) -> String {
    one_line::escaped(&violation.pointer.replace('/', "."))
}

/// What a violation demands, with a hint if YAML has read a text as a number.
fn demand(violation: &Violation, value: &Value) -> String {
    let is_text = |ty: &str| violation.demand == format!("must be {ty}");
    let is_bare = value.pointer(&violation.pointer).is_some_and(|value| value.is_number() || value.is_boolean());
    if violation.rule == "type" && is_text("text") && is_bare {
        return format!("{}; put it in quotes", violation.demand);
    }
    violation.demand.clone()
}
