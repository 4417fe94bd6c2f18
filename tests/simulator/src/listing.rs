//! The record as JSON, in pieces: what was received may be too much to have it all in one text.

use crate::outgoing::Step;
use crate::record::Recorded;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// Requests are put together until they have so many bytes.
const PIECE: usize = 64 * 1024;

/// The steps of sending requests. Between two of them others have their turn.
pub(crate) fn steps(requests: Vec<Recorded>) -> impl Iterator<Item = Step> {
    let mut requests = requests.into_iter().peekable();
    let mut text = "{\"requests\":[".to_owned();
    let pieces = std::iter::from_fn(move || {
        while let Some(request) = requests.next() {
            text += &json(&request);
            text += if requests.peek().is_some() { "," } else { "" };
            if text.len() >= PIECE {
                return Some(std::mem::take(&mut text));
            }
        }
        (!text.is_empty()).then(|| std::mem::take(&mut text))
    });
    let end = Step::Send(Bytes::from_static(b"]}"));
    pieces.flat_map(|piece| [Step::Send(Bytes::from(piece)), Step::Flush]).chain([end])
}

/// A request as it is shown. The body is under `text`, or else under `base64`; one that is JSON is put under `json`.
#[derive(Serialize)]
struct Shown<'a> {
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
}

fn json(request: &Recorded) -> String {
    let mut headers: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in request.headers() {
        let values = headers.entry(name).or_default();
        values.push_str(if values.is_empty() { "" } else { ", " });
        values.push_str(value);
    }
    let body = request.body();
    let text = str::from_utf8(body).ok();
    let json = text.filter(|text| is_json(text));
    let shown = Shown {
        base64: text.is_none().then(|| STANDARD.encode(body)),
        fault: request.fault(),
        headers,
        method: request.method(),
        path: request.path(),
        query: request.query(),
        status: request.status(),
        text: text.filter(|text| json.is_none() && !text.is_empty()),
    };
    let mut shown = serde_json::to_string(&shown).unwrap_or_default();
    if let Some(json) = json {
        // As it came. The type for that in serde_json would make it read a key of its own in every body.
        shown.truncate(shown.len().saturating_sub(1));
        shown.extend([",\"json\":", json, "}"]);
    }
    shown
}

/// Whether whoever reads JSON can read it. No value is made of it.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<Readable>(text).is_ok()
}

/// Any JSON, looked at and forgotten. Of what it ignores serde_json checks neither numbers nor depth.
struct Readable;

impl<'de> Deserialize<'de> for Readable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Readable {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        while entries.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{json, steps};
    use crate::outgoing::Step;
    use crate::record::Recorded;
    use bytes::Bytes;
    use http::Request;
    use serde_json::{Value, json};

    fn request(body: impl Into<Bytes>) -> Recorded {
        let head = Request::post("/?a=b").header("x", "1").header("x", "2").body(()).expect("a request");
        Recorded::new(&head.into_parts().0, body.into(), None)
    }

    fn shown(body: impl Into<Bytes>) -> Value {
        serde_json::from_str(&json(&request(body))).expect("JSON")
    }

    #[test]
    fn a_body_is_shown_as_what_it_is() {
        assert_eq!(
            shown("{\"a\":1}"),
            json!({"method": "POST", "path": "/", "query": "a=b", "headers": {"x": "1, 2"}, "status": null,
                "fault": null, "json": {"a": 1}})
        );
        assert_eq!(shown("a=1")["text"], "a=1");
        assert_eq!(shown(vec![0xff, 0])["base64"], "/wA=");
        let empty = shown("");
        assert!(["json", "text", "base64"].iter().all(|key| empty.get(key).is_none()), "{empty}");
    }

    #[test]
    fn no_body_makes_the_others_unreadable() {
        let deep = "[".repeat(5000) + &"]".repeat(5000);
        for body in ["1e999", "\"\\ud800\"", "[1,]", &deep, "1 2", "{\"a\":1e999}"] {
            assert_eq!(shown(body.to_owned())["text"], body);
        }
        assert!(json(&request("[ 1.0,\n1.00]")).contains("\"json\":[ 1.0,\n1.00]"), "numbers are as they came");
    }

    #[test]
    fn a_long_record_leaves_in_pieces() {
        let long = format!("[{}0]", "0,".repeat(400_000));
        let requests: Vec<_> = (0..8).map(|_| request(long.clone())).chain((0..1000).map(|_| request("1"))).collect();
        let mut pieces = Vec::new();
        let measured = allocation_counter::measure(|| {
            for step in steps(requests) {
                if let Step::Send(bytes) = step {
                    pieces.push(bytes.len());
                }
            }
        });
        assert!(pieces.len() > 9 && pieces.iter().sum::<usize>() > 8 * long.len(), "{pieces:?}");
        assert!(measured.bytes_max < 4 * long.len() as u64, "{} bytes at once", measured.bytes_max);
    }
}
