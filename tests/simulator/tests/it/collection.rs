//! Stored objects are created, read, updated, listed and deleted.

use crate::client::{GADGETS, gadget, start, start_with};
use crate::model::model;
use plivo_codegen::SpecFile;
use plivo_simulator::Options;
use serde_json::json;

const MISSING_ID: &str = "201faedc-7df9-4840-9ab1-3997ce3f7cf4";

#[tokio::test]
async fn an_object_is_created_updated_read_listed_and_deleted() {
    let client = start().await;
    let created = client.post(GADGETS, json!({"name": "one", "size": 3})).await;
    assert_eq!(created.status, 202);
    let body = created.ok();
    assert_eq!(body["message"], "Done.");
    assert_eq!(body["rang"], false, "a placeholder: always present, never set");
    assert_ne!(body["api_id"], body["gadget_uuid"]);
    let id = body["gadget_uuid"].as_str().expect("an id");
    let updated = client.post(&gadget(id), json!({"size": 4, "gadget_uuid": MISSING_ID})).await.ok();
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
async fn an_update_replaces_a_nested_object_as_a_whole() {
    let client = start().await;
    let id = client.create(json!({"name": "one", "owner": {"mail": "a@b.c", "title": "Ms"}})).await;
    let updated = client.post(&gadget(&id), json!({"owner": {"mail": "d@e.f"}})).await.ok();
    assert_eq!(updated["gadget"]["owner"], json!({"mail": "d@e.f"}));
}

#[tokio::test]
async fn a_missing_object_is_not_found() {
    let client = start().await;
    for id in [MISSING_ID, "no-id"] {
        assert_eq!(client.get(&gadget(id)).await.error(404), "Gadget not found.");
        assert_eq!(client.post(&gadget(id), json!({"size": 1})).await.error(404), "Gadget not found.");
        assert_eq!(client.delete(&gadget(id)).await.error(404), "Gadget not found.");
    }
}

#[tokio::test]
async fn every_object_in_a_path_must_exist() {
    let client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    let part = client.post(&format!("{}Part/", gadget(&id)), json!({})).await.ok()["part_id"].clone();
    for missing in [MISSING_ID, "no-id"] {
        assert_eq!(client.post(&format!("{}Ring/", gadget(missing)), json!({})).await.error(404), "Gadget not found.");
        assert_eq!(client.get(&format!("{}Bell/", gadget(missing))).await.error(404), "Gadget not found.");
        let parts = format!("{}Part/", gadget(missing));
        assert_eq!(client.get(&parts).await.error(404), "Gadget not found.");
        assert_eq!(client.post(&parts, json!({})).await.error(404), "Gadget not found.");
        assert_eq!(client.delete(&format!("{parts}{part}/")).await.error(404), "Gadget not found.");
    }
    client.get(&format!("{}Bell/", gadget(&id))).await.ok();
    let parts = format!("{}Part/", gadget(&id));
    assert_eq!(client.delete(&format!("{parts}1/")).await.error(404), "Part not found.");
    client.delete(&gadget(&id)).await.ok();
    assert_eq!(client.get(&parts).await.error(404), "Gadget not found.");
    assert_eq!(client.post(&format!("{}Ring/", gadget(&id)), json!({})).await.error(404), "Gadget not found.");
}

#[tokio::test]
async fn collections_of_different_parents_are_separate() {
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
async fn collections_of_different_resources_are_separate() {
    let client = start().await;
    let crates = "/v1/Account/{account}/Crate/";
    let created = client.post(&format!("{crates}?place=here"), json!({})).await.ok();
    let id = created["crate"]["crate_id"].as_str().expect("an id");
    assert_eq!(id.len(), 32);
    assert_eq!(created["crate"], json!({"crate_id": id}), "query fields are not stored");
    client.create(json!({"name": "one"})).await;
    let listed = client.get(crates).await.ok();
    assert_eq!(listed["crates"], json!([{"crate_id": id}]));
    assert_eq!(listed["meta"]["count"], 1);
}

#[tokio::test]
async fn the_seed_determines_generated_ids() {
    let mut gadgets = Vec::new();
    for seed in [1, 1, 2] {
        let client = start_with(model(), Options::new().seed(seed)).await;
        // A rejected request does not change the ids of objects.
        if gadgets.is_empty() {
            client.post(GADGETS, json!({})).await.error(400);
        }
        let id = client.create(json!({"name": "one"})).await;
        gadgets.push(client.get(&gadget(&id)).await.ok()["gadget"].clone());
    }
    assert_eq!(gadgets[0], gadgets[1]);
    assert_ne!(gadgets[0]["gadget_uuid"], gadgets[2]["gadget_uuid"]);
    assert_eq!(gadgets[0]["made_at"], gadgets[2]["made_at"]);
}

#[tokio::test]
async fn timestamps_advance() {
    let client = start().await;
    let (one, two) = (client.create(json!({"name": "one"})).await, client.create(json!({"name": "two"})).await);
    assert_ne!(one, two);
    assert_eq!(client.get(&gadget(&two)).await.ok()["gadget"]["made_at"], "2026-01-01T00:00:00.000001Z");
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
  create: { does: create, summary: Creates a tree., request: 'POST /v1/Account/{account}/Tree/', answer: { type: Tree } }
  delete: { does: delete, summary: Deletes a tree., request: 'DELETE /v1/Account/{account}/Tree/{tree_id}/', answer: { type: Tree } }
answers:
  Tree: { summary: A tree., fields: [tree_id!] }
";

/// Its path calls the id of the tree `tree`, not `tree_id`.
const LEAF: &str = "
resource: leaf
plural: leaves
summary: Leaves of a tree.
object: Leaf
id: leaf_id
parent: { tree: tree }
sources:
  page: { says: a made-up page, enforce: error }
fields:
  tree: { type: string, summary: The tree. }
  leaf_id: { type: string, summary: The leaf., given_by: server, example: l }
operations:
  create: { does: create, summary: Creates a leaf., request: 'POST /v1/Account/{account}/Tree/{tree}/Leaf/', answer: { type: Leaf } }
  list: { does: list, summary: Lists the leaves., request: 'GET /v1/Account/{account}/Tree/{tree}/Leaf/', answer: { type: Leaf, list: leaves, total: none } }
  get: { does: read, summary: Returns a leaf., request: 'GET /v1/Account/{account}/Tree/{tree}/Leaf/{leaf_id}/', answer: { type: Leaf } }
answers:
  Leaf: { summary: A leaf., fields: [leaf_id!] }
";

#[tokio::test]
async fn a_nested_path_may_rename_the_id_of_its_parent() {
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
    let one_leaf = format!("{leaves}{leaf}/");
    assert_eq!(client.get(&one_leaf).await.ok()["leaf_id"], leaf);
    assert_eq!(client.get(&leaves).await.ok()["leaves"].as_array().map(Vec::len), Some(1));
    client.delete(&format!("{trees}{tree}/")).await.ok();
    client.get(&leaves).await.error(404);
    client.get(&one_leaf).await.error(404);
}
