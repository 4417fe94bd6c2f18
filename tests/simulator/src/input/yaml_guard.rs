//! Checks YAML before it is deserialized: a short text could take minutes, or all memory.

use granit_parser::{Event, Parser, ScanError};

/// The maximum depth of lists and mappings. Deserialization has the same limit, but takes minutes to reject
/// many open brackets.
const MAX_DEPTH: usize = 128;

/// Checks that a text is YAML, is not nested too deeply, and has no anchors or aliases. An alias repeats a value of
/// any size, so that a short text could expand to a huge one.
pub(super) fn check(text: &str) -> Result<(), String> {
    let options = granit_parser::options! { emit_comments: false };
    let mut depth = 0_usize;
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| syntax_error(&error))?;
        let anchor = match event {
            Event::Alias(_) | Event::UnresolvedAlias(_) => 1,
            Event::Scalar(_, _, anchor, _) => anchor,
            Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => {
                depth += 1;
                anchor
            }
            Event::SequenceEnd | Event::MappingEnd => {
                depth = depth.saturating_sub(1);
                0
            }
            _ => 0,
        };
        if anchor != 0 {
            let line = span.start.line();
            return Err(format!("anchors and aliases are not supported; repeat the value instead at line {line}"));
        }
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
    }
    Ok(())
}

fn too_deep() -> String {
    format!("lists and mappings are nested deeper than {MAX_DEPTH} levels")
}

/// The parser's message with its position. The most frequent mistake, an unquoted `*`, gets a hint.
fn syntax_error(error: &ScanError) -> String {
    let info = error.info();
    if info.contains("recursion limit") {
        return too_deep();
    }
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    let hint = if info.contains("anchor") { "; in YAML, a leading `*` must be quoted: \"*\"" } else { "" };
    format!("{info} at line {line} column {column}{hint}")
}
