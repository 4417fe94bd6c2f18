//! Looks at YAML before it is read: a short text can take the reader minutes, or all memory.

use granit_parser::{Event, Parser, ScanError};

/// So many lists and mappings may be open at once. The reader goes no deeper either, but takes minutes over
/// many open brackets, to refuse them in the end.
const DEEPEST: usize = 128;

/// Whether a text is YAML, not too deep, and as long as it looks. Whoever repeats a long text by its name has
/// all of it written out when it is read, so nothing may have a name.
pub(super) fn check(text: &str) -> Result<(), String> {
    let options = granit_parser::options! { emit_comments: false };
    let mut open = 0_usize;
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| explained(&error))?;
        let anchor = match event {
            Event::Alias(_) | Event::UnresolvedAlias(_) => 1,
            Event::Scalar(_, _, anchor, _) => anchor,
            Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => {
                open += 1;
                anchor
            }
            Event::SequenceEnd | Event::MappingEnd => {
                open = open.saturating_sub(1);
                0
            }
            _ => 0,
        };
        if anchor != 0 {
            let line = span.start.line();
            return Err(format!("an anchor or an alias at line {line}; write the value out where it is meant"));
        }
        if open > DEEPEST {
            return Err(too_deep());
        }
    }
    Ok(())
}

fn too_deep() -> String {
    format!("more than {DEEPEST} brackets are open at once; nothing here needs so many")
}

/// What the parser says, and the slip that everybody makes first.
fn explained(error: &ScanError) -> String {
    let info = error.info();
    if info.contains("recursion limit") {
        return too_deep();
    }
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    let hint = if info.contains("anchor") { "; in YAML, a `*` at the beginning is quoted: \"*\"" } else { "" };
    format!("{info} at line {line} column {column}{hint}")
}
