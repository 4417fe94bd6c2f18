//! Paths in answers.

use crate::model::{Path, Segment};

/// The segment of a text at the position of a parameter in a path. `None` if the text is another path.
pub fn segment_of<'t>(path: &Path, text: &'t str, parameter: &str) -> Option<&'t str> {
    let text = text.strip_prefix('/')?;
    let given: Vec<_> = text.strip_suffix('/').unwrap_or(text).split('/').collect();
    let fits = |(segment, given): (&Segment, &&str)| !matches!(segment, Segment::Literal(text) if text != given);
    if given.len() != path.segments.len() || !path.segments.iter().zip(&given).all(fits) {
        return None;
    }
    let is_it = |segment: &Segment| matches!(segment, Segment::Parameter(name) if name == parameter);
    given.get(path.segments.iter().position(is_it)?).copied()
}
