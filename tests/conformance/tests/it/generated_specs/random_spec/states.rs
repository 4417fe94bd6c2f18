//! Random states of stored objects, and operations that see and move them.

use super::super::words;
use super::{RandomSpec, Yaml, map, plain, text, texts};

impl RandomSpec<'_> {
    /// The `states` of the file, and the fields that they need.
    pub(super) fn states(&mut self) -> (Yaml, Vec<(String, Yaml)>) {
        let names = words::PROSE.iter().map(|name| (*name).to_owned()).filter(|name| !name.trim().is_empty());
        let mut names: Vec<_> = names.filter(|name| self.random.bool() && name.len() < 80).take(6).collect();
        names.extend(["\"first\" `one`".to_owned(), "the-last".to_owned()]);
        self.state_names.clone_from(&names);
        let others = if names.len() > 4 { names.split_off(4) } else { Vec::new() };
        let last = names.len() - 1;
        let mut stay = |index: usize| match self.random.u8(0..3) {
            _ if index == last => text("end"),
            0 => map([("after", text("made_seconds"))]),
            _ => text(self.one_of(&["1ms", "30s", "5m", "2h", "7d"])),
        };
        let steps = names.iter().enumerate().map(|(index, name)| (name.clone(), stay(index))).collect();
        let mut states = map([("field", text("made_state")), ("steps", Yaml::Map(steps))]);
        if !others.is_empty() {
            states = states.with("also", texts(others.iter().map(String::as_str)));
        }
        let sets = Yaml::List(vec![text("made_at"), map([("made_seconds", plain(3))])]);
        states = states.with("sets", Yaml::Map(vec![(names[last].clone(), sets)]));
        let field = |ty| map([("type", text(ty)), ("summary", text("So.")), ("given_by", text("server"))]);
        let seconds = field("integer").with("example", text("7"));
        let fields = [("made_state", field("string")), ("made_seconds", seconds), ("made_at", field("timestamp"))];
        (states, fields.map(|(name, field)| (name.to_owned(), field)).into())
    }

    /// Adds `sees` and `moves` to an operation on stored objects.
    pub(super) fn add_states(&mut self, operation: &mut Yaml, does: &str) {
        if self.state_names.is_empty() || matches!(does, "create" | "action") {
            return;
        }
        let names = self.state_names.clone();
        let mut some = |names: &[String]| {
            let some: Vec<_> = names.iter().filter(|_| self.random.bool()).cloned().collect();
            if some.is_empty() { names.to_vec() } else { some }
        };
        let seen = some(&names);
        let from = some(&seen);
        let (is_seen, is_moved) = (self.random.bool(), does == "update" && self.random.bool());
        if is_seen {
            *operation = operation.clone().with("sees", texts(seen.iter().map(String::as_str)));
        }
        if is_moved {
            let to = self.random.usize(..names.len());
            let from = texts(from.iter().map(String::as_str));
            let moves = map([("from", from), ("to", text(&names[to]))]);
            *operation = operation.clone().with("moves", moves);
        }
    }
}
