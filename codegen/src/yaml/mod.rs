//! YAML: text to a tree of values with spans. No other module knows YAML.
//!
//! An event parser reads the tree. `serde_yaml` reads the same text, and must find the same tree: what two parsers agree
//! on is what other parsers and people read as well.

mod agreement;
mod events;
mod node;
mod scalar;
mod visible;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::limits;
use crate::spec_file::SpecFile;
pub(crate) use events::ambiguous;
pub(crate) use node::{Data, Entry, Node};
pub(crate) use scalar::{is_ambiguous, is_plain_number};

/// Reads one file. `None`: it has no tree, which is reported. Other problems of its YAML are reported as well, and
/// the rest of the tree can still be checked.
pub(crate) fn read(spec_file: &SpecFile, file: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let before = diagnostics.errors();
    if spec_file.text.len() > limits::BYTES {
        diagnostics.push(Diagnostic::file_too_large(&spec_file.path));
        return None;
    }
    if spec_file.text.starts_with('\u{feff}') {
        let span = Span { file, start: 0, end: 3 };
        diagnostics.push(
            Diagnostic::new(Code::Syntax, "the file begins with a byte order mark")
                .at(span, "")
                .help("save it as UTF-8 without a byte order mark"),
        );
        return None;
    }
    if visible::has_invisible(&spec_file.text, file, diagnostics) {
        return None;
    }
    let node = events::read(spec_file, file, diagnostics)?;
    // A file with problems is checked as far as it can be read.
    let is_sound = diagnostics.errors() == before;
    (!is_sound || agreement::check(spec_file, &node, diagnostics)).then_some(node)
}
