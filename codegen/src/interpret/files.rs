//! Checks the constraints on a file.

use serde_json::{Map, Value};

use super::violation::Check;
use crate::model::Constraints;

/// The media type of a file that has none.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// Checks a file: its name, its media type if it has one, and its content or the number of its bytes.
pub(super) fn check_file(check: &mut Check<'_>, constraints: &Constraints, pointer: &str, file: &Map<String, Value>) {
    if let Some(limit) =
        constraints.max_bytes.as_ref().filter(|limit| bytes(file).is_some_and(|bytes| bytes > limit.is))
    {
        let demand = format!("must have at most {} bytes", limit.is);
        check.report(pointer, "max_bytes", limit.authority.level, demand);
    }
    let given = file.get("content_type").and_then(Value::as_str).filter(|given| !given.is_empty());
    let essence = given.unwrap_or(UNKNOWN_TYPE).split(';').next().unwrap_or_default().trim();
    if let Some(types) = &constraints.content_types
        && !types.are.iter().any(|ty| ty.eq_ignore_ascii_case(essence))
    {
        let demand = format!("must have one of the media types {}", types.are.join(", "));
        check.report(pointer, "content_types", types.authority.level, demand);
    }
}

/// The number of bytes: that of the received content, or that which Base64 stands for.
fn bytes(file: &Map<String, Value>) -> Option<u64> {
    let encoded = || {
        let text = file.get("base64")?.as_str()?.trim_end_matches('=');
        u64::try_from(text.len()).ok().map(|letters| letters * 3 / 4)
    };
    file.get("size").and_then(Value::as_u64).or_else(encoded)
}
