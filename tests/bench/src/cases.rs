//! The tasks to compare.

use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use http::{HeaderMap, StatusCode};
use plivo::profile::{Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, Seniority, Vertical};
use plivo::transport::{Transport, TransportFuture, TransportRequest, TransportResponse};
use plivo::{Client, Validation};
use serde_json::{Value, json};

use crate::plain;

/// Which implementation to run.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Ours,
    ByHand,
}

type Task = Box<dyn Fn()>;

/// One task in two implementations.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    ours: fn() -> Task,
    by_hand: fn() -> Task,
}

impl Case {
    pub(crate) fn task(&self, side: Side) -> Task {
        match side {
            Side::Ours => (self.ours)(),
            Side::ByHand => (self.by_hand)(),
        }
    }
}

/// All cases.
pub(crate) const CASES: [Case; 6] = [
    Case { name: "deserialize a profile", ours: || read_by_us(1), by_hand: || read_by_hand(1) },
    Case { name: "deserialize 20 profiles", ours: || read_by_us(20), by_hand: || read_by_hand(20) },
    Case { name: "serialize a request", ours: write_by_us, by_hand: write_by_hand },
    Case { name: "validate and serialize a request", ours: check_by_us, by_hand: write_by_hand },
    Case { name: "create, without network", ours: call_by_us, by_hand: call_by_hand },
    Case { name: "list of 20, without network", ours: list_by_us, by_hand: || page_by_hand(20) },
];

pub(crate) fn profile() -> Value {
    json!({
        "profile_uuid": "201faedc-7df9-4840-9ab1-3997ce3f7cf4", "profile_alias": "Example Bakery",
        "profile_type": "SECONDARY", "primary_profile": "06ecae31-4bf8-40b9-ac62-e902418e9935",
        "customer_type": "DIRECT", "entity_type": "PRIVATE", "company_name": "Example Bakery LLC", "vertical": "RETAIL",
        "ein": "012345678", "ein_issuing_country": "US", "stock_symbol": "", "stock_exchange": "NASDAQ",
        "address": { "street": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701",
            "country": "US" },
        "authorized_contact": { "first_name": "Ada", "last_name": "Example", "email": "ada@example.com",
            "phone": "+12175550123", "title": "Ms", "seniority": "CEO" },
        "alt_business_id": null, "alt_business_id_type": "NONE", "website": "https://example.com",
        "plivo_subaccount": "", "created_at": "2026-11-23T10:00:00.123456Z",
    })
}

fn rows(count: usize) -> String {
    Value::from(vec![profile(); count]).to_string()
}

/// A page in which two values of each item are of another kind than the spec says.
pub(crate) fn differing_page(count: usize) -> String {
    let mut page: Value = serde_json::from_str(&page(count)).unwrap_or_default();
    for profile in page["profiles"].as_array_mut().into_iter().flatten() {
        profile["website"] = json!(7);
        profile["ein_issuing_country"] = json!(["US"]);
    }
    page.to_string()
}

pub(crate) fn page(count: usize) -> String {
    let meta =
        json!({ "limit": 20, "offset": 0, "next": "/v1/Account/M/Profile/?limit=20&offset=20", "previous": null });
    json!({ "api_id": "10ba1525-e333-449e-a05f-b8bd591710a9", "meta": meta, "profiles": vec![profile(); count] })
        .to_string()
}

fn read_by_us(count: usize) -> Task {
    let text = rows(count);
    Box::new(move || drop(black_box(serde_json::from_str::<Vec<plivo::profile::Profile>>(black_box(&text)))))
}

fn read_by_hand(count: usize) -> Task {
    let text = rows(count);
    Box::new(move || drop(black_box(serde_json::from_str::<Vec<plain::Profile>>(black_box(&text)))))
}

pub(crate) fn request() -> CreateProfile {
    let address = Address::builder().street("1 Main Street").city("Springfield").state("IL");
    let contact = AuthorizedContact::builder().first_name("Ada").last_name("Example").email("ada@example.com");
    CreateProfile::builder()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Retail)
        .address(address.postal_code("62701").country("US").build())
        .authorized_contact(contact.phone("+12175550123").title("Ms").seniority(Seniority::Ceo).build())
        .ein("012345678")
        .build()
}

fn write_by_us() -> Task {
    let request = request();
    Box::new(move || drop(black_box(serde_json::to_vec(black_box(&request)))))
}

fn write_by_hand() -> Task {
    let request = plain::request();
    Box::new(move || drop(black_box(serde_json::to_vec(black_box(&request)))))
}

fn check_by_us() -> Task {
    let request = request();
    Box::new(move || {
        drop(black_box(request.validate()));
        drop(black_box(serde_json::to_vec(black_box(&request))));
    })
}

pub(crate) const CREATED: &str =
    r#"{"api_id":"a","message":"created","profile_uuid":"201faedc-7df9-4840-9ab1-3997ce3f7cf4"}"#;

/// Responds immediately, always with the same response.
struct Fixed(TransportResponse);

impl Transport for Fixed {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        black_box(request);
        Box::pin(async { Ok(self.0.clone()) })
    }
}

fn client(body: String) -> Client {
    let transport = Fixed(TransportResponse::new(StatusCode::OK, HeaderMap::new(), body));
    let builder = Client::builder().credentials(plivo::testing::AUTH_ID, plivo::testing::AUTH_TOKEN);
    let built = builder.transport(transport).without_limits().build();
    built.unwrap_or_else(|error| panic!("valid settings: {error}"))
}

/// The output of a future that is ready at the first poll.
fn now<F: IntoFuture>(future: F) -> Option<F::Output> {
    let mut future = pin!(future.into_future());
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

fn call_by_us() -> Task {
    let (client, request) = (client(CREATED.to_owned()), request());
    Box::new(move || drop(black_box(now(client.send(request.clone())))))
}

/// No validation, headers or retries: only the JSON of request and response.
fn call_by_hand() -> Task {
    let request = plain::request();
    Box::new(move || {
        drop(black_box(serde_json::to_vec(black_box(&request.clone()))));
        drop(black_box(serde_json::from_str::<plain::Created>(black_box(CREATED))));
    })
}

fn list_by_us() -> Task {
    let client = client(page(20));
    Box::new(move || drop(black_box(now(client.profile().list().send().with_validation(Validation::Error)))))
}

fn page_by_hand(count: usize) -> Task {
    let text = page(count);
    Box::new(move || drop(black_box(serde_json::from_str::<plain::Page>(black_box(&text)))))
}
