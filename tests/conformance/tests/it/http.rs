//! Sends a request as the model describes it, without the generated client.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plivo_codegen::interpret::{Parameters, text_of};
use plivo_codegen::model::{Body, Field, Location, Method, Model, Operation, Segment};
use serde_json::{Map, Value};
use url::Url;

use crate::support::{AUTH_ID, AUTH_TOKEN};

const BOUNDARY: &str = "boundary";

/// The status and the JSON body of a response. A response without a body has null.
pub(crate) type Answered = (u16, Value);

/// Sends a request of an operation to a simulator.
pub(crate) async fn send(
    http: &reqwest::Client,
    base: &str,
    model: &Model,
    operation: &Operation,
    request: &Map<String, Value>,
) -> Answered {
    let sent = Parameters::from(request.clone()).sent(model, operation);
    let given = |location| {
        let of_location = model.request_fields(operation).filter(move |field| field.location == location);
        of_location.filter_map(|field| Some((field, sent.get(&field.name)?)))
    };
    let mut url = Url::parse(base).expect("a URL");
    url.path_segments_mut().expect("a base").extend(segments(operation, &sent));
    let query = given(Location::Query).map(|(field, value)| (field.name.clone(), text_of(value)));
    let fixed = |location| operation.fixed.iter().filter(move |fixed| fixed.location == location);
    let fixed_in_query = fixed(Location::Query).map(|fixed| (fixed.name.clone(), fixed.value.clone()));
    for (name, value) in fixed_in_query.chain(query) {
        url.query_pairs_mut().append_pair(&name, &value);
    }
    let method = match operation.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Delete => reqwest::Method::DELETE,
        Method::Patch => reqwest::Method::PATCH,
    };
    let mut builder = http.request(method, url).basic_auth(AUTH_ID, Some(AUTH_TOKEN));
    let mut body = flat(given(Location::Body).collect());
    body.extend(fixed(Location::Body).map(|fixed| (fixed.name.clone(), Value::from(fixed.value.as_str()))));
    builder = match &operation.body {
        Body::None if body.is_empty() => builder,
        Body::None | Body::Json => {
            builder.header("content-type", "application/json").body(Value::Object(body).to_string())
        }
        Body::Multipart { data } => builder
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(multipart(data.as_deref(), body)),
    };
    let response = builder.send().await.expect("a response");
    let status = response.status().as_u16();
    let bytes = response.bytes().await.expect("a body");
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).expect("JSON") };
    (status, body)
}

/// The segments of the path. The last one is empty if the path ends in a slash.
fn segments(operation: &Operation, sent: &Parameters) -> Vec<String> {
    let text = |segment: &Segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Account => AUTH_ID.to_owned(),
        Segment::Parameter(name) => text_of(sent.get(name).expect("a path parameter")),
    };
    let slash = operation.path.trailing_slash.then(String::new);
    operation.path.segments.iter().map(text).chain(slash).collect()
}

/// The fields of a body. The entries of a flattened map are beside the other fields.
fn flat(body: Vec<(&Field, &Value)>) -> Map<String, Value> {
    let entries = body.into_iter().flat_map(|(field, value)| match value {
        Value::Object(entries) if field.flatten => entries.clone(),
        value => Map::from_iter([(field.name.clone(), value.clone())]),
    });
    entries.collect()
}

fn multipart(data: Option<&str>, body: Map<String, Value>) -> Vec<u8> {
    let mut form = Vec::new();
    let mut rest = Map::new();
    for (name, mut value) in body {
        take_files(&name, &mut value, &mut form);
        rest.insert(name, value);
    }
    rest.retain(|_, value| !is_empty(value));
    match data {
        Some(data) => part(&mut form, data, None, Value::Object(rest).to_string().as_bytes()),
        None => rest.iter().for_each(|(name, value)| match value {
            Value::Array(items) => {
                items.iter().for_each(|item| part(&mut form, name, None, text_of(item).as_bytes()));
            }
            value => part(&mut form, name, None, text_of(value).as_bytes()),
        }),
    }
    form.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    form
}

/// Writes the files inside of a value as parts, and removes them from the value.
fn take_files(path: &str, value: &mut Value, form: &mut Vec<u8>) {
    match value {
        Value::Object(file) if file.contains_key("base64") => {
            let content = STANDARD.decode(file["base64"].as_str().expect("a text")).expect("base64");
            let content_type = file.get("content_type").and_then(Value::as_str).unwrap_or("application/octet-stream");
            part(form, path, file["name"].as_str().zip(Some(content_type)), &content);
            *value = Value::Null;
        }
        Value::Object(entries) => {
            entries.iter_mut().for_each(|(key, value)| take_files(&format!("{path}.{key}"), value, form));
            entries.retain(|_, value| !is_empty(value));
        }
        Value::Array(items) => {
            let is_files = items.iter().any(|item| item.get("base64").is_some());
            for (index, item) in items.iter_mut().enumerate() {
                let name = if is_files { path.to_owned() } else { format!("{path}[{index}]") };
                take_files(&name, item, form);
            }
            items.retain(|item| !is_empty(item));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether nothing is left of a value once its files are taken.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Writes a part. `file` is the name and the media type of a file.
fn part(form: &mut Vec<u8>, name: &str, file: Option<(&str, &str)>, content: &[u8]) {
    let file = file.map(|(file, content_type)| format!("; filename=\"{file}\"\r\nContent-Type: {content_type}"));
    let head =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{}\r\n\r\n", file.unwrap_or_default());
    form.extend_from_slice(head.as_bytes());
    form.extend_from_slice(content);
    form.extend_from_slice(b"\r\n");
}
