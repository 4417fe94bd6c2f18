//! Links of lists that differ from the path of the list.

use crate::api::change_links;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How the links of a list are written. Only their query leads to another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Links {
    /// With the scheme and the name of another host.
    OtherHost,
    /// With another spelling of the path.
    OtherPath,
    /// Without the slash at the end of the path.
    NoSlash,
    /// Without a query, so that they lead nowhere.
    NoQuery,
}

impl Links {
    /// Changes all links of a body. Returns whether there was one.
    pub(super) fn apply(self, body: &mut Value) -> bool {
        change_links(body, &|link| {
            let (path, query) = link.split_once('?').unwrap_or((link, ""));
            match self {
                Self::OtherHost => format!("https://elsewhere.example{link}"),
                Self::OtherPath => format!("/api{}?{query}", path.to_lowercase()),
                Self::NoSlash => format!("{}?{query}", path.trim_end_matches('/')),
                Self::NoQuery => path.to_owned(),
            }
        })
    }
}
