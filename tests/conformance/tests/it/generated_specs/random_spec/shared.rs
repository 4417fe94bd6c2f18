//! Random fields, types and answers that all resources of a batch share.

use std::collections::HashSet;

use super::{RandomAnswer, RandomField, RandomSpec, RandomType, Stores, Yaml, map, text};

/// The `types.yaml` of a batch, and what a resource can name from it.
pub(crate) struct Shared {
    pub(crate) file: String,
    taken: HashSet<String>,
    fields: Vec<RandomField>,
    types: Vec<RandomType>,
    answers: Vec<RandomAnswer>,
}

impl Shared {
    pub(crate) fn new(seed: u64, identifiers: &[String]) -> Self {
        let spec = RandomSpec::new(seed, "types", identifiers);
        let mut spec = RandomSpec { stores: Stores::Nothing, sources: ["shared_page", "shared_guess"], ..spec };
        let (mut fields, mut types) = (Vec::new(), Vec::new());
        for _ in 0..spec.random.usize(1..5) {
            let name = format!("shared_{}", spec.random.u32(..));
            let types = spec.types.clone();
            let (field, made) = spec.field(&name, 0);
            if made.has_file {
                // What the field declares is not there either.
                spec.types = types;
            } else {
                fields.push((name, field));
                spec.fields.push(made);
            }
        }
        let name = spec.type_name();
        let values = Yaml::List(["left", "RIGHT"].map(text).to_vec());
        types.push((name.clone(), map([("summary", text(spec.prose())), ("values", values)])));
        spec.types.push(RandomType { name, has_file: false, answer_value: text("left") });
        let answers = spec.answers();
        let file = map([
            ("summary", text(spec.prose())),
            ("sources", spec.file_sources()),
            ("types", Yaml::Map(types)),
            ("fields", Yaml::Map(fields)),
            ("answers", answers),
        ]);
        let RandomSpec { taken, fields, types, answers, .. } = spec;
        Self { file: file.file(), taken, fields, types, answers }
    }
}

impl RandomSpec<'_> {
    /// Lets the resource use what is shared. It declares nothing of the same name.
    pub(super) fn may_use(&mut self, shared: &Shared) {
        self.taken.extend(shared.taken.iter().cloned());
        if self.random.bool() {
            self.fields.extend(shared.fields.iter().cloned());
            self.types.extend(shared.types.iter().cloned());
            self.shared_answers.extend(shared.answers.iter().cloned());
        }
    }
}
