//! Generates random resources that use the whole spec language. One function generates one construct; a new key of the
//! language is one more line in the function of its construct.

mod answers;
mod examples;
mod fields;
mod operations;
mod sdk;
mod shared;
mod states;

use std::collections::HashSet;

use fastrand::Rng;

use super::words;
use super::yaml::{Yaml, map, plain, text, texts};
pub(crate) use shared::Shared;

/// A random resource under construction.
pub(crate) struct RandomSpec<'w> {
    random: Rng,
    /// Identifiers that occur in generated code.
    identifiers: &'w [String],
    resource: String,
    stores: Stores,
    /// The field that identifies a stored object.
    id: &'static str,
    /// The resource that contains this one.
    parent: Option<Parent>,
    /// The two sources of the file.
    sources: [&'static str; 2],
    /// Names of types and fields so far, without punctuation and in lowercase.
    taken: HashSet<String>,
    fields: Vec<RandomField>,
    /// The type with several forms, if there is one.
    choice: Option<String>,
    /// Named types that later fields can refer to.
    types: Vec<RandomType>,
    answers: Vec<RandomAnswer>,
    /// The shared answers that operations can name too.
    shared_answers: Vec<RandomAnswer>,
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

/// The objects that a resource stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stores {
    Nothing,
    /// One object without an id.
    One,
    Collection,
}

/// The resource that contains another one, and the field that identifies its objects.
#[derive(Clone, Debug)]
struct Parent {
    name: String,
    id: &'static str,
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

/// The files of a random resource.
pub(crate) struct Files {
    pub(crate) resource: String,
    /// The name and the YAML of a resource inside it.
    pub(crate) inner: Option<(String, String)>,
    /// An SDK with the operations of the first.
    pub(crate) sdk: String,
}

pub(crate) fn files(seed: u64, name: &str, identifiers: &[String], shared: &Shared) -> Files {
    let mut spec = RandomSpec::new(seed, name, identifiers);
    spec.may_use(shared);
    let resource = spec.resource();
    let sdk = spec.sdk(&resource).file();
    let is_parent = spec.stores == Stores::Collection && spec.random.bool();
    let inner = is_parent.then(|| {
        let parent = Parent { name: name.to_owned(), id: spec.id };
        let name = format!("{name}_inner");
        let inner = RandomSpec::new(!seed, &name, identifiers);
        let mut inner = RandomSpec { id: "inner_id", parent: Some(parent), ..inner };
        inner.may_use(shared);
        let resource = inner.resource();
        (name, resource.file())
    });
    Files { resource: resource.file(), inner, sdk }
}

impl<'w> RandomSpec<'w> {
    fn new(seed: u64, name: &str, identifiers: &'w [String]) -> Self {
        let mut random = Rng::with_seed(seed);
        let stores = match random.u8(0..5) {
            0 | 1 => Stores::Nothing,
            2 => Stores::One,
            _ => Stores::Collection,
        };
        Self {
            random,
            identifiers,
            resource: name.to_owned(),
            stores,
            id: "made_id",
            parent: None,
            sources: ["page", "self"],
            taken: HashSet::new(),
            fields: Vec::new(),
            types: Vec::new(),
            answers: Vec::new(),
            shared_answers: Vec::new(),
            examples: Vec::new(),
            state_names: Vec::new(),
            flatten: None,
            choice: None,
            contains_file: false,
        }
    }
}

impl RandomSpec<'_> {
    fn resource(&mut self) -> Yaml {
        let name = self.resource.clone();
        self.take(&format!("{name}s"));
        let choice = self.type_name();
        self.choice = Some(choice.clone()).filter(|_| self.random.bool());
        let mut fields = self.file_fields();
        let states = (self.stores == Stores::Collection && self.random.bool()).then(|| self.states());
        if let (Yaml::Map(fields), Some((_, more))) = (&mut fields, &states) {
            fields.extend(more.clone());
        }
        let answers = self.answers();
        let operations = self.operations();
        let mut file = map([
            ("resource", text(&name)),
            ("plural", text(format!("{name}s"))),
            ("summary", text(self.prose())),
            ("sources", self.file_sources()),
            ("fields", fields),
            ("operations", self.with_found_by(operations, &answers)),
            ("answers", answers),
        ]);
        if self.rarely() {
            let prose = map([("one", text("odd [thing]")), ("many", text("odd things"))]);
            file = file.with("prose", prose);
        }
        if self.choice.is_some() {
            let forms = map([("id", text(format!("id_{{{}}}", self.id))), ("type", text("\"`{name}*\\"))]);
            let choice_type = map([("type", text("choice")), ("summary", text(self.prose())), ("forms", forms)]);
            file = file.with("types", Yaml::Map(vec![(choice, choice_type)]));
        }
        file = self.with_store(file);
        if let Some((states, _)) = states {
            file = file.with("states", states);
        }
        if !self.examples.is_empty() {
            file = file.with("examples", Yaml::Map(std::mem::take(&mut self.examples)));
        }
        file
    }

    /// Adds what is stored, inside of which objects, and the group.
    fn with_store(&mut self, mut file: Yaml) -> Yaml {
        let id = match self.stores {
            Stores::Nothing => None,
            Stores::One => Some("none"),
            Stores::Collection => Some(self.id),
        };
        if let Some(id) = id {
            file = file.with("object", text(&self.answers[0].name)).with("id", text(id));
        }
        if let Some(Parent { name, id }) = self.parent.clone() {
            let parent = map([(&name, text(id))]);
            let is_made = self.stores == Stores::Collection && self.random.bool();
            file = file.with("parent", if is_made { parent.with("made", plain(true)) } else { parent });
        }
        if self.random.bool() {
            file = file.with("group", text("messaging"));
        }
        file
    }

    fn file_sources(&mut self) -> Yaml {
        let url = text("https://example.com/a?b=[c]&d=`e`");
        let page = map([("says", text(self.prose())), ("url", url), ("enforce", text("error"))]);
        let guess = map([("says", text(self.prose())), ("enforce", text("warn"))]);
        let [first, second] = self.sources;
        map([(first, page), (second, guess)])
    }

    /// One of the sources of the file, or both in either order.
    fn source(&mut self) -> Yaml {
        let [first, second] = self.sources;
        match self.random.u8(0..6) {
            0 => texts([first, second]),
            1 => texts([second, first]),
            2 | 3 => text(first),
            _ => text(second),
        }
    }

    /// How a list takes a field: its name, with or without a mark, and with or without further keys.
    fn entry(&mut self, name: &str, is_required: bool) -> Yaml {
        let mark = if is_required { "!" } else { "" };
        if !self.rarely() {
            return text(format!("{name}{mark}"));
        }
        let mut keys = map([("summary", text(self.prose()))]);
        if self.random.bool() {
            keys = keys.with("source", self.source());
        }
        if self.rarely() {
            keys = keys.with("contradictions", self.contradictions());
        }
        if is_required && self.random.bool() {
            let required = map([("source", self.source())]);
            return map([(name, keys.with("required", required))]);
        }
        map([(&format!("{name}{mark}"), keys)])
    }

    fn contradictions(&mut self) -> Yaml {
        let mut contradiction = map([(self.sources[0], text(self.prose())), ("decision", text(self.prose()))]);
        if self.random.bool() {
            contradiction = contradiction.with("note", text(self.prose()));
        }
        Yaml::List(vec![contradiction])
    }

    /// A limit or another fact, which may have its own source.
    fn fact(&mut self, is: Yaml) -> Yaml {
        let source = self.source();
        let enforce = self.one_of(&["error", "warn"]);
        match self.random.u8(0..4) {
            0 => map([("is", is), ("source", source)]),
            1 => map([("is", is), ("source", source), ("enforce", text(enforce))]),
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
