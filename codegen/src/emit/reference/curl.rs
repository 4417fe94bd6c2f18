//! A request as a command line of curl.

use serde_json::{Map, Value};

use crate::emit::transfer;
use crate::interpret::text_of;
use crate::model::{Body, Field, Location, Method, Model, Operation, Segment, Type};

/// The command that sends a request with these values.
pub(super) fn curl(model: &Model, operation: &Operation, values: &Map<String, Value>, body: Option<&str>) -> String {
    let auth = &model.auth;
    let mut lines = vec![format!("curl \"{}\"", url(model, operation, values))];
    lines.push(format!("--user \"${}:${}\"", auth.id_variable, auth.token_variable));
    let fields = &model[operation.request].fields;
    let given = |location: Location| fields.iter().filter(move |field| field.location == location);
    let query =
        given(Location::Query).filter_map(|field| Some((field.name.as_str(), text_of(values.get(&field.name)?))));
    let fixed = operation.fixed.iter().filter(|fixed| fixed.location == Location::Query);
    let fixed = fixed.map(|fixed| (fixed.name.as_str(), fixed.value.clone()));
    lines.extend(fixed.chain(query).map(|(name, value)| format!("--url-query {}", quoted(&format!("{name}={value}")))));
    match (&operation.body, body) {
        (Body::Json, Some(body)) => lines.push(format!("--json {}", quoted(body))),
        (Body::Multipart { data }, Some(_)) => {
            let is_part = |field: &&Field| data.is_none() || field.ty == Type::File;
            lines.extend(given(Location::Body).filter(is_part).filter_map(|field| part(field, values)));
            let data = data
                .as_ref()
                .zip(body)
                .map(|(data, body)| format!("--form-string {}", quoted(&format!("{data}={body}"))));
            lines.extend(data);
        }
        _ => {}
    }
    let implied = if matches!(operation.body, Body::None) || body.is_none() { Method::Get } else { Method::Post };
    if operation.method != implied {
        lines.insert(1, format!("--request {}", transfer::method(operation.method)));
    }
    lines.join(" \\\n  ")
}

fn url(model: &Model, operation: &Operation, values: &Map<String, Value>) -> String {
    let segment = |segment: &Segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Account => format!("${}", model.auth.id_variable),
        Segment::Parameter(name) => values.get(name).map_or_else(|| format!("<{name}>"), text_of),
    };
    let path: Vec<_> = operation.path.segments.iter().map(segment).collect();
    let slash = if operation.path.trailing_slash { "/" } else { "" };
    format!("{}/{}{slash}", model[operation.host].url, path.join("/"))
}

/// A part of a multipart form.
fn part(field: &Field, values: &Map<String, Value>) -> Option<String> {
    let value = values.get(&field.name)?;
    let name = |value: &Value| value.get("name").and_then(Value::as_str).unwrap_or("file").to_owned();
    Some(match &field.ty {
        Type::File => format!("--form {}", quoted(&format!("{}=@{}", field.name, name(value)))),
        _ => format!("--form-string {}", quoted(&format!("{}={}", field.name, text_of(value)))),
    })
}

/// A text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
