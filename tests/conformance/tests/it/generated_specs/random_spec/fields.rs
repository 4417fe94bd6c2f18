//! Random fields of every type, with every key.

use super::super::words;
use super::{Parent, RandomField, RandomSpec, RandomType, Stores, Usage, Yaml, map, plain, text};

/// The maximum nesting of objects, lists and maps.
const DEPTH: usize = 3;

impl RandomSpec<'_> {
    /// The `fields` of the file.
    pub(super) fn file_fields(&mut self) -> Yaml {
        let mut fields = Vec::new();
        if let Some(Parent { id, .. }) = self.parent {
            fields.push((id.to_owned(), map([("type", text("string")), ("summary", text(self.prose()))])));
            self.take(id);
        }
        if self.stores == Stores::Collection {
            let id = map([("type", text("string")), ("summary", text("Which.")), ("given_by", text("server"))]);
            let name = self.id.to_owned();
            fields.push((name.clone(), id.with("example", text("7"))));
            self.take(&name);
            let (usage, answer_value) = (Usage::InAnswers, text("7"));
            self.fields.push(RandomField {
                name,
                usage,
                values: Vec::new(),
                has_file: false,
                answer_value,
                has_example: true,
            });
        }
        for _ in 0..self.random.usize(2..14) {
            let name = self.wire_name();
            let (mut field, made) = self.field(&name, 0);
            let can_flatten = is_map(&field) && made.usage == Usage::InBodies && !made.has_file;
            if can_flatten && self.flatten.is_none() && self.random.bool() {
                field = field.with("flatten", plain(true));
                self.flatten = Some(name.clone());
            }
            fields.push((name, if self.random.bool() { shortest(field) } else { field }));
            self.fields.push(made);
        }
        fields.extend(self.derived_fields());
        Yaml::Map(fields)
    }

    /// A field that shows the value of another, and one that holds a path.
    fn derived_fields(&mut self) -> Vec<(String, Yaml)> {
        let source = self.fields.first().map(|made| made.name.clone());
        let template = "/v1/{held_id}/and/{type}/";
        let keys = [source.map(|source| ("holds", source)), Some(("holds_path", template.to_owned()))];
        let mut fields = Vec::new();
        for (key, value) in keys.into_iter().flatten().filter(|_| self.random.bool()).collect::<Vec<_>>() {
            let name = format!("derived_{}", self.random.u32(..));
            let field = map([("type", text("string")), ("summary", text(self.prose())), (key, text(value))]);
            fields.push((name.clone(), field.with("example", text(self.prose()))));
            let (usage, answer_value) = (Usage::InAnswers, text("é"));
            let (values, has_file, has_example) = (Vec::new(), false, true);
            self.fields.push(RandomField { name, usage, values, has_file, answer_value, has_example });
        }
        fields
    }

    /// A field and its description.
    pub(super) fn field(&mut self, name: &str, depth: usize) -> (Yaml, RandomField) {
        let before = self.contains_file;
        self.contains_file = false;
        let (mut field, mut usage, values, answer_value) = self.any_type(depth);
        let has_file = std::mem::replace(&mut self.contains_file, before);
        self.contains_file |= has_file;
        if usage == Usage::InBodies && can_be_delimited(&field) && self.random.bool() {
            field = field.with("delimiter", text(self.one_of(&["<", ",", "||", " "])));
            usage = Usage::Delimited;
            if is_list_of_texts(&field) && self.rarely() {
                field = field.with("all", text("all"));
            }
        }
        field = field.with("summary", text(self.prose()));
        if super::bare(name) == name && !name.is_ascii() || words::NAMELESS.contains(&name) {
            field = field.with("rust", text(format!("named_{}", self.random.u32(..))));
        }
        field = self.limits(field);
        if self.rarely() {
            field = field.with("source", self.source());
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
            if is_list_of(&field) {
                field = match self.random.u8(..3) {
                    0 if usage != Usage::Delimited => field.with("one", text("plain")),
                    _ => field.with("also", text("one")),
                };
            } else if !is_kind(&field, other) && !is_of(&field, "type", &["list"]) {
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
        if usage == Usage::InAnswers && depth == 0 {
            field = field.with("given_by", text("server"));
        } else if let Some(default) = self.default(&field, &values).filter(|_| usage == Usage::Anywhere && depth == 0) {
            field = field.with("default", default);
        }
        (field, RandomField { name: name.to_owned(), usage, values, has_file, answer_value, has_example })
    }

    /// An example within the field's limits, if a simple one exists.
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

    /// A type with its keys, its usage, the values that a condition can name, and a value in an answer.
    fn any_type(&mut self, depth: usize) -> (Yaml, Usage, Vec<String>, Yaml) {
        let simple = |name: &str| map([("type", text(name))]);
        match self.random.u8(0..if depth < DEPTH { 16 } else { 9 }) {
            0 | 1 => {
                let values = vec!["any".to_owned(), "\"odd\" `value`".to_owned()];
                (simple("string"), Usage::Anywhere, values, text(self.prose()))
            }
            2 => (simple("integer"), Usage::Anywhere, Vec::new(), plain(-7)),
            3 => (simple("number"), Usage::Anywhere, Vec::new(), plain(7.5)),
            4 => (simple("boolean"), Usage::Anywhere, vec!["true".to_owned()], plain(true)),
            5 => (simple(self.one_of(&["timestamp", "decimal"])), Usage::InAnswers, Vec::new(), text("7.5")),
            6 => (simple("any"), Usage::InBodies, Vec::new(), Yaml::List(vec![plain("null")])),
            7 if self.choice.is_some() => {
                let name = self.choice.clone().unwrap_or_default();
                (simple(&name), Usage::Anywhere, Vec::new(), text("id_7"))
            }
            7 | 8 => self.enumeration(),
            9 | 10 => self.object(depth),
            11 if depth > 0 || self.rarely() => {
                self.contains_file = true;
                (simple("file"), Usage::InBodies, Vec::new(), plain("null"))
            }
            12 | 13 if !self.types.is_empty() => {
                let made = self.types[self.random.usize(..self.types.len())].clone();
                self.contains_file |= made.has_file;
                (simple(&made.name), Usage::InBodies, Vec::new(), made.answer_value)
            }
            _ => self.collection(depth),
        }
    }

    fn enumeration(&mut self) -> (Yaml, Usage, Vec<String>, Yaml) {
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
        let answer_value = text(listed[0].as_str());
        self.types.push(RandomType { name: name.clone(), has_file: false, answer_value: answer_value.clone() });
        (map([("type", text("enum")), ("name", text(name)), ("values", values)]), Usage::Anywhere, listed, answer_value)
    }

    /// An object type. The names of its fields need to be distinct only within it.
    fn object(&mut self, depth: usize) -> (Yaml, Usage, Vec<String>, Yaml) {
        let name = self.type_name();
        let outside = self.taken.clone();
        let mut fields = Vec::new();
        let mut answer_value = Vec::new();
        let mut has_file = false;
        for _ in 0..self.random.usize(0..5) {
            let name = self.wire_name();
            let (mut field, made) = self.field(&name, depth + 1);
            has_file |= made.has_file;
            let mut mark = "";
            match self.random.u8(0..5) {
                _ if made.usage == Usage::InAnswers => field = field.with("in", text("answers")),
                0 => mark = "!",
                1 => field = field.with("in", text("answers")),
                _ => {}
            }
            fields.push((format!("{name}{mark}"), field));
            answer_value.push((name, made.answer_value));
        }
        self.taken.extend(outside);
        if self.rarely() {
            let again = map([("type", text(&name))]);
            let list = map([("type", text("list")), ("items", again), ("summary", text("More of it."))]);
            let key = if self.random.bool() { "more_of_it!" } else { "more_of_it" };
            fields.push((key.to_owned(), list));
        }
        let answer_value = Yaml::Map(answer_value);
        self.types.push(RandomType { name: name.clone(), has_file, answer_value: answer_value.clone() });
        let object = map([("type", text("object")), ("name", text(name)), ("fields", Yaml::Map(fields))]);
        (object, Usage::InBodies, Vec::new(), answer_value)
    }

    fn collection(&mut self, depth: usize) -> (Yaml, Usage, Vec<String>, Yaml) {
        let (items, usage, _, answer_value) = self.any_type(depth + 1);
        // The generator refuses maps of files.
        let kind = if self.contains_file { "list" } else { self.one_of(&["list", "map"]) };
        let usage = if usage == Usage::InAnswers { usage } else { Usage::InBodies };
        let answer_value =
            if kind == "list" { Yaml::List(vec![answer_value]) } else { map([("a/~ key", answer_value)]) };
        let other = self.one_of(&["string", "number", "boolean", "list", "object"]);
        let is_plain = is_of(&items, "type", &["string", "integer", "number", "boolean", "enum"]);
        let is_declared = is_of(&items, "type", &["enum", "object"]);
        let items = if is_declared { items.with("summary", text(self.prose())) } else { items };
        let items =
            if is_plain && !is_kind(&items, other) && self.rarely() { items.with("also", text(other)) } else { items };
        (map([("type", text(kind)), ("items", items)]), usage, Vec::new(), answer_value)
    }

    /// Adds limits that fit the type.
    fn limits(&mut self, mut field: Yaml) -> Yaml {
        let Yaml::Map(entries) = &field else { return field };
        let is = |name: &str| matches!(&entries[0].1, Yaml::Text(kind) if kind == name);
        if is("string") && self.random.bool() {
            return self.string_limits(field);
        }
        if (is("integer") || is("number")) && self.random.bool() {
            let (least, most) = (self.one_of(&[i64::MIN, -5, 0, 7]), self.one_of(&[7, 100, i64::MAX]));
            return field.with("min", self.fact(plain(least))).with("max", self.fact(plain(most)));
        }
        if is_of(&field, "type", &["list", "map"]) && self.rarely() {
            let (least, most) = (self.one_of(&[0, 1]), self.one_of(&[1, 7, u64::MAX]));
            field = field.with("min_items", self.fact(plain(least))).with("max_items", self.fact(plain(most)));
        }
        if is_of(&field, "type", &["file"]) && self.random.bool() {
            let types = ["image/png", "application/vnd.ms-excel", "text/x-c++"].map(text);
            let most = plain(self.one_of(&[0, 5, u64::MAX]));
            field = field.with("max_bytes", self.fact(most));
            field = field.with("content_types", self.fact(Yaml::List(types.to_vec())));
        }
        field
    }

    /// A default of a plain type without limits.
    fn default(&mut self, field: &Yaml, values: &[String]) -> Option<Yaml> {
        let is = |words: &[&str]| is_of(field, "type", words);
        let has_limit =
            ["min", "max", "min_length", "max_length", "format"].iter().any(|key| field.entry(key).is_some());
        let is = if has_limit || !self.rarely() {
            return None;
        } else if is(&["integer", "number"]) {
            plain(-7)
        } else if is(&["boolean"]) {
            plain(false)
        } else if is(&["enum"]) {
            text(values.first()?.as_str())
        } else if is(&["string"]) {
            text(self.prose())
        } else {
            return None;
        };
        Some(if self.random.bool() { map([("is", is), ("source", self.source())]) } else { is })
    }

    fn string_limits(&mut self, mut field: Yaml) -> Yaml {
        if self.random.bool() {
            let least = self.one_of(&[0, 1, 3]);
            field = field.with("min_length", self.fact(plain(least)));
        }
        if self.random.bool() {
            let most = self.one_of(&[3, 100, u64::MAX]);
            field = field.with("max_length", self.fact(plain(most)));
        }
        if self.random.bool() {
            let formats = ["country", "e164", "email", "uuid", "url", "date", "datetime", "subaccount_id"];
            let format = self.one_of(&formats);
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

/// Whether values of the field already have this kind, so that `also` would be refused.
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
    // `any` covers every kind. The kind of a named type is not known here.
    types.contains(&ty.as_str()) || matches!(ty.as_str(), "any" | "file") || ty.starts_with(char::is_uppercase)
}

/// Whether the field is a list of neither lists nor anything.
fn is_list_of(field: &Yaml) -> bool {
    let Yaml::Map(entries) = field else { return false };
    let items = entries.iter().find(|(name, _)| name == "items").map(|(_, items)| items);
    is_of(field, "type", &["list"]) && items.is_some_and(|items| !is_of(items, "type", &["list", "any"]))
}

fn is_list_of_texts(field: &Yaml) -> bool {
    let Yaml::Map(entries) = field else { return false };
    let items = entries.iter().find(|(name, _)| name == "items").map(|(_, items)| items);
    is_of(field, "type", &["list"]) && items.is_some_and(|items| is_of(items, "type", &["string", "enum"]))
}

fn is_map(field: &Yaml) -> bool {
    is_of(field, "type", &["map"])
}

/// Whether the items of a list or a map can be joined into one string.
fn can_be_delimited(field: &Yaml) -> bool {
    let Yaml::Map(entries) = field else { return false };
    let items = entries.iter().find(|(name, _)| name == "items").map(|(_, items)| items);
    let plain = ["string", "integer", "number", "boolean", "enum"];
    is_of(field, "type", &["list", "map"]) && items.is_some_and(|items| is_of(items, "type", &plain))
}

/// A field without what it need not say.
fn shortest(field: Yaml) -> Yaml {
    let Yaml::Map(keys) = &field else { return field };
    match keys.as_slice() {
        [(_, Yaml::Text(ty)), (key, Yaml::Text(summary))] if ty == "string" && key == "summary" => {
            text(format!("{summary}."))
        }
        _ if is_map(&field) => field,
        keys => {
            let says_type = keys.iter().any(|(key, _)| matches!(key.as_str(), "items" | "values" | "fields"));
            Yaml::Map(keys.iter().filter(|(key, _)| !(says_type && key == "type")).cloned().collect())
        }
    }
}
