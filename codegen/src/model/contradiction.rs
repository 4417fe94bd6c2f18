//! Contradictions between sources.

use super::position::Position;

/// A fact about which sources differ.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// What each source says: its name and its words.
    pub witnesses: Vec<(String, String)>,
    /// What documented requests contain: the name of the example and the value in it.
    pub examples: Vec<(String, serde_json::Value)>,
    /// What this project does about it, for reviewers of the spec.
    pub decision: String,
    /// What callers must know about it, in a sentence that makes sense without the spec.
    pub note: Option<String>,
    /// Where the spec declares it.
    pub position: Position,
}
