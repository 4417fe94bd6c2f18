//! `cargo xtask explain`: explains the codes of diagnostics.

use plivo_codegen::Code;

use crate::BoxError;

/// Explains one code. Without a code, lists all of them.
pub(crate) fn explain(id: Option<&str>) -> Result<String, BoxError> {
    let Some(id) = id else {
        return Ok(Code::ALL.iter().map(|code| format!("{} {}\n", code.id(), code.title())).collect());
    };
    let found = Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(id));
    let code = found.ok_or_else(|| format!("unknown code `{id}`; `cargo xtask explain` lists all codes"))?;
    Ok(format!("{}: {}\n\n{}\n", code.id(), code.title(), code.explanation()))
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn codes_are_explained() {
        assert!(explain(Some("s003")).unwrap().starts_with("S003: a tab in the indentation\n\nYAML does not"));
        assert!(explain(None).unwrap().lines().count() >= 50);
        let unknown = explain(Some("E0001")).unwrap_err().to_string();
        assert_eq!(unknown, "unknown code `E0001`; `cargo xtask explain` lists all codes");
    }
}
