//! The tags of a page, for tests. It reads exactly the HTML that the templates write.

use std::collections::BTreeMap;

/// A tag.
#[derive(Debug)]
pub(crate) enum Tag {
    Open { name: String, attributes: BTreeMap<String, String> },
    Close(String),
}

impl Tag {
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        match self {
            Self::Open { attributes, .. } => attributes.get(name).cloned(),
            Self::Close(_) => None,
        }
    }
}

/// Whether an element has no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(name, "meta" | "link" | "input" | "wbr" | "br" | "hr" | "img")
}

/// The tags of a page, in their order.
pub(crate) fn tags(page: &str) -> impl Iterator<Item = Tag> {
    let page = page.strip_prefix("<!DOCTYPE html>").expect("a document type");
    page.split('<').skip(1).map(|part| {
        let (inside, _) = part.split_once('>').unwrap_or_else(|| panic!("not closed: {part}"));
        match inside.strip_prefix('/') {
            Some(name) => Tag::Close(name.to_owned()),
            None => open(inside),
        }
    })
}

fn open(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    assert!(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "a tag `{inside}`");
    let mut attributes = BTreeMap::new();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or_else(|| panic!("no quote: {inside}")),
            None => ("", after),
        };
        let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        assert!(attributes.insert(key.to_owned(), value).is_none(), "twice `{key}`: {inside}");
        rest = after.trim_start();
    }
    Tag::Open { name: name.to_owned(), attributes }
}
