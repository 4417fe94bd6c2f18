//! How large a spec may be. A larger one describes no API: a diagnostic refuses it before it costs time, memory or
//! stack.
//!
//! The largest file of a real spec uses a tenth of these limits, or less. They keep a run within seconds, whatever
//! the input.

/// Bytes of a file.
pub(crate) const BYTES: usize = 1024 * 1024;

/// Keys and values of a file.
pub(crate) const VALUES: usize = 25_000;

/// Nesting depth of lists and mappings. The YAML parsers and the Rust compiler give up at 128.
pub(crate) const DEPTH: usize = 64;

/// Bytes of a name, which becomes a Rust name and is repeated at each use.
pub(crate) const NAME: usize = 100;

/// Required fields of one object. Its builder has a state for each, and each setter names them all.
pub(crate) const REQUIRED: usize = 100;

/// Values of one enumeration.
pub(crate) const LISTED: usize = 2_000;

/// Bytes of text and data in the copies of fields that the operations and answers of one resource take.
pub(crate) const REPEATED: usize = 4 * 1024 * 1024;

/// Diagnostics that are kept and shown. Further ones are only counted.
pub(crate) const PROBLEMS: usize = 200;

/// Characters of one text in a diagnostic.
pub(crate) const SHOWN: usize = 1_000;

/// Known names that an unknown one is compared with.
pub(crate) const NEIGHBOURS: usize = 1_000;

/// Bytes of all violations in one request.
pub(crate) const VIOLATIONS: usize = 4 * 1024 * 1024;

/// Bytes of all field examples in one answer.
pub(crate) const EXAMPLES: usize = 64 * 1024;

/// A text, truncated if it is too long to be shown.
pub(crate) fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    text
}
