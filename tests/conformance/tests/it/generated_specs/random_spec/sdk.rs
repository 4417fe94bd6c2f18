//! A random SDK that has or lacks each operation of a resource.

use super::{RandomSpec, Yaml, map, text, texts};

impl RandomSpec<'_> {
    /// The file of an SDK for a resource.
    pub(super) fn sdk(&mut self, resource: &Yaml) -> Yaml {
        let operations = resource.entry("operations").map(Yaml::keys).unwrap_or_default();
        let (mut methods, mut lacks) = (Vec::new(), Vec::new());
        for name in operations {
            let id = format!("{}.{name}", self.resource);
            if self.rarely() {
                lacks.push((id, text(self.prose())));
            } else {
                methods.push((id, self.method()));
            }
        }
        let mut sdk = map([
            ("sdk", text(&self.resource)),
            ("summary", text(self.prose())),
            ("registry", text(self.one_of(&["PyPI", "npm"]))),
            ("package", text(self.one_of(&["made-up", "@made/up"]))),
            ("version", text(self.one_of(&["1.2.3", "1.0.0-rc.1"]))),
        ]);
        let mut rules = Vec::new();
        for rule in [
            "empty_text",
            "null_value",
            "letter_case",
            "empty_body",
            "path_again",
            "in_body",
            "missing_argument",
            "falsy",
        ] {
            if self.random.bool() {
                rules.push((rule.to_owned(), text(self.prose())));
            }
        }
        if !rules.is_empty() {
            sdk = sdk.with("rules", Yaml::Map(rules));
        }
        if !lacks.is_empty() {
            sdk = sdk.with("lacks", Yaml::Map(lacks));
        }
        sdk.with("methods", Yaml::Map(methods))
    }

    fn method(&mut self) -> Yaml {
        let mut method = map([("calls", text(self.one_of(&["things.make", "client.things.make_2"])))]);
        if self.random.bool() {
            method = method.with("takes", texts(["...", "-", "-"]));
        }
        if self.rarely() {
            method = method.with("fails", map([("an error", text(self.prose()))]));
        }
        if self.rarely() {
            let places = [("path", "otherwise"), ("body", "left_out"), ("/an \"added\" key", "added")];
            method = method.with("differs", map(places.map(|(place, sdk)| (place, self.difference(sdk)))));
        }
        method
    }

    fn difference(&mut self, sdk: &str) -> Yaml {
        let mut difference = map([("sdk", text(sdk)), ("why", text(self.prose()))]);
        if sdk != "left_out" {
            difference = difference.with("sends", text(self.prose()));
        }
        if sdk != "added" && self.random.bool() {
            difference = difference.with("when", text(self.prose()));
        }
        difference
    }
}
