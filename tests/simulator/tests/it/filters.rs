//! Lists are filtered by what the server gives, by moments and by prefixes.

use crate::client::{Client, start_with};
use plivo_codegen::SpecFile;
use plivo_simulator::Options;
use serde_json::json;
use std::time::Duration;

const PARCEL: &str = r#"
resource: parcel
plural: parcels
summary: Parcels.
object: Parcel
id: parcel_id
sources:
  page: { says: a made-up page, enforce: error }
  go: { says: a made-up SDK, enforce: warn }
fields:
  to: { type: string, summary: Where it goes. }
  parcel_id: { type: string, summary: Which parcel., given_by: server }
  place: { type: string, summary: Where it is., given_by: server, example: depot }
  weight: { type: decimal, summary: How heavy it is., given_by: server, example: "1.50" }
  sent_at: { type: timestamp, summary: When it was sent., given_by: server, source: go }
operations:
  create: { does: create, summary: Sends a parcel., request: 'POST /v1/Account/{account}/Parcel/', body: [to!], answer: { type: Parcel } }
  list:
    does: list
    summary: Lists parcels.
    request: GET /v1/Account/{account}/Parcel/
    query:
      - parcel_id
      - place
      - weight: { type: decimal, summary: How heavy it is., compare: [is, gt] }
      - sent_at: { type: timestamp, summary: When it was sent., source: go, compare: [is, gt, gte, lt, lte] }
      - since: { type: timestamp, summary: When it was sent., filters: sent_at, compare: [gte] }
      - to_startswith: { type: string, summary: Where it goes., filters: to, compare: [prefix] }
      - to_any: { items: string, delimiter: "<", summary: Where it goes., filters: to }
    answer: { type: Parcel, list: parcels, total: count }
answers:
  Parcel: { summary: A parcel., fields: [parcel_id!, to, place, weight, sent_at] }
"#;

const PARCELS: &str = "/v1/Account/{account}/Parcel/";

/// Starts a simulator with three parcels, sent at intervals of a minute.
async fn start() -> Client {
    let sources = [
        SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        SpecFile::new("spec/resources/parcel.yaml", PARCEL),
    ];
    let model = plivo_codegen::model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let client = start_with(model, Options::new()).await;
    for to in ["Home", "Harbour", "Hotel"] {
        client.post(PARCELS, json!({"to": to})).await.ok();
        client.simulator.advance(Duration::from_secs(60));
    }
    client
}

impl Client {
    /// The destinations of the parcels in a list, separated by spaces.
    async fn destinations(&self, query: &str) -> String {
        let body = self.get(&format!("{PARCELS}?{query}")).await.ok();
        let parcels = body["parcels"].as_array().expect("an array").clone();
        let names: Vec<_> = parcels.iter().filter_map(|parcel| parcel["to"].as_str()).collect();
        names.join(" ")
    }
}

#[tokio::test]
async fn what_the_server_gives_filters() {
    let client = start().await;
    let parcels = client.get(PARCELS).await.ok()["parcels"].clone();
    let id = parcels[1]["parcel_id"].as_str().expect("an id");
    assert_eq!(client.destinations(&format!("parcel_id={id}")).await, "Harbour");
    assert_eq!(client.destinations("place=depot").await, "Home Harbour Hotel");
    assert_eq!(client.destinations("place=ship").await, "");
    assert_eq!(client.destinations("weight=1.50").await, "Home Harbour Hotel");
    assert_eq!(client.destinations("weight__gt=1.5").await, "", "decimal numbers compare as numbers");
}

#[tokio::test]
async fn moments_compare_as_moments() {
    let client = start().await;
    for (query, expected) in [
        ("sent_at=2026-01-01+00:01", "Harbour"),
        ("sent_at=2026-01-01+00:01:00.000", "Harbour"),
        ("sent_at__gt=2026-01-01+00:01", "Hotel"),
        ("sent_at__gte=2026-01-01+00:01:00", "Harbour Hotel"),
        ("sent_at__gte=2026-01-01+00:00:00.5&sent_at__lt=2026-01-01+00:02", "Harbour"),
        ("sent_at__lte=2025-12-31+23:59", ""),
        ("since__gte=2026-01-01+00:02", "Hotel"),
    ] {
        assert_eq!(client.destinations(query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_moment_has_its_form() {
    let client = start().await;
    let refused = client.get(&format!("{PARCELS}?since__gte=yesterday")).await;
    let message = "since__gte must be a date and a time, as in 2026-01-31 23:59:59.";
    assert_eq!(refused.error(400), message);
    assert_eq!(client.destinations("sent_at=yesterday").await, "", "only a warning, but no parcel was sent then");
}

#[tokio::test]
async fn a_prefix_filters() {
    let client = start().await;
    assert_eq!(client.destinations("to_startswith=Ho").await, "Home Hotel");
    assert_eq!(client.destinations("to_startswith=ho").await, "");
    assert_eq!(client.destinations("to_startswith=Ho&sent_at__gt=2026-01-01+00:00").await, "Hotel");
}

#[tokio::test]
async fn a_filter_by_several_values_finds_each_of_them() {
    let client = start().await;
    assert_eq!(client.destinations("to_any=Harbour").await, "Harbour");
    assert_eq!(client.destinations("to_any=Hotel%3CHome").await, "Home Hotel");
}
