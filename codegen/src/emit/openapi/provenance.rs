//! Who states a fact and how its violations count: the keys `x-plivo-...`.

use crate::emit::json::{Json, Object, texts};
use crate::model::{Authority, Constraints, Contradiction, Field, Level, Module, Presence, Source, Sources, ValueKind};

/// The names of sources.
pub(super) fn names(module: &Module, sources: &Sources) -> Json {
    texts(sources.iter().map(|id| module[*id].name.as_str()))
}

/// What the sources of a file are, by name.
pub(super) fn described<'m>(sources: impl IntoIterator<Item = &'m Source>) -> Object {
    let source = |source: &Source| {
        let description = Object::new().with("says", source.says.as_str()).with("enforce", level(source.enforce));
        (source.name.clone(), description.with_some("url", source.url.as_deref()).into())
    };
    sources.into_iter().map(source).collect()
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warn",
    }
}

/// Sets the sources of a field and of its limits, its warnings, and what sources say differently.
pub(super) fn set_field(schema: &mut Object, module: &Module, field: &Field, is_answer: bool) {
    let mut sources = Object::new().with("field", names(module, &field.sources));
    let mut warnings = Vec::new();
    if !is_answer {
        for (rule, limit, authority) in limits(&field.constraints, &field.presence) {
            sources.set(rule, names(module, &authority.sources));
            warnings.extend(warning(rule, limit, authority));
        }
        warnings.extend(
            field
                .also
                .or(field.items_also)
                .map(|kind| Json::Object(Object::new().with("rule", "also").with("is", kind_of(kind)))),
        );
    } else if let Presence::Always(always) = &field.presence {
        sources.set("required", names(module, always));
    }
    schema.set("x-plivo-sources", sources);
    schema.set_filled("x-plivo-warnings", warnings);
    schema.set_filled("x-plivo-contradictions", contradictions(&field.contradictions));
}

/// A limit that only causes a warning.
pub(super) fn warning(rule: &str, is: Option<Json>, authority: &Authority) -> Option<Json> {
    let warning = Object::new().with("rule", rule).with_some("is", is);
    (authority.level == Level::Warn).then_some(Json::Object(warning))
}

/// The limits of a field, each with its rule and its value.
fn limits<'f>(limits: &'f Constraints, presence: &'f Presence) -> Vec<(&'static str, Option<Json>, &'f Authority)> {
    let required = match presence {
        Presence::Required(authority) => Some(("required", None, authority)),
        Presence::Optional | Presence::Always(_) | Presence::AnswerOnly => None,
    };
    let counts = [
        ("min_length", &limits.min_length),
        ("max_length", &limits.max_length),
        ("min_items", &limits.min_items),
        ("max_items", &limits.max_items),
        ("max_bytes", &limits.max_bytes),
    ];
    let counts =
        counts.into_iter().filter_map(|(rule, it)| it.as_ref().map(|it| (rule, Some(it.is.into()), &it.authority)));
    let range = [("min", &limits.min), ("max", &limits.max)];
    let range =
        range.into_iter().filter_map(|(rule, it)| it.as_ref().map(|it| (rule, Some(it.is.into()), &it.authority)));
    let format = limits.format.iter().map(|it| ("format", None, &it.authority));
    let types = limits
        .content_types
        .iter()
        .map(|it| ("content_types", Some(texts(it.are.iter().map(String::as_str))), &it.authority));
    let delimiter = limits.delimiter.iter().map(|it| ("delimiter", Some(it.text.as_str().into()), &it.authority));
    let values = limits.values.iter().map(|it| ("values", None, it));
    required.into_iter().chain(counts).chain(range).chain(format).chain(types).chain(delimiter).chain(values).collect()
}

/// The type of a kind of value in JSON Schema.
pub(super) fn kind_of(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "string",
        ValueKind::Number => "number",
        ValueKind::Boolean => "boolean",
        ValueKind::List => "array",
        ValueKind::Object => "object",
    }
}

/// What sources say differently, and what this project does about it.
pub(super) fn contradictions(contradictions: &[Contradiction]) -> Json {
    let one = |contradiction: &Contradiction| {
        let witnesses = contradiction.witnesses.iter().map(|(name, says)| (name.clone(), says.as_str().into()));
        let examples = contradiction.examples.iter().map(|(name, value)| (name.clone(), value.into()));
        let mut object = Object::new().with("says", witnesses.collect::<Object>());
        object.set_filled("examples", examples.collect::<Object>());
        Json::Object(object.with("decision", contradiction.decision.as_str()))
    };
    contradictions.iter().map(one).collect()
}
