//! Checks a request against the table of its fields. A request without findings is checked without
//! allocating: places are a chain on the stack until one has to be named.

use std::fmt::Write;

use super::extra::Extra;
use super::nearest::nearest;
use super::open_enum::instead_of;
use super::operation::{EmptyText, Operation};
use super::schema::{Authority, Consequence, Field, Place, Rule, Schema, Source};
use super::value::{Object, Value, Values, View};
use super::wire::is_given;
use crate::report::{Report, Violation};
use serde_json::Value as Json;

const JSON: &Source = &Source::new("json", "the definition of JSON");

/// Everything that is wrong with a request or suspicious about it.
pub fn validate(request: &dyn Object, operation: &Operation) -> Report {
    validate_with(request, operation, &Extra::default())
}

/// The same for a request that is sent with something beside it. That counts as given, and is not checked.
pub(crate) fn validate_with(request: &dyn Object, operation: &Operation, extra: &Extra) -> Report {
    let mut check = Check { operation, extra, report: Report::default(), is_hidden: false };
    check.object(&Step::Root, request);
    check.report
}

/// The way from the request to a value.
enum Step<'a> {
    Root,
    Key(&'a Step<'a>, &'a str),
    Index(&'a Step<'a>, usize),
}

impl Step<'_> {
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.write(&mut pointer);
        pointer
    }

    fn write(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Self::Index(parent, index) => {
                parent.write(pointer);
                // Writing into a text cannot fail.
                let _ = write!(pointer, "/{index}");
            }
        }
    }
}

struct Check<'e> {
    operation: &'e Operation,
    extra: &'e Extra,
    report: Report,
    /// Whether what is being checked is kept out of everything that is printed.
    is_hidden: bool,
}

impl<'e> Check<'e> {
    /// What is given beside the request, in place of one of its own fields.
    fn extra(&self, at: &Step<'_>, schema: &Schema, name: &str) -> Option<&'e Json> {
        if let Step::Root = at { self.extra.sent(name, self.operation, schema) } else { None }
    }

    /// Whether a field counts as given.
    fn gives(&self, at: &Step<'_>, object: &dyn Object, name: &str) -> bool {
        self.extra(at, object.schema(), name).is_some() || gives(object, name, self.operation.empty_text)
    }

    fn add(&mut self, at: &Step<'_>, rule: &'static str, by: Authority, message: String) {
        self.report.add(Violation::new(at.pointer(), rule, message, by));
    }

    fn object(&mut self, at: &Step<'_>, object: &dyn Object) {
        let schema = object.schema();
        let mut fields = schema.fields.iter();
        let mut given_in_body = self.extra_in_body(at, schema);
        object.each(&mut |value| {
            let Some(field) = fields.next().filter(|field| !field.answer_only) else { return };
            if self.extra(at, schema, field.name).is_some() {
                return;
            }
            let (at, view) = (Step::Key(at, field.name), value.view());
            if is_given(field, view, self.operation.empty_text) {
                given_in_body += u64::from(field.place == Place::Body);
                let outside = self.is_hidden;
                self.is_hidden |= field.sensitive;
                self.value(&at, field, view);
                self.is_hidden = outside;
                if let View::Map(map) = view
                    && field.flatten
                {
                    map.each(&mut |key, _| self.spread_key(&at, schema, key));
                }
            } else if let Some(by) = field.required {
                self.add(&at, "required", by, format!("{} is required", field.name));
            }
        });
        for rule in schema.rules {
            self.rule(at, object, rule);
        }
        self.at_least(at, schema, given_in_body);
    }

    fn extra_in_body(&self, at: &Step<'_>, schema: &Schema) -> u64 {
        let Step::Root = at else { return 0 };
        let given = self.extra.in_body(self.operation, schema);
        given.filter(|(name, _)| self.extra.sent(name, self.operation, schema).is_some()).count() as u64
    }

    fn at_least(&mut self, at: &Step<'_>, schema: &Schema, given: u64) {
        let Some((count, by)) = schema.at_least.filter(|(count, _)| given < *count) else { return };
        let message = match (count, given) {
            (1, _) => "no field is given; at least one is needed".to_owned(),
            (_, 0) => format!("no field is given; at least {count} are needed"),
            (_, 1) => format!("one field is given; at least {count} are needed"),
            _ => format!("{given} fields are given; at least {count} are needed"),
        };
        self.add(at, "at_least", by, message);
    }

    fn rule(&mut self, at: &Step<'_>, object: &dyn Object, rule: &'static Rule) {
        let holds = |(name, values): &(&str, &[&str])| match self
            .extra(at, object.schema(), name)
            .map_or_else(|| find(object, name), view_of)
        {
            View::Boolean(boolean) => values.contains(&if boolean { "true" } else { "false" }),
            view => view.as_text().is_some_and(|text| values.contains(&text)),
        };
        if !rule.when.iter().all(holds) {
            return;
        }
        match rule.then {
            Consequence::Needs(needs) => self.needs(at, object, rule, needs),
            Consequence::Count { of, least, most } => {
                let given = of.iter().filter(|name| self.gives(at, object, name)).count() as u64;
                if given < least || given > most {
                    let number = match (least, most) {
                        (1, 1) => "exactly one",
                        (0, _) => "at most one",
                        _ => "at least one",
                    };
                    let message = format!("{number} of {} is to be given, not {given}. {}", of.join(", "), rule.says);
                    self.add(at, rule.name, rule.by, message);
                }
            }
        }
    }

    fn needs(&mut self, at: &Step<'_>, object: &dyn Object, rule: &'static Rule, needs: &[&str]) {
        for name in needs {
            if self.gives(at, object, name) {
                continue;
            }
            let when: Vec<_> =
                rule.when.iter().map(|(name, values)| format!("{name} is {}", values.join(" or "))).collect();
            let place = if when.is_empty() { String::new() } else { format!(" where {}", when.join(" and ")) };
            let message = format!("{name} is needed{place}. {}", rule.says);
            self.add(&Step::Key(at, name), rule.name, rule.by, message);
        }
    }

    fn value(&mut self, at: &Step<'_>, field: &Field, view: View<'_>) {
        match view {
            View::Absent | View::Boolean(_) | View::Json(_) | View::File(_) => {}
            View::Text(text) => self.text(at, field, text),
            View::Listed(text, values) => {
                self.listed(at, field, text, values);
                self.text(at, field, text);
            }
            View::Integer(number) => self.number(at, field, Number::Whole(number)),
            View::Number(number) if number.is_finite() => self.number(at, field, Number::Float(number)),
            View::Number(_) => {
                let message = format!("{} is not a finite number, which JSON cannot say", field.name);
                self.add(at, "type", JSON.error(), message);
            }
            View::Object(object) => self.object(at, object),
            View::List(list) => {
                for (index, value) in (0..list.len()).filter_map(|index| Some((index, list.get(index)?))) {
                    self.value(&Step::Index(at, index), field, value.view());
                }
            }
            View::Map(map) => map.each(&mut |key, value| {
                let inside = Step::Key(at, key);
                let at = if self.is_hidden { at } else { &inside };
                self.key(at, field, key);
                self.value(at, field, value.view());
            }),
        }
    }

    fn text(&mut self, at: &Step<'_>, field: &Field, text: &str) {
        // Counting is needed only where there are more bytes than characters allowed.
        let length = || text.chars().count() as u64;
        if let Some((least, by)) = field.min_length
            && length() < least
        {
            let message = format!("{} has {}; at least {least} are needed", field.name, characters(length()));
            self.add(at, "min_length", by, message);
        }
        if let Some((most, by)) = field.max_length
            && text.len() as u64 > most
            && length() > most
        {
            let allowed = if most == 1 { "at most 1 is".to_owned() } else { format!("at most {most} are") };
            let message = format!("{} has {}; {allowed} allowed", field.name, characters(length()));
            self.add(at, "max_length", by, message);
        }
        // An empty text that is sent clears the field, so it has no form.
        if let Some((format, by)) = field.format
            && !text.is_empty()
            && !format.fits(text)
        {
            self.add(at, "format", by, format!("{} is not {}", field.name, format.in_words()));
        }
        if let (Some(delimiter), Some(by)) = (field.delimiter, field.delimiter_by)
            && text.contains(delimiter)
        {
            let message = format!("an item of {} holds {delimiter:?}, which separates the items", field.name);
            self.add(at, "delimiter", by, message);
        }
    }

    /// An entry that travels beside the other fields cannot be called like one of them.
    fn spread_key(&mut self, at: &Step<'_>, schema: &Schema, key: &str) {
        let is_field =
            schema.fields.iter().any(|field| field.name == key && field.place == Place::Body && !field.flatten);
        if is_field {
            let message = format!("{key} is a field of its own, and one object cannot hold both");
            self.add(&Step::Key(at, key), "taken", JSON.error(), message);
        }
    }

    /// In a joined map, the first `=` ends the key.
    fn key(&mut self, at: &Step<'_>, field: &Field, key: &str) {
        if let (Some(delimiter), Some(by)) = (field.delimiter, field.delimiter_by)
            && (key.contains(delimiter) || key.contains('='))
        {
            let message = format!("a key of {} holds {delimiter:?} or \"=\", which end it", field.name);
            self.add(at, "delimiter", by, message);
        }
    }

    fn listed(&mut self, at: &Step<'_>, field: &Field, text: &str, values: Values) {
        if let Some(by) = field.values
            && !text.is_empty()
            && !values.iter().any(|value| value == text)
        {
            // A slip of the pen is shown. What is like nothing on the list may be anything, also a personal value.
            let message = match nearest(text, values.iter()).filter(|_| !self.is_hidden) {
                Some(meant) => format!("{} is {text:?}, which is not listed; did you mean {meant}?", field.name),
                None if self.is_hidden => format!("{} is not a listed value", field.name),
                None => format!("{} is not a listed value; {}", field.name, instead_of(text, values)),
            };
            self.add(at, "values", by, message);
        }
    }

    fn number(&mut self, at: &Step<'_>, field: &Field, number: Number) {
        if let Some((least, by)) = field.min
            && number.is_below(least)
        {
            self.add(at, "min", by, format!("{} is less than {least}", field.name));
        }
        if let Some((most, by)) = field.max
            && number.is_above(most)
        {
            self.add(at, "max", by, format!("{} is greater than {most}", field.name));
        }
    }
}

#[derive(Clone, Copy)]
enum Number {
    Whole(i64),
    Float(f64),
}

impl Number {
    // Limits are small whole numbers, which a float holds exactly.
    fn is_below(self, limit: i64) -> bool {
        match self {
            Self::Whole(number) => number < limit,
            Self::Float(number) => number < limit as f64,
        }
    }

    fn is_above(self, limit: i64) -> bool {
        match self {
            Self::Whole(number) => number > limit,
            Self::Float(number) => number > limit as f64,
        }
    }
}

fn characters(count: u64) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

/// What is given beside a request, as far as rules ask for it.
fn view_of(json: &Json) -> View<'_> {
    match json {
        Json::String(text) => View::Text(text),
        Json::Bool(boolean) => View::Boolean(*boolean),
        json => View::Json(json),
    }
}

/// Whether an object gives a field.
pub(crate) fn gives(object: &dyn Object, name: &str, empty_text: EmptyText) -> bool {
    let schema = object.schema();
    let field = schema.position(name).and_then(|position| schema.fields.get(position));
    field.is_some_and(|field| is_given(field, find(object, name), empty_text))
}

/// The value of a field.
pub(crate) fn find<'a>(object: &'a dyn Object, name: &str) -> View<'a> {
    let mut found = View::Absent;
    let mut fields = object.schema().fields.iter();
    object.each(&mut |value: &'a dyn Value| {
        if fields.next().is_some_and(|field| field.name == name) {
            found = value.view();
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::validate;
    use crate::runtime::{
        BodyEncoding, EmptyText, Field, Method, Object, Operation, ResponseShape, Retry, Schema, Source, Value, object,
    };

    const PAGE: &Source = &Source::new("page", "a page");

    /// A field, entries that travel beside it, a joined list, and secrets by name.
    #[derive(Clone, PartialEq)]
    struct Post {
        name: Option<String>,
        extra: Option<BTreeMap<String, String>>,
        tags: Option<Vec<String>>,
        secrets: Option<BTreeMap<String, String>>,
    }

    impl Object for Post {
        fn schema(&self) -> &'static Schema {
            const {
                &Schema {
                    name: "Post",
                    fields: &[
                        Field::body("name"),
                        Field::body("extra").flatten(),
                        Field::body("tags").required(PAGE.error()).delimiter(",", PAGE.error()),
                        Field::body("secrets").max_length(3, PAGE.error()).sensitive(),
                    ],
                    rules: &[],
                    at_least: Some((1, PAGE.error())),
                }
            }
        }

        fn empty() -> Self {
            Self { name: None, extra: None, tags: None, secrets: None }
        }

        fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a dyn Value)) {
            visit(&self.name);
            visit(&self.extra);
            visit(&self.tags);
            visit(&self.secrets);
        }

        fn slot(&mut self, index: usize) -> Option<&mut dyn Value> {
            match index {
                0 => Some(&mut self.name),
                1 => Some(&mut self.extra),
                2 => Some(&mut self.tags),
                3 => Some(&mut self.secrets),
                _ => None,
            }
        }
    }

    object!(Post);

    fn findings(json: &str, empty_text: EmptyText) -> Vec<String> {
        let post: Post = serde_json::from_str(json).expect("a post");
        let operation = Operation {
            id: "post.send",
            method: Method::Post,
            host: "https://api.example.com",
            path: "/",
            account: "auth_id",
            fixed: &[],
            body: BodyEncoding::Json,
            empty_text,
            retry: Retry::IfNotSent,
            answer: ResponseShape::Bare,
            deferred_by: None,
        };
        let report = validate(&post, &operation);
        assert!(!format!("{report:?}").contains("hunter"), "{report:?}");
        report.errors().iter().map(|found| format!("{} {}", found.pointer(), found.rule())).collect()
    }

    #[test]
    fn an_entry_cannot_be_called_like_a_field() {
        let found = findings(r#"{"extra":{"name":"a","other":"b"},"tags":["a"]}"#, EmptyText::Sent);
        assert_eq!(found, ["/extra/name taken"]);
    }

    #[test]
    fn an_item_does_not_hold_the_separator() {
        assert_eq!(findings(r#"{"tags":["a","b,c"]}"#, EmptyText::Sent), ["/tags/1 delimiter"]);
    }

    #[test]
    fn what_leaves_no_trace_is_not_given() {
        assert_eq!(findings(r#"{"tags":[]}"#, EmptyText::LeftOut), ["/tags required", " at_least"]);
        assert_eq!(findings(r#"{"tags":[]}"#, EmptyText::Sent), [""; 0]);
        assert_eq!(findings(r#"{"extra":{}}"#, EmptyText::Sent), ["/tags required", " at_least"]);
    }

    #[test]
    fn a_finding_does_not_show_what_is_sensitive() {
        let found = findings(r#"{"tags":["a"],"secrets":{"hunter1":"hunter2"}}"#, EmptyText::Sent);
        assert_eq!(found, ["/secrets max_length"]);
    }
}
