//! Makes resources at random, of everything that the language has. One function makes one thing: a new
//! key of the language is one more line in the function of the thing that it belongs to.

mod fields;
mod operations;
mod sdk;

use std::collections::HashSet;

use fastrand::Rng;

use super::words;
use super::yaml::{Yaml, map, plain, text, texts};

/// One resource in the making.
pub(crate) struct Maker<'w> {
    random: Rng,
    /// Names that generated code uses.
    identifiers: &'w [String],
    resource: String,
    /// What types and fields were called so far, without punctuation and letter case.
    taken: HashSet<String>,
    fields: Vec<Made>,
    /// Types of the file's fields that other fields can be of.
    types: Vec<MadeType>,
    answers: Vec<MadeAnswer>,
    examples: Vec<(String, Yaml)>,
    /// The map whose entries stand beside the other fields.
    flatten: Option<String>,
    /// Whether a file stands in the type that is being made.
    held_file: bool,
}

/// A field that was made.
#[derive(Clone, Debug)]
struct Made {
    name: String,
    goes: Goes,
    /// Values that a condition can ask for.
    values: Vec<String>,
    /// Whether it is a file, or holds one.
    has_file: bool,
    /// A value of it in an answer.
    shown: Yaml,
    has_example: bool,
}

/// A type that was made.
#[derive(Clone, Debug)]
struct MadeType {
    name: String,
    holds_file: bool,
    /// A value of it in an answer.
    shown: Yaml,
}

/// An answer that was made.
#[derive(Clone, Debug)]
struct MadeAnswer {
    name: String,
    /// Whether a field of it is always there.
    has_always: bool,
    /// Whether the examples of its fields make an answer.
    is_written: bool,
    /// All of it.
    shown: Yaml,
}

/// Where a field can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goes {
    Anywhere,
    /// In queries and bodies, as one text.
    Joined,
    InBodies,
    InAnswers,
}

/// The YAML of a resource with that name, and of an SDK that has its operations.
pub(crate) fn files(seed: u64, name: &str, identifiers: &[String]) -> (String, String) {
    let mut maker = Maker {
        random: Rng::with_seed(seed),
        identifiers,
        resource: name.to_owned(),
        taken: HashSet::new(),
        fields: Vec::new(),
        types: Vec::new(),
        answers: Vec::new(),
        examples: Vec::new(),
        flatten: None,
        held_file: false,
    };
    let resource = maker.resource();
    let sdk = maker.sdk(&resource);
    (resource.file(), sdk.file())
}

impl Maker<'_> {
    fn resource(&mut self) -> Yaml {
        let name = self.resource.clone();
        self.take(&format!("{name}s"));
        let keeps = self.random.bool();
        let fields = self.file_fields(keeps);
        let answers = self.answers(keeps);
        let operations = self.operations(keeps);
        let mut file = map([
            ("resource", text(&name)),
            ("plural", text(format!("{name}s"))),
            ("summary", text(self.prose())),
            ("sources", self.sources()),
            ("fields", fields),
            ("operations", operations),
            ("answers", answers),
        ]);
        if keeps {
            file = file.with("object", text(&self.answers[0].name)).with("id", text("made_id"));
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

    fn answers(&mut self, keeps: bool) -> Yaml {
        let mut answers = Vec::new();
        for index in 0..self.random.usize(1..4) {
            let name = self.type_name();
            // There is one at least that an operation without a documented answer can give.
            let is_written = index == 0 || self.random.bool();
            let mut fields: Vec<_> = Vec::new();
            let mut shown = Vec::new();
            let mut has_always = false;
            let mut has_example = false;
            let flatten = self.flatten.clone();
            for field in self.some_fields(|made| !made.has_file && flatten.as_ref() != Some(&made.name)) {
                let can_be_always = field.has_example || !is_written;
                let is = if can_be_always { self.one_of(&["optional", "always"]) } else { "optional" };
                let entry = if self.rarely() { self.described_use(is) } else { text(is) };
                has_always |= is == "always";
                has_example |= field.has_example;
                fields.push((field.name.clone(), entry));
                shown.push((field.name, field.shown));
            }
            if keeps && index == 0 && !fields.iter().any(|(name, _)| name == "made_id") {
                has_always = true;
                has_example = true;
                fields.push(("made_id".to_owned(), text("always")));
                shown.push(("made_id".to_owned(), text("7")));
            }
            if self.rarely() {
                let name = self.wire_name();
                let (field, made) = self.field(&name, 1);
                if !made.has_file {
                    has_example |= made.has_example;
                    fields.push((name.clone(), field));
                    shown.push((name, made.shown));
                }
            }
            if is_written && !has_example && !fields.is_empty() {
                let name = format!("said_{}", self.random.u32(..));
                let said = map([("type", text("string")), ("summary", text("So.")), ("example", text(self.prose()))]);
                fields.push((name, said));
            }
            let answer = map([("summary", text(self.prose())), ("fields", Yaml::Map(fields))]);
            self.answers.push(MadeAnswer { name: name.clone(), has_always, is_written, shown: Yaml::Map(shown) });
            answers.push((name, answer));
        }
        Yaml::Map(answers)
    }

    /// The use of a field, with all that can be said about it.
    fn described_use(&mut self, is: &str) -> Yaml {
        let mut described = map([("is", text(is)), ("summary", text(self.prose()))]);
        if self.random.bool() {
            described = described.with("source", text(self.one_of(&["page", "self"])));
        }
        if self.rarely() {
            described = described.with("contradictions", self.contradictions());
        }
        described
    }

    fn contradictions(&mut self) -> Yaml {
        let mut contradiction = map([("page", text(self.prose())), ("decision", text(self.prose()))]);
        if self.random.bool() {
            contradiction = contradiction.with("note", text(self.prose()));
        }
        Yaml::List(vec![contradiction])
    }

    /// A limit, or another fact with a source of its own.
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

    fn some_fields(&mut self, fits: impl Fn(&Made) -> bool) -> Vec<Made> {
        let fitting: Vec<_> = self.fields.iter().filter(|made| fits(made)).cloned().collect();
        fitting.into_iter().filter(|_| self.random.u8(0..3) > 0).collect()
    }

    /// Texts of the spec: pieces of hostile ones, put together.
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
        // A text of nothing but white space is refused.
        if self.random.bool() { format!("{prose} End.") } else { format!("Of {prose}") }
    }

    fn wire_name(&mut self) -> String {
        self.distinct(|maker| match maker.random.u8(0..8) {
            0..3 => maker.one_of(&words::WIRE).to_owned(),
            3 => maker.one_of(&words::NAMELESS).to_owned(),
            4..7 => maker.identifier(),
            _ => format!("field_{}", maker.random.u16(..)),
        })
    }

    fn type_name(&mut self) -> String {
        self.distinct(|maker| match maker.random.u8(0..60) {
            0..3 => pascal(&maker.identifier()),
            3..20 => maker.one_of(&words::TYPES).to_owned(),
            _ => format!("Made{}", maker.random.u16(..)),
        })
    }

    /// An identifier of generated code, as the start of a name.
    fn identifier(&mut self) -> String {
        let index = self.random.usize(..self.identifiers.len());
        self.identifiers[index].clone()
    }

    /// A name that is not taken, nor would be with what generated types add to it. Now and then it is.
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

/// A name in the form of a type.
fn pascal(name: &str) -> String {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    name[..1].to_uppercase() + &name[1..]
}

/// A name without punctuation and letter case. What has no letters stays as it is.
fn bare(name: &str) -> String {
    let letters: String = name.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    if letters.is_empty() { name.to_owned() } else { letters.to_lowercase() }
}
