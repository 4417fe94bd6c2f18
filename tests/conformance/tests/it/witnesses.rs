//! The comparison of SDKs with the client: a made-up SDK of a made-up API, and the drivers of real SDKs.

mod comparison;
mod drivers;
mod inputs;
mod judgment;
mod runs;
mod table;

use plivo_codegen::model::{Model, Operation, SdkMethod};
use plivo_codegen::{SpecFile, model};
use plivo_conformance::witnesses::{SentBody, SentRequest};
use serde_json::{Map, Value};

use crate::api::API;
use crate::support::AUTH_ID;

const THING: &str = "\
resource: thing
plural: things
summary: A made-up resource.
sources:
  page: { says: \"a page\", enforce: error }
operations:
  paint:
    does: action
    summary: Paints a thing.
    request: POST /v1/Account/{account}/Thing/{name}/
    path: { name: { type: string, summary: Identifies the thing. } }
    query:
      - times: { type: integer, summary: Number of coats., min: 0, max: 9 }
    body:
      - color!: { type: enum, name: Color, values: [RED, GREEN], summary: Its color. }
      - label: { type: string, summary: Text on it. }
      - title: { type: string, summary: Second text on it. }
      - size:
          type: object
          name: Size
          summary: Its size.
          fields: { unit: { type: string, summary: Unit of length. }, width: { type: integer, summary: Its width. } }
    rules:
      one_text: { at_most_one_of: [label, title], summary: Label and title exclude each other. }
    empty_text: left_out
    answer: { type: Painted }
  wash:
    does: action
    summary: Washes a thing.
    request: DELETE /v1/Account/{account}/Thing/
    answer: { type: Painted }
answers:
  Painted:
    summary: Confirmation of a painted thing.
    fields: [message: { type: string, summary: Confirmation message., example: Painted. }]
";

const SDK: &str = "\
sdk: made_up
summary: A made-up SDK.
registry: PyPI
package: things
version: \"1.2.3\"
rules:
  empty_text: What is not given is an empty text.
  letter_case: Listed values go out as they are given.
  empty_body: No body is an empty object.
  missing_argument: There is no argument.
methods:
  thing.paint:
    calls: things.paint
    takes: [color, name, \"...\"]
    differs:
      /size: { sdk: as_text, why: It makes texts of numbers. }
      /label: { sdk: left_out, when: none, why: It thinks that this is nothing. }
      path: { sdk: otherwise, sends: \"/v1/Account/{account}/Thing/{name}\", why: It forgets the slash. }
      /sdk: { sdk: added, sends: made up, why: Its own name. }
lacks:
  thing.wash: It came later.
";

fn spec() -> Model {
    let sources = [("plivo.yaml", API), ("resources/thing.yaml", THING), ("sdks/made_up.yaml", SDK)];
    let sources = sources.map(|(path, text)| SpecFile::new(format!("spec/{path}"), text));
    model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

fn operation<'m>(model: &'m Model, name: &str) -> &'m Operation {
    model.resources[0].operations.iter().find(|operation| operation.name == name).expect(name)
}

fn method(model: &Model) -> &SdkMethod {
    &model.sdks[0].methods[0]
}

fn sent(body: Value) -> SentRequest {
    let path = format!("/v1/Account/{AUTH_ID}/Thing/a/");
    SentRequest { method: "POST".to_owned(), path, query: Map::new(), body: SentBody::Json(body) }
}
