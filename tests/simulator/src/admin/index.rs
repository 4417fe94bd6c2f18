//! The index: the operations of the API, and the simulator's own endpoints.

use super::{ENDPOINTS, time};
use crate::api::route::{method_name, operations};
use crate::context::Context;
use serde_json::{Value, json};

/// The index as JSON.
pub(super) fn index(context: &Context) -> Value {
    let operations = operations(&context.api.model).map(|(_, operation)| {
        json!({
            "id": operation.id,
            "method": method_name(operation.method),
            "path": operation.path.template,
            "summary": operation.summary,
        })
    });
    let endpoints = ENDPOINTS.iter();
    let endpoints =
        endpoints.map(|(method, path, summary)| json!({ "method": method, "path": path, "summary": summary }));
    let limit = context.options.api.rate_limit;
    let limit = limit.map(|limit| json!({ "requests": limit.requests, "seconds": limit.window.as_secs_f64() }));
    json!({
        "simulates": context.api.model.name,
        "operations": operations.collect::<Value>(),
        "simulator": endpoints.collect::<Value>(),
        "limit": limit,
        "time": time::to_json(context, context.api.now()),
    })
}
