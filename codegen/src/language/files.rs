//! The kinds of files.

use super::Value::{Keys, Map};
use super::{API, EXAMPLE, RESOURCE, SDK, SHARED, Value};

/// A kind of file.
pub(crate) struct FileKind {
    /// The name of its schema.
    pub(crate) schema: &'static str,
    /// What the files are.
    pub(crate) summary: &'static str,
    pub(crate) content: Value,
}

pub(crate) static FILE_KINDS: [FileKind; 5] = [
    FileKind { schema: "plivo", summary: "plivo.yaml: what all resources share", content: Keys(|| &API) },
    FileKind {
        schema: "types",
        summary: "types.yaml: fields, types and answers that several resources share",
        content: Keys(|| &SHARED),
    },
    FileKind { schema: "resource", summary: "a file of resources/: one resource", content: Keys(|| &RESOURCE) },
    FileKind {
        schema: "examples",
        summary: "a file of examples/: the examples of a resource",
        content: Map(&Keys(|| &EXAMPLE)),
    },
    FileKind { schema: "sdk", summary: "a file of sdks/: one of the official SDKs", content: Keys(|| &SDK) },
];
