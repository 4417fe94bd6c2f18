//! Sentences about the facts of the model, in Markdown. All outputs say the same.

use serde_json::Value;

use super::transfer;
use crate::model::{
    Authority, Comparison, Condition, Consequence, Contradiction, DefaultValue, DeferralKeys, Delimiter, Field, Format,
    Level, Location, Model, Module, Move, Object, Operation, Presence, Resource, Role, Rule, Source, Sources, Stage,
    States, Test, Type,
};
use crate::text::{alternatives, listing};

/// The method and the path of an operation, as in `POST /v1/Account/{account}/Profile/`.
pub(super) fn request_line(operation: &Operation) -> String {
    let method = transfer::method(operation.method);
    let fixed_in = |location: Location| operation.fixed.iter().filter(move |fixed| fixed.location == location);
    let query: Vec<_> = fixed_in(Location::Query).map(|fixed| format!("{}={}", fixed.name, fixed.value)).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let body: Vec<_> = fixed_in(Location::Body).map(|fixed| format!("`{}: {}`", fixed.name, fixed.value)).collect();
    let body = if body.is_empty() { String::new() } else { format!(", with {} in the body", body.join(" and ")) };
    format!("`{method} {}{query}`{body}", operation.path.template)
}

/// The paragraphs about an operation that follow its summary and its request line.
pub(super) fn operation(resource: &Resource, request: &Object, operation: &Operation) -> Vec<String> {
    let mut paragraphs: Vec<_> = stage(operation.stage).map(str::to_owned).into_iter().collect();
    paragraphs.extend(limits(resource, request, operation).iter().map(|limit| item(limit)));
    paragraphs.extend(notes(&operation.contradictions));
    paragraphs
}

/// What limits an operation: the states of its object, its rules, and how its result can be deferred.
pub(super) fn limits(resource: &Resource, request: &Object, operation: &Operation) -> Vec<String> {
    let module = &resource.module;
    let field = resource.collection.as_ref().and_then(|collection| collection.states.as_ref()).map(|it| &it.field);
    let states = field.into_iter().flat_map(|field| {
        let seen = operation.sees.iter().map(move |states| seen(&resource.plural, field, states));
        seen.chain(operation.moves.iter().map(move |it| moved(field, it)))
    });
    let rules = request.rules.iter().map(|it| rule(module, it));
    let at_least = request.at_least.iter().map(|least| {
        let fields = if least.is == 1 { "one body field".to_owned() } else { format!("{} body fields", least.is) };
        let must = obligation(least.authority.level);
        format!("At least {fields} {must} be set ({}).", stated(module, &least.authority))
    });
    let deferral = operation.deferral.iter().map(|keys| deferral(module, keys));
    states.chain(rules).chain(at_least).chain(deferral).collect()
}

/// A sentence as an item of a list.
fn item(sentence: &str) -> String {
    format!("- {sentence}")
}

/// How the objects of a resource move from state to state.
pub(super) fn states(states: &States) -> String {
    let steps: Vec<_> = states.steps.iter().map(|step| format!("`{}`", step.state.name)).collect();
    let mut sentence = format!("`{}` goes from {} to `{}`", states.field, steps.join(" to "), states.end.name);
    if !states.others.is_empty() {
        let others = alternatives(states.others.iter().map(|state| state.name.as_str()));
        sentence.push_str(&format!(", or becomes {others}"));
    }
    sentence + "."
}

/// The states of the objects that an operation finds.
fn seen(plural: &str, field: &str, states: &[String]) -> String {
    format!("Finds only {plural} whose `{field}` is {}.", alternatives(states.iter().map(String::as_str)))
}

/// How an operation moves an object.
fn moved(field: &str, it: &Move) -> String {
    let from = alternatives(it.from.iter().map(String::as_str));
    format!("Changes `{field}` from {from} to `{}`, and fails in any other state.", it.to)
}

/// What callers must know of an operation that is not released.
pub(super) fn stage(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Released => None,
        Stage::Announced => Some("Preview: Plivo has announced this operation and may not have released it yet."),
        Stage::Documented => {
            Some("Preview: Plivo's documentation describes this operation, but nothing shows that it is available.")
        }
    }
}

/// The fields of an update that cannot be copied from an answer, if there are any.
pub(super) fn not_copied(names: &[&str]) -> Option<String> {
    let fields = listing(names.iter().copied());
    match names {
        [] => None,
        [_] => Some(format!("{fields} is not copied, because an answer does not show all of its content.")),
        _ => Some(format!("{fields} are not copied, because an answer does not show all of their content.")),
    }
}

/// The keys that defer the result.
fn deferral(module: &Module, keys: &DeferralKeys) -> String {
    format!(
        "Its result can be deferred (source: {}): if `{}` is set, Plivo only confirms the request and sends the result \
         to this URL later. In Rust: `deferred_to`.",
        source_names(module, &keys.url.sources),
        keys.url.name
    )
}

/// The paragraphs about a field of a Rust type, which can have another name than on the wire.
pub(super) fn field(model: &Model, module: &Module, role: Role, field: &Field) -> Vec<String> {
    let mut paragraphs = described(model, module, role, field);
    paragraphs.extend((field.ident != field.name).then(|| format!("- On the wire: `{}`.", field.name)));
    paragraphs.extend(notes(&field.contradictions));
    paragraphs
}

/// The paragraphs about a field that has its name on the wire.
pub(super) fn wire_field(model: &Model, module: &Module, role: Role, field: &Field) -> Vec<String> {
    let mut paragraphs = described(model, module, role, field);
    paragraphs.extend(notes(&field.contradictions));
    paragraphs
}

/// The summary and the presence of a field, and the facts about its value.
fn described(model: &Model, module: &Module, role: Role, field: &Field) -> Vec<String> {
    let presence = presence(module, &field.presence).map(|sentence| format!(" {sentence}")).unwrap_or_default();
    let mut paragraphs = vec![format!("{}{presence}", field.summary)];
    paragraphs.extend(field.deprecated.as_ref().map(|reason| deprecated(reason)));
    paragraphs.extend(facts(model, module, role, field).iter().map(|fact| item(fact)));
    paragraphs
}

/// That something should no longer be used.
pub(super) fn deprecated(reason: &str) -> String {
    format!("Deprecated: {reason}")
}

/// A sentence for each fact about the value of a field.
pub(super) fn facts(model: &Model, module: &Module, role: Role, field: &Field) -> Vec<String> {
    let mut facts = Vec::new();
    if role != Role::Answer {
        facts.extend(constraints(model, module, field));
        facts.extend(documented_default(field).map(|default| assumed(module, default)));
    }
    facts.extend(field.clears.then(|| "`null` clears it. Plivo keeps a field that is absent.".to_owned()));
    facts
}

/// The default of a field that a request can leave out.
pub(super) fn documented_default(field: &Field) -> Option<&DefaultValue> {
    field.default.as_ref().filter(|_| !matches!(field.presence, Presence::Required(_)))
}

/// The presence of a field, as a sentence.
pub(super) fn presence(module: &Module, presence: &Presence) -> Option<String> {
    match presence {
        Presence::Required(authority) if authority.level == Level::Error => Some("Required.".to_owned()),
        Presence::Required(authority) => Some(format!("Should be set ({}).", stated(module, authority))),
        Presence::AnswerOnly => Some("Only answers contain this field.".to_owned()),
        Presence::Optional | Presence::Always(_) => None,
    }
}

/// Notes for callers about differing sources. Decisions are for reviewers of the spec, and not documented here.
fn notes(contradictions: &[Contradiction]) -> impl Iterator<Item = String> {
    contradictions.iter().filter_map(|contradiction| Some(format!("- {}", contradiction.note.as_ref()?)))
}

/// A sentence for each constraint on a value, or on each item of a list and each value of a map.
fn constraints(model: &Model, module: &Module, field: &Field) -> impl Iterator<Item = String> {
    let (ty, constraints) = (&field.ty, &field.constraints);
    let characters = |count: u64| if count == 1 { "1 character".to_owned() } else { format!("{count} characters") };
    let min_length =
        constraints.min_length.as_ref().map(|it| (format!("at least {}", characters(it.is)), &it.authority));
    let max_length =
        constraints.max_length.as_ref().map(|it| (format!("at most {}", characters(it.is)), &it.authority));
    let min = constraints.min.as_ref().map(|it| (format!("minimum: {}", it.is), &it.authority));
    let max = constraints.max.as_ref().map(|it| (format!("maximum: {}", it.is), &it.authority));
    let format = constraints.format.as_ref().map(|it| (format(model, it.is), &it.authority));
    let max_bytes = constraints.max_bytes.as_ref().map(|it| (format!("at most {} bytes", it.is), &it.authority));
    let types = constraints.content_types.as_ref().map(|it| (content_types(&it.are), &it.authority));
    let values = constraints.values.as_ref().map(|authority| (values(model, ty, authority.level), authority));
    let of_values = [min_length, max_length, min, max, format, max_bytes, types, values].into_iter().flatten();
    let of_values = of_values.map(|(sentence, authority)| match ty {
        Type::List(_) => (format!("Each item: {sentence}"), authority),
        Type::Map(_) => (format!("Each value: {sentence}"), authority),
        _ => (capitalized(&sentence), authority),
    });
    let delimiter = constraints.delimiter.as_ref().map(|it| (delimiter(ty, it), &it.authority));
    let min_items = constraints.min_items.as_ref().map(|it| (format!("At least {}", items(it.is)), &it.authority));
    let max_items = constraints.max_items.as_ref().map(|it| (format!("At most {}", items(it.is)), &it.authority));
    let sentences = [min_items, max_items].into_iter().flatten().chain(of_values).chain(delimiter);
    sentences.map(|(sentence, authority)| format!("{sentence} ({}).", stated(module, authority)))
}

fn items(count: u64) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}

fn content_types(types: &[String]) -> String {
    format!("media type {}", alternatives(types.iter().map(String::as_str)))
}

/// What is assumed if the field is not set.
fn assumed(module: &Module, default: &DefaultValue) -> String {
    let value = match &default.is {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    format!("Plivo assumes `{value}` if the field is not set (source: {}).", source_names(module, &default.sources))
}

fn values(model: &Model, ty: &Type, level: Level) -> String {
    let listed = format!("be one of the values of `{}`", transfer::type_name(model, plain(ty)));
    match level {
        Level::Error => format!("must {listed}"),
        Level::Warn => format!("should {listed}; any other value is sent unchanged"),
    }
}

/// The type of a value, or of the values in lists and maps of it.
fn plain(ty: &Type) -> &Type {
    match ty {
        Type::List(items) | Type::Map(items) => plain(items),
        _ => ty,
    }
}

fn delimiter(ty: &Type, delimiter: &Delimiter) -> String {
    let items = if matches!(ty, Type::Map(_)) { "`key=value` entries" } else { "items" };
    let all = delimiter.all.as_ref().map(|all| format!("; the only item `{all}` stands for all")).unwrap_or_default();
    format!("Sent as one string, with the {items} separated by `{:?}`{all}", delimiter.text)
}

/// The sources of a fact, and whether a violation is a warning.
fn stated(module: &Module, authority: &Authority) -> String {
    let sources = source_names(module, &authority.sources);
    match authority.level {
        Level::Error => format!("source: {sources}"),
        Level::Warn => format!("warning only; source: {sources}"),
    }
}

/// "`page` and `go`"
pub(super) fn source_names(module: &Module, sources: &Sources) -> String {
    listing(sources.iter().map(|id| module[*id].name.as_str()))
}

/// The heading above the sources.
pub(super) const SOURCES: &str =
    "Sources of constraints and defaults. A violation is an error unless the constraint is marked `warning only`:";

/// The features that enable a resource in a group.
pub(super) fn features(resource: &str, group: &str) -> String {
    format!(
        "The feature `{resource}` enables this module. The feature `{group}` enables it together with related modules."
    )
}

/// A source, as an item of a list.
pub(super) fn source(source: &Source) -> String {
    let url = source.url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
    format!("- `{}`: {}{url}", source.name, source.says)
}

/// A rule: its conditions and its consequence, its summary, its name, and its source.
fn rule(module: &Module, rule: &Rule) -> String {
    let (consequence, authority) = match &rule.then {
        Consequence::Needs(fields, authority) => {
            (format!("{} {} be set", and(fields), obligation(authority.level)), Some(authority))
        }
        Consequence::MaySkip(fields) => (format!("these fields are not needed: {}", and(fields)), None),
        Consequence::Count { of, least: 1, most: 1, authority } => {
            (format!("exactly one of {} {} be set", and(of), obligation(authority.level)), Some(authority))
        }
        Consequence::Count { of, least: 0, authority, .. } => {
            (format!("at most one of {} {} be set", and(of), permission(authority.level)), Some(authority))
        }
        Consequence::Count { of, authority, .. } => {
            (format!("at least one of {} {} be set", and(of), obligation(authority.level)), Some(authority))
        }
    };
    let stated = authority.map(|authority| format!("; {}", stated(module, authority))).unwrap_or_default();
    let sentence = match conditions(&rule.when) {
        Some(conditions) => format!("If {conditions}, {consequence}"),
        None => capitalized(&consequence),
    };
    format!("{sentence}. {} (Rule: `{}`{stated}.)", rule.summary, rule.name)
}

fn obligation(level: Level) -> &'static str {
    match level {
        Level::Error => "must",
        Level::Warn => "should",
    }
}

fn permission(level: Level) -> &'static str {
    match level {
        Level::Error => "can",
        Level::Warn => "should",
    }
}

fn conditions(when: &[Condition]) -> Option<String> {
    // Conditions of one kind follow each other.
    let conditions: Vec<_> = when.chunk_by(|one, next| one.test == next.test).flat_map(same_conditions).collect();
    (!conditions.is_empty()).then(|| conditions.join(" and "))
}

/// The sentences about conditions with one test.
fn same_conditions(same: &[Condition]) -> Vec<String> {
    let names: Vec<_> = same.iter().map(|it| it.field.as_str()).collect();
    let all = || listing(names.iter().copied());
    match (same.first().map(|it| &it.test), &names[..]) {
        (None, _) => Vec::new(),
        (Some(Test::OneOf(values)), _) => {
            let values = alternatives(values.iter().map(String::as_str));
            names.iter().map(|name| format!("`{name}` is {values}")).collect()
        }
        (Some(Test::Given), [_]) => vec![format!("{} is set", all())],
        (Some(Test::Given), _) => vec![format!("{} are set", all())],
        (Some(Test::Absent), [_]) => vec![format!("{} is not set", all())],
        (Some(Test::Absent), [one, other]) => vec![format!("neither `{one}` nor `{other}` is set")],
        (Some(Test::Absent), _) => vec![format!("none of {} is set", all())],
    }
}

fn and(names: &[String]) -> String {
    listing(names.iter().map(String::as_str))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn format(model: &Model, format: Format) -> String {
    let words = match format {
        Format::Declared(id) => return model[id].in_words(),
        Format::Country => "two uppercase letters, such as `US`",
        Format::E164 => "a phone number in E.164 format: a plus sign and 7 to 15 digits, the first of which is not 0",
        Format::Email => "an email address",
        Format::Uuid => "a UUID",
        Format::Url => "a URL that starts with `https://` or `http://`",
        Format::Date => "a date, such as `2026-01-31`",
        Format::DateTime => {
            "a date and a time, such as `2026-01-31 23:59:59`; seconds are optional, and a fraction of up to 6 digits \
             may follow them"
        }
    };
    words.to_owned()
}

/// The format of a field that only the server sets. Nothing checks it.
pub(super) fn server_format(model: &Model, module: &Module, field: &Field) -> Option<String> {
    let it = field.constraints.format.as_ref().filter(|_| field.given_by_server)?;
    let words = capitalized(&format(model, it.is));
    Some(format!("{words} (source: {}).", source_names(module, &it.authority.sources)))
}

/// What connects a field with others, and how it is handled.
pub(super) fn relations(role: Role, field: &Field) -> Vec<String> {
    let part = if field.compares == Comparison::Prefix { "the beginning of " } else { "" };
    let filters = field.filters.as_ref().map(|name| format!("Is compared with {part}`{name}` of the listed objects."));
    let holds = field.holds.as_ref().filter(|_| role == Role::Answer);
    let holds = holds.map(|name| format!("Shows the value of `{name}`."));
    let path = field.holds_path.as_ref().map(|held| format!("Is a path: `{}`.", held.path.template));
    let is_given = role == Role::Answer && field.given_by_server;
    let given = is_given.then(|| "The server sets it.".to_owned());
    let flat = field.flatten.then(|| "Its entries are sent as fields beside it.".to_owned());
    let sensitive = field.sensitive.then(|| "The client never prints it.".to_owned());
    [filters, holds, path, given, flat, sensitive].into_iter().flatten().collect()
}
