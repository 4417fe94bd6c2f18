//! Sessions with operations of the project's spec, which use everything that the language can say.

use crate::client::{Client, start_with};
use crate::model::spec;
use plivo_simulator::Options;
use serde_json::json;

async fn start() -> Client {
    start_with(spec(), Options::new()).await
}

const ACCOUNT: &str = "/v1/Account/{account}";

/// The number of objects on the first page of a list.
async fn listed(client: &Client, path: &str) -> Option<usize> {
    client.get(&format!("{ACCOUNT}{path}")).await.ok()["objects"].as_array().map(Vec::len)
}

#[tokio::test]
async fn what_a_request_leaves_out_has_its_default_also_under_another_name() {
    let client = start().await;
    client.post(&format!("{ACCOUNT}/Message/"), json!({"src": "1", "dst": "2", "text": "Hello."})).await.ok();
    assert_eq!(listed(&client, "/Message/?message_type=sms").await, Some(1));
    assert_eq!(listed(&client, "/Message/?message_type=mms").await, Some(0));
}

#[tokio::test]
async fn one_object_is_the_parent_under_each_of_its_names() {
    let client = start().await;
    let named = format!("{ACCOUNT}/MultiPartyCall/name_Voice/");
    let agent = json!({"role": "agent", "from": "12175550100", "to": "12175550101"});
    client.get(&named).await.error(404);
    client.post(&format!("{named}Participant/"), agent.clone()).await.ok();
    let call = client.get(&named).await.ok();
    assert_eq!(call["friendly_name"], "Voice");
    let by_id = format!("{ACCOUNT}/MultiPartyCall/uuid_{}/", call["mpc_uuid"].as_str().expect("an id"));
    client.post(&format!("{by_id}Participant/"), agent).await.ok();
    for path in [&named, &by_id] {
        let listed = client.get(&format!("{path}Participant/")).await.ok();
        assert_eq!(listed["objects"].as_array().map(Vec::len), Some(2), "{path}");
    }
    let unknown = format!("{ACCOUNT}/MultiPartyCall/name_Nobody/Record/Pause/");
    client.post(&unknown, json!({})).await.error(404);
}

#[tokio::test]
async fn beside_a_list_is_what_is_known_of_its_parent() {
    let client = start().await;
    let made = client.post(&format!("{ACCOUNT}/Powerpack/"), json!({"name": "Support"})).await.ok();
    let pool = made["number_pool"].as_str().expect("a path").to_owned();
    let listed = client.get(&format!("{pool}Number/")).await.ok();
    assert_eq!(listed["number_pool"], pool.as_str());
    assert!(listed["uuid"].as_str().is_some_and(|uuid| pool.contains(uuid)), "{listed}");
}
