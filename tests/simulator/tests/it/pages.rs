//! Pages and filters of lists.

use crate::client::{Client, GADGETS, gadget, start};
use serde_json::{Value, json};

/// Starts a simulator with three gadgets.
async fn start_with_gadgets() -> Client {
    let client = start().await;
    for (name, size) in [("one", 1), ("two", 2), ("three", 2)] {
        client.create(json!({"name": name, "size": size})).await;
    }
    client
}

/// The names on a page, separated by spaces, and its `meta`.
async fn page(client: &Client, query: &str) -> (String, Value) {
    let body = client.get(&format!("{GADGETS}{query}")).await.ok();
    let gadgets = body["gadgets"].as_array().expect("an array");
    let names: Vec<&str> = gadgets.iter().filter_map(|gadget| gadget["name"].as_str()).collect();
    (names.join(" "), body["meta"].clone())
}

#[tokio::test]
async fn pages_link_to_each_other() {
    let client = start_with_gadgets().await;
    let (names, meta) = page(&client, "").await;
    assert_eq!(names, "one two three");
    assert_eq!(meta, json!({"limit": 20, "offset": 0, "next": null, "previous": null}));
    let (names, meta) = page(&client, "?limit=2").await;
    assert_eq!(names, "one two");
    let next = "/v1/Account/MAEXAMPLE/Gadget/?limit=2&offset=2";
    assert_eq!(meta, json!({"limit": 2, "offset": 0, "next": next, "previous": null}));
    let previous = "/v1/Account/MAEXAMPLE/Gadget/?limit=2&offset=0";
    assert_eq!(
        client.get(next).await.ok()["meta"],
        json!({"limit": 2, "offset": 2, "next": null, "previous": previous})
    );
    let (names, meta) = page(&client, "?limit=2&offset=1").await;
    assert_eq!(names, "two three");
    assert_eq!(meta, json!({"limit": 2, "offset": 1, "next": null, "previous": previous}));
    assert_eq!(page(&client, "?limit=1&limit=2&offset=1").await.0, "two three");
    assert_eq!(page(&client, "?offset=9223372036854775807").await.0, "");
}

#[tokio::test]
async fn filters_compare_for_equality() {
    let client = start_with_gadgets().await;
    assert_eq!(page(&client, "?size=2").await.0, "two three");
    assert_eq!(page(&client, "?colour=red").await.0, "");
    client.create(json!({"name": "four", "colour": "dark blue", "size": 2})).await;
    assert_eq!(page(&client, "?colour=DARK+BLUE").await.0, "four");
    // Gadgets have no such fields, so these parameters filter nothing.
    assert_eq!(page(&client, "?mystery=x&unknown=y").await.0, "one two three four");
    let (names, meta) = page(&client, "?size=2&limit=1").await;
    assert_eq!(names, "two");
    assert_eq!(meta["next"], "/v1/Account/MAEXAMPLE/Gadget/?limit=1&offset=1&size=2");
}

#[tokio::test]
async fn an_out_of_range_limit_with_a_warning_is_clamped() {
    let client = start().await;
    let parts = format!("{}Part/", gadget(&client.create(json!({"name": "one"})).await));
    for _ in 0..3 {
        client.post(&parts, json!({})).await.ok();
    }
    for (query, limit, shown) in
        [("", 2, 2), ("?limit=5", 2, 2), ("?limit=0", 1, 1), ("?limit=-1&offset=-1", 1, 1), ("?offset=2", 2, 1)]
    {
        let body = client.get(&format!("{parts}{query}")).await.ok();
        let response = &body["response"];
        assert_eq!(response["meta"]["limit"], limit, "{query}");
        assert_eq!(response["meta"]["total_count"], 3);
        assert_eq!(response["objects"].as_array().map(Vec::len), Some(shown), "{query}");
    }
}
