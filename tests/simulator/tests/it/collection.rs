//! Objects are created, read, changed and deleted.

use crate::client::{GADGETS, gadget, start, start_with};
use crate::model::model;
use plivo_codegen::SpecFile;
use plivo_simulator::Options;
use serde_json::json;

const NOBODY: &str = "201faedc-7df9-4840-9ab1-3997ce3f7cf4";

#[tokio::test]
async fn a_gadget_lives() {
    let client = start().await;
    let created = client.post(GADGETS, json!({"name": "one", "size": 3})).await;
    assert_eq!(created.status, 202);
    let body = created.ok();
    assert_eq!(body["message"], "Done.");
    assert_eq!(body["rang"], false, "always there, and nobody knows it");
    assert_ne!(body["api_id"], body["gadget_uuid"]);
    let id = body["gadget_uuid"].as_str().expect("an id");
    let updated = client.post(&gadget(id), json!({"size": 4, "gadget_uuid": NOBODY})).await.ok();
    assert_eq!(updated["gadget"]["size"], 4);
    assert_eq!(updated["gadget"]["name"], "one");
    assert_eq!(updated["gadget"]["gadget_uuid"], id);
    assert_eq!(client.get(&gadget(id)).await.ok()["gadget"], updated["gadget"]);
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], json!([updated["gadget"]]));
    assert_eq!(client.delete(&gadget(id)).await.ok()["message"], "Done.");
    assert_eq!(client.delete(&gadget(id)).await.error(404), "Gadget not found.");
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], json!([]));
}

#[tokio::test]
async fn an_object_inside_is_replaced_whole() {
    let client = start().await;
    let id = client.create(json!({"name": "one", "owner": {"mail": "a@b.c", "title": "Ms"}})).await;
    let updated = client.post(&gadget(&id), json!({"owner": {"mail": "d@e.f"}})).await.ok();
    assert_eq!(updated["gadget"]["owner"], json!({"mail": "d@e.f"}));
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let client = start().await;
    for id in [NOBODY, "no-id"] {
        assert_eq!(client.get(&gadget(id)).await.error(404), "Gadget not found.");
        assert_eq!(client.post(&gadget(id), json!({"size": 1})).await.error(404), "Gadget not found.");
        assert_eq!(client.delete(&gadget(id)).await.error(404), "Gadget not found.");
    }
}

#[tokio::test]
async fn a_path_leads_through_what_exists() {
    let client = start().await;
    let here = client.create(json!({"name": "one"})).await;
    let part = client.post(&format!("{}Part/", gadget(&here)), json!({})).await.ok()["part_id"].clone();
    for id in [NOBODY, "no-id"] {
        assert_eq!(client.post(&format!("{}Ring/", gadget(id)), json!({})).await.error(404), "Gadget not found.");
        assert_eq!(client.get(&format!("{}Number/", gadget(id))).await.error(404), "Gadget not found.");
        let parts = format!("{}Part/", gadget(id));
        assert_eq!(client.get(&parts).await.error(404), "Gadget not found.");
        assert_eq!(client.post(&parts, json!({})).await.error(404), "Gadget not found.");
        assert_eq!(client.delete(&format!("{parts}{part}/")).await.error(404), "Gadget not found.");
    }
    client.get(&format!("{}Number/", gadget(&here))).await.ok();
    let parts = format!("{}Part/", gadget(&here));
    assert_eq!(client.delete(&format!("{parts}1/")).await.error(404), "Part not found.");
    client.delete(&gadget(&here)).await.ok();
    assert_eq!(client.get(&parts).await.error(404), "Gadget not found.");
    assert_eq!(client.post(&format!("{}Ring/", gadget(&here)), json!({})).await.error(404), "Gadget not found.");
}

#[tokio::test]
async fn collections_inside_of_objects_are_apart() {
    let client = start().await;
    let (one, two) = (client.create(json!({"name": "one"})).await, client.create(json!({"name": "two"})).await);
    let part = client.post(&format!("{}Part/", gadget(&one)), json!({"label": "a"})).await.ok();
    let id = part["part_id"].as_i64().expect("a number");
    assert_eq!(part["label"], "a");
    assert_eq!(client.get(&format!("{}Part/", gadget(&two))).await.ok()["response"]["objects"], json!([]));
    client.delete(&format!("{}Part/{id}/", gadget(&two))).await.error(404);
    let listed = client.get(&format!("{}Part/", gadget(&one))).await.ok();
    assert_eq!(listed["response"]["objects"], json!([{"part_id": id, "label": "a"}]));
    assert_eq!(listed["response"]["meta"]["total_count"], 1);
    let deleted = client.delete(&format!("{}Part/{id}/", gadget(&one))).await;
    assert_eq!((deleted.status, &deleted.body), (204, &json!(null)));
    assert!(!deleted.headers.contains_key("content-type"));
}

#[tokio::test]
async fn collections_beside_each_other_are_apart() {
    let client = start().await;
    let crates = "/v1/Account/{account}/Crate/";
    let made = client.post(&format!("{crates}?place=here"), json!({})).await.ok();
    let id = made["crate"]["crate_id"].as_str().expect("an id");
    assert_eq!(id.len(), 32);
    assert_eq!(made["crate"], json!({"crate_id": id}), "a query is about the request");
    client.create(json!({"name": "one"})).await;
    let listed = client.get(crates).await.ok();
    assert_eq!(listed["crates"], json!([{"crate_id": id}]));
    assert_eq!(listed["meta"]["count"], 1);
}

#[tokio::test]
async fn a_seed_decides_what_is_given() {
    let mut seen = Vec::new();
    for seed in [1, 1, 2] {
        let client = start_with(model(), Options::new().seed(seed)).await;
        // A refused request in one of them changes none of the ids of objects.
        if seen.is_empty() {
            client.post(GADGETS, json!({})).await.error(400);
        }
        let id = client.create(json!({"name": "one"})).await;
        seen.push(client.get(&gadget(&id)).await.ok()["gadget"].clone());
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0]["gadget_uuid"], seen[2]["gadget_uuid"]);
    assert_eq!(seen[0]["made_at"], seen[2]["made_at"]);
}

#[tokio::test]
async fn times_advance() {
    let client = start().await;
    let (one, two) = (client.create(json!({"name": "one"})).await, client.create(json!({"name": "two"})).await);
    assert_ne!(one, two);
    assert_eq!(client.get(&gadget(&two)).await.ok()["gadget"]["made_at"], "2026-01-01T00:00:02.000002Z");
}

const TREE: &str = "
resource: tree
plural: trees
summary: Trees.
object: Tree
id: tree_id
sources:
  page: { says: a made-up page, enforce: error }
fields:
  tree_id: { type: string, summary: The tree., given_by: server, example: t }
operations:
  create: { does: create, summary: Plants one., request: 'POST /v1/Account/{auth_id}/Tree/', answer: { type: Tree } }
  delete: { does: delete, summary: Fells one., request: 'DELETE /v1/Account/{auth_id}/Tree/{tree_id}/', answer: { type: Tree } }
answers:
  Tree: { summary: A tree., fields: { tree_id: always } }
";

/// Here the tree is called otherwise.
const LEAF: &str = "
resource: leaf
plural: leaves
summary: Leaves of a tree.
object: Leaf
id: leaf_id
sources:
  page: { says: a made-up page, enforce: error }
fields:
  tree: { type: string, summary: The tree. }
  leaf_id: { type: string, summary: The leaf., given_by: server, example: l }
operations:
  create: { does: create, summary: Grows one., request: 'POST /v1/Account/{auth_id}/Tree/{tree}/Leaf/', answer: { type: Leaf } }
  list: { does: list, summary: Lists them., request: 'GET /v1/Account/{auth_id}/Tree/{tree}/Leaf/', answer: { type: Leaf, list: leaves, total: none } }
  get: { does: read, summary: Returns one., request: 'GET /v1/Account/{auth_id}/Leaf/{leaf_id}/', answer: { type: Leaf } }
answers:
  Leaf: { summary: A leaf., fields: { leaf_id: always } }
";

#[tokio::test]
async fn a_parent_may_be_called_otherwise_inside() {
    let sources = [
        SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        SpecFile::new("spec/resources/leaf.yaml", LEAF),
        SpecFile::new("spec/resources/tree.yaml", TREE),
    ];
    let model = plivo_codegen::model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let client = start_with(model, Options::new()).await;
    let trees = "/v1/Account/{account}/Tree/";
    client.post(&format!("{trees}nope/Leaf/"), json!({})).await.error(404);
    let tree = client.post(trees, json!({})).await.ok()["tree_id"].as_str().expect("an id").to_owned();
    let leaves = format!("{trees}{tree}/Leaf/");
    let leaf = client.post(&leaves, json!({})).await.ok()["leaf_id"].as_str().expect("an id").to_owned();
    // It may be read without its tree.
    let alone = format!("/v1/Account/{{account}}/Leaf/{leaf}/");
    assert_eq!(client.get(&alone).await.ok()["leaf_id"], leaf);
    assert_eq!(client.get(&leaves).await.ok()["leaves"].as_array().map(Vec::len), Some(1));
    client.delete(&format!("{trees}{tree}/")).await.ok();
    client.get(&leaves).await.error(404);
    client.get(&alone).await.error(404);
}
