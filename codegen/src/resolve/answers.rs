//! Answer types.

use super::fields::Taker;
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Presence, Role};

/// The decoder counts always-there fields in one machine word.
const MOST_ALWAYS: usize = 64;

impl Scope<'_> {
    /// Resolves the file's `answers`.
    pub(super) fn answers(&mut self) {
        for (name, doc) in &self.doc.answers {
            let type_name = self.type_name(name, Some(name.is.clone()));
            let fields = self.entries(&doc.fields, Taker::Answer);
            let always = fields.iter().filter(|field| matches!(field.presence, Presence::Always(_))).count();
            if always > MOST_ALWAYS {
                self.report(
                    Diagnostic::new(
                        Code::ImpossibleLimit,
                        format!("`{}` has {always} fields that are always there", name.is),
                    )
                    .at(name.place, format!("at most {MOST_ALWAYS}"))
                    .help("make some of them optional"),
                );
            }
            let spots = doc.fields.iter().map(|(name, _)| name);
            let id =
                type_name.and_then(|type_name| self.push_object(type_name, Role::Answer, &doc.summary, fields, spots));
            match id {
                Some(id) => self.answer_types.push((name.is.clone(), id)),
                None => self.diagnostics.mark_broken(self.doc.file, &name.is),
            }
        }
    }
}
