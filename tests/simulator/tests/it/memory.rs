//! What a simulator keeps does not grow with the requests that it has answered.

use crate::model::model;
use plivo_simulator::{Drift, Fault, Options, Reset, Simulator};
use reqwest::Client;
use serde_json::{Value, json};

const REQUESTS: usize = 200;
/// The text that each request carries.
const NOTE: usize = 4 * 1024;

/// Creates and deletes gadgets, each on a connection of its own, and lets go of the record.
async fn wave(simulator: &Simulator) {
    let gadgets = format!("{}/v1/Account/MAEXAMPLE/Gadget/", simulator.url());
    for _ in 0..REQUESTS / 2 {
        let http = Client::builder().no_proxy().build().expect("a client");
        let body = json!({"name": "one", "note": "x".repeat(NOTE)});
        let create = http.post(&gadgets).basic_auth("MAEXAMPLE", Some("token")).json(&body);
        let Ok(created) = create.send().await else { continue };
        let created: Value = created.json().await.expect("JSON");
        let id = created["gadget_uuid"].as_str().expect("an id");
        let delete = http.delete(format!("{gadgets}{id}/")).basic_auth("MAEXAMPLE", Some("token"));
        delete.send().await.expect("an answer");
    }
    simulator.clear_requests();
}

#[test]
fn memory_is_flat() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let faults = [
        Fault::on("gadget.create").nth([3, 50, 90]).reset(Reset::BeforeExecuting),
        Fault::on("gadget.delete").chance(0.5).drift_anywhere(Drift::Drop),
    ];
    let options = Options::new().no_limit().faults(faults);
    let simulator = runtime.block_on(Simulator::start(model(), options)).expect("a free port");
    runtime.block_on(wave(&simulator));
    let grown = allocation_counter::measure(|| runtime.block_on(wave(&simulator))).bytes_current;
    let carried = i64::try_from(REQUESTS / 2 * NOTE).expect("a small number");
    assert!(grown < carried / 8, "{grown} bytes more after {carried} bytes of requests");
}
