//! The memory of a simulator under load is bounded.

use crate::client::{Client, GADGETS, gadget, start_with};
use crate::load;
use crate::model::model;
use plivo_simulator::Options;

const REQUESTS: usize = 1_500;
/// The size of the padding in the body of each change, in bytes.
const PADDING: usize = 64 * 1024;
/// The maximum size of the record, in bytes.
const RECORD: usize = 64 * 1024 * 1024;

/// Runs the load with all faults, then deletes all stored objects.
async fn run_load(client: &Client) {
    client.simulator.set_faults(load::faults()).expect("valid faults");
    load::run(&client.simulator, REQUESTS, PADDING).await;
    client.simulator.set_faults([]).expect("valid faults");
    loop {
        let page = client.get(GADGETS).await.ok();
        let gadgets = page["gadgets"].as_array().expect("a list");
        for one in gadgets {
            client.delete(&gadget(one["gadget_uuid"].as_str().expect("an id"))).await.ok();
        }
        if gadgets.is_empty() {
            return;
        }
    }
}

/// Runs on one thread, because only its allocations are counted.
#[test]
fn memory_does_not_grow_with_the_number_of_requests() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = runtime.block_on(start_with(model(), Options::new().no_limit()));
    let allocated = || allocation_counter::measure(|| runtime.block_on(run_load(&client))).bytes_current;
    let after_first = allocated();
    let requests = client.simulator.requests();
    let bodies: usize = requests.iter().map(|request| request.body().len()).sum();
    drop(requests);
    assert!((RECORD / 2..RECORD).contains(&bodies), "{bodies} bytes of bodies are recorded");
    let max = i64::try_from(RECORD + RECORD / 8).expect("a small number");
    assert!(after_first < max, "{after_first} bytes are allocated after the first run");
    // The record is full, so a second run must not allocate more.
    let growth = allocated();
    assert!(growth < max / 32, "{growth} more bytes after the second run");
}
