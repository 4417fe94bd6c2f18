//! Answer types.

use super::declared::Declared;
use super::fields::Taker;
use super::scope::Scope;
use crate::document::Spanned;
use crate::model::{ObjectId, Role, Type};

impl Scope<'_> {
    /// Resolves the file's `answers`.
    pub(super) fn answers(&mut self) {
        self.in_answers = true;
        for (name, doc) in &self.doc.answers {
            let made = if self.is_answer(&name.is) {
                let made = self.answer_type(&name.is);
                let fields = self.entries(&doc.fields, Taker::Answer);
                made.inspect(|id| self.complete_object(*id, fields))
            } else {
                // A field declares the name first; that there are two is reported with the name.
                self.type_name(name, Some(name.is.clone())).and(None)
            };
            if made.is_none() {
                self.diagnostics.mark_broken(self.doc.file, &name.is);
            }
        }
        self.in_answers = false;
    }

    /// The answer of that name, made when it is first asked for. It takes its fields once all fields of the file
    /// are known.
    pub(super) fn answer_type(&mut self, name: &str) -> Option<ObjectId> {
        if let Some(known) = self.resolved.get(name) {
            return match known {
                Some(Type::Object(id)) => Some(*id),
                _ => None,
            };
        }
        let declaration = self.declared.get(name)?;
        let Declared::Answer(doc) = declaration.is else { return None };
        let spot = Spanned::new(name.to_owned(), declaration.span);
        let type_name = self.type_name(&spot, Some(spot.is.clone()));
        let id = type_name.map(|type_name| self.reserve_object(type_name, Role::Answer, &doc.summary));
        self.resolved.insert(name.to_owned(), id.map(Type::Object));
        id
    }
}
