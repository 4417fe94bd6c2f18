//! Pages and filters of lists.

use crate::client::{Client, GADGETS, gadget, start, start_with};
use crate::model::model;
use plivo_simulator::{Fault, Links, Options, Paging};
use serde_json::{Value, json};

/// Starts a simulator with three gadgets.
async fn start_with_gadgets() -> Client {
    with_gadgets(start().await).await
}

async fn with_gadgets(client: Client) -> Client {
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

/// The query of the link to the next page.
fn next(meta: &Value) -> String {
    let (_, query) = meta["next"].as_str().and_then(|link| link.split_once('?')).expect("a link");
    format!("?{query}")
}

#[tokio::test]
async fn lists_can_go_by_cursor() {
    let client = with_gadgets(start_with(model(), Options::new().paging(Paging::Cursor)).await).await;
    let (names, meta) = page(&client, "?limit=2&size=2&offset=1").await;
    assert_eq!((names.as_str(), meta["next"].as_str()), ("two three", None), "the offset is ignored");
    let (names, meta) = page(&client, "?limit=1&size=2").await;
    assert_eq!(names, "two");
    let query = next(&meta);
    assert!(query.starts_with("?limit=1&cursor=") && query.ends_with("%3D&size=2"), "{query}");
    let (names, meta) = page(&client, &format!("{query}&offset=0")).await;
    assert_eq!((names.as_str(), &meta["next"], &meta["previous"]), ("three", &Value::Null, &Value::Null));
    let refused = client.get(&format!("{GADGETS}?cursor=elsewhere")).await;
    assert_eq!(refused.status, 400);
}

#[tokio::test]
async fn a_hybrid_list_applies_an_offset_beside_the_cursor() {
    let client = with_gadgets(start_with(model(), Options::new().paging(Paging::Hybrid)).await).await;
    let (names, meta) = page(&client, "?limit=1&offset=1").await;
    assert_eq!(names, "two");
    let query = next(&meta);
    assert_eq!(page(&client, &query).await.0, "three");
    assert_eq!(page(&client, &format!("{query}&offset=0")).await.0, "one", "the same page for ever");
}

#[tokio::test]
async fn a_list_follows_a_cursor_that_the_spec_does_not_mention() {
    let client = start_with(model(), Options::new().paging(Paging::Cursor)).await;
    let parts = format!("{}Part/", gadget(&client.create(json!({"name": "one"})).await));
    for _ in 0..3 {
        client.post(&parts, json!({})).await.ok();
    }
    let body = client.get(&parts).await.ok();
    let query = next(&body["response"]["meta"]);
    let body = client.get(&format!("{parts}{query}")).await.ok();
    assert_eq!(body["response"]["objects"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn links_can_be_spelt_in_other_ways() {
    let spellings = [
        (Links::OtherHost, "https://elsewhere.example/v1/Account/MAEXAMPLE/Gadget/?limit=2&offset=2"),
        (Links::OtherPath, "/api/v1/account/maexample/gadget/?limit=2&offset=2"),
        (Links::NoSlash, "/v1/Account/MAEXAMPLE/Gadget?limit=2&offset=2"),
        (Links::NoQuery, "/v1/Account/MAEXAMPLE/Gadget/"),
    ];
    for (links, next) in spellings {
        let faults = Fault::on("gadget.list").links(links);
        let client = with_gadgets(start_with(model(), Options::new().faults(faults)).await).await;
        assert_eq!(page(&client, "?limit=2").await.1["next"], next);
        // A page without links is not changed.
        assert_eq!(page(&client, "").await.1["next"], Value::Null);
        let applied: Vec<_> = client.simulator.requests().iter().map(|request| request.fault().is_some()).collect();
        assert_eq!(applied[3..], [true, false]);
    }
}
