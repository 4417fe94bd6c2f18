//! Validates a request against its schema. A valid request is validated without allocating: the path to a value is a
//! chain on the stack, and becomes a JSON pointer only for a violation.

use super::collector::Collector;
use super::constraints::Number;
use super::given::GivenFields;
use super::pointer::PathStep;
use super::report::Report;
use super::rules::check_rule;
use crate::schema::{
    Authority, Extra, Field, Format, Location, Object, Operation, Schema, Source, ValueKind, View, is_given,
};

const JSON: &Source = &Source::new("json", "the definition of JSON");

/// A second form of a value is known to occur, and is not what the field is described to be.
const TYPE: &Source = &Source::new("type", "the type of the field");

/// Validates a request without sending it. Returns all errors and warnings.
pub fn validate(request: &dyn Object, operation: &Operation) -> Report {
    validate_with(request, operation, &Extra::default())
}

/// Validates a request that is sent with extra values. These count as given, and are not validated themselves, except for
/// the URL that receives a deferred result.
pub(crate) fn validate_with(request: &dyn Object, operation: &Operation, extra: &Extra) -> Report {
    let mut validator = Validator { given: GivenFields { operation, extra }, collector: Collector::default() };
    validator.object(&PathStep::Root, request);
    validator.deferral();
    validator.collector.report
}

/// Walks over the values of a request and collects the violations.
struct Validator<'e> {
    given: GivenFields<'e>,
    collector: Collector,
}

impl Validator<'_> {
    fn object(&mut self, path: &PathStep<'_>, object: &dyn Object) {
        let schema = object.schema();
        let second_forms = object.second_forms();
        let mut given_in_body = self.given.extra_in_body(path, schema);
        for (index, (field, value)) in object.fields().enumerate() {
            if field.is_answer_only() || self.given.extra(path, schema, field.name).is_some() {
                continue;
            }
            let (path, view) = (PathStep::Key(path, field.name), value.view());
            if is_given(field, view, self.given.operation.empty_text) {
                given_in_body += u64::from(field.location == Location::Body);
                if second_forms.contains(index) {
                    self.second_form(&path, field);
                }
                self.field(&path, schema, field, view);
            } else if let Some(by) = field.required() {
                let needed = if by.is_error() { "is required" } else { "should be set" };
                self.collector.add(&path, "required", by, format!("{} {needed}", field.name));
            }
        }
        for rule in schema.rules {
            check_rule(&mut self.collector, &self.given, path, object, rule);
        }
        self.at_least(path, schema, given_in_body);
    }

    fn deferral(&mut self) {
        let GivenFields { operation, extra } = self.given;
        let (Some(keys), Some(by)) = (operation.deferral(), operation.deferred) else { return };
        if let Some(url) = extra.get(keys.url).and_then(serde_json::Value::as_str) {
            self.collector.format(&PathStep::Key(&PathStep::Root, keys.url), keys.url, url, Format::Url, by);
        }
    }

    /// The value is sent as the type of the field, which may not be what the caller has: a number has no leading zeros.
    fn second_form(&mut self, path: &PathStep<'_>, field: &Field) {
        let reading = field.reading();
        let found = reading.also.or(reading.items_also).map_or("another type", ValueKind::in_words);
        let message = format!("{} should not be {found}; it is converted", field.name);
        self.collector.add(path, "also", Authority::Warning(TYPE), message);
    }

    fn field(&mut self, path: &PathStep<'_>, schema: &Schema, field: &Field, view: View<'_>) {
        let was_hidden = self.collector.is_hidden;
        self.collector.is_hidden |= field.is_sensitive();
        match view {
            View::List(list) => self.collector.items(path, field, list.len()),
            View::Map(map) => self.collector.items(path, field, map.len()),
            _ => {}
        }
        self.value(path, field, view);
        self.collector.is_hidden = was_hidden;
        if let View::Map(map) = view
            && field.is_flattened()
        {
            map.each(&mut |key, _| self.flattened_key(path, schema, key));
        }
    }

    fn at_least(&mut self, path: &PathStep<'_>, schema: &Schema, given: u64) {
        let Some((count, by)) = schema.at_least.filter(|(count, _)| given < *count) else { return };
        let message = match (count, given) {
            (1, _) => "no field is set; at least one is required".to_owned(),
            (_, 0) => format!("no field is set; at least {count} are required"),
            (_, 1) => format!("one field is set; at least {count} are required"),
            _ => format!("{given} fields are set; at least {count} are required"),
        };
        self.collector.add(path, "at_least", by, message);
    }

    fn value(&mut self, path: &PathStep<'_>, field: &Field, view: View<'_>) {
        match view {
            View::Absent | View::Boolean(_) | View::Json(_) => {}
            View::File(file) => self.collector.file(path, field, file),
            View::Text(text) => self.collector.text(path, field, text),
            View::Listed(text, values) => {
                self.collector.listed(path, field, text, values);
                self.collector.text(path, field, text);
            }
            View::Integer(number) => self.collector.number(path, field, Number::Whole(number)),
            View::Number(number) if number.is_finite() => self.collector.number(path, field, Number::Float(number)),
            View::Number(_) => {
                let message = format!("{} is not a finite number, and JSON has only finite numbers", field.name);
                self.collector.add(path, "type", Authority::Error(JSON), message);
            }
            View::Object(object) => self.object(path, object),
            View::List(list) => {
                for (index, value) in (0..list.len()).filter_map(|index| Some((index, list.get(index)?))) {
                    let view = value.view();
                    if field.all().is_none_or(|all| view.as_text() != Some(all)) {
                        self.value(&PathStep::Index(path, index), field, view);
                    }
                }
            }
            View::Map(map) => map.each(&mut |key, value| {
                // The keys of a sensitive map are data too.
                let entry = PathStep::Key(path, key);
                let path = if self.collector.is_hidden { path } else { &entry };
                self.collector.key(path, field, key);
                self.value(path, field, value.view());
            }),
        }
    }

    /// A flattened entry cannot have the name of another field.
    fn flattened_key(&mut self, path: &PathStep<'_>, schema: &Schema, key: &str) {
        let mut fields = schema.fields.iter();
        let is_taken =
            fields.any(|field| field.name == key && field.location == Location::Body && !field.is_flattened());
        // Beside the fields are the keys that defer the result.
        let is_key = matches!(path, PathStep::Key(PathStep::Root, _)) && self.given.operation.is_deferral_key(key);
        if is_taken || is_key {
            let message = format!("{key} is also the name of a field, and an object cannot contain both");
            self.collector.add(&PathStep::Key(path, key), "taken", Authority::Error(JSON), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::validate;
    use crate::macros::object;
    use crate::schema::{
        Authority, BodyEncoding, EmptyText, Generated, Method, Operation, ResponseShape, Retry, Source, ThisCrate,
    };

    const PAGE: &Source = &Source::new("page", "a page");

    object! {
        /// A field, a flattened map, a delimited list, and a sensitive map.
        struct Post {
            pub name: Option<String> => 0: Body,
            pub extra: Option<BTreeMap<String, String>> => 1: Body [Flatten],
            pub tags: Option<Vec<String>> => 2: Body [Required(Error(PAGE)), Delimiter(",", Error(PAGE))],
            pub secrets: Option<BTreeMap<String, String>> => 3: Body [MaxLength(3, Error(PAGE)), Sensitive],
        }

        at_least: Some((1, Error(PAGE)));
    }

    fn violations(json: &str, empty_text: EmptyText) -> Vec<String> {
        let post: Post = serde_json::from_str(json).expect("a post");
        let operation = Operation {
            id: "post.send",
            method: Method::Post,
            host: "https://api.example.com",
            path: "/",
            api: ThisCrate::API,
            fixed: &[],
            fixed_in_body: &[],
            body: BodyEncoding::Json,
            empty_text,
            retry: Retry::IfNotSent,
            answer: ResponseShape::Bare,
            deferred: None,
            changes_object: false,
        };
        let report = validate(&post, &operation);
        assert!(!format!("{report:?}").contains("hunter"), "{report:?}");
        report.errors().iter().map(|found| format!("{} {}", found.pointer(), found.rule())).collect()
    }

    #[test]
    fn a_flattened_entry_cannot_have_the_name_of_a_field() {
        let found = violations(r#"{"extra":{"name":"a","other":"b"},"tags":["a"]}"#, EmptyText::Sent);
        assert_eq!(found, ["/extra/name taken"]);
    }

    #[test]
    fn a_flattened_entry_cannot_defer_the_result() {
        let post: Post =
            serde_json::from_str(r#"{"extra":{"callback_url":"a","other":"b"},"tags":["a"]}"#).expect("a post");
        let operation = || Operation::post("post.send", "/").json();
        let errors = |operation: Operation| {
            let report = validate(&post, &operation);
            report.errors().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(errors(operation()), [""; 0]);
        let [error] = &errors(operation().deferred(Authority::Error(PAGE)))[..] else { panic!("one error") };
        assert!(error.contains("/extra/callback_url"), "{error}");
    }

    #[test]
    fn an_item_cannot_contain_the_delimiter() {
        assert_eq!(violations(r#"{"tags":["a","b,c"]}"#, EmptyText::Sent), ["/tags/1 delimiter"]);
    }

    #[test]
    fn a_value_that_is_not_sent_is_not_given() {
        assert_eq!(violations(r#"{"tags":[]}"#, EmptyText::LeftOut), ["/tags required", " at_least"]);
        assert_eq!(violations(r#"{"tags":[]}"#, EmptyText::Sent), [""; 0]);
        assert_eq!(violations(r#"{"extra":{}}"#, EmptyText::Sent), ["/tags required", " at_least"]);
    }

    #[test]
    fn a_violation_does_not_show_a_sensitive_value() {
        let found = violations(r#"{"tags":["a"],"secrets":{"hunter1":"hunter2"}}"#, EmptyText::Sent);
        assert_eq!(found, ["/secrets max_length"]);
    }
}
