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
pages:
  limit: { name: limit, summary: Number of items on a page., min: 1 }
  offset: { name: offset, summary: Number of items before the page., min: 0 }
  cursor: { name: cursor, summary: Where the page begins. }
  summary: Two numbers, or a cursor.
deferral:
  url: callback_url
  method: callback_method
  answer: { says: later, status: [202] }
  summary: The result follows later.
formats:
  subaccount_id: { says: \"the \\\"id\\\" of a subaccount\", prefix: \"S-\", length: { min: 2, max: 4 }, alphabet: [lowercase, digits, \"_\"] }
groups: { toys: Things to play with. }
";
