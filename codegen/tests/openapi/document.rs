//! The document of the real API, and validators of its schemas.

use std::path::Path;
use std::sync::OnceLock;

use jsonschema::{Draft, Registry, Validator};
use plivo_codegen::Model;
use plivo_codegen::model::{Location, Operation, Resource};
use serde_json::{Value, json};

/// The path of the document.
pub(crate) const PATH: &str = "generated-client/reference/openapi.json";
const URI: &str = "urn:openapi";

pub(crate) struct Document {
    pub(crate) model: Model,
    pub(crate) json: Value,
    registry: Registry,
}

impl Document {
    /// The document of the real API, which is made once.
    pub(crate) fn of_the_api() -> &'static Self {
        static DOCUMENT: OnceLock<Document> = OnceLock::new();
        DOCUMENT.get_or_init(|| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
            let files = plivo_codegen::read_dir(&root.join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
            let model = plivo_codegen::model(&files).unwrap_or_else(|problems| panic!("{problems}"));
            let text = std::fs::read_to_string(root.join(PATH)).expect("the document");
            let json: Value = serde_json::from_str(&text).expect("JSON");
            let resource = Draft::Draft202012.create_resource(json.clone());
            let registry = Registry::try_new(URI, resource).expect("a document");
            Self { model, json, registry }
        })
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        let of = |resource| -> Box<dyn Iterator<Item = (&Resource, &Operation)>> {
            let resource: &Resource = resource;
            Box::new(resource.operations.iter().map(move |operation| (resource, operation)))
        };
        self.model.resources.iter().flat_map(of)
    }

    pub(crate) fn has_body(&self, operation: &Operation) -> bool {
        let mut fields = self.model.request_fields(operation);
        let mut fixed = operation.fixed.iter();
        fields.any(|field| field.location == Location::Body) || fixed.any(|fixed| fixed.location == Location::Body)
    }

    /// The validator of the schema at a pointer.
    pub(crate) fn validator(&self, pointer: &str) -> Validator {
        let percent = pointer.replace('%', "%25").replace('{', "%7B").replace('}', "%7D").replace('^', "%5E");
        self.validator_of(&json!({ "$ref": format!("{URI}#{percent}") }))
    }

    /// The validator of a schema whose references lead into the document.
    pub(crate) fn validator_of(&self, schema: &Value) -> Validator {
        let mut schema = schema.clone();
        make_absolute(&mut schema);
        let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(self.registry.clone());
        options.build(&schema).unwrap_or_else(|error| panic!("{schema}: {error}"))
    }

    /// Visits each component with the properties directly in it, with their pointers.
    pub(crate) fn each_schema(&self, visit: &mut dyn FnMut(&str, &Value)) {
        for (name, schema) in self.json["components"]["schemas"].as_object().expect("schemas") {
            let pointer = format!("/components/schemas/{name}");
            visit(&pointer, schema);
            for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
                let property = property.replace('~', "~0").replace('/', "~1");
                visit(&format!("{pointer}/properties/{property}"), schema);
            }
        }
    }
}

fn make_absolute(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(reference) if key == "$ref" && reference.starts_with('#') => {
                        *reference = format!("{URI}{reference}");
                    }
                    other => make_absolute(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_absolute),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Visits every object.
pub(crate) fn each<'j>(value: &'j Value, visit: &mut dyn FnMut(&'j Value)) {
    match value {
        Value::Object(members) => {
            visit(value);
            members.values().for_each(|value| each(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|value| each(value, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

pub(crate) fn unescaped(pointer: &str) -> String {
    pointer.replace("~1", "/").replace("~0", "~")
}
