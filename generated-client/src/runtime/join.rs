//! Lists and maps that travel as one text.

use super::fill::{Fill, Filled, Reading};
use super::value::{Value, View};
use super::wire::json_text;
use crate::runtime::Kind;

/// The text of a list, or of a map as `key=value`. `None`: the value is neither.
pub(crate) fn joined(view: View<'_>, separator: &str) -> Option<String> {
    let mut texts = Vec::new();
    match view {
        View::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            texts.extend(items.map(|value| text_of(value.view())));
        }
        View::Map(map) => map.each(&mut |key, value| texts.push(format!("{key}={}", text_of(value.view())))),
        _ => return None,
    }
    Some(texts.join(separator))
}

fn text_of(view: View<'_>) -> String {
    view.as_text().map_or_else(|| json_text(view), str::to_owned)
}

/// Takes a joined text apart into the list or map that the slot is. Whether everything fits.
pub(crate) fn split(slot: &mut dyn Value, text: &str, separator: &str, reading: &mut Reading) -> bool {
    let pieces = text.split(separator).filter(|_| !text.is_empty());
    let mut all_fit = true;
    if slot.kind() == Kind::List {
        let Some(list) = slot.list() else { return false };
        for piece in pieces {
            all_fit &= list.push().is_some_and(|item| fits(item, piece, reading));
        }
    } else {
        let Some(map) = slot.map() else { return false };
        for piece in pieces {
            let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
            all_fit &= fits(map.entry(key), value, reading);
        }
    }
    if !all_fit {
        slot.clear();
    }
    all_fit
}

/// A number or a truth value is read from its text.
fn fits(slot: &mut dyn Value, text: &str, reading: &mut Reading) -> bool {
    if slot.text(text) {
        return true;
    }
    let fill = Fill { slot, name: "an item", also: None, separator: None, reading };
    let mut json = serde_json::Deserializer::from_str(text);
    matches!(serde::de::DeserializeSeed::deserialize(fill, &mut json), Ok(Filled::Yes)) && json.end().is_ok()
}
