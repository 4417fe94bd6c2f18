//! A struct cannot hold itself; through a list or a map it can.

use std::collections::{HashMap, HashSet};

use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ObjectId;

impl Scope<'_> {
    /// Reports each circle of objects that hold each other once.
    pub(super) fn check_recursion(&mut self) {
        let mut inner: HashMap<ObjectId, Vec<ObjectId>> = HashMap::new();
        for (outer, held, _) in &self.inlined {
            inner.entry(*outer).or_default().push(*held);
        }
        let mut done = HashSet::new();
        for (outer, held, span) in std::mem::take(&mut self.inlined) {
            if done.contains(&outer) || !reaches(&inner, held, outer, &mut done) {
                continue;
            }
            let name = &self.model[outer].name;
            let recursive = Diagnostic::new(Code::RecursiveType, format!("`{name}` holds itself"));
            self.diagnostics.push(
                recursive
                    .at(span, "a value of it would have no end")
                    .help("make this a list or a map, which can be empty; or describe the inner value as `type: any`"),
            );
        }
    }
}

/// Whether an object holds another, itself or by what it holds. If so, all that was looked at is done; and what
/// was looked at in vain holds no circle with that other.
fn reaches(
    inner: &HashMap<ObjectId, Vec<ObjectId>>,
    from: ObjectId,
    to: ObjectId,
    done: &mut HashSet<ObjectId>,
) -> bool {
    let mut seen = HashSet::from([from]);
    let mut open = vec![from];
    let mut found = false;
    while let Some(at) = open.pop() {
        found |= at == to;
        let held = inner.get(&at).into_iter().flatten().filter(|held| !done.contains(held));
        open.extend(held.filter(|held| seen.insert(**held)));
    }
    if found {
        done.extend(seen);
    }
    found
}
