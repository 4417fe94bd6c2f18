//! Contradictions between sources.

/// Where sources differ.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// Who says what: the name of the witness and its words.
    pub witnesses: Vec<(String, String)>,
    /// What the documented requests hold: the name of the example and the value found there.
    pub examples: Vec<(String, serde_json::Value)>,
    /// What this project does about it, for reviewers of the spec.
    pub decision: String,
    /// What a caller must know about it, in a sentence that makes sense without the spec.
    pub note: Option<String>,
}
