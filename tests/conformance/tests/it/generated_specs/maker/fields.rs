//! Fields of every type, with every key.

use super::super::words;
use super::{Goes, Made, MadeType, Maker, Yaml, map, plain, text};

/// How deep objects, lists and maps go.
const DEPTH: usize = 3;

impl Maker<'_> {
    /// The file's `fields`.
    pub(super) fn file_fields(&mut self, keeps: bool) -> Yaml {
        let mut fields = Vec::new();
        if keeps {
            let id = map([("type", text("string")), ("summary", text("Which.")), ("given_by", text("server"))]);
            let name = "made_id".to_owned();
            fields.push((name.clone(), id.with("example", text("7"))));
            self.take(&name);
            let (goes, shown) = (Goes::InAnswers, text("7"));
            self.fields.push(Made { name, goes, values: Vec::new(), has_file: false, shown, has_example: true });
        }
        for _ in 0..self.random.usize(2..14) {
            let name = self.wire_name();
            let (mut field, made) = self.field(&name, 0);
            let can_flatten = is_map(&field) && made.goes == Goes::InBodies && !made.has_file;
            if can_flatten && self.flatten.is_none() && self.random.bool() {
                field = field.with("flatten", plain(true));
                self.flatten = Some(name.clone());
            }
            fields.push((name, field));
            self.fields.push(made);
        }
        Yaml::Map(fields)
    }

    /// A field, and what it can be used for.
    pub(super) fn field(&mut self, name: &str, depth: usize) -> (Yaml, Made) {
        let before = self.held_file;
        self.held_file = false;
        let (mut field, mut goes, values, shown) = self.any_type(depth);
        let has_file = std::mem::replace(&mut self.held_file, before);
        self.held_file |= has_file;
        if goes == Goes::InBodies && joins(&field) && self.random.bool() {
            field = field.with("delimiter", text(self.one_of(&["<", ",", "||", " "])));
            goes = Goes::Joined;
        }
        field = field.with("summary", text(self.prose()));
        if super::bare(name) == name && !name.is_ascii() || words::NAMELESS.contains(&name) {
            field = field.with("rust", text(format!("named_{}", self.random.u32(..))));
        }
        field = self.limits(field);
        if self.rarely() {
            field = field.with("source", text(self.one_of(&["page", "self"])));
        }
        if self.rarely() {
            field = field.with("enforce", text(self.one_of(&["error", "warn"])));
        }
        if self.rarely() {
            field = field.with("sensitive", plain(true));
        }
        if self.rarely() {
            field = field.with("deprecated", text(self.prose()));
        }
        if self.rarely() {
            let other = self.one_of(&["string", "number", "boolean", "list", "object"]);
            if !is_kind(&field, other) {
                field = field.with("also", text(other));
            }
        }
        if self.rarely() {
            field = field.with("contradictions", self.contradictions());
        }
        let example = self.example(&field, &values).filter(|_| self.random.bool());
        let has_example = example.is_some();
        if let Some(example) = example {
            field = field.with("example", text(example));
        }
        if goes == Goes::InAnswers && depth == 0 {
            field = field.with("given_by", text("server"));
        }
        (field, Made { name: name.to_owned(), goes, values, has_file, shown, has_example })
    }

    /// A text that its limits let through, if that is easy to say.
    fn example(&mut self, field: &Yaml, values: &[String]) -> Option<String> {
        let is = |words: &[&str]| is_of(field, "type", words);
        let has = |key: &str| field.entry(key).is_some();
        if is(&["integer", "number"]) {
            Some("7".to_owned())
        } else if is(&["boolean"]) {
            Some("true".to_owned())
        } else if is(&["enum"]) {
            values.first().cloned()
        } else if is(&["string"]) && !has("format") && (has("min_length") || has("max_length")) {
            Some("\"é\"".to_owned())
        } else if is(&["string", "timestamp", "decimal", "any"]) && !has("format") {
            Some(self.prose())
        } else {
            None
        }
    }

    /// A type with the keys that belong to it, the values that a condition can ask for, and a value in an answer.
    fn any_type(&mut self, depth: usize) -> (Yaml, Goes, Vec<String>, Yaml) {
        let simple = |name: &str| map([("type", text(name))]);
        match self.random.u8(0..if depth < DEPTH { 16 } else { 9 }) {
            0 | 1 => {
                let values = vec!["any".to_owned(), "\"odd\" `value`".to_owned()];
                (simple("string"), Goes::Anywhere, values, text(self.prose()))
            }
            2 => (simple("integer"), Goes::Anywhere, Vec::new(), plain(-7)),
            3 => (simple("number"), Goes::Anywhere, Vec::new(), plain(7.5)),
            4 => (simple("boolean"), Goes::Anywhere, vec!["true".to_owned()], plain(true)),
            5 => (simple(self.one_of(&["timestamp", "decimal"])), Goes::InAnswers, Vec::new(), text("7.5")),
            6 => (simple("any"), Goes::InBodies, Vec::new(), Yaml::List(vec![plain("null")])),
            7 | 8 => self.enumeration(),
            9 | 10 => self.object(depth),
            11 if depth > 0 || self.rarely() => {
                self.held_file = true;
                (simple("file"), Goes::InBodies, Vec::new(), plain("null"))
            }
            12 | 13 if !self.types.is_empty() => {
                let made = self.types[self.random.usize(..self.types.len())].clone();
                self.held_file |= made.holds_file;
                (simple(&made.name), Goes::InBodies, Vec::new(), made.shown)
            }
            _ => self.collection(depth),
        }
    }

    fn enumeration(&mut self) -> (Yaml, Goes, Vec<String>, Yaml) {
        let name = self.type_name();
        let mut listed = Vec::new();
        let mut seen = Vec::new();
        for _ in 0..self.random.usize(1..9) {
            let value = self.one_of(&words::VALUES);
            let variant = super::bare(value);
            if !seen.contains(&variant) {
                seen.push(variant);
                listed.push(value.to_owned());
            }
        }
        let values = if self.random.bool() {
            Yaml::List(listed.iter().map(text).collect())
        } else {
            let mut entries: Vec<_> = listed.iter().map(|value| (value.clone(), text(self.prose()))).collect();
            let odd = self.one_of(&words::NAMELESS_VALUES);
            let variant = format!("Odd{}", self.random.u16(..));
            entries.push((odd.to_owned(), map([("rust", text(variant)), ("summary", text(self.prose()))])));
            Yaml::Map(entries)
        };
        let shown = text(listed[0].as_str());
        self.types.push(MadeType { name: name.clone(), holds_file: false, shown: shown.clone() });
        (map([("type", text("enum")), ("name", text(name)), ("values", values)]), Goes::Anywhere, listed, shown)
    }

    /// An object. The names of its fields are its own.
    fn object(&mut self, depth: usize) -> (Yaml, Goes, Vec<String>, Yaml) {
        let name = self.type_name();
        let outside = self.taken.clone();
        let mut fields = Vec::new();
        let mut shown = Vec::new();
        let mut has_file = false;
        for _ in 0..self.random.usize(0..5) {
            let name = self.wire_name();
            let (mut field, made) = self.field(&name, depth + 1);
            has_file |= made.has_file;
            match self.random.u8(0..5) {
                _ if made.goes == Goes::InAnswers => field = field.with("in", text("answers")),
                0 => {
                    let required = plain(self.random.bool());
                    field = field.with("required", self.fact(required));
                }
                1 => field = field.with("in", text("answers")),
                _ => {}
            }
            fields.push((name.clone(), field));
            shown.push((name, made.shown));
        }
        self.taken.extend(outside);
        if self.rarely() {
            let again = map([("type", text(&name))]);
            let list = map([("type", text("list")), ("items", again), ("summary", text("More of it."))]);
            fields.push(("more_of_it".to_owned(), list));
        }
        let shown = Yaml::Map(shown);
        self.types.push(MadeType { name: name.clone(), holds_file: has_file, shown: shown.clone() });
        let object = map([("type", text("object")), ("name", text(name)), ("fields", Yaml::Map(fields))]);
        (object, Goes::InBodies, Vec::new(), shown)
    }

    fn collection(&mut self, depth: usize) -> (Yaml, Goes, Vec<String>, Yaml) {
        let (items, goes, _, shown) = self.any_type(depth + 1);
        // Files in maps are refused.
        let kind = if self.held_file { "list" } else { self.one_of(&["list", "map"]) };
        let goes = if goes == Goes::InAnswers { goes } else { Goes::InBodies };
        let shown = if kind == "list" { Yaml::List(vec![shown]) } else { map([("a/~ key", shown)]) };
        (map([("type", text(kind)), ("items", items)]), goes, Vec::new(), shown)
    }

    /// Limits that go with the type.
    fn limits(&mut self, field: Yaml) -> Yaml {
        let Yaml::Map(entries) = &field else { return field };
        let is = |name: &str| matches!(&entries[0].1, Yaml::Text(kind) if kind == name);
        if is("string") && self.random.bool() {
            return self.limits_of_texts(field);
        }
        if (is("integer") || is("number")) && self.random.bool() {
            let (least, most) = (self.one_of(&[i64::MIN, -5, 0, 7]), self.one_of(&[7, 100, i64::MAX]));
            return field.with("min", self.fact(plain(least))).with("max", self.fact(plain(most)));
        }
        field
    }

    fn limits_of_texts(&mut self, mut field: Yaml) -> Yaml {
        if self.random.bool() {
            let least = self.one_of(&[0, 1, 3]);
            field = field.with("min_length", self.fact(plain(least)));
        }
        if self.random.bool() {
            let most = self.one_of(&[3, 100, u64::MAX]);
            field = field.with("max_length", self.fact(plain(most)));
        }
        if self.random.bool() {
            let format = self.one_of(&["country", "e164", "email", "uuid", "url", "date", "datetime"]);
            field = field.with("format", self.fact(text(format)));
        }
        field
    }
}

fn is_of(field: &Yaml, key: &str, words: &[&str]) -> bool {
    let Yaml::Map(entries) = field else { return false };
    entries
        .iter()
        .any(|(name, value)| name == key && matches!(value, Yaml::Text(word) if words.contains(&word.as_str())))
}

/// Whether values of the field are of that kind, so that it is no second one.
fn is_kind(field: &Yaml, kind: &str) -> bool {
    let types: &[&str] = match kind {
        "string" => &["string", "timestamp", "decimal", "enum"],
        "number" => &["integer", "number"],
        "boolean" => &["boolean"],
        "list" => &["list"],
        _ => &["object", "map"],
    };
    let Yaml::Map(entries) = field else { return true };
    let Some((_, Yaml::Text(ty))) = entries.iter().find(|(key, _)| key == "type") else { return true };
    // Any value is anything, and of a type with a name the maker does not know what it is.
    types.contains(&ty.as_str()) || matches!(ty.as_str(), "any" | "file") || ty.starts_with(char::is_uppercase)
}

fn is_map(field: &Yaml) -> bool {
    is_of(field, "type", &["map"])
}

/// Whether the items of a list or a map can stand in one text.
fn joins(field: &Yaml) -> bool {
    let Yaml::Map(entries) = field else { return false };
    let items = entries.iter().find(|(name, _)| name == "items").map(|(_, items)| items);
    let plain = ["string", "integer", "number", "boolean", "enum"];
    is_of(field, "type", &["list", "map"]) && items.is_some_and(|items| is_of(items, "type", &plain))
}
