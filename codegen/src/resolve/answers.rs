//! Answer types.

use super::fields::Taker;
use super::scope::Scope;
use crate::model::Role;

impl Scope<'_> {
    /// Resolves the file's `answers`.
    pub(super) fn answers(&mut self) {
        for (name, doc) in &self.doc.answers {
            let type_name = self.type_name(name, Some(name.is.clone()));
            let fields = self.entries(&doc.fields, Taker::Answer);
            let id = type_name.map(|type_name| self.push_object(type_name, Role::Answer, &doc.summary, fields));
            match id {
                Some(id) => self.answer_types.push(&name.is, id),
                None => self.diagnostics.mark_broken(self.doc.file, &name.is),
            }
        }
    }
}
