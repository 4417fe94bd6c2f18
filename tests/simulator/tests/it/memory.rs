//! What a simulator keeps under the load of many callers is bounded, and does not grow with what it has answered.

use crate::client::{Client, GADGETS, gadget, start_with};
use crate::load;
use crate::model::model;
use plivo_simulator::Options;

const REQUESTS: usize = 1_500;
/// What each change carries that nobody wants.
const BALLAST: usize = 64 * 1024;
/// The record may have so many bytes.
const RECORD: usize = 64 * 1024 * 1024;

/// The load, with everything that can go wrong; then all that was stored is deleted.
async fn wave(client: &Client) {
    client.simulator.set_faults(load::faults()).expect("possible faults");
    load::run(&client.simulator, REQUESTS, BALLAST).await;
    client.simulator.set_faults([]).expect("no faults");
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

/// One thread does all, for only its own allocations are counted.
#[test]
fn memory_is_flat() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = runtime.block_on(start_with(model(), Options::new().no_limit()));
    let live = || allocation_counter::measure(|| runtime.block_on(wave(&client))).bytes_current;
    let after_one = live();
    let kept = client.simulator.requests();
    let bodies: usize = kept.iter().map(|request| request.body().len()).sum();
    drop(kept);
    assert!((RECORD / 2..RECORD).contains(&bodies), "{bodies} bytes of bodies are kept");
    let most = i64::try_from(RECORD + RECORD / 8).expect("a small number");
    assert!(after_one < most, "{after_one} bytes are kept after one wave");
    // The record is full, so that only what it does not know of could grow.
    let grown = live();
    assert!(grown < most / 32, "{grown} bytes more after another wave");
}
