//! Lists that are longer than a page.

use std::collections::VecDeque;
use std::sync::Mutex;

use http::{HeaderMap, StatusCode};
use plivo::profile::ListProfiles;
use plivo::transport::TransportResponse;
use plivo::{Client, Pages};

use crate::double::{Sent, builder, now};

/// A client to which one body after the other is answered; a body of `!` is a refusal.
fn playing(bodies: &[&str]) -> (Client, Sent) {
    let bodies: Mutex<VecDeque<String>> = Mutex::new(bodies.iter().map(|body| (*body).to_owned()).collect());
    let (builder, sent) = builder(move || {
        let body = bodies.lock().expect("no test panics while it holds this").pop_front();
        let body = body.expect("no more requests than answers");
        let status = if body == "!" { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        Ok(TransportResponse::new(status, HeaderMap::new(), body))
    });
    (builder.build().expect("a client"), sent)
}

/// A page with these profiles and what stands beside them.
fn page(ids: &[&str], beside: &str) -> String {
    let rows: Vec<_> = ids.iter().map(|id| format!(r#"{{"profile_uuid":"{id}"}}"#)).collect();
    format!(r#"{{"profiles":[{}]{beside}}}"#, rows.join(","))
}

/// The ids on all pages and the offsets that were asked for.
fn walk(bodies: &[String]) -> (Vec<String>, Vec<String>) {
    let bodies: Vec<_> = bodies.iter().map(String::as_str).collect();
    let (client, sent) = playing(&bodies);
    let mut items = client.profile().list().limit(2).items();
    let mut ids = Vec::new();
    while let Some(item) = now(items.next()) {
        ids.push(item.expect("an item").profile_uuid);
    }
    assert!(now(items.next()).is_none(), "over is over");
    assert_eq!(sent.count(), bodies.len(), "every answer was asked for, and no more");
    let queries = sent.urls().into_iter().map(|url| url.split_once("?").expect("a query").1.to_owned());
    (ids, queries.collect())
}

#[test]
fn a_link_is_followed_and_its_absence_ends() {
    let link =
        |offset: i64| format!(r#","meta":{{"limit":2,"next":"/v1/Account/M/Profile/?limit=2&offset={offset}"}}"#);
    let (ids, queries) = walk(&[page(&["a", "b"], &link(2)), page(&["c", "d"], &link(4)), page(&["e"], "")]);
    assert_eq!(ids, ["a", "b", "c", "d", "e"]);
    assert_eq!(queries, ["limit=2", "limit=2&offset=2", "limit=2&offset=4"]);
}

#[test]
fn a_full_page_without_a_link_leads_on_and_a_page_that_is_not_full_ends() {
    let metas =
        ["", r#","meta":{}"#, r#","meta":null"#, r#","limit":2,"offset":0,"count":2"#, r#","meta":{"next":""}"#];
    for beside in metas.into_iter().chain([r#","meta":{"next":false,"previous":true}"#]) {
        let (ids, queries) = walk(&[page(&["a", "b"], beside), page(&["c"], beside)]);
        assert_eq!(ids, ["a", "b", "c"], "{beside}");
        assert_eq!(queries, ["limit=2", "limit=2&offset=2"], "{beside}");
        let (ids, _) = walk(&[page(&["a", "b"], beside), page(&[], beside)]);
        assert_eq!(ids, ["a", "b"], "{beside}");
    }
}

#[test]
fn what_would_lead_round_ends() {
    let back = r#","meta":{"next":"/v1/?offset=0"}"#;
    assert_eq!(walk(&[page(&["a", "b"], back)]).0, ["a", "b"]);
    let ahead = r#","meta":{"next":"/v1/?offset=2"}"#;
    let same = r#","meta":{"next":"/v1/?offset=4"}"#;
    assert_eq!(walk(&[page(&["a", "b"], ahead), page(&["a", "b"], same)]).0, ["a", "b"], "a page that came before");
    let endless = r#","meta":{"next":"elsewhere"}"#;
    assert_eq!(walk(&[page(&["a"], endless), page(&["b"], endless), page(&[], endless)]).0, ["a", "b"]);
}

/// A row that cannot be read is left out; the page is full all the same.
#[test]
fn a_row_that_is_left_out_counts() {
    let damaged = r#"{"profiles":[{"profile_uuid":"a"},{"company_name":"x"}]}"#.to_owned();
    assert_eq!(walk(&[damaged, page(&["c"], "")]).0, ["a", "c"]);
}

#[test]
fn an_error_ends_and_what_is_known_stays() {
    let first = page(&["a", "b"], r#","meta":{"limit":2,"offset":0}"#);
    let (client, _) = playing(&[&first, "!"]);
    let mut pages = client.profile().list().limit(2).pages();
    assert_eq!(now(pages.next()).expect("a page").expect("an answer").items.len(), 2);
    assert_eq!(now(pages.next()).expect("an outcome").expect_err("a refusal").status(), Some(400));
    assert!(now(pages.next()).is_none());
    assert_eq!((pages.offset(), pages.meta().and_then(|meta| meta.limit)), (2, Some(2)));
    // From there on it goes on later.
    let (client, sent) = playing(&[&page(&["c"], "")]);
    let mut rest = client.profile().list().limit(2).offset(pages.offset()).items();
    assert_eq!(now(rest.next()).expect("an item").expect("an item").profile_uuid, "c");
    assert!(now(rest.next()).is_none() && sent.target().ends_with("?limit=2&offset=2"));
}

#[test]
fn streams_can_be_sent_and_made_from_a_request() {
    fn check<T: futures_core::Stream + Send + Unpin + 'static>(_: &T) {}
    let (client, _) = playing(&[]);
    let pages = Pages::new(client, ListProfiles::builder().type_("SECONDARY").build());
    check(&pages);
    assert_eq!(format!("{pages:?}"), r#"Pages { operation: "profile.list", offset: 0, .. }"#);
    check(&pages.into_items());
}

/// A server that goes round, in whatever way, is asked for each of its pages once, and once more.
#[test]
fn pages_that_come_in_turn_end() {
    let (one, other) = (page(&["a", "b"], ""), page(&["c", "d"], ""));
    assert_eq!(walk(&[one.clone(), other.clone(), one.clone()]).0, ["a", "b", "c", "d"]);
    let third = page(&["e", "f"], "");
    let (ids, queries) = walk(&[one, other.clone(), third, other]);
    assert_eq!((ids.len(), queries.len()), (6, 4));
}

#[test]
fn pages_of_which_no_row_can_be_read_end() {
    let unreadable = r#"{"api_id":"1","profiles":[{"uuid":"a"},{"uuid":"b"}]}"#.to_owned();
    let again = unreadable.replace("\"1\"", "\"2\"");
    let (ids, queries) = walk(&[unreadable, again]);
    assert!(ids.is_empty() && queries.len() == 2);
}

/// What changes in rows from one answer to the next does not make them others.
#[test]
fn pages_are_known_by_what_their_rows_always_have() {
    let aged = |age: i64| {
        let row = |id: &str| format!(r#"{{"profile_uuid":"{id}","age":{age}}}"#);
        format!(r#"{{"profiles":[{},{}]}}"#, row("a"), row("b"))
    };
    let (ids, queries) = walk(&[aged(1), aged(2)]);
    assert_eq!((ids, queries.len()), (vec!["a".to_owned(), "b".to_owned()], 2));
}

#[test]
fn options_may_say_how_long_a_page_is_but_not_where_it_starts() {
    let (client, sent) = playing(&[&page(&["a", "b"], ""), &page(&["c"], "")]);
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
fn options_hold_for_every_call() {
    let (client, sent) = playing(&[&page(&["a", "b"], ""), &page(&["c"], "")]);
    let list = client.profile().list().limit(2);
    let mut items = list.items().with_options(|call| call.with_extra("sort", "age"));
    while let Some(item) = now(items.next()) {
        item.expect("an item");
    }
    assert!(sent.urls().iter().all(|url| url.contains("sort=age")) && sent.count() == 2);
}
