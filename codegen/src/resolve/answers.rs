//! Answer types.

use super::context::Cx;
use super::copy_budget::Fields;
use super::entries::{Taker, entries};
use super::objects::{answer_type, complete_object, type_name};
use super::references::{self, unknown};
use crate::document::Spanned;
use crate::model::ObjectId;

/// Gives the file's `answers` their fields.
pub(super) fn answers(cx: &mut Cx<'_, '_>, fields: &mut Fields<'_>) {
    for (name, doc) in &cx.known.doc.answers {
        let made = if cx.known.is_answer(&name.is) {
            let made = answer_type(cx, &name.is);
            let fields = entries(cx, fields, &doc.fields, Taker::Answer(&doc.by));
            made.inspect(|id| complete_object(cx, *id, fields))
        } else {
            // A field declares the name first; that there are two is reported with the name.
            type_name(cx, name, Some(name.is.clone())).and(None)
        };
        if made.is_none() {
            cx.diagnostics.mark_broken(cx.known.doc.file, &name.is);
        }
    }
}

/// The answer type with that name, of the file or shared.
pub(super) fn answer_named(cx: &mut Cx<'_, '_>, name: &Spanned<String>) -> Option<ObjectId> {
    let known = cx.known;
    if known.is_answer(&name.is) {
        return answer_type(cx, &name.is);
    }
    let shared = known.shared.answers.get(&name.is).copied();
    if shared.is_none() && !known.is_broken(&name.is, cx.diagnostics) {
        let own = || known.doc.answers.iter().map(|(name, _)| name.is.as_str());
        unknown(cx.diagnostics, &references::ANSWER, name, || own().chain(known.shared.answers.names()));
    }
    shared
}
