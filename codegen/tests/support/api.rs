//! What the resources of all tests belong to.

/// The `plivo.yaml` of all goldens.
pub(crate) const API: &str = "\
api: Example
summary: An API for tests.
hosts:
  api: { url: https://api.example.com, summary: Everything. }
auth:
  account: auth_id
  id_variable: EXAMPLE_ID
  token_variable: EXAMPLE_TOKEN
  summary: HTTP Basic.
errors: { refusal: error, messages: [error, message], summary: One sentence. }
pages: { limit: limit, offset: offset, summary: Both are numbers. }
";

/// What the SDKs of goldens can do.
pub(crate) const THING: &str = "\
resource: thing
plural: things
summary: A made-up resource.
sources:
  page: { says: \"a page\", enforce: error }
operations:
  paint:
    does: act
    summary: Paints one.
    request: POST /v1/Account/{auth_id}/Thing/
    body:
      color: { type: string, summary: Its color. }
      size: { type: integer, summary: Its size. }
    answer: { type: Painted }
answers:
  Painted:
    summary: It is painted.
    fields:
      message: { type: string, summary: Says so. }
";
