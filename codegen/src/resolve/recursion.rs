//! A struct cannot hold itself; through a list or a map it can.

use std::collections::{HashMap, HashSet};

use super::context::Inlined;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, ObjectId};

/// Reports each circle of objects that hold each other once.
pub(super) fn check_recursion(model: &Model, inlined: &[Inlined], diagnostics: &mut Diagnostics) {
    let mut inner: HashMap<ObjectId, Vec<ObjectId>> = HashMap::new();
    for it in inlined {
        inner.entry(it.outer).or_default().push(it.inner);
    }
    let mut done = HashSet::new();
    for it in inlined {
        if done.contains(&it.outer) || !reaches(&inner, it.inner, it.outer, &mut done) {
            continue;
        }
        let name = &model[it.outer].name;
        let recursive = Diagnostic::new(Code::RecursiveType, format!("the type `{name}` contains itself"));
        diagnostics.push(
            recursive
                .at(it.span, "a value would be infinitely large")
                .help("use a list or a map here, which can be empty, or write `type: any`"),
        );
    }
}

/// Whether an object holds another, directly or through objects that it holds. If so, every object on the way is
/// done: its circle has been found.
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
