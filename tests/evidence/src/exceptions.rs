//! Exceptions: where the spec does not follow a source, and why.

use std::fmt;
use std::path::Path;

use crate::BoxError;
use crate::finding::{Finding, Source};
use crate::table::{read, words};

/// A row of exceptions: it excepts each name in each operation or object.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    pub(crate) place: String,
    pub(crate) source: Source,
    of: Vec<String>,
    names: Vec<String>,
    claim: String,
    pub(crate) why: String,
}

/// One thing that a row excepts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'e> {
    pub(crate) exception: &'e Exception,
    pub(crate) of: &'e str,
    pub(crate) name: &'e str,
}

impl Exception {
    /// Reads the exceptions of a folder.
    pub(crate) fn read(folder: &Path, name: &str) -> Result<Vec<Self>, BoxError> {
        let rows = read(&folder.join("exceptions.csv"), ["source", "of", "name", "claim", "why"])?;
        let rows = rows.into_iter().map(|(line, [source, of, names, claim, why])| {
            let place = format!("{name}/exceptions.csv:{line}");
            let source = Source::named(&source).ok_or_else(|| format!("{place}: unknown source `{source}`"))?;
            if why.is_empty() {
                return Err(format!("{place}: no reason").into());
            }
            Ok(Self { place, source, of: words(&of), names: words(&names), claim, why })
        });
        rows.collect()
    }

    /// All that the row excepts.
    pub(crate) fn items(&self) -> Vec<Item<'_>> {
        let (of, names) = (or_empty(&self.of), or_empty(&self.names));
        let item = |of, name| Item { exception: self, of, name };
        of.iter().flat_map(|of| names.iter().map(|name| item(*of, *name))).collect()
    }
}

/// The items of a list, or one empty text.
fn or_empty(list: &[String]) -> Vec<&str> {
    if list.is_empty() { vec![""] } else { list.iter().map(String::as_str).collect() }
}

impl fmt::Display for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { exception: Exception { source, claim, .. }, of, name } = self;
        write!(f, "{},{of},{name},{claim}", source.name())
    }
}

impl Item<'_> {
    /// Whether it excepts a finding.
    pub(crate) fn covers(&self, finding: &Finding) -> bool {
        let Item { exception, of, name } = self;
        // One SDK sends a key that begins with a blank.
        let about = (finding.source, finding.of.as_str(), finding.name.trim(), finding.claim.as_str());
        about == (exception.source, *of, *name, exception.claim.as_str())
    }
}
