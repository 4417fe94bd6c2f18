//! Lists of several pages, by offset.

use std::collections::VecDeque;
use std::sync::Mutex;

use http::{HeaderMap, StatusCode};
use plivo::profile::{ListProfiles, ProfileType};
use plivo::transport::TransportResponse;
use plivo::{Client, Error, Outcome, Pages};

use crate::fake_transport::{Sent, builder, now};

/// A client that receives these bodies in order. The body `!` comes with status 400.
pub(crate) fn responding(bodies: &[&str]) -> (Client, Sent) {
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
pub(crate) fn page(ids: &[&str], more: &str) -> String {
    let rows: Vec<_> = ids.iter().map(|id| format!(r#"{{"profile_uuid":"{id}"}}"#)).collect();
    format!(r#"{{"profiles":[{}]{more}}}"#, rows.join(","))
}

/// What a list gave: the ids of all items, the query of each request, and the error that it ended with.
pub(crate) struct Listed {
    pub(crate) ids: String,
    pub(crate) queries: Vec<String>,
    pub(crate) error: Option<Error>,
}

/// Iterates over a list with these answers.
pub(crate) fn list(bodies: &[String]) -> Listed {
    let bodies: Vec<_> = bodies.iter().map(String::as_str).collect();
    let (client, sent) = responding(&bodies);
    let mut items = client.profile().list().limit(2).items();
    let (mut ids, mut error) = (String::new(), None);
    while let Some(item) = now(items.next()) {
        match item {
            Ok(item) => ids.push_str(&item.profile_uuid),
            Err(failed) => error = Some(failed),
        }
    }
    assert!(now(items.next()).is_none(), "the end is final");
    assert_eq!(sent.count(), bodies.len(), "one request for each body");
    let query = |url: &String| url.split_once('?').expect("a query").1.to_owned();
    Listed { ids, queries: sent.urls().iter().map(query).collect(), error }
}

/// Iterates over a list that ends well. Returns the ids of all items and the query of each request.
fn iterate(bodies: &[String]) -> (String, Vec<String>) {
    let Listed { ids, queries, error } = list(bodies);
    assert!(error.is_none(), "{error:?} {bodies:?}");
    (ids, queries)
}

/// Iterates over a list that cannot be read to its end, and checks the error. Returns the ids of all items before it.
pub(crate) fn fail(bodies: &[String], problem: &str) -> String {
    let Listed { ids, error, .. } = list(bodies);
    let error = error.unwrap_or_else(|| panic!("{problem}: {bodies:?}"));
    assert_eq!((error.outcome(), error.is_decode(), error.status()), (Outcome::Executed, true, Some(200)), "{error}");
    assert!(error.to_string().contains(problem), "{error}");
    ids
}

#[test]
fn the_next_link_is_followed_until_it_is_absent() {
    let link =
        |offset: i64| format!(r#","meta":{{"limit":2,"next":"/v1/Account/M/Profile/?limit=2&offset={offset}"}}"#);
    let last = ["", r#","meta":{}"#, r#","meta":{"next":null}"#, r#","meta":{"next":""}"#, r#","meta":{"next":false}"#];
    for more in last {
        let (ids, queries) =
            iterate(&[page(&["a", "b"], &link(2)), page(&["c", "d"], &link(4)), page(&["e", "f"], more)]);
        assert_eq!(ids, "abcdef");
        assert_eq!(queries, ["limit=2", "limit=2&offset=2", "limit=2&offset=4"]);
    }
}

#[test]
fn without_links_the_list_ends_at_a_page_that_is_not_full() {
    let metas = ["", r#","meta":{}"#, r#","meta":null"#, r#","limit":2,"offset":0,"count":2"#];
    for more in metas.into_iter().chain([r#","meta":{"next":true,"previous":true,"limit":2}"#]) {
        let (ids, queries) = iterate(&[page(&["a", "b"], more), page(&[], more)]);
        assert_eq!((ids.as_str(), queries.len()), ("ab", 2), "{more}");
        if !more.contains("true") {
            let (ids, queries) = iterate(&[page(&["a", "b"], more), page(&["c"], more)]);
            assert_eq!(ids, "abc", "{more}");
            assert_eq!(queries, ["limit=2", "limit=2&offset=2"], "{more}");
        }
    }
    for end in [r#","meta":{"next":null}"#, r#","next":"""#, r#","meta":{"next":false}"#] {
        assert_eq!(iterate(&[page(&["a", "b"], end)]).0, "ab", "{end}");
    }
}

/// The server may have a smaller limit than the request, and not say so.
#[test]
fn a_short_first_page_without_metadata_is_not_taken_for_the_last() {
    let (ids, queries) = iterate(&[page(&["a"], ""), page(&["b"], ""), page(&[], "")]);
    assert_eq!((ids.as_str(), queries.last().map(String::as_str)), ("ab", Some("limit=2&offset=2")));
    // A list that ignores the offset is whole, unless the page is full.
    assert_eq!(iterate(&[page(&["a"], ""), page(&["a"], "")]).0, "a");
    assert_eq!(
        fail(&[page(&["a", "b"], ""), page(&["a", "b"], "")], "all items of a page were already returned"),
        "ab"
    );
    // With the limit of the server, one page is enough.
    assert_eq!(iterate(&[page(&["a"], r#","limit":2"#)]).0, "a");
}

/// In PHP's, .NET's and Node's recorded answers, `count` is the total.
#[test]
fn a_total_that_is_not_reached_continues_the_list() {
    let meta = r#","count":3,"limit":2,"offset":0"#;
    assert_eq!(iterate(&[page(&["a"], meta), page(&["b", "c"], meta), page(&[], meta)]).0, "abc");
    let link = r#","meta":{"total_count":3,"next":"/v1/?offset=2&limit=2"}"#;
    assert_eq!(iterate(&[page(&["a", "b"], link), page(&["c"], "")]).0, "abc");
    // A page that has lost its metadata is not the last one.
    let link = link.replace("3", "4");
    assert_eq!(iterate(&[page(&["a", "b"], &link), page(&["c"], ""), page(&["d"], "")]).0, "abcd");
}

#[test]
fn an_answer_without_a_list_is_never_the_end() {
    let link = r#","meta":{"limit":2,"next":"/v1/?limit=2&offset=2"}"#;
    for body in ["", r#"{"api_id":"x"}"#, r#"{"profiles":null}"#, "[]", r#"{"objects":[]}"#, "<html>", "null"] {
        for more in [link, ""] {
            let problem = if body == "<html>" { "is not valid JSON" } else { "the answer is incomplete" };
            assert_eq!(fail(&[page(&["a", "b"], more), body.to_owned()], problem), "ab", "{body}");
        }
    }
    let emptied = r#"{"profiles":null,"meta":{"total_count":0,"next":null}}"#.to_owned();
    assert_eq!(fail(&[page(&["a", "b"], link), emptied], "expected a list, found null"), "ab");
}

#[test]
fn an_empty_page_is_an_error_if_its_own_total_says_that_items_follow() {
    let full = page(&["a", "b"], "");
    for more in [r#","meta":{"total_count":3}"#, r#","total_count":3"#] {
        let problem = "the page is empty, although the list has more items";
        assert_eq!(fail(&[full.clone(), page(&[], more)], problem), "ab");
        assert_eq!(fail(&[page(&[], more)], problem), "");
    }
    // The server says itself that this is the end, or items were deleted since the total was counted.
    for more in [r#","meta":{"total_count":3,"next":null}"#, r#","meta":{"total_count":2}"#, ""] {
        assert_eq!(iterate(&[page(&["a", "b"], r#","total_count":3"#), page(&[], more)]).0, "ab", "{more}");
    }
}

#[test]
fn links_that_go_back_skip_or_repeat_are_errors() {
    let to = |offset: i64| format!(r#","meta":{{"limit":2,"next":"/v1/?limit=2&offset={offset}"}}"#);
    for offset in [-2, 0, 1] {
        let problem = "the link to the next page leads to items that were already returned";
        assert_eq!(fail(&[page(&["a", "b"], &to(offset))], problem), "ab");
    }
    assert_eq!(fail(&[page(&["a", "b"], &to(3))], "the link to the next page skips items"), "ab");
    let repeated = [page(&["a", "b"], &to(2)), page(&["a", "b"], &to(4))];
    assert_eq!(fail(&repeated, "all items of a page were already returned"), "ab");
    // A page may have fewer items than its limit.
    assert_eq!(iterate(&[page(&["a"], &to(2)), page(&["b"], "")]).0, "ab");
}

#[test]
fn a_link_without_an_offset_leads_behind_the_items_so_far() {
    for link in ["elsewhere", "/v1/", "/v1/?", "/v1/?limit=x&offset=two", "?page=2", "/v1/#offset=9"] {
        let more = format!(r#","meta":{{"next":"{link}"}}"#);
        let (ids, queries) = iterate(&[page(&["a"], &more), page(&["b"], &more), page(&[], &more)]);
        assert_eq!(ids, "ab");
        assert_eq!(queries, ["limit=2", "limit=2&offset=1", "limit=2&offset=2"]);
    }
}

/// Some servers have a link on every page.
#[test]
fn an_empty_page_is_the_end_although_it_has_a_link() {
    let to =
        |offset: i64, total: &str| format!(r#","meta":{{"limit":2,"next":"/v1/?limit=2&offset={offset}"{total}}}"#);
    assert_eq!(iterate(&[page(&["a", "b"], &to(2, "")), page(&[], &to(4, ""))]).0, "ab");
    // It is not the end if the list has items behind it.
    let total = r#","total_count":5"#;
    let (ids, queries) = iterate(&[
        page(&["a", "b"], &to(2, total)),
        page(&[], &to(4, total)),
        page(&["e"], &to(6, total)),
        page(&[], ""),
    ]);
    assert_eq!((ids.as_str(), queries.len()), ("abe", 4));
}

#[test]
fn a_skipped_row_counts_toward_a_full_page() {
    let damaged = r#"{"profiles":[{"profile_uuid":"a"},{"company_name":"x"}]}"#.to_owned();
    let (ids, queries) = iterate(&[damaged, page(&["c"], "")]);
    assert_eq!((ids.as_str(), queries.last().map(String::as_str)), ("ac", Some("limit=2&offset=2")));
}

#[test]
fn an_error_ends_the_pages_and_keeps_the_position() {
    let first = page(&["a", "b"], r#","meta":{"limit":2,"offset":0}"#);
    let (client, _) = responding(&[&first, "!"]);
    let mut pages = client.profile().list().limit(2).pages();
    assert_eq!(now(pages.next()).expect("a page").expect("an answer").items.len(), 2);
    assert_eq!(now(pages.next()).expect("an outcome").expect_err("a refusal").status(), Some(400));
    assert!(now(pages.next()).is_none());
    assert_eq!((pages.offset(), pages.cursor(), pages.meta().and_then(|meta| meta.limit)), (2, None, Some(2)));
    // The list can be resumed at that offset.
    let (client, sent) = responding(&[&page(&["c"], r#","meta":{"next":null}"#)]);
    let mut rest = client.profile().list().limit(2).offset(pages.offset()).items();
    assert_eq!(now(rest.next()).expect("an item").expect("an item").profile_uuid, "c");
    assert!(now(rest.next()).is_none() && sent.target().ends_with("?limit=2&offset=2"));
}

#[test]
fn pages_are_send_streams_and_can_be_built_from_a_request() {
    fn check<T: futures_core::Stream + Send + Unpin + 'static>(_: &T) {}
    let (client, _) = responding(&[]);
    let pages = Pages::new(client, ListProfiles::builder().type_(ProfileType::Secondary).build());
    check(&pages);
    assert_eq!(format!("{pages:?}"), r#"Pages { operation: "profile.list", offset: 0, .. }"#);
    check(&pages.into_items());
}

/// A server that repeats its pages is asked for each page once, and for one of them twice.
#[test]
fn alternating_pages_are_an_error() {
    let (one, other) = (page(&["a", "b"], ""), page(&["c", "d"], ""));
    assert_eq!(fail(&[one.clone(), other.clone(), one.clone()], "all items of a page were already returned"), "abcd");
    let third = page(&["e", "f"], "");
    assert_eq!(fail(&[one, other.clone(), third, other], "all items of a page were already returned"), "abcdef");
}

#[test]
fn pages_without_a_readable_row_are_compared_too() {
    let unreadable = r#"{"api_id":"1","profiles":[{"uuid":"a"},{"uuid":"b"}]}"#.to_owned();
    let again = unreadable.replace("\"1\"", "\"2\"");
    assert_eq!(fail(&[unreadable, again], "all items of a page were already returned"), "");
}

/// Other fields of a row may change between responses.
#[test]
fn pages_are_compared_by_the_always_there_fields_of_their_rows() {
    let aged = |age: i64| {
        let row = |id: &str| format!(r#"{{"profile_uuid":"{id}","age":{age}}}"#);
        format!(r#"{{"profiles":[{},{}]}}"#, row("a"), row("b"))
    };
    assert_eq!(fail(&[aged(1), aged(2)], "all items of a page were already returned"), "ab");
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

#[test]
fn find_reads_all_pages_and_returns_the_items_with_the_value() {
    let page = |items: &str| format!(r#"{{"profiles":[{items}]}}"#);
    let item = |id: &str, alias: &str| format!(r#"{{"profile_uuid":"{id}","profile_alias":"{alias}"}}"#);
    let full: Vec<_> =
        (0..20).map(|index| item(&index.to_string(), if index == 3 { "mine" } else { "other" })).collect();
    let last = format!(r#"{},{{"profile_uuid":"none"}},{}"#, item("a", "mine"), item("b", "Mine"));
    let bodies = [page(&full.join(",")), page(&last)];
    let (client, sent) = responding(&bodies.each_ref().map(String::as_str));
    let search = client.profile().find("mine");
    assert_eq!(sent.count(), 0, "nothing is sent before it is awaited");
    assert!(!format!("{search:?}").contains("mine"), "{search:?}");
    let found = now(search).expect("both pages");
    assert_eq!(found.iter().map(|profile| profile.profile_uuid.as_str()).collect::<Vec<_>>(), ["3", "a"]);
    assert_eq!(sent.count(), 2);
    let (client, _) = responding(&[bodies[0].as_str(), "!"]);
    assert!(now(client.profile().find("mine")).is_err(), "a page that cannot be read is no end");
}

/// Who finds nothing creates the object once more, so "not there" must be certain.
#[test]
fn find_fails_if_it_finds_nothing_and_could_not_read_an_item() {
    let mine = r#"{"profile_uuid":"a","profile_alias":"mine"}"#;
    for unread in [r#"{"profile_alias":"mine"}"#, "7", r#"{"profile_uuid":"b","profile_alias":{"is":"mine"}}"#] {
        let body = format!(r#"{{"profiles":[{unread}],"meta":{{"next":null}}}}"#);
        let (client, _) = responding(&[&body]);
        let error = now(client.profile().find("mine")).expect_err("an item cannot be read");
        assert!(error.to_string().contains("an item cannot be read, so the search is not complete"), "{error}");
        assert_eq!(error.outcome(), Outcome::Executed);
        // What is found is found.
        let body = format!(r#"{{"profiles":[{unread},{mine}],"meta":{{"next":null}}}}"#);
        let (client, _) = responding(&[&body]);
        assert_eq!(now(client.profile().find("mine")).expect("one").len(), 1);
    }
    // Another field that cannot be read does not matter.
    let (client, _) = responding(&[r#"{"profiles":[{"profile_uuid":"b","address":7}],"meta":{"next":null}}"#]);
    assert_eq!(now(client.profile().find("mine")).expect("all items"), []);
}

#[test]
fn a_search_that_has_ended_does_not_end_again_with_less() {
    let full = page(&["a"], r#","meta":{"next":"/v1/?offset=1"}"#);
    let (client, _) = responding(&[&full, "!"]);
    let mut search = client.profile().find("mine");
    assert_eq!(now(&mut search).expect_err("a refusal").status(), Some(400));
    assert!(now(&mut search).expect_err("it has ended").to_string().contains("polled again"));
}
