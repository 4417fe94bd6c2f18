//! Reads requests that come as data, and reports everything that is wrong with them.

use serde::Deserializer;

use super::check::validate;
use super::report::{Report, Violation};
use crate::codec::Request;
use crate::codec::decode::{Mistake, decode_into};
use crate::drift::push_front;
use crate::schema::{Authority, Single, Source, Value, truncated};

const TYPES: Authority = Authority::Error(&Source::new("types", "the types of the request"));

/// The number of characters that are shown of an error of the data format.
const MAX_ERROR: usize = 200;

/// Reads a request from data, such as JSON or a web form, and reports everything that is wrong with it at once.
///
/// The data is read as by `Deserialize`: an unknown key, a duplicate key or a value of the wrong kind is a mistake, and
/// numbers and booleans may be texts. A field that is missing because its key is misspelt is reported once. A request without mistakes is returned as it is; its `validate` finds the rest.
///
/// A key that a web form repeats (`limit=1&limit=2`) is a duplicate key, as it is for types with serde's derive: none of
/// the values is more likely than the other. A list comes from JSON, because a form has no form of its own for one.
///
/// ```
/// # #[cfg(feature = "profile")] {
/// use plivo::profile::CreateProfile;
/// let json = serde_json::json!({ "website": 7, "compny_name": "Example Bakery LLC" });
/// let report = plivo::read_request::<CreateProfile, _>(json).expect_err("two mistakes");
/// let pointers: Vec<_> = report.errors().iter().map(|error| error.pointer()).collect();
/// assert_eq!(pointers[..2], ["/compny_name", "/website"]);
/// # }
/// ```
///
/// # Errors
///
/// If there is a mistake. The report has the mistakes, and the violations in the rest of the request.
pub fn read_request<'de, R: Request + Single, D: Deserializer<'de>>(deserializer: D) -> Result<R, Report> {
    let mut request = <R as Value>::empty();
    let mistakes = match decode_into(&mut request, deserializer) {
        Ok(mistakes) => mistakes,
        Err(error) => return Err(Report::from_mistakes([malformed(&error.to_string())])),
    };
    if mistakes.is_empty() {
        return Ok(request);
    }
    let rest = validate(&request, R::OPERATION);
    // What is missing or empty because of a mistake is no second violation.
    let is_new = |violation: &&Violation| !mistakes.kept().iter().any(|mistake| explains(mistake, violation.pointer()));
    let new: Vec<_> = rest.errors().iter().chain(rest.warnings()).filter(is_new).cloned().collect();
    let mut report = Report::from_mistakes(mistakes.into_all());
    new.into_iter().for_each(|violation| report.add(violation));
    Err(report)
}

fn malformed(error: &str) -> Mistake {
    let message = truncated(error, MAX_ERROR).to_owned();
    Mistake { pointer: String::new(), rule: "syntax", message, meant: None }
}

/// Whether a mistake is why the value at a pointer is missing or empty.
fn explains(mistake: &Mistake, pointer: &str) -> bool {
    let (within, _) = mistake.pointer.rsplit_once('/').unwrap_or_default();
    let is_meant = |name| {
        let mut meant = String::new();
        push_front(&mut meant, name);
        pointer.strip_prefix(within) == Some(&meant)
    };
    contains(&mistake.pointer, pointer) || mistake.meant.is_some_and(is_meant)
}

/// Whether the value at the outer pointer contains that at the inner one, or is the same.
fn contains(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Report {
    fn from_mistakes(mistakes: impl IntoIterator<Item = Mistake>) -> Self {
        let mut report = Self::default();
        for Mistake { pointer, rule, message, .. } in mistakes {
            report.add(Violation::new(pointer, rule, message, TYPES));
        }
        report
    }
}
