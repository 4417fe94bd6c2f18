//! How large a spec may be. What is larger describes no API; it is refused with a diagnostic before it
//! costs time, memory or stack.
//!
//! The largest file of a real spec takes a tenth of these, or less. They keep the work of a run within
//! seconds, whatever the text is: nothing in this crate may take longer than a file of this size allows.

/// Bytes of a file.
pub(crate) const BYTES: usize = 1024 * 1024;

/// Keys and values of a file.
pub(crate) const VALUES: usize = 25_000;

/// Lists and mappings inside each other. The YAML parsers and the Rust compiler give up at 128.
pub(crate) const DEPTH: usize = 64;

/// Bytes of a name: it becomes a Rust name and is repeated wherever the name is used.
pub(crate) const NAME: usize = 100;

/// Required fields of one object: its builder has a state for each, and each setter names them all.
pub(crate) const REQUIRED: usize = 100;

/// Values of one enumeration: every text in every example is looked up among them.
pub(crate) const LISTED: usize = 2_000;

/// Bytes of texts and data that a resource repeats, because operations and answers take the same fields.
pub(crate) const REPEATED: usize = 4 * 1024 * 1024;

/// Problems that are kept and shown. The others are counted.
pub(crate) const PROBLEMS: usize = 200;

/// Characters of one text in a diagnostic.
pub(crate) const SHOWN: usize = 1_000;

/// Known names that are compared with an unknown one.
pub(crate) const NEIGHBOURS: usize = 1_000;

/// Bytes of all findings in one request.
pub(crate) const VIOLATIONS: usize = 4 * 1024 * 1024;

/// Bytes of all examples of fields in one answer.
pub(crate) const EXAMPLES: usize = 64 * 1024;

/// A text, cut where it is too long to be shown.
pub(crate) fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    text
}
