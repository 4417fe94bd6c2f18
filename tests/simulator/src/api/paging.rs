//! The kinds of paging: what the links of a list contain, and which parameters count.

use super::ValidRequest;
use super::error::ApiError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plivo_codegen::model::Pages;
use std::str::FromStr;
use url::form_urlencoded;

/// How the pages of a list continue. The default is [`Paging::Offset`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// The links have an offset. A cursor is ignored.
    #[default]
    Offset,
    /// The links have a cursor. An offset is ignored.
    Cursor,
    /// The links have a cursor, but an offset beside it counts.
    Hybrid,
}

/// What a cursor contains before the position.
const MARK: &str = "position ";

impl Paging {
    /// The number of objects before the page that a request asks for.
    pub(super) fn start(self, names: &Pages, request: &ValidRequest<'_>) -> Result<u64, ApiError> {
        let offset = request.parameters.get(&names.offset).and_then(serde_json::Value::as_i64);
        // Links have a cursor even if the spec does not say that a caller may start at one.
        let query = form_urlencoded::parse(request.query.unwrap_or_default().as_bytes());
        let cursor =
            query.filter(|(name, _)| Some(&**name) == names.cursor.as_deref()).map(|(_, cursor)| cursor).last();
        match (self, offset, cursor) {
            (Self::Cursor, _, Some(cursor)) | (Self::Hybrid, None, Some(cursor)) => decoded(&cursor),
            (Self::Cursor, _, None) if names.cursor.is_some() => Ok(0),
            // A negative number counts as 0.
            (_, offset, _) => Ok(offset.and_then(|offset| u64::try_from(offset).ok()).unwrap_or(0)),
        }
    }

    /// The parameter of a link to the page after this number of objects.
    pub(super) fn link_parameter(self, names: &Pages, position: usize) -> (&str, String) {
        match (self, &names.cursor) {
            (Self::Cursor | Self::Hybrid, Some(cursor)) => {
                (cursor, BASE64_STANDARD.encode(format!("{MARK}{position}")))
            }
            _ => (&names.offset, position.to_string()),
        }
    }

    /// Whether answers have a link to the previous page.
    pub(super) fn links_back(self) -> bool {
        self == Self::Offset
    }
}

impl FromStr for Paging {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        match text {
            "offset" => Ok(Self::Offset),
            "cursor" => Ok(Self::Cursor),
            "hybrid" => Ok(Self::Hybrid),
            _ => Err("expected `offset`, `cursor` or `hybrid`"),
        }
    }
}

/// The position in a cursor.
fn decoded(cursor: &str) -> Result<u64, ApiError> {
    let text = BASE64_STANDARD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let position = text.and_then(|text| text.strip_prefix(MARK)?.parse().ok());
    position.ok_or_else(|| ApiError::bad_request("The cursor is invalid. Only the links of a list contain cursors."))
}
