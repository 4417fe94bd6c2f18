//! Random examples of requests without parameters.

use super::{RandomSpec, Yaml, map, plain, text, texts};

impl RandomSpec<'_> {
    /// Adds examples to an operation that requires no parameters: of a deferred result, and of a documented answer.
    pub(super) fn add_examples(&mut self, operation: &mut Yaml, name: &str, does: &str, answer: Option<Yaml>) {
        let name = super::bare(name);
        let mut examples: Vec<_> =
            self.deferred_example(operation).map(|it| (format!("deferred_{name}"), it)).into_iter().collect();
        if let Some(answer) = answer {
            let example = map([("request", self.least_request())]);
            let is_answered = does == "action" || self.random.bool();
            examples.push((
                format!("example_of_{name}"),
                if is_answered { example.with("answer", answer) } else { example },
            ));
        }
        if !examples.is_empty() {
            *operation = operation.clone().with("examples", texts(examples.iter().map(|(name, _)| name.as_str())));
        }
        self.examples.extend(examples);
    }

    /// A request of an operation without required parameters.
    fn least_request(&self) -> Yaml {
        Yaml::Map(self.parent.iter().map(|parent| (parent.id.to_owned(), text("7"))).collect())
    }

    /// An example of a request that defers its result, if the operation has such requests.
    fn deferred_example(&mut self, operation: &Yaml) -> Option<Yaml> {
        operation.entry("deferred")?;
        let mut request = self.least_request().with("callback_url", text("https://example.com/result"));
        if self.random.bool() {
            request = request.with("callback_method", text("PUT"));
        }
        let example = map([("request", request)]);
        let answer = map([("message", text(self.prose()))]);
        Some(if self.random.bool() { example.with("answer", answer).with("status", plain(202)) } else { example })
    }
}
