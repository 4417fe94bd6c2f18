//! Which requests a fault applies to.

use crate::client::{Client, GADGETS, gadget, send, start, start_with, start_with_fault};
use crate::model::model;
use plivo_simulator::{Fault, Options};
use reqwest::Method;
use serde_json::json;

/// Lists the gadgets eight times and returns the statuses.
async fn statuses(client: &Client) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..8 {
        statuses.push(client.get(GADGETS).await.status);
    }
    statuses
}

#[tokio::test]
async fn faults_select_requests_by_route_and_number() {
    let client = start().await;
    let set = |fault: Fault| client.simulator.set_faults(fault).expect("valid faults");
    set(Fault::on("gadget.list").nth([2, 4]).status(500));
    assert_eq!(statuses(&client).await, [200, 500, 200, 500, 200, 200, 200, 200]);
    set(Fault::on("GET *").nth(2..=3).status(500));
    assert_eq!(statuses(&client).await, [200, 500, 500, 200, 200, 200, 200, 200]);
    set(Fault::on("GET /v1/Account/{account}/Gadget/").nth(7..).status(500));
    assert_eq!(statuses(&client).await, [200, 200, 200, 200, 200, 200, 500, 500]);
    set(Fault::on("POST *").status(500));
    assert_eq!(statuses(&client).await, [200; 8]);
    set(Fault::on("gadget.get").status(500));
    assert_eq!(statuses(&client).await, [200; 8]);
    set(Fault::on("*").status(418));
    assert_eq!(send(client.unauthenticated(Method::PUT, "/nothing")).await.status, 418);
}

#[tokio::test]
async fn faults_select_requests_by_account() {
    let mut client = start_with_fault(Fault::on("gadget.list").account("MAOTHER").nth(2..).status(500)).await;
    assert_eq!(statuses(&client).await, [200; 8]);
    client.set_account("MAOTHER");
    assert_eq!(statuses(&client).await, [200, 500, 500, 500, 500, 500, 500, 500]);
    // Without credentials, the account in the path counts.
    let path = GADGETS.replace("{account}", "MAOTHER");
    assert_eq!(send(client.unauthenticated(Method::GET, &path)).await.status, 500);
    let faults = send(client.unauthenticated(Method::GET, "/_simulator/faults")).await.ok();
    assert_eq!((&faults["matched"], &faults["script"]["faults"][0]["account"]), (&json!([9]), &json!("MAOTHER")));
    let error = client.simulator.set_faults(Fault::on("*").account("").status(500)).expect_err("an error");
    assert_eq!(
        error.to_string(),
        "faults[0].account: no account has an empty id; name an account, or remove `account`"
    );
}

#[tokio::test]
async fn the_first_matching_fault_takes_effect_and_all_count() {
    let client = start().await;
    let faults = [Fault::on("*").nth(2).status(500), Fault::on("gadget.list").nth(1..=3).status(502)];
    client.simulator.set_faults(faults).expect("valid faults");
    assert_eq!(statuses(&client).await, [502, 500, 502, 200, 200, 200, 200, 200]);
}

#[tokio::test]
async fn the_seed_determines_the_selection_by_probability() {
    let mut runs = Vec::new();
    for seed in [3, 3, 4] {
        let options = Options::new().seed(seed).faults(Fault::on("*").chance(0.5).status(500));
        runs.push(statuses(&start_with(model(), options).await).await);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
    for (chance, expected) in [(0.0, [200; 8]), (1.0, [500; 8])] {
        let client = start_with_fault(Fault::on("*").chance(chance).status(500)).await;
        assert_eq!(statuses(&client).await, expected);
    }
}

#[tokio::test]
async fn the_selection_for_an_operation_does_not_depend_on_other_requests() {
    for on in ["*", "POST *", "gadget.create"] {
        let mut runs = Vec::new();
        for with_other_requests in [false, true] {
            let fault = Fault::on(on).chance(0.5).status(500);
            let client = start_with(model(), Options::new().seed(5).faults(fault)).await;
            let mut statuses = Vec::new();
            for number in 0..10 {
                if with_other_requests {
                    client.get(GADGETS).await;
                    client.post("/nothing", json!({})).await;
                    client.post(&gadget("no-id"), json!({})).await;
                }
                statuses.push(client.post(GADGETS, json!({"name": "one", "size": number % 9 + 1})).await.status);
            }
            runs.push(statuses);
        }
        assert_eq!(runs[0], runs[1], "{on}");
        assert!(runs[0].contains(&500) && runs[0].contains(&202), "{runs:?}");
    }
}

#[tokio::test]
async fn operations_are_selected_independently() {
    let client = start_with(model(), Options::new().faults(Fault::on("GET *").chance(0.5).status(500))).await;
    let mut selections = [String::new(), String::new()];
    for _ in 0..32 {
        for (path, selection) in [GADGETS, "/v1/Account/{account}/Crate/"].into_iter().zip(&mut selections) {
            selection.push(if client.get(path).await.status == 500 { 'x' } else { '.' });
        }
    }
    assert_ne!(selections[0], selections[1]);
}

#[tokio::test]
async fn faults_can_be_removed() {
    let client = start_with_fault(Fault::on("*").status(500)).await;
    client.get(GADGETS).await.error(500);
    client.simulator.set_faults([]).expect("valid faults");
    client.get(GADGETS).await.ok();
    client.simulator.reset();
    client.get(GADGETS).await.error(500);
    assert_eq!(client.simulator.requests().len(), 1);
}
