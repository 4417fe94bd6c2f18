//! The JSON Schemas of the language, for editors: one for each kind of file.

mod construct;
mod json;
mod value;

use self::construct::mapping;
use self::json::{Json, object};
use super::output::{GENERATED_MARK, Output};
use crate::language::{Construct, FILE_KINDS, FileKind, Reference, Value};

/// The directory that contains nothing else.
pub(super) const DIRECTORY: &str = "spec/schema";

pub(super) fn emit() -> Vec<Output> {
    let reference = Reference::read();
    FILE_KINDS.iter().map(|kind| file(kind, &reference)).collect()
}

fn file(kind: &FileKind, reference: &Reference) -> Output {
    let mut constructs = Vec::new();
    collect(&kind.content, &mut constructs);
    // The root is not referred to, so it is in no definition.
    let content = match kind.content {
        Value::Keys(root) => {
            constructs.remove(0);
            mapping(root(), reference)
        }
        other => value::schema(&other),
    };
    let definition = |of: &&Construct| (value::name(of), mapping(of, reference));
    let definitions = Json::Object(constructs.iter().map(definition).collect());
    let head = object([
        ("$comment", format!("{GENERATED_MARK} from the tables of the generator; do not edit").into()),
        ("$schema", "http://json-schema.org/draft-07/schema#".into()),
        ("description", kind.summary.into()),
    ]);
    let schema = head.and(content).with([("definitions", definitions)]);
    Output { path: format!("{DIRECTORY}/{}.json", kind.schema), text: schema.text() }
}

/// The constructs in a value, each once.
fn collect(value: &Value, constructs: &mut Vec<&'static Construct>) {
    for construct in value.constructs() {
        if constructs.iter().any(|known| known.what == construct.what) {
            continue;
        }
        constructs.push(construct);
        construct.values().for_each(|value| collect(value, constructs));
    }
}
