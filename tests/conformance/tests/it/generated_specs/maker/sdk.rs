//! SDKs that have every operation of a resource.

use super::{Maker, Yaml, map, text, texts};

impl Maker<'_> {
    /// The file of an SDK, beside that of its resource.
    pub(super) fn sdk(&mut self, resource: &Yaml) -> Yaml {
        let operations = resource.entry("operations").map(Yaml::keys).unwrap_or_default();
        let methods = operations.into_iter().map(|name| (format!("{}.{name}", self.resource), self.method()));
        let methods = Yaml::Map(methods.collect());
        let mut sdk = map([
            ("sdk", text(&self.resource)),
            ("summary", text(self.prose())),
            ("registry", text(self.one_of(&["PyPI", "npm"]))),
            ("package", text(self.one_of(&["made-up", "@made/up"]))),
            ("version", text(self.one_of(&["1.2.3", "1.0.0-rc.1"]))),
        ]);
        let mut equal = Vec::new();
        for rule in ["empty_text", "letter_case", "empty_body"] {
            if self.random.bool() {
                equal.push((rule.to_owned(), text(self.prose())));
            }
        }
        if !equal.is_empty() {
            sdk = sdk.with("equal", Yaml::Map(equal));
        }
        sdk.with("methods", methods)
    }

    fn method(&mut self) -> Yaml {
        let mut method = map([("calls", text(self.one_of(&["things.make", "client.things.make_2"])))]);
        if self.random.bool() {
            method = method.with("takes", texts(["..."]));
        }
        if self.rarely() {
            method = method.with("differs", map([("path", text(self.prose())), ("body", text(self.prose()))]));
        }
        if self.rarely() {
            method = method.with("adds", map([("an \"added\" key", text(self.prose()))]));
        }
        method
    }
}
