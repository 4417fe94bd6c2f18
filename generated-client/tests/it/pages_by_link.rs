//! What a client takes from the link to the next page: cursors, and parameters beside them.

use plivo::profile::{EntityType, ProfileType, Vertical};

use crate::fake_transport::{AUTH_ID, now};
use crate::pages::{fail, list, page, responding};

/// The metadata with this link.
fn next(link: &str) -> String {
    format!(r#","meta":{{"limit":2,"next":"{link}"}}"#)
}

/// The metadata with a link that has this cursor.
fn cursor(cursor: &str) -> String {
    next(&format!("/v1/Account/M/Profile/?limit=2&cursor={cursor}"))
}

#[test]
fn a_cursor_is_followed_without_the_offset() {
    let (client, sent) =
        responding(&[&page(&["c"], &cursor("x%3D%3D")), &page(&["d"], &cursor("y")), &page(&["e"], "")]);
    let mut pages = client.profile().list().limit(2).offset(2).type_(ProfileType::Secondary).pages();
    let mut positions = Vec::new();
    while let Some(page) = now(pages.next()) {
        page.expect("a page");
        positions.push((pages.offset(), pages.cursor().map(str::to_owned)));
    }
    let position = |offset, cursor: &str| (offset, Some(cursor.to_owned()));
    assert_eq!(positions, [position(3, "x=="), position(4, "y"), position(5, "y")]);
    let queries: Vec<_> = sent.urls().iter().map(|url| url.split_once('?').expect("a query").1.to_owned()).collect();
    assert_eq!(
        queries,
        ["limit=2&offset=2&type=SECONDARY", "type=SECONDARY&limit=2&cursor=x%3D%3D", "type=SECONDARY&limit=2&cursor=y"]
    );
}

#[test]
fn only_the_query_of_a_link_counts() {
    for link in [
        "/v1/Account/M/Profile/?limit=2&offset=2",
        "/v1/Account/M/Profile?offset=2&limit=2",
        "/api/v1/account/xxxxxxx/profile?offset=2&limit=2",
        "https://api.plivo.com/v1/Account/M/Profile/?limit=2&offset=2",
        "http://elsewhere.example:81/?limit=2&offset=2#top",
        "//elsewhere.example?limit=2&offset=2",
        "?limit=2&offset=2&limit=9&offset=9",
        "/v1/?limit=2&offset=2&account=MAOTHER&cursor=",
    ] {
        let listed = list(&[page(&["a", "b"], &next(link)), page(&["c"], "")]);
        assert!(listed.error.is_none() && listed.ids == "abc", "{link}");
        assert_eq!(listed.queries, ["limit=2", "limit=2&offset=2"], "{link}");
    }
}

#[test]
fn filters_are_kept_and_those_of_the_link_count() {
    let link = next("/v1/Profile/?limit=1&type=PRIMARY&vertical=&tag=a&tag=b+c&offset=2");
    let (client, sent) = responding(&[&page(&["a", "b"], &link), &page(&["c"], "")]);
    let list = client
        .profile()
        .list()
        .limit(2)
        .type_(ProfileType::Primary)
        .entity_type(EntityType::Public)
        .vertical(Vertical::Retail);
    let mut items = list.items().with_options(|call| call.with_extra("sort", "age"));
    while let Some(item) = now(items.next()) {
        item.expect("an item");
    }
    let route = format!("/v1/Account/{AUTH_ID}/Profile/");
    assert_eq!(
        sent.target(),
        format!("{route}?entity_type=PUBLIC&vertical=RETAIL&sort=age&limit=1&offset=2&type=PRIMARY&tag=a&tag=b%20c")
    );
}

#[test]
fn a_cursor_that_does_not_move_is_an_error() {
    let problem = "has a cursor that was already followed";
    assert_eq!(fail(&[page(&["a"], &cursor("x")), page(&["b"], &cursor("x"))], problem), "ab");
    let circle = [page(&["a"], &cursor("x")), page(&["b"], &cursor("y")), page(&["c"], &cursor("x"))];
    assert_eq!(fail(&circle, problem), "abc");
    assert_eq!(
        fail(&[page(&["a"], &cursor("x")), page(&["a"], &cursor("y"))], "all items of a page were already returned"),
        "a"
    );
}

#[test]
fn a_link_without_a_cursor_after_one_with_is_an_error() {
    for link in ["/v1/?limit=2", "elsewhere", "/v1/?cursor="] {
        assert_eq!(fail(&[page(&["a"], &cursor("x")), page(&["b"], &next(link))], "has no cursor"), "ab", "{link}");
    }
    let number = r#","meta":{"next":5}"#;
    assert_eq!(fail(&[page(&["a"], &cursor("x")), page(&["b"], number)], "has no cursor"), "ab");
    let listed = list(&[page(&["a"], &cursor("x")), page(&["b"], &next("/v1/?offset=2")), page(&["c"], "")]);
    assert_eq!((listed.ids.as_str(), listed.queries[2].as_str()), ("abc", "limit=2&offset=2"));
}

/// A filter can leave a page without items.
#[test]
fn an_empty_page_with_another_cursor_is_not_the_end() {
    let listed = list(&[page(&["a"], &cursor("x")), page(&[], &cursor("y")), page(&["b"], "")]);
    assert!(listed.error.is_none() && listed.ids == "ab");
    let listed = list(&[page(&["a"], &cursor("x")), page(&[], &cursor("x"))]);
    assert!(listed.error.is_none() && listed.ids == "a");
    let endless: Vec<_> = (0..100).map(|number| page(&[], &cursor(&number.to_string()))).collect();
    assert_eq!(fail(&endless, "100 pages in a row are empty"), "");
}

#[test]
fn a_caller_can_start_at_a_cursor() {
    let (client, sent) = responding(&[&page(&["b"], &cursor("y")), &page(&["c"], &cursor("x"))]);
    let start = |call: plivo::Pending<_>| call.with_extra("cursor", "x");
    let mut items = client.profile().list().items().with_options(start);
    let ids: Vec<_> = std::iter::from_fn(|| now(items.next()).and_then(Result::ok)).map(|it| it.profile_uuid).collect();
    assert_eq!(ids, ["b", "c"]);
    let queries: Vec<_> = sent.urls().iter().map(|url| url.split_once('?').expect("a query").1.to_owned()).collect();
    assert_eq!(queries, ["cursor=x", "limit=2&cursor=y"], "the first cursor is not followed again");
}
