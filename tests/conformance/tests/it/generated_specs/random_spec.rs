//! Generates random resources that use the whole spec language. One function generates one construct; a new key of the
//! language is one more line in the function of its construct.

mod fields;
mod operations;
mod sdk;
mod states;

use std::collections::HashSet;

use fastrand::Rng;

use super::words;
use super::yaml::{Yaml, map, plain, text, texts};

/// A random resource under construction.
pub(crate) struct RandomSpec<'w> {
    random: Rng,
    /// Identifiers that occur in generated code.
    identifiers: &'w [String],
    resource: String,
    /// Names of types and fields so far, without punctuation and in lowercase.
    taken: HashSet<String>,
    fields: Vec<RandomField>,
    /// The type with several forms, if there is one.
    choice: Option<String>,
    /// Named types that later fields can refer to.
    types: Vec<RandomType>,
    answers: Vec<RandomAnswer>,
    examples: Vec<(String, Yaml)>,
    /// The names of the states, if stored objects have states.
    state_names: Vec<String>,
    /// The field with `flatten`.
    flatten: Option<String>,
    /// Whether the type under construction contains a file.
    contains_file: bool,
}

/// A generated field.
#[derive(Clone, Debug)]
struct RandomField {
    name: String,
    usage: Usage,
    /// Values that a rule's condition can name.
    values: Vec<String>,
    /// Whether it is or contains a file.
    has_file: bool,
    /// A value in an answer.
    answer_value: Yaml,
    has_example: bool,
}

/// A generated type.
#[derive(Clone, Debug)]
struct RandomType {
    name: String,
    has_file: bool,
    /// A value in an answer.
    answer_value: Yaml,
}

/// A generated answer type.
#[derive(Clone, Debug)]
struct RandomAnswer {
    name: String,
    /// Whether a field of it is `always` there.
    has_always: bool,
    /// Whether the examples of its fields form an answer.
    has_examples: bool,
    /// A complete value of it.
    answer_value: Yaml,
}

/// Where a field can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Usage {
    Anywhere,
    /// In queries and bodies, as one delimited string.
    Delimited,
    InBodies,
    InAnswers,
}

/// The YAML of a resource, and of an SDK with its operations.
pub(crate) fn files(seed: u64, name: &str, identifiers: &[String]) -> (String, String) {
    let mut spec = RandomSpec {
        random: Rng::with_seed(seed),
        identifiers,
        resource: name.to_owned(),
        taken: HashSet::new(),
        fields: Vec::new(),
        types: Vec::new(),
        answers: Vec::new(),
        examples: Vec::new(),
        state_names: Vec::new(),
        flatten: None,
        choice: None,
        contains_file: false,
    };
    let resource = spec.resource();
    let sdk = spec.sdk(&resource);
    (resource.file(), sdk.file())
}

impl RandomSpec<'_> {
    fn resource(&mut self) -> Yaml {
        let name = self.resource.clone();
        self.take(&format!("{name}s"));
        let has_collection = self.random.bool();
        let choice = self.type_name();
        self.choice = Some(choice.clone()).filter(|_| self.random.bool());
        let mut fields = self.file_fields(has_collection);
        let states = (has_collection && self.random.bool()).then(|| self.states());
        if let (Yaml::Map(fields), Some((_, more))) = (&mut fields, &states) {
            fields.extend(more.clone());
        }
        let answers = self.answers(has_collection);
        let operations = self.operations(has_collection);
        let mut file = map([
            ("resource", text(&name)),
            ("plural", text(format!("{name}s"))),
            ("summary", text(self.prose())),
            ("sources", self.sources()),
            ("fields", fields),
            ("operations", operations),
            ("answers", answers),
        ]);
        if self.choice.is_some() {
            let forms = map([("id", text("id_{made_id}")), ("type", text("\"`{name}*\\"))]);
            let choice_type = map([("type", text("choice")), ("summary", text(self.prose())), ("forms", forms)]);
            file = file.with("types", Yaml::Map(vec![(choice, choice_type)]));
        }
        if has_collection {
            file = file.with("object", text(&self.answers[0].name)).with("id", text("made_id"));
        }
        if let Some((states, _)) = states {
            file = file.with("states", states);
        }
        if !self.examples.is_empty() {
            file = file.with("examples", Yaml::Map(std::mem::take(&mut self.examples)));
        }
        file
    }

    fn sources(&mut self) -> Yaml {
        let url = text("https://example.com/a?b=[c]&d=`e`");
        let page = map([("says", text(self.prose())), ("url", url), ("enforce", text("error"))]);
        let guess = map([("says", text(self.prose())), ("enforce", text("warn"))]);
        map([("page", page), ("self", guess)])
    }

    fn answers(&mut self, has_collection: bool) -> Yaml {
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
            if has_collection && index == 0 && !fields.iter().any(|field| format!("{field:?}").contains("\"made_id")) {
                has_always = true;
                has_example = true;
                fields.push(text("made_id!"));
                answer_value.push(("made_id".to_owned(), text("7")));
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
        Yaml::Map(answers)
    }

    /// How a list takes a field: its name, with or without a mark, and with or without further keys.
    fn entry(&mut self, name: &str, is_required: bool) -> Yaml {
        let mark = if is_required { "!" } else { "" };
        if !self.rarely() {
            return text(format!("{name}{mark}"));
        }
        let mut keys = map([("summary", text(self.prose()))]);
        if self.random.bool() {
            keys = keys.with("source", text(self.one_of(&["page", "self"])));
        }
        if self.rarely() {
            keys = keys.with("contradictions", self.contradictions());
        }
        if is_required && self.random.bool() {
            let required = map([("source", text(self.one_of(&["page", "self"])))]);
            return map([(name, keys.with("required", required))]);
        }
        map([(&format!("{name}{mark}"), keys)])
    }

    fn contradictions(&mut self) -> Yaml {
        let mut contradiction = map([("page", text(self.prose())), ("decision", text(self.prose()))]);
        if self.random.bool() {
            contradiction = contradiction.with("note", text(self.prose()));
        }
        Yaml::List(vec![contradiction])
    }

    /// A limit or another fact, which may have its own source.
    fn fact(&mut self, is: Yaml) -> Yaml {
        let source = self.one_of(&["page", "self"]);
        let enforce = self.one_of(&["error", "warn"]);
        match self.random.u8(0..4) {
            0 => map([("is", is), ("source", text(source))]),
            1 => map([("is", is), ("source", text(source)), ("enforce", text(enforce))]),
            2 => map([("is", is), ("enforce", text(enforce))]),
            _ => is,
        }
    }

    fn some_fields(&mut self, fits: impl Fn(&RandomField) -> bool) -> Vec<RandomField> {
        let fitting: Vec<_> = self.fields.iter().filter(|made| fits(made)).cloned().collect();
        fitting.into_iter().filter(|_| self.random.u8(0..3) > 0).collect()
    }

    /// A text of random hostile fragments.
    fn prose(&mut self) -> String {
        let mut prose = String::new();
        for index in 0..self.random.usize(1..6) {
            if index > 0 {
                prose.push_str(self.one_of(&[" ", " ", "\n", "\n\n", "\n- ", ""]));
            }
            prose.push_str(self.one_of(&words::PROSE));
            if self.random.u8(0..30) == 0 {
                prose.push_str(&words::long_word());
            }
        }
        // A text of white space alone is refused.
        if self.random.bool() { format!("{prose} End.") } else { format!("Of {prose}") }
    }

    fn wire_name(&mut self) -> String {
        self.distinct(|spec| match spec.random.u8(0..8) {
            0..3 => spec.one_of(&words::WIRE).to_owned(),
            3 => spec.one_of(&words::NAMELESS).to_owned(),
            4..7 => spec.identifier(),
            _ => format!("field_{}", spec.random.u16(..)),
        })
    }

    fn type_name(&mut self) -> String {
        self.distinct(|spec| match spec.random.u8(0..60) {
            0..3 => pascal(&spec.identifier()),
            3..20 => spec.one_of(&words::TYPES).to_owned(),
            _ => format!("RandomField{}", spec.random.u16(..)),
        })
    }

    /// A random identifier of generated code.
    fn identifier(&mut self) -> String {
        let index = self.random.usize(..self.identifiers.len());
        self.identifiers[index].clone()
    }

    /// A name that is not taken, also not with the suffixes of generated types. In rare cases it is taken.
    fn distinct(&mut self, make: impl Fn(&mut Self) -> String) -> String {
        loop {
            let name = make(self);
            let forms = ["", "builder", "unset"].map(|end| bare(&name) + end);
            if forms.iter().all(|form| !self.taken.contains(form)) || self.random.u8(0..200) == 0 {
                self.take(&name);
                return name;
            }
        }
    }

    fn take(&mut self, name: &str) {
        self.taken.extend(["", "builder", "unset"].map(|end| bare(name) + end));
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.random.usize(..choices.len())]
    }

    fn rarely(&mut self) -> bool {
        self.random.u8(0..6) == 0
    }
}

/// A name in PascalCase.
fn pascal(name: &str) -> String {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    name[..1].to_uppercase() + &name[1..]
}

/// A name without punctuation and in lowercase. A name without letters stays as it is.
fn bare(name: &str) -> String {
    let letters: String = name.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    if letters.is_empty() { name.to_owned() } else { letters.to_lowercase() }
}
