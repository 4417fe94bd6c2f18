//! Random operations of every kind, with every key.

use super::super::words;
use super::{Parent, RandomField, RandomSpec, Stores, Usage, Yaml, map, plain, text, texts};

impl RandomSpec<'_> {
    /// The `operations` of the file.
    pub(super) fn operations(&mut self) -> Yaml {
        let mut operations = Vec::new();
        for index in 0..self.random.usize(1..6) {
            let name = self.operation_name();
            let operation = self.operation(&name, index);
            operations.push((name, operation));
        }
        Yaml::Map(operations)
    }

    fn operation_name(&mut self) -> String {
        let resource = self.resource.clone();
        let name = self.distinct(|spec| match spec.random.u8(0..3) {
            0 => spec.identifier(),
            1 => spec.one_of(&words::WIRE).to_owned(),
            _ => format!("do_{}", spec.random.u16(..)),
        });
        // The name of the request type is taken too.
        self.take(&format!("{name}{resource}"));
        name
    }

    fn operation(&mut self, name: &str, index: usize) -> Yaml {
        let (does, method) = self.effect();
        // A list does not describe the parameters of pages itself.
        let is_of_pages =
            |name: &str| ["limit", "offset", "cursor"].contains(&super::bare(name).to_lowercase().as_str());
        let mut free = self.some_fields(|made| made.usage != Usage::InAnswers && !is_of_pages(&made.name));
        self.random.shuffle(&mut free);
        let names_object = self.stores == Stores::Collection && matches!(does, "read" | "update" | "delete");
        let (path, own) = self.path(index, names_object, &mut free);
        let mut operation =
            map([("does", text(does)), ("summary", text(self.prose())), ("request", text(format!("{method} {path}")))]);
        if let Some((name, field)) = own {
            operation = operation.with("path", Yaml::Map(vec![(name, field)]));
        }
        let split = free.len() / 2;
        let body = if method == "GET" { Vec::new() } else { free.split_off(split) };
        let query: Vec<_> =
            free.into_iter().filter(|made| matches!(made.usage, Usage::Anywhere | Usage::Delimited)).collect();
        let mut given: Vec<_> = query.iter().chain(&body).cloned().collect();
        let required = self.add_parameters(&mut operation, query, &body);
        // The generator refuses rules about required fields.
        given.retain(|made| !required.contains(&made.name));
        let parents = self.parent.iter().count();
        let is_alone = request_of(&operation).matches('{').count() == 1 + parents && !operation_has(&operation, "path");
        let can_be_empty = is_alone && required.is_empty();
        let is_ruled = self.add_rules(&mut operation, &given, body.len());
        let is_documented = can_be_empty && !is_ruled && self.random.u8(0..4) > 0;
        let (answer, answer_value) = self.answer(does, is_documented);
        operation = operation.with("answer", answer);
        if body.iter().any(|made| made.has_file) || (!body.is_empty() && self.rarely()) {
            operation = operation.with("encoding", text("multipart"));
            if self.random.bool() {
                operation = operation.with("data_part", text("the \"data\""));
            }
        }
        if does == "create"
            && let Some(made) = given.iter().find(|made| made.usage == Usage::Delimited)
        {
            operation = operation.with("creates", map([("each", text(&made.name))]));
        }
        self.add_further_keys(&mut operation);
        self.add_states(&mut operation, does);
        if can_be_empty && !is_ruled {
            self.add_examples(&mut operation, name, does, is_documented.then_some(answer_value));
        }
        operation
    }

    /// What the operation does, and its method.
    fn effect(&mut self) -> (&'static str, &'static str) {
        let all = ["create", "read", "list", "update", "delete", "delete_all", "action"];
        let does = match self.stores {
            Stores::Nothing => "action",
            Stores::One => self.one_of(&["read", "update", "action"]),
            Stores::Collection => self.one_of(&all),
        };
        let method = match does {
            "read" | "list" => "GET",
            "create" | "update" => self.one_of(&["POST", "PATCH"]),
            "delete" | "delete_all" => "DELETE",
            _ => self.one_of(&["GET", "POST", "DELETE", "PATCH"]),
        };
        (does, method)
    }

    /// Adds `found_by` to an operation that creates, with a list that shows what is searched.
    pub(super) fn with_found_by(&mut self, operations: Yaml, answers: &Yaml) -> Yaml {
        let Yaml::Map(mut operations) = operations else { return operations };
        let object = &self.answers[0].name;
        let shown: Vec<_> = answers.entry(object).into_iter().flat_map(|object| names(object, "fields")).collect();
        let mut texts = self.fields.iter().filter(|made| made.values.first().is_some_and(|value| value == "any"));
        let mut creations = operations.iter_mut().filter(|(_, operation)| does(operation, "create"));
        let Some((creation, name)) = creations.find_map(|(_, creation)| {
            let name = texts.find(|made| {
                shown.contains(&made.name.as_str()) && names(creation, "body").any(|field| field == made.name)
            })?;
            Some((creation, &name.name))
        }) else {
            return Yaml::Map(operations);
        };
        *creation = creation.clone().with("found_by", text(name));
        let list = map([
            ("does", text("list")),
            ("summary", text("Lists what is searched.")),
            ("request", text(format!("GET {}/search/", self.collection_path()))),
            ("answer", map([("type", text(object)), ("list", text("objects")), ("total", text("none"))])),
        ]);
        operations.push(("search_for_it".to_owned(), list));
        Yaml::Map(operations)
    }

    fn collection_path(&self) -> String {
        let parent = self.parent.as_ref().map(|Parent { name, id }| format!("/{name}/{{{id}}}"));
        format!("/v1/Account/{{account}}{}/{}", parent.unwrap_or_default(), self.resource)
    }

    /// The path, and a parameter that the operation itself declares.
    fn path(
        &mut self,
        index: usize,
        names_object: bool,
        free: &mut Vec<RandomField>,
    ) -> (String, Option<(String, Yaml)>) {
        let mut path = format!("{}/{index}", self.collection_path());
        if names_object {
            path.push_str(&format!("/{{{}}}", self.id));
        }
        let is_plain = |name: &str| {
            let letters = name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_');
            letters && !name.starts_with('_') && !name.ends_with('_') && !name.contains("__")
        };
        let fits = |made: &RandomField| made.usage == Usage::Anywhere && is_plain(&made.name);
        if let Some(at) = free.iter().position(fits).filter(|_| self.random.bool()) {
            path.push_str(&format!("/{{{}}}", free.remove(at).name));
        }
        let mut own = None;
        if self.rarely() {
            let name = format!("own_{}", ["key", "code", "part"][self.random.usize(..3)]);
            own = Some((name.clone(), map([("type", text("string")), ("summary", text(self.prose()))])));
            path.push_str(&format!("/{{{name}}}"));
        }
        let end = if self.random.bool() { "/" } else { "" };
        (path + end, own)
    }

    /// Adds `query` and `body`. Returns the required fields.
    fn add_parameters(&mut self, operation: &mut Yaml, query: Vec<RandomField>, body: &[RandomField]) -> Vec<String> {
        let does = |word: &str| format!("{operation:?}").contains(&format!("Text({word:?})"));
        let (is_list, is_update) = (does("list"), does("update") && !does("multipart"));
        if is_list && self.random.bool() {
            let paged = self.paged();
            *operation = operation.clone().with("paged", paged);
        }
        let mut required = Vec::new();
        for (place, fields) in [("query", query.as_slice()), ("body", body)] {
            let mut entries = Vec::new();
            for made in fields {
                let is_required = self.random.u8(0..3) == 0;
                required.extend(is_required.then(|| made.name.clone()));
                let entry = self.entry(&made.name, is_required);
                let clears = place == "body" && is_update && !is_required && self.rarely();
                entries.push(if clears { map([(&made.name, map([("clears", plain("true"))]))]) } else { entry });
            }
            if place == "body" && !body.is_empty() && self.rarely() {
                let name = format!("own_{}", self.random.u16(..));
                entries.push(map([(&name, self.body_field(&name))]));
            }
            if place == "query" && is_list && self.rarely() {
                let compare = texts(["is", "gt", "gte", "lt", "lte"]);
                let compared = map([("type", text("integer")), ("summary", text(self.prose())), ("compare", compare)]);
                entries.push(map([(&format!("how_much_{}", self.random.u16(..)), compared)]));
                entries.extend(self.filters());
            }
            if (place == "query" || !entries.is_empty()) && self.rarely() {
                entries.push(map([(&format!("fixed&{place}"), map([("fixed", text(self.prose()))]))]));
            }
            if !entries.is_empty() {
                *operation = operation.clone().with(place, Yaml::List(entries));
            }
        }
        required
    }

    fn paged(&mut self) -> Yaml {
        let mut paged = map([]);
        if self.random.bool() {
            paged = paged.with("max", plain("20"));
        }
        if self.random.bool() {
            paged = paged.with("cursor", map([]));
        }
        paged
    }

    /// Filters by a moment, a prefix, and what the server gives.
    fn filters(&mut self) -> Vec<Yaml> {
        let number = self.random.u16(..);
        let moments = texts(["is", "gt", "gte", "lt", "lte"]);
        let moment = map([("type", text("timestamp")), ("summary", text(self.prose())), ("compare", moments)]);
        let prefix = map([("type", text("string")), ("summary", text(self.prose())), ("compare", texts(["prefix"]))]);
        let prefix = prefix.with("filters", text(self.id));
        let (when, begins) = (format!("when_{number}"), format!("begins_{number}"));
        vec![map([(&when, moment)]), map([(&begins, prefix)]), text(self.id)]
    }

    /// A field that this body declares itself.
    fn body_field(&mut self, name: &str) -> Yaml {
        loop {
            let (field, made) = self.field(name, 1);
            if made.usage != Usage::InAnswers && !made.has_file {
                return field;
            }
        }
    }

    /// Adds `rules` and `at_least`. Returns whether it added any.
    fn add_rules(&mut self, operation: &mut Yaml, given: &[RandomField], in_body: usize) -> bool {
        let mut rules = Vec::new();
        for index in 0..self.random.usize(0..4) {
            if given.is_empty() {
                break;
            }
            let says = self.one_of(&["needs", "exactly_one_of", "at_least_one_of", "at_most_one_of", "may_skip"]);
            let fields: Vec<_> = given.iter().filter(|_| self.random.bool()).map(|made| made.name.as_str()).collect();
            let fields = if fields.is_empty() { vec![given[0].name.as_str()] } else { fields };
            let mut rule = map([("summary", text(self.prose())), (says, texts(fields))]);
            if let Some(asked) = given.iter().find(|made| !made.values.is_empty()).filter(|_| self.random.bool()) {
                let values = asked.values.iter().map(String::as_str);
                rule = rule.with("when", Yaml::Map(vec![(asked.name.clone(), texts(values))]));
            }
            let asked = given[self.random.usize(..given.len())].name.as_str();
            if self.rarely() {
                rule = rule.with(self.one_of(&["given", "absent"]), texts([asked]));
            }
            if self.rarely() {
                rule = rule.with("source", self.source()).with("enforce", text("error"));
            }
            let name = if self.random.bool() { format!("rule_{index}") } else { format!("self_{index}") };
            rules.push((name, rule));
        }
        let mut is_ruled = !rules.is_empty();
        if is_ruled {
            *operation = operation.clone().with("rules", Yaml::Map(rules));
        }
        if in_body > 0 && self.rarely() {
            let least = plain(self.random.usize(1..=in_body));
            *operation = operation.clone().with("at_least", self.fact(least));
            is_ruled = true;
        }
        is_ruled
    }

    /// Adds further random keys.
    fn add_further_keys(&mut self, operation: &mut Yaml) {
        let mut more = Vec::new();
        if self.rarely() {
            more.push(("deprecated", text(self.prose())));
        }
        if self.rarely() {
            more.push(("name", text(self.type_name())));
        }
        if self.rarely() {
            more.push(("host", text("api")));
        }
        if self.rarely() {
            more.push(("source", self.source()));
        }
        if self.rarely() {
            more.push(("stage", text(self.one_of(&["released", "announced", "documented"]))));
        }
        if self.rarely() {
            let by = [map([]), map([("source", self.source())]), map([("enforce", text("warn"))])];
            more.push(("deferred", by[self.random.usize(..by.len())].clone()));
        }
        if self.rarely() {
            more.push(("empty_text", text(self.one_of(&["left_out", "sent"]))));
        }
        if self.rarely() {
            more.push(("retry", text(self.one_of(&["safe", "if_not_sent", "never"]))));
        }
        if self.rarely() {
            more.push(("contradictions", self.contradictions()));
        }
        for (key, value) in more {
            *operation = operation.clone().with(key, value);
        }
    }

    /// The `answer`, and the body of such an answer. An undocumented `action` answers with the examples of fields.
    fn answer(&mut self, does: &str, is_documented: bool) -> (Yaml, Yaml) {
        let has_answer = does != "action" || is_documented;
        let fitting: Vec<_> = self.answers.iter().filter(|made| has_answer || made.has_examples).cloned().collect();
        let made = fitting[self.random.usize(..fitting.len())].clone();
        let answer = map([("type", text(&made.name))]);
        let plain_types = [
            ("string", text("é")),
            ("integer", plain(7)),
            ("number", plain(7.5)),
            ("boolean", plain(false)),
            ("timestamp", text("now")),
            ("decimal", text("7.5")),
            ("any", plain("null")),
        ];
        let (plain_type, plain_value) = plain_types[self.random.usize(..plain_types.len())].clone();
        let meta = self.one_of(&["object", "flat", "none"]);
        let list = |value: &Yaml| Yaml::List(vec![value.clone()]);
        let (answer, answer_value) = match self.random.u8(0..4) {
            _ if does == "list" => (
                answer.with("list", text("objects")).with("total", texts(["total_count", "the \"total\""])),
                map([("objects", list(&made.answer_value))]),
            ),
            0 => (
                answer.with("list", text("a \"list\"")).with("total", text("none")).with("meta", text(meta)),
                map([("a \"list\"", list(&made.answer_value))]),
            ),
            2 if has_answer => (
                map([("type", text(plain_type)), ("list", text("a.list")), ("total", text("none"))]),
                map([("a", map([("list", list(&plain_value))]))]),
            ),
            1 => {
                let (under, wrapped) =
                    (answer.with("under", text("the\\key")), map([("the\\key", made.answer_value.clone())]));
                match self.random.u8(0..3) {
                    0 => (under.with("unwrapped", map([("source", self.source())])), made.answer_value.clone()),
                    1 => (under.with("unwrapped", map([])), wrapped),
                    _ => (under, wrapped),
                }
            }
            _ => (answer, made.answer_value.clone()),
        };
        let is_list = format!("{answer:?}").contains("\"list\"");
        let others: Vec<_> =
            self.answers.iter().filter(|other| !other.has_always).map(|other| other.name.clone()).collect();
        let answer = match others.first().filter(|_| is_list && !is_documented && self.rarely()) {
            Some(other) => answer.with("beside", text(other)),
            None => answer,
        };
        let has_status = self.rarely();
        (
            if has_status { answer.with("status", Yaml::List(vec![plain(202), plain(200)])) } else { answer },
            answer_value,
        )
    }
}

fn request_of(operation: &Yaml) -> &str {
    let Yaml::Map(entries) = operation else { return "" };
    entries
        .iter()
        .find_map(|(key, value)| Some((key, value)).filter(|_| key == "request"))
        .map_or("", |(_, value)| if let Yaml::Text(line) = value { line } else { "" })
}

fn operation_has(operation: &Yaml, wanted: &str) -> bool {
    matches!(operation, Yaml::Map(entries) if entries.iter().any(|(key, _)| key == wanted))
}

fn does(operation: &Yaml, effect: &str) -> bool {
    matches!(operation.entry("does"), Some(Yaml::Text(does)) if does == effect)
}

/// The names in a list of fields, without marks.
fn names<'y>(holder: &'y Yaml, key: &str) -> impl Iterator<Item = &'y str> {
    let entries = match holder.entry(key) {
        Some(Yaml::List(entries)) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().filter_map(|entry| match entry {
        Yaml::Text(name) => Some(name.trim_end_matches('!')),
        Yaml::Map(entry) => entry.first().map(|(name, _)| name.trim_end_matches('!')),
        _ => None,
    })
}
