//! A list gives all of its items exactly once, or an error, whatever the kind of its pages and the form of its links.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Mutex;

use fastrand::Rng;
use plivo::Outcome;
use plivo::profile::ProfileType;
use plivo::transport::TransportRequest;
use url::form_urlencoded;

use crate::fake_server::{Reply, fake_server, response};
use crate::fake_transport::{AUTH_ID, now};
use crate::virtual_time::VirtualTime;

/// What the links of a server contain, and which parameters count.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// An offset.
    Offset,
    /// A cursor. An offset is ignored.
    Cursor,
    /// A cursor. An offset counts more.
    Hybrid,
    /// The answers have no links.
    Unlinked,
}

const KINDS: [Kind; 4] = [Kind::Offset, Kind::Cursor, Kind::Hybrid, Kind::Unlinked];

/// What can be wrong with a link. The first five are spellings that change nothing.
const ODDITIES: [&str; 14] = [
    "{path}?{query}",
    "https://api.example.com{path}?{query}",
    "/api/v1/account/xxxxxxx/profile?{query}",
    "?{query}#top",
    "{path}?{query}&limit=0&auth_id=MAOTHER&type=",
    "{path}",
    "elsewhere",
    "",
    "{path}?limit=2&offset=0",
    "{path}?limit=2&offset=99",
    "{path}?limit=2&cursor=0",
    "{path}?limit=2&offset=",
    "true",
    "5",
];

/// The number of oddities that change nothing.
const HARMLESS: usize = 5;

/// A list on a server.
struct List {
    kind: Kind,
    count: usize,
    /// The page size of the server, which a request can only lower.
    limit: usize,
    /// Whether answers have metadata.
    has_meta: bool,
    /// Links that are not what they should be, by the position of the page behind them.
    oddities: HashMap<usize, usize>,
    /// Pages without items, with a link to the next one.
    gaps: Vec<usize>,
}

impl List {
    fn random(random: &mut Rng) -> Self {
        let (count, limit, kind) = (random.usize(..30), random.usize(1..8), KINDS[random.usize(..KINDS.len())]);
        let odd = random.usize(..4);
        let odd_links = (0..odd).map(|_| (random.usize(..31), random.usize(..ODDITIES.len()))).collect();
        let gaps =
            if kind == Kind::Cursor { (0..random.usize(..3)).map(|_| random.usize(..31)).collect() } else { vec![] };
        Self { kind, count, limit, has_meta: random.bool(), oddities: odd_links, gaps }
    }

    /// Whether each link leads to the next page.
    fn is_sound(&self) -> bool {
        self.kind == Kind::Unlinked || self.oddities.values().all(|oddity| *oddity < HARMLESS)
    }

    fn answer(&self, request: &TransportRequest) -> Reply {
        let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
        assert!(path.ends_with(&format!("/v1/Account/{AUTH_ID}/Profile/")), "the route of the operation: {path}");
        let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let values =
            |name: &str| query.iter().filter(|(key, _)| key == name).map(|(_, value)| value).collect::<Vec<_>>();
        assert_eq!(values("type"), ["SECONDARY"], "the filter is kept");
        let number = |name: &str| {
            assert!(values(name).len() < 2, "{name} is sent once");
            values(name).first().and_then(|value| value.trim_start_matches('c').parse::<usize>().ok())
        };
        let (offset, cursor) = (number("offset"), number("cursor"));
        assert!(offset.is_none() || cursor.is_none(), "an offset beside a cursor");
        let start = match self.kind {
            Kind::Offset | Kind::Unlinked => offset,
            Kind::Cursor => cursor,
            Kind::Hybrid => offset.or(cursor),
        };
        self.page(start.unwrap_or(0), number("limit").unwrap_or(20).min(self.limit).max(1))
    }

    fn page(&self, start: usize, limit: usize) -> Reply {
        // A gap comes before the page at its position, with a cursor of its own.
        let (start, is_gap) = if start >= 1000 { (start - 1000, false) } else { (start, self.gaps.contains(&start)) };
        let end = if is_gap { start } else { (start + limit).min(self.count) };
        let rows: Vec<_> = (start..end).map(|id| format!(r#"{{"profile_uuid":"{id}"}}"#)).collect();
        let next = if is_gap { start + 1000 } else { end };
        let has_next = is_gap || end < self.count;
        let query = match self.kind {
            Kind::Offset | Kind::Unlinked => format!("limit={limit}&offset={next}"),
            Kind::Cursor | Kind::Hybrid => format!("limit={limit}&cursor=c{next}"),
        };
        let form = self.oddities.get(&end).map_or(ODDITIES[0], |oddity| ODDITIES[*oddity]);
        let link = form.replace("{path}", "/v1/Account/M/Profile/").replace("{query}", &query);
        let link = if matches!(form, "true" | "5") { link } else { format!("\"{link}\"") };
        let next = if has_next { link } else { "null".to_owned() };
        let meta = match (self.kind, self.has_meta) {
            (Kind::Unlinked, false) => String::new(),
            (Kind::Unlinked, true) => format!(r#","limit":{limit},"count":{}"#, self.count),
            (_, false) => format!(r#","meta":{{"next":{next}}}"#),
            (_, true) => format!(r#","meta":{{"limit":{limit},"offset":{start},"next":{next}}}"#),
        };
        response(200, &format!(r#"{{"profiles":[{}]{meta}}}"#, rows.join(",")))
    }
}

#[test]
fn all_items_come_once_or_there_is_an_error() {
    let mut random = Rng::with_seed(1);
    let outcomes = RefCell::new([0; 2]);
    for round in 0..2000 {
        let list = List::random(&mut random);
        let shown =
            format!("{round}: {:?} {} by {} {:?} {:?}", list.kind, list.count, list.limit, list.oddities, list.gaps);
        let (count, is_sound) = (list.count, list.is_sound());
        // An empty link says that there is no other page.
        let may_end_early = list.oddities.values().any(|oddity| ODDITIES[*oddity].is_empty());
        let list = Mutex::new(list);
        let time = VirtualTime::new(1);
        let reply = move |_, request: &TransportRequest| list.lock().expect("no panic").answer(request);
        let (builder, recorder) = fake_server(&time, reply);
        let client = builder.without_limits().build().expect("a client");
        let mut items = client.profile().list().type_(ProfileType::Secondary).items();
        let (mut ids, mut error) = (Vec::new(), None);
        while let Some(item) = now(items.next()) {
            match item {
                Ok(item) => ids.push(item.profile_uuid.parse::<usize>().expect("a number")),
                Err(failed) => error = Some(failed),
            }
        }
        assert!(recorder.starts().len() <= 2 * count + 6, "{shown}: {} requests", recorder.starts().len());
        let first: Vec<_> = (0..ids.len()).collect();
        assert_eq!(ids, first, "{shown}");
        match &error {
            None => assert!(ids.len() == count || may_end_early, "{shown}: {} items", ids.len()),
            Some(error) => assert!(!is_sound && error.outcome() == Outcome::Executed, "{shown}: {error}"),
        }
        outcomes.borrow_mut()[usize::from(error.is_some())] += 1;
    }
    assert!(outcomes.borrow().iter().all(|count| *count > 100), "{outcomes:?}");
}
