//! Random answer types.

use super::{RandomAnswer, RandomSpec, Stores, Yaml, map, text};

impl RandomSpec<'_> {
    /// The `answers` of the file.
    pub(super) fn answers(&mut self) -> Yaml {
        let mut answers = Vec::new();
        for index in 0..self.random.usize(1..4) {
            let name = self.type_name();
            // At least one answer type must do for operations without a documented answer.
            let has_examples = index == 0 || self.random.bool();
            let mut fields: Vec<_> = Vec::new();
            let mut answer_value = Vec::new();
            let mut has_always = false;
            let mut has_example = false;
            let flatten = self.flatten.clone();
            for field in self.some_fields(|made| !made.has_file && flatten.as_ref() != Some(&made.name)) {
                let can_be_always = field.has_example || !has_examples;
                let is_always = can_be_always && self.random.bool();
                has_always |= is_always;
                has_example |= field.has_example;
                fields.push(self.entry(&field.name, is_always));
                answer_value.push((field.name, field.answer_value));
            }
            let id = format!("\"{}", self.id);
            let has_id = fields.iter().any(|field| format!("{field:?}").contains(&id));
            if self.stores == Stores::Collection && index == 0 && !has_id {
                has_always = true;
                has_example = true;
                fields.push(text(format!("{}!", self.id)));
                answer_value.push((self.id.to_owned(), text("7")));
            }
            if self.rarely() {
                let name = self.wire_name();
                let (field, made) = self.field(&name, 1);
                if !made.has_file {
                    has_example |= made.has_example;
                    fields.push(map([(&name, field)]));
                    answer_value.push((name, made.answer_value));
                }
            }
            if has_examples && !has_example && !fields.is_empty() {
                let name = format!("said_{}", self.random.u32(..));
                let said = map([("type", text("string")), ("summary", text("So.")), ("example", text(self.prose()))]);
                fields.push(map([(&name, said)]));
            }
            let answer = map([("summary", text(self.prose())), ("fields", Yaml::List(fields))]);
            self.answers.push(RandomAnswer {
                name: name.clone(),
                has_always,
                has_examples,
                answer_value: Yaml::Map(answer_value),
            });
            answers.push((name, answer));
        }
        self.answers.append(&mut self.shared_answers);
        Yaml::Map(answers)
    }
}
