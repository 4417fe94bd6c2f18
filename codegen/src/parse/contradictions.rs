//! Contradictions: who states what, and what this project decided.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ContradictionDoc, Map, Spanned};
use crate::language::CONTRADICTION;
use crate::reader::{Keys, data_by_name, list, prose};
use crate::yaml::{Data, Node};

pub(super) fn contradictions(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<ContradictionDoc>> {
    list(node, contradiction, diagnostics)
}

fn contradiction(node: &Node, diagnostics: &mut Diagnostics) -> Option<ContradictionDoc> {
    let Data::Map(entries) = &node.data else {
        Keys::open(node, &CONTRADICTION, diagnostics)?;
        return None;
    };
    let mut witnesses = Map::new();
    let (mut examples, mut decision, mut note) = (Some(Map::new()), None, None);
    for entry in entries {
        match entry.key.as_str() {
            "decision" => decision = Some(prose(&entry.value, diagnostics)),
            "note" => note = prose(&entry.value, diagnostics),
            "examples" => examples = data_by_name(&entry.value, diagnostics),
            _ => {
                let words = prose(&entry.value, diagnostics);
                witnesses.extend(words.map(|words| (Spanned::new(entry.key.clone(), entry.key_span), words)));
            }
        }
    }
    let Some(decision) = decision else {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`decision` is missing")
                .at(node.span, "required in a contradiction")
                .help("add `decision: ..`, which says whom this project believes and what follows"),
        );
        return None;
    };
    Some(ContradictionDoc { span: node.span, witnesses, examples: examples?, decision: decision?, note })
}
