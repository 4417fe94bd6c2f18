//! Paths with parameters.

/// A path with parameters.
#[derive(Clone, Debug)]
pub struct Path {
    /// The template, such as `/v1/Account/{account}/Profile/`.
    pub template: String,
    /// The segments after the first slash.
    pub segments: Vec<Segment>,
    /// Whether it ends in a slash.
    pub trailing_slash: bool,
}

/// The parameter of a path that is the caller's account.
pub const ACCOUNT: &str = "account";

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Fixed text.
    Literal(String),
    /// The account's id.
    Account,
    /// The value of the request's field with this wire name.
    Parameter(String),
}
