//! Lists of several pages.

use std::collections::VecDeque;
use std::sync::Mutex;

use http::{HeaderMap, StatusCode};
use plivo::profile::ListProfiles;
use plivo::transport::TransportResponse;
use plivo::{Client, Pages};

use crate::fake_transport::{Sent, builder, now};

/// A client that receives these bodies in order. The body `!` comes with status 400.
fn responding(bodies: &[&str]) -> (Client, Sent) {
    let bodies: Mutex<VecDeque<String>> = Mutex::new(bodies.iter().map(|body| (*body).to_owned()).collect());
    let (builder, sent) = builder(move || {
        let body = bodies.lock().expect("no test panics while it holds the lock").pop_front();
        let body = body.expect("a response for each request");
        let status = if body == "!" { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        Ok(TransportResponse::new(status, HeaderMap::new(), body))
    });
    (builder.build().expect("a client"), sent)
}

/// The body of a page with these profiles and further keys.
fn page(ids: &[&str], more: &str) -> String {
    let rows: Vec<_> = ids.iter().map(|id| format!(r#"{{"profile_uuid":"{id}"}}"#)).collect();
    format!(r#"{{"profiles":[{}]{more}}}"#, rows.join(","))
}

/// Iterates over a list. Returns the ids of all items and the query of each request.
fn iterate(bodies: &[String]) -> (Vec<String>, Vec<String>) {
    let bodies: Vec<_> = bodies.iter().map(String::as_str).collect();
    let (client, sent) = responding(&bodies);
    let mut items = client.profile().list().limit(2).items();
    let mut ids = Vec::new();
    while let Some(item) = now(items.next()) {
        ids.push(item.expect("an item").profile_uuid);
    }
    assert!(now(items.next()).is_none(), "the end is final");
    assert_eq!(sent.count(), bodies.len(), "one request for each body");
    let queries = sent.urls().into_iter().map(|url| url.split_once("?").expect("a query").1.to_owned());
    (ids, queries.collect())
}

#[test]
fn the_next_link_is_followed_until_it_is_absent() {
    let link =
        |offset: i64| format!(r#","meta":{{"limit":2,"next":"/v1/Account/M/Profile/?limit=2&offset={offset}"}}"#);
    let (ids, queries) = iterate(&[page(&["a", "b"], &link(2)), page(&["c", "d"], &link(4)), page(&["e"], "")]);
    assert_eq!(ids, ["a", "b", "c", "d", "e"]);
    assert_eq!(queries, ["limit=2", "limit=2&offset=2", "limit=2&offset=4"]);
}

#[test]
fn without_links_a_full_page_is_followed_and_a_short_page_is_the_last() {
    let metas =
        ["", r#","meta":{}"#, r#","meta":null"#, r#","limit":2,"offset":0,"count":2"#, r#","meta":{"next":""}"#];
    for more in metas.into_iter().chain([r#","meta":{"next":false,"previous":true}"#]) {
        let (ids, queries) = iterate(&[page(&["a", "b"], more), page(&["c"], more)]);
        assert_eq!(ids, ["a", "b", "c"], "{more}");
        assert_eq!(queries, ["limit=2", "limit=2&offset=2"], "{more}");
        let (ids, _) = iterate(&[page(&["a", "b"], more), page(&[], more)]);
        assert_eq!(ids, ["a", "b"], "{more}");
    }
}

#[test]
fn links_that_go_back_or_repeat_end_the_list() {
    let back = r#","meta":{"next":"/v1/?offset=0"}"#;
    assert_eq!(iterate(&[page(&["a", "b"], back)]).0, ["a", "b"]);
    let ahead = r#","meta":{"next":"/v1/?offset=2"}"#;
    let same = r#","meta":{"next":"/v1/?offset=4"}"#;
    assert_eq!(iterate(&[page(&["a", "b"], ahead), page(&["a", "b"], same)]).0, ["a", "b"], "a repeated page");
    let endless = r#","meta":{"next":"elsewhere"}"#;
    assert_eq!(iterate(&[page(&["a"], endless), page(&["b"], endless), page(&[], endless)]).0, ["a", "b"]);
}

#[test]
fn a_skipped_row_counts_toward_a_full_page() {
    let damaged = r#"{"profiles":[{"profile_uuid":"a"},{"company_name":"x"}]}"#.to_owned();
    assert_eq!(iterate(&[damaged, page(&["c"], "")]).0, ["a", "c"]);
}

#[test]
fn an_error_ends_the_pages_and_keeps_the_position() {
    let first = page(&["a", "b"], r#","meta":{"limit":2,"offset":0}"#);
    let (client, _) = responding(&[&first, "!"]);
    let mut pages = client.profile().list().limit(2).pages();
    assert_eq!(now(pages.next()).expect("a page").expect("an answer").items.len(), 2);
    assert_eq!(now(pages.next()).expect("an outcome").expect_err("a refusal").status(), Some(400));
    assert!(now(pages.next()).is_none());
    assert_eq!((pages.offset(), pages.meta().and_then(|meta| meta.limit)), (2, Some(2)));
    // The list can be resumed at that offset.
    let (client, sent) = responding(&[&page(&["c"], "")]);
    let mut rest = client.profile().list().limit(2).offset(pages.offset()).items();
    assert_eq!(now(rest.next()).expect("an item").expect("an item").profile_uuid, "c");
    assert!(now(rest.next()).is_none() && sent.target().ends_with("?limit=2&offset=2"));
}

#[test]
fn pages_are_send_streams_and_can_be_built_from_a_request() {
    fn check<T: futures_core::Stream + Send + Unpin + 'static>(_: &T) {}
    let (client, _) = responding(&[]);
    let pages = Pages::new(client, ListProfiles::builder().type_("SECONDARY").build());
    check(&pages);
    assert_eq!(format!("{pages:?}"), r#"Pages { operation: "profile.list", offset: 0, .. }"#);
    check(&pages.into_items());
}

/// A server that repeats its pages is asked for each page once, and for one of them twice.
#[test]
fn alternating_pages_end_the_list() {
    let (one, other) = (page(&["a", "b"], ""), page(&["c", "d"], ""));
    assert_eq!(iterate(&[one.clone(), other.clone(), one.clone()]).0, ["a", "b", "c", "d"]);
    let third = page(&["e", "f"], "");
    let (ids, queries) = iterate(&[one, other.clone(), third, other]);
    assert_eq!((ids.len(), queries.len()), (6, 4));
}

#[test]
fn pages_without_a_readable_row_end_the_list() {
    let unreadable = r#"{"api_id":"1","profiles":[{"uuid":"a"},{"uuid":"b"}]}"#.to_owned();
    let again = unreadable.replace("\"1\"", "\"2\"");
    let (ids, queries) = iterate(&[unreadable, again]);
    assert!(ids.is_empty() && queries.len() == 2);
}

/// Other fields of a row may change between responses.
#[test]
fn pages_are_compared_by_the_always_there_fields_of_their_rows() {
    let aged = |age: i64| {
        let row = |id: &str| format!(r#"{{"profile_uuid":"{id}","age":{age}}}"#);
        format!(r#"{{"profiles":[{},{}]}}"#, row("a"), row("b"))
    };
    let (ids, queries) = iterate(&[aged(1), aged(2)]);
    assert_eq!((ids, queries.len()), (vec!["a".to_owned(), "b".to_owned()], 2));
}

#[test]
fn extra_parameters_can_set_the_limit_but_not_the_offset() {
    let (client, sent) = responding(&[&page(&["a", "b"], ""), &page(&["c"], "")]);
    let items = client.profile().list().items().with_options(|call| call.with_extra("limit", 2));
    let mut items = items.with_options(|call| call.with_extra("offset", 7).with_extra("sort", "age"));
    let mut ids = Vec::new();
    while let Some(item) = now(items.next()) {
        ids.push(item.expect("an item").profile_uuid);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    let queries: Vec<_> = sent.urls().iter().map(|url| url.split_once('?').expect("a query").1.to_owned()).collect();
    assert_eq!(queries, ["limit=2&sort=age", "offset=2&limit=2&sort=age"]);
}

#[test]
fn options_apply_to_every_page() {
    let (client, sent) = responding(&[&page(&["a", "b"], ""), &page(&["c"], "")]);
    let list = client.profile().list().limit(2);
    let mut items = list.items().with_options(|call| call.with_extra("sort", "age"));
    while let Some(item) = now(items.next()) {
        item.expect("an item");
    }
    assert!(sent.urls().iter().all(|url| url.contains("sort=age")) && sent.count() == 2);
}
