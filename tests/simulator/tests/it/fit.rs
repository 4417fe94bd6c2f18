//! Answers have the types that the spec declares for them, whatever is stored.

use crate::client::{Client, start_with};
use plivo_codegen::SpecFile;
use plivo_simulator::Options;
use serde_json::json;

const NOTES: &str = "/v1/Account/{account}/Note/";

/// A note is stored with one id, and its creation answers a list of ids.
const NOTE: &str = "
resource: note
plural: notes
summary: Notes.
object: Note
id: note_uuid
sources:
  page: { says: a made-up page, enforce: error }
fields:
  to: { type: list, items: { type: string }, delimiter: '<', summary: The readers. }
  size: { type: integer, summary: The size. }
  paper: { type: object, name: Paper, summary: The paper., given_by: server, fields: { colour: { type: string, summary: Its colour., example: white } } }
  order_uuid: { type: string, summary: The order., format: uuid, given_by: server }
  note_uuid: { type: string, summary: The note., format: uuid, example: 6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c09, given_by: server }
operations:
  create:
    does: create
    summary: Creates a note.
    request: POST /v1/Account/{account}/Note/
    body: [to!, size]
    answer: { type: Ordered }
  get: { does: read, summary: Returns a note., request: 'GET /v1/Account/{account}/Note/{note_uuid}/', answer: { type: Note, under: note } }
  ids: { does: list, summary: Lists the ids., request: 'GET /v1/Account/{account}/Note/', answer: { type: string, list: notes, total: none, meta: none } }
  burn: { does: action, summary: Burns a note., request: 'POST /v1/Account/{account}/Note/{note_uuid}/Burn/', answer: { type: Burnt } }
  print: { does: action, summary: Prints a note., request: 'POST /v1/Account/{account}/Note/{note_uuid}/Print/', answer: { type: Burnt, under: printed }, examples: [printed] }
answers:
  Ordered:
    summary: The ids.
    fields:
      - note_uuid!
      - order_uuid!
      - extra: { type: object, name: Extra, summary: More., fields: { tip: { type: string, summary: A tip., example: none } } }
  Note: { summary: A note., fields: [note_uuid!, to, size, paper, order_uuid] }
  Burnt: { summary: It is burnt., fields: [note_uuid!, size, message: { type: string, summary: Confirmation message., example: Burnt. }] }
examples:
  printed:
    request: { note_uuid: 6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c01 }
    answer: { printed: { note_uuid: 6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c01, message: Printed. } }
";

async fn start() -> Client {
    let sources = [
        SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        SpecFile::new("spec/resources/note.yaml", NOTE),
    ];
    let model = plivo_codegen::model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    start_with(model, Options::new()).await
}

async fn create(client: &Client) -> String {
    let created = client.post(NOTES, json!({"to": "a<b", "size": 3})).await.ok();
    created["note_uuid"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_stand_in_has_the_format_of_its_field() {
    let client = start().await;
    let created = client.post(NOTES, json!({"to": "a<b"})).await.ok();
    assert_eq!(created["order_uuid"], "00000000-0000-4000-8000-000000000000");
}

#[tokio::test]
async fn only_an_object_of_the_server_has_the_examples_of_its_fields() {
    let client = start().await;
    let created = client.post(NOTES, json!({"to": "a<b"})).await.ok();
    assert_eq!(created["extra"], json!(null));
    let id = created["note_uuid"].as_str().expect("an id");
    let shown = client.get(&format!("{NOTES}{id}/")).await.ok();
    assert_eq!(shown["note"], json!({"note_uuid": id, "to": "a<b", "paper": {"colour": "white"}}));
}

#[tokio::test]
async fn a_list_of_plain_values_has_the_ids() {
    let client = start().await;
    let id = create(&client).await;
    assert_eq!(client.get(NOTES).await.ok()["notes"], json!([id]));
}

#[tokio::test]
async fn the_answer_of_an_action_has_the_values_of_the_path() {
    let client = start().await;
    let id = create(&client).await;
    let burnt = client.post(&format!("{NOTES}{id}/Burn/"), json!({})).await.ok();
    assert_eq!((&burnt["note_uuid"], &burnt["message"]), (&json!(id), &json!("Burnt.")));
    let printed = client.post(&format!("{NOTES}{id}/Print/"), json!({})).await.ok();
    assert_eq!(printed["printed"], json!({"note_uuid": id, "message": "Printed."}));
    let documented = "6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c01";
    let printed = client.post(&format!("{NOTES}{documented}/Print/"), json!({})).await.ok();
    assert_eq!(printed["printed"]["note_uuid"], documented);
}
