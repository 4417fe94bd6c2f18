//! The query of an endpoint: the account and the resource that a request is limited to.

use crate::input::nearest;
use plivo_codegen::model::Model;
use url::form_urlencoded;

/// The account and the resource that a request is limited to.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Selection {
    /// The id of the account; all if absent.
    pub(super) account: Option<String>,
    /// The name of the resource; all if absent.
    pub(super) resource: Option<String>,
}

impl Selection {
    /// Reads a query. Fails if it has a key that is not `known`: a misspelt key would select everything.
    pub(super) fn parse(query: Option<&str>, known: &[&str]) -> Result<Self, String> {
        let mut selection = Self::default();
        for (key, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match &*key {
                "account" if known.contains(&"account") => selection.account = Some(value.into_owned()),
                "resource" if known.contains(&"resource") => selection.resource = Some(value.into_owned()),
                _ => return Err(unknown_key(&key, known)),
            }
        }
        Ok(selection)
    }

    /// Fails if the spec has no such resource: nothing would be selected.
    pub(super) fn check(self, model: &Model) -> Result<Self, String> {
        let names = || model.resources.iter().map(|resource| resource.name.as_str());
        match self.resource.as_deref().filter(|given| !names().any(|name| name == *given)) {
            None => Ok(self),
            Some(given) => {
                let hint = nearest(given, names()).map(|name| format!("; did you mean `{name}`?"));
                Err(format!("The spec has no resource `{given}`{}", hint.unwrap_or_default()))
            }
        }
    }
}

fn unknown_key(key: &str, known: &[&str]) -> String {
    let taken = match known {
        [] => "it takes none".to_owned(),
        known => format!("it takes `{}`", known.join("` and `")),
    };
    let hint = nearest(key, known.iter()).map_or(taken, |name| format!("did you mean `{name}`?"));
    format!("The endpoint does not take the query key `{key}`; {hint}")
}

#[cfg(test)]
mod tests {
    use super::Selection;

    #[test]
    fn a_selection_is_parsed() {
        let parse = |query, known: &[&str]| Selection::parse(query, known);
        assert_eq!(parse(None, &[]), Ok(Selection::default()));
        let both = Selection { account: Some("MA 1".to_owned()), resource: Some("a".to_owned()) };
        assert_eq!(parse(Some("resource=a&account=MA%201"), &["account", "resource"]), Ok(both));
        let error = |query, known: &[&str]| Selection::parse(Some(query), known).expect_err("an error");
        let key = "The endpoint does not take the query key";
        assert_eq!(error("acount=a", &["account"]), format!("{key} `acount`; did you mean `account`?"));
        assert_eq!(error("resource=a", &["account"]), format!("{key} `resource`; it takes `account`"));
        assert_eq!(error("a", &[]), format!("{key} `a`; it takes none"));
    }
}
