//! The record as JSON, in chunks: the whole record may be too large for one text.

use super::RecordedRequest;
use super::valid_json::is_valid_json;
use crate::http::response_body::BodyStep;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use plivo_codegen::interpret::Violation;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Requests are joined until a chunk has this number of bytes.
const CHUNK_BYTES: usize = 64 * 1024;

/// The steps that send the requests. A flush after each chunk lets other connections make progress.
pub(crate) fn body_steps(requests: Vec<RecordedRequest>) -> impl Iterator<Item = BodyStep> {
    let mut requests = requests.into_iter().peekable();
    let mut text = "{\"requests\":[".to_owned();
    let chunks = std::iter::from_fn(move || {
        while let Some(request) = requests.next() {
            text += &request_json(&request);
            text += if requests.peek().is_some() { "," } else { "" };
            if text.len() >= CHUNK_BYTES {
                return Some(std::mem::take(&mut text));
            }
        }
        (!text.is_empty()).then(|| std::mem::take(&mut text))
    });
    let end = BodyStep::Send(Bytes::from_static(b"]}"));
    chunks.flat_map(|chunk| [BodyStep::Send(Bytes::from(chunk)), BodyStep::Flush]).chain([end])
}

/// The JSON form of a request, without a body that is JSON: [`request_json`] appends it under `json`. Other bodies
/// are under `text` if they are UTF-8, and under `base64` if not.
#[derive(Serialize)]
struct RequestJson<'a> {
    account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    fault: Option<&'a str>,
    headers: BTreeMap<&'a str, String>,
    method: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    warnings: Vec<Value>,
}

fn request_json(request: &RecordedRequest) -> String {
    let mut headers: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in request.headers() {
        let values = headers.entry(name).or_default();
        values.push_str(if values.is_empty() { "" } else { ", " });
        values.push_str(value);
    }
    let body = request.body();
    let text = str::from_utf8(body).ok();
    let json = text.filter(|text| is_valid_json(text));
    let form = RequestJson {
        account: request.account(),
        base64: text.is_none().then(|| STANDARD.encode(body)),
        fault: request.fault(),
        headers,
        method: request.method(),
        path: request.path(),
        query: request.query(),
        status: request.status(),
        text: text.filter(|text| json.is_none() && !text.is_empty()),
        warnings: request.warnings().iter().map(warning_json).collect(),
    };
    let mut text = serde_json::to_string(&form).unwrap_or_default();
    if let Some(json) = json {
        // Appended unchanged. `serde_json::value::RawValue` would do this too, but its feature makes serde_json
        // treat a private key of its own specially in every body.
        text.truncate(text.len().saturating_sub(1));
        text.extend([",\"json\":", json, "}"]);
    }
    text
}

fn warning_json(warning: &Violation) -> Value {
    json!({ "pointer": warning.pointer, "rule": warning.rule, "message": warning.sentence() })
}

#[cfg(test)]
mod tests {
    use super::{body_steps, request_json};
    use crate::http::response_body::BodyStep;
    use crate::record::RecordedRequest;
    use bytes::Bytes;
    use http::Request;
    use serde_json::{Value, json};

    fn request(body: impl Into<Bytes>) -> RecordedRequest {
        let head = Request::post("/?a=b").header("x", "1").header("x", "2").body(()).expect("a request");
        RecordedRequest::new(&head.into_parts().0, body.into(), None, None)
    }

    fn parsed(body: impl Into<Bytes>) -> Value {
        serde_json::from_str(&request_json(&request(body))).expect("JSON")
    }

    #[test]
    fn a_body_is_json_or_text_or_base64() {
        assert_eq!(
            parsed("{\"a\":1}"),
            json!({"method": "POST", "path": "/", "query": "a=b", "headers": {"x": "1, 2"}, "status": null,
                "fault": null, "json": {"a": 1}, "account": null, "warnings": []})
        );
        assert_eq!(parsed("a=1")["text"], "a=1");
        assert_eq!(parsed(vec![0xff, 0])["base64"], "/wA=");
        let empty = parsed("");
        assert!(["json", "text", "base64"].iter().all(|key| empty.get(key).is_none()), "{empty}");
    }

    #[test]
    fn no_body_makes_the_record_invalid() {
        let deep = "[".repeat(5000) + &"]".repeat(5000);
        for body in ["1e999", "\"\\ud800\"", "[1,]", &deep, "1 2", "{\"a\":1e999}"] {
            assert_eq!(parsed(body.to_owned())["text"], body);
        }
        let json = request_json(&request("[ 1.0,\n1.00]"));
        assert!(json.contains("\"json\":[ 1.0,\n1.00]"), "numbers are unchanged");
    }

    #[test]
    fn a_long_record_is_sent_in_chunks() {
        let long = format!("[{}0]", "0,".repeat(400_000));
        let requests: Vec<_> = (0..8).map(|_| request(long.clone())).chain((0..1000).map(|_| request("1"))).collect();
        let mut lengths = Vec::new();
        let measured = allocation_counter::measure(|| {
            for step in body_steps(requests) {
                if let BodyStep::Send(bytes) = step {
                    lengths.push(bytes.len());
                }
            }
        });
        assert!(lengths.len() > 9 && lengths.iter().sum::<usize>() > 8 * long.len(), "{lengths:?}");
        assert!(measured.bytes_max < 4 * long.len() as u64, "{} bytes at once", measured.bytes_max);
    }
}
