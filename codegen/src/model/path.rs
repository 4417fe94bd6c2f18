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

impl Path {
    /// The names and the values of the parameters, if a text is such a path.
    pub fn read<'t>(&self, text: &'t str) -> Option<Vec<(String, &'t str)>> {
        let text = text.strip_prefix('/')?;
        let text = if self.trailing_slash { text.strip_suffix('/')? } else { text };
        let given: Vec<_> = text.split('/').collect();
        let is_path = given.len() == self.segments.len();
        let fits = |(segment, text): (&Segment, &&str)| match segment {
            Segment::Literal(literal) => literal == text,
            Segment::Account | Segment::Parameter(_) => !text.is_empty(),
        };
        let value = |(segment, text): (&Segment, &&'t str)| match segment {
            Segment::Parameter(name) => Some((name.clone(), *text)),
            Segment::Literal(_) | Segment::Account => None,
        };
        let is_path = is_path && self.segments.iter().zip(&given).all(fits);
        is_path.then(|| self.segments.iter().zip(&given).filter_map(value).collect())
    }
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
