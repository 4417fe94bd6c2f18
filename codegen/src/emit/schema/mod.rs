//! The JSON Schemas of the language, for editors: one for each kind of file.

mod construct;
mod value;

use self::construct::mapping;
use super::json::{Object, text_of};
use super::output::{GENERATED_MARK, Output};
use crate::language::{FILE_KINDS, FileKind, Reference, Value, constructs};

/// The directory that contains nothing else.
pub(super) const DIRECTORY: &str = "spec/schema";

pub(super) fn emit() -> Vec<Output> {
    let reference = Reference::read();
    FILE_KINDS.iter().map(|kind| file(kind, &reference)).collect()
}

fn file(kind: &FileKind, reference: &Reference) -> Output {
    // No other construct contains that of the file, so it is no definition.
    let (root, content) = match kind.content {
        Value::Keys(root) => (Some(root().what), mapping(root(), reference)),
        other => (None, value::schema(&other)),
    };
    let others = constructs(&kind.content).into_iter().filter(|construct| Some(construct.what) != root);
    let definitions: Object = others.map(|of| (value::name(of), mapping(of, reference).into())).collect();
    let mut schema = Object::new()
        .with("$comment", format!("{GENERATED_MARK} from the tables of the generator; do not edit"))
        .with("$schema", "http://json-schema.org/draft-07/schema#")
        .with("description", format!("The keys of {}. spec/README.md documents the language.", kind.summary));
    schema.extend(content);
    schema.set("definitions", definitions);
    Output { path: format!("{DIRECTORY}/{}.json", kind.schema), text: text_of(&schema.into()) }
}
