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
formats:
  subaccount_id: { says: \"the \\\"id\\\" of a subaccount\", prefix: \"S-\", length: { min: 2, max: 4 }, alphabet: [lowercase, digits, \"_\"] }
";
