//! Large, unusual and concurrent requests.

use crate::client::{GADGETS, Response, gadget, send, start, start_with};
use crate::model::shape;
use plivo_simulator::Options;
use reqwest::Method;
use serde_json::json;

const MIB: usize = 1024 * 1024;

#[tokio::test]
async fn a_body_larger_than_one_mebibyte_is_rejected() {
    let client = start().await;
    let post = |length: usize| {
        let frame = "{\"name\":\"one\",\"note\":\"\"}".len();
        let body = json!({"name": "one", "note": "x".repeat(length - frame)}).to_string();
        assert_eq!(body.len(), length);
        send(client.request(Method::POST, GADGETS).body(body))
    };
    assert_eq!(post(MIB).await.status, 202);
    post(MIB + 1).await.error(413);
    post(5 * MIB).await.error(413);
    assert!(client.simulator.requests().iter().skip(1).all(|request| request.body().is_empty()));
    assert_eq!(client.get(GADGETS).await.status, 200);
}

#[tokio::test]
async fn a_form_can_be_as_large_as_its_files() {
    assert_eq!(upload("cover", &"x".repeat(20 * MIB)).await.status, 201);
    upload("cover", &"x".repeat(33 * MIB)).await.error(413);
}

#[tokio::test]
async fn unusual_requests_are_answered() {
    let client = start().await;
    let deep = format!("{{\"extra\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    let wide = format!("{{\"name\":\"one\",\"extra\":[{}1]}}", "1,".repeat(100_000));
    for body in [
        deep.as_bytes(),
        wide.as_bytes(),
        b"{\"name\":\"\\ud800\"}",
        b"{\"name\":\"\xff\"}",
        b"{\"size\":1e999}",
        b"{\"size\":99999999999999999999999}",
        b"\0\0\0",
        b"\xef\xbb\xbf{}",
        b"{\"owner\":{\"mail\":\"@\"}}",
    ] {
        let status = send(client.request(Method::POST, GADGETS).body(body.to_vec())).await.status;
        assert!(status == 400 || status == 202, "{status}");
    }
    for query in ["?limit=99999999999999999999", "?%", "?limit=%ff", "?&&=&=", "?limit=1&limit=2", "?colour=\u{130}"] {
        let status = client.get(&format!("{GADGETS}{query}")).await.status;
        assert!(status == 400 || status == 200, "{query}: {status}");
    }
    for id in ["%00", "%2e%2e", "%2F", "\u{130}", "a%20b"] {
        client.get(&gadget(id)).await.error(404);
    }
    send(client.request(Method::from_bytes(b"BREW").expect("a method"), GADGETS)).await.error(405);
}

/// Uploads a form with a file part of this name and content beside the required one.
async fn upload(name: &str, content: &str) -> Response {
    let client = start_with(shape("upload.yaml"), Options::new()).await;
    let part = |name: &str, content: &str| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"a\"\r\n\r\n{content}\r\n")
    };
    let body = format!("{}{}--x--\r\n", part("file", "a"), part(name, content));
    let request = client.request(Method::POST, "/v1/Account/{account}/Picture/").body(body);
    send(request.header("content-type", "multipart/form-data; boundary=x")).await
}

#[tokio::test]
async fn the_name_of_a_file_part_has_a_limited_depth() {
    assert_eq!(upload("papers[0].page", "a").await.status, 201);
    let message = "The name of a file part has more than 64 steps.";
    for step in [".b", "[0]", "[0].b"] {
        assert_eq!(upload(&format!("papers{}", step.repeat(10_000)), "a").await.error(400), message, "{step}");
    }
    assert_eq!(upload(&format!("cover{}", ".b".repeat(65)), "a").await.error(400), message);
    assert_ne!(upload(&format!("cover{}", ".b".repeat(64)), "a").await.error(400), message);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_clients_lose_nothing() {
    let client = std::sync::Arc::new(start().await);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let client = std::sync::Arc::clone(&client);
            tokio::spawn(async move {
                for _ in 0..10 {
                    let id = client.create(json!({"name": "one", "size": 1})).await;
                    client.post(&gadget(&id), json!({"size": 2})).await.ok();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic");
    }
    let mut counted = 0;
    while let Some(count) =
        client.get(&format!("{GADGETS}?size=2&offset={counted}")).await.ok()["gadgets"].as_array().map(Vec::len)
        && count > 0
    {
        counted += count;
    }
    assert_eq!(counted, 80);
    assert_eq!(client.simulator.requests().len(), 80 * 2 + 5);
}

/// With the feature `raw_value`, serde_json treats this key specially: it would parse the value as JSON again, to any
/// depth.
#[tokio::test]
async fn private_keys_of_serde_json_have_no_effect() {
    let client = start().await;
    let key = "$serde_json::private::RawValue";
    let reply = client.post(GADGETS, json!({ "name": { key: "\"x\"" } })).await;
    assert!(reply.error(400).contains("name"), "{reply:?}");
    let mut text = "1".to_owned();
    for _ in 0..12 {
        let inner = format!("{}{text}{}", "[".repeat(120), "]".repeat(120));
        text = json!({ key: inner }).to_string();
    }
    let reply = client.post(GADGETS, json!({ "name": { key: text } })).await;
    assert_eq!(reply.status, 400);
}
