//! The page of a resource as data. HTML and Markdown are two renderings of it, so that no fact is worded twice.
//!
//! Prose is a text of the spec or a sentence of the emitters: Markdown with code in ticks, URLs and lists.

use serde_json::Value;

use crate::model::Position;
use crate::text::listing;

/// The page of a resource, or of what resources share.
#[derive(Debug)]
pub(super) struct Page {
    /// The name of its file, without an extension.
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) summary: String,
    /// The group of the resource: its index in the model.
    pub(super) group: Option<usize>,
    /// The path of the YAML file, from the root of the project.
    pub(super) file: String,
    /// How to get at it in Rust.
    pub(super) rust: Option<String>,
    /// Sentences about the resource as a whole.
    pub(super) facts: Vec<String>,
    /// The states of its objects, in their order.
    pub(super) states: Vec<StateEntry>,
    pub(super) operations: Vec<OperationEntry>,
    /// Objects in requests, then those in answers.
    pub(super) objects: Vec<ObjectEntry>,
    pub(super) enums: Vec<EnumEntry>,
    pub(super) choices: Vec<ChoiceEntry>,
    pub(super) sources: Vec<SourceEntry>,
}

/// A state, and what happens in it.
#[derive(Debug)]
pub(super) struct StateEntry {
    pub(super) name: String,
    pub(super) stay: String,
    /// The fields that are set when an object enters it, with their values.
    pub(super) sets: Vec<String>,
}

#[derive(Debug)]
pub(super) struct OperationEntry {
    /// Its name, which is also its anchor.
    pub(super) name: String,
    pub(super) id: String,
    pub(super) summary: String,
    /// What it does to the collection.
    pub(super) task: Task,
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) request_line: String,
    /// Whether the request line has values that every request sends.
    pub(super) has_fixed: bool,
    /// That it is a preview, or deprecated.
    pub(super) warnings: Vec<String>,
    /// Rules and states.
    pub(super) limits: Vec<String>,
    pub(super) sending: Vec<String>,
    pub(super) retry: &'static str,
    pub(super) arguments: Vec<Row>,
    pub(super) answer: AnswerEntry,
    pub(super) sample: Sample,
    pub(super) examples: Vec<ExampleEntry>,
    pub(super) contradictions: Vec<ContradictionEntry>,
    /// Official SDKs: the name and what it has.
    pub(super) sdks: Vec<(String, SdkEntry)>,
    pub(super) sources: Vec<String>,
    pub(super) position: Position,
}

/// What an operation does, for the list of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    Create,
    Read,
    List,
    Update,
    Delete,
    Other,
}

impl Task {
    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self::Create, "Create"),
        (Self::List, "List"),
        (Self::Read, "Read"),
        (Self::Update, "Update"),
        (Self::Delete, "Delete"),
        (Self::Other, "Do something else"),
    ];
}

/// What an official SDK has for an operation.
#[derive(Debug)]
pub(super) enum SdkEntry {
    /// A method, and sentences about what it does differently.
    Calls(String, Vec<String>),
    /// Nothing, and the evidence.
    Lacks(String),
    /// It is not described.
    Unknown,
}

/// One argument, or one field of an object.
#[derive(Debug)]
pub(super) struct Row {
    /// Its id on the page.
    pub(super) anchor: String,
    pub(super) name: String,
    /// The names of the objects around it, with a dot after each.
    pub(super) outer: String,
    pub(super) depth: usize,
    /// Where a request carries it. In objects, nowhere in particular.
    pub(super) location: Option<&'static str>,
    pub(super) ty: TypeLabel,
    pub(super) need: Need,
    pub(super) summary: String,
    pub(super) values: Vec<ValueEntry>,
    /// A sentence for each constraint, default, and so on.
    pub(super) facts: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) contradictions: Vec<ContradictionEntry>,
    /// Where the page already has the contradictions of the field: an anchor, and words for the place.
    pub(super) contradictions_at: Option<(String, String)>,
    pub(super) position: Position,
}

/// Whether a field has to be there: a word, and a sentence if there is more to say.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) word: &'static str,
    pub(super) sentence: Option<String>,
}

/// A type, and where it is described.
#[derive(Clone, Debug)]
pub(super) struct TypeLabel {
    pub(super) text: String,
    /// The page and the anchor.
    pub(super) link: Option<(String, String)>,
}

#[derive(Clone, Debug)]
pub(super) struct ValueEntry {
    pub(super) wire: String,
    pub(super) summary: Option<String>,
}

#[derive(Debug)]
pub(super) struct AnswerEntry {
    pub(super) ty: Option<TypeLabel>,
    pub(super) statuses: String,
    /// Where the body contains it.
    pub(super) shape: Vec<String>,
}

/// One request and its answer.
#[derive(Debug)]
pub(super) struct Sample {
    /// The documented example that it is, if it is one.
    pub(super) example: Option<String>,
    pub(super) curl: String,
    pub(super) rust: Vec<String>,
    pub(super) body: Option<String>,
    pub(super) answer: Option<String>,
}

/// A documented request.
#[derive(Debug)]
pub(super) struct ExampleEntry {
    pub(super) name: String,
    pub(super) anchor: String,
    pub(super) sources: Vec<String>,
    pub(super) request: String,
    /// What is sent differently, and which warnings it causes.
    pub(super) remarks: Vec<String>,
    pub(super) answer: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) position: Position,
}

#[derive(Debug)]
pub(super) struct ContradictionEntry {
    /// What each source says.
    pub(super) witnesses: Vec<(String, String)>,
    /// What examples contain: their names and the value.
    pub(super) examples: Vec<(Vec<String>, Value)>,
    pub(super) decision: String,
    pub(super) note: Option<String>,
    pub(super) position: Position,
}

impl ContradictionEntry {
    /// A text: what the sources say, the decision and the note.
    pub(super) fn sentence(&self) -> String {
        let witnesses = self.witnesses.iter().map(|(source, says)| format!("`{source}`: {says}"));
        let examples = self.examples.iter().map(|(names, value)| {
            let examples = if names.len() == 1 { "example" } else { "examples" };
            format!("{examples} {}: `{value}`", listing(names.iter().map(String::as_str)))
        });
        let says: Vec<_> = witnesses.chain(examples).collect();
        let note = self.note.as_ref().map(|note| format!(" Note: {note}")).unwrap_or_default();
        format!("Sources differ. {}. Decision: {}{note}", says.join("; "), self.decision)
    }
}

#[derive(Debug)]
pub(super) struct ObjectEntry {
    pub(super) name: String,
    pub(super) anchor: String,
    /// Whether only answers contain it.
    pub(super) is_answer: bool,
    pub(super) summary: String,
    pub(super) rows: Vec<Row>,
    pub(super) position: Position,
}

#[derive(Debug)]
pub(super) struct EnumEntry {
    pub(super) name: String,
    pub(super) anchor: String,
    pub(super) summary: String,
    pub(super) values: Vec<ValueEntry>,
    pub(super) position: Position,
}

#[derive(Debug)]
pub(super) struct ChoiceEntry {
    pub(super) name: String,
    pub(super) anchor: String,
    pub(super) summary: String,
    /// The forms, such as `uuid_{thing_uuid}`.
    pub(super) forms: Vec<String>,
    pub(super) position: Position,
}

#[derive(Debug)]
pub(super) struct SourceEntry {
    pub(super) name: String,
    pub(super) says: String,
    pub(super) url: Option<String>,
    /// How a violation of its facts counts.
    pub(super) violation: &'static str,
}
