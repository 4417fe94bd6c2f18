//! The model to pages: one for each resource, and one for what resources share.

use std::collections::BTreeMap;

use super::operations::operation;
use super::page::{ChoiceEntry, ContradictionEntry, EnumEntry, ObjectEntry, Page, SourceEntry, StateEntry};
use super::rows::object_rows;
use super::subject::{Subject, anchor, value_entries};
use crate::emit::words;
use crate::model::{Assigned, Choice, Enum, Level, Model, Object, Owner, Resource, ResourceId, Role, States, Stay};
use crate::text::with_article;

/// The pages of all resources, ordered by name, and then that of what they share.
pub(super) fn pages(model: &Model, is_full: bool) -> Vec<Page> {
    let resources = (0..model.resources.len()).map(|index| Owner::Resource(ResourceId(index)));
    let owners = resources.chain([Owner::Shared]);
    let subject = |owner| Some(Subject { model, owner, module: model.module(owner)?, is_full });
    owners.filter_map(subject).map(page).collect()
}

fn page(subject: Subject<'_>) -> Page {
    let Subject { model, owner, module, .. } = subject;
    let resource = match owner {
        Owner::Resource(id) => Some(&model[id]),
        Owner::Shared => None,
    };
    let states = resource.and_then(|resource| resource.collection.as_ref()).and_then(|it| it.states.as_ref());
    let operations = resource.into_iter().flat_map(|it| it.operations.iter().map(move |operation| (it, operation)));
    let mut page = Page {
        slug: module.ident.clone(),
        title: title(resource.map_or(&module.ident, |resource| &resource.singular)),
        summary: module.summary.clone(),
        group: resource.and_then(|resource| resource.group).map(|group| group.0),
        file: module.file.clone(),
        rust: resource.map(|resource| handle(model, resource)),
        facts: resource.map(|resource| facts(model, resource)).unwrap_or_default(),
        states: states.map(state_entries).unwrap_or_default(),
        operations: operations.map(|(resource, it)| operation(subject, resource, it)).collect(),
        objects: objects(subject),
        enums: model.enums_of(owner).iter().map(enum_entry).collect(),
        choices: model.choices_of(owner).iter().map(choice_entry).collect(),
        sources: module.sources.iter().map(source_entry).collect(),
    };
    say_once(&mut page);
    page
}

/// A name as a heading.
pub(super) fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How a program gets at the operations, as in `client.powerpack().numbers(..)`.
fn handle(model: &Model, resource: &Resource) -> String {
    let parents = model.parents(resource);
    let outermost = parents.first().map_or(resource, |parent| &model[parent.resource]);
    let inner = parents.iter().skip(1).map(|parent| &model[parent.resource]);
    let inner = inner.chain((!parents.is_empty()).then_some(resource));
    let inner: String = inner.map(|resource| format!(".{}(..)", resource.method)).collect();
    format!("client.{}(){inner}", outermost.module.ident)
}

fn facts(model: &Model, resource: &Resource) -> Vec<String> {
    let collection = resource.collection.as_ref();
    let id = collection.and_then(|it| it.id.as_ref());
    let id = id.map(|id| format!("`{id}` identifies {}.", with_article(&resource.singular)));
    let parent = resource.parent.as_ref().map(|parent| {
        let containing = with_article(&model[parent.resource].singular);
        format!("Belongs to {containing}, which `{}` in the path names.", parent.key)
    });
    let states = collection.and_then(|it| it.states.as_ref()).map(words::states);
    let found_by = resource.operations.iter().find_map(|it| Some((it, it.found_by.as_ref()?)));
    let find = found_by.map(|(it, by)| {
        format!(
            "If the outcome of `{}` is unknown, `find` of the client looks for {} with the same `{}`.",
            it.name, resource.plural, by.field
        )
    });
    let feature = resource.group.map(|group| {
        format!("Features of the client: `{}`, and `{}` for its whole group.", resource.name, model[group].name)
    });
    [id, parent, states, find, feature].into_iter().flatten().collect()
}

fn state_entries(states: &States) -> Vec<StateEntry> {
    let entry = |state: &crate::model::State| StateEntry {
        name: state.name.clone(),
        stay: states
            .next(&state.name)
            .map_or_else(|| "none".to_owned(), |(stay, next)| format!("`{}`{}", next.name, stayed(stay))),
        sets: state.sets.iter().map(|it| format!("`{}`: {}", it.field, assigned(&it.value))).collect(),
    };
    states.all().map(entry).collect()
}

/// When a state follows another.
fn stayed(stay: &Stay) -> String {
    match stay {
        Stay::For(time) => format!("; in the simulator, after {} s", time.as_secs_f64()),
        Stay::Field { name, otherwise } => {
            let otherwise = otherwise.as_secs_f64();
            format!("; in the simulator, after the number of seconds in `{name}`, or {otherwise} s without it")
        }
        Stay::UntilMoved => ", when an operation moves the object".to_owned(),
    }
}

fn assigned(value: &Assigned) -> String {
    match value {
        Assigned::Time => "the time".to_owned(),
        Assigned::Value(value) => format!("`{value}`"),
    }
}

/// The parts of requests, then the answers.
fn objects(subject: Subject<'_>) -> Vec<ObjectEntry> {
    let own = subject.model.objects_of(subject.owner).iter();
    let of_role = |role: Role| own.clone().filter(move |object| object.role == role);
    let entry = |object: &Object| ObjectEntry {
        name: object.name.clone(),
        anchor: anchor(&object.name),
        is_answer: object.role == Role::Answer,
        summary: object.summary.clone(),
        rows: object_rows(subject, object),
        position: object.position,
    };
    of_role(Role::Part).chain(of_role(Role::Answer)).map(entry).collect()
}

fn enum_entry(listed: &Enum) -> EnumEntry {
    EnumEntry {
        name: listed.name.clone(),
        anchor: anchor(&listed.name),
        summary: listed.summary.clone(),
        values: value_entries(listed),
        position: listed.position,
    }
}

fn choice_entry(choice: &Choice) -> ChoiceEntry {
    ChoiceEntry {
        name: choice.name.clone(),
        anchor: anchor(&choice.name),
        summary: choice.summary.clone(),
        forms: choice.forms.iter().map(crate::model::Form::template).collect(),
        position: choice.position,
    }
}

fn source_entry(source: &crate::model::Source) -> SourceEntry {
    SourceEntry {
        name: source.name.clone(),
        says: source.says.clone(),
        url: source.url.clone(),
        violation: match source.enforce {
            Level::Error => "error",
            Level::Warn => "warning",
        },
    }
}

/// Leaves each contradiction at the first row that has it. Operations and answers repeat fields.
fn say_once(page: &mut Page) {
    let mut first: BTreeMap<(usize, usize), (String, String)> = BTreeMap::new();
    let operations = page.operations.iter_mut().map(|it| (it.name.clone(), &mut it.arguments));
    let objects = page.objects.iter_mut().map(|it| (it.name.clone(), &mut it.rows));
    for (table, rows) in operations.chain(objects) {
        for row in rows {
            let key = |it: &ContradictionEntry| (it.position.file, it.position.byte);
            row.contradictions_at = row.contradictions.iter().find_map(|it| first.get(&key(it)).cloned());
            row.contradictions.retain(|it| !first.contains_key(&key(it)));
            for it in &row.contradictions {
                let place = format!("`{}{}` of `{table}`", row.outer, row.name);
                first.insert(key(it), (row.anchor.clone(), place));
            }
        }
    }
}
