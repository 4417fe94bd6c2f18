//! `cargo xtask explain`: explains the codes of diagnostics.

use plivo_codegen::Code;

use crate::BoxError;

/// Explains one code. Without a code, lists all of them.
pub(crate) fn explain(id: Option<&str>) -> Result<String, BoxError> {
    let Some(id) = id else {
        return Ok(Code::ALL.iter().map(|code| format!("{} {}\n", code.id(), code.title())).collect());
    };
    let found = Code::ALL.iter().find(|code| is_id_of(**code, id));
    let code = found.ok_or_else(|| format!("unknown code `{id}`; `cargo xtask explain` lists all codes"))?;
    Ok(format!("{}: {}\n\n{}\n", code.id(), code.title(), code.explanation()))
}

/// Whether this is the id of the code, in any letter case and perhaps without its zeros: `s3` is `S003`.
fn is_id_of(code: Code, id: &str) -> bool {
    let parts =
        |id: &str| id.split_at_checked(1).map(|(letter, number)| (letter.to_uppercase(), number.parse::<u16>()));
    parts(id).is_some_and(|(letter, number)| number.is_ok() && parts(code.id()) == Some((letter, number)))
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn codes_are_explained() {
        assert!(explain(Some("s003")).unwrap().starts_with("S003: a tab in the indentation\n\nYAML does not"));
        assert_eq!(explain(Some("S3")).unwrap(), explain(Some("S003")).unwrap());
        assert!(explain(Some("S")).is_err() && explain(Some("é3")).is_err() && explain(Some("")).is_err());
        assert!(explain(None).unwrap().lines().count() >= 50);
        let unknown = explain(Some("E0001")).unwrap_err().to_string();
        assert_eq!(unknown, "unknown code `E0001`; `cargo xtask explain` lists all codes");
    }
}
