//! What the comparisons mean: each difference is listed, and everything that is listed occurs.

use std::collections::BTreeSet;

use plivo_codegen::model::{DiffersAt, Equal, Sdk, SdkMethod};
use serde_json::Value;

use super::compare::{Comparison, Difference};

/// How an SDK performs an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// How many requests were compared.
    pub requests: usize,
    /// The rules that were needed.
    pub needed: BTreeSet<Equal>,
    /// What is wrong, a sentence each.
    pub complaints: Vec<String>,
}

/// Judges the requests of one method, each with the name of its input: how it compares, or why there is
/// nothing to compare.
pub fn judge(sdk: &Sdk, method: &SdkMethod, requests: &[(String, Result<Comparison, String>)]) -> Verdict {
    let mut verdict = Verdict { requests: requests.len(), ..Verdict::default() };
    let who = format!("{}, {}", sdk.name, method.operation);
    let mut occurred = BTreeSet::new();
    for (input, comparison) in requests {
        match comparison {
            Ok(comparison) => {
                verdict.needed.extend(&comparison.needed);
                for difference in &comparison.differences {
                    match listed(method, difference) {
                        Some(place) => drop(occurred.insert(place)),
                        None => verdict.complaints.push(format!("{who}, {input}: {}", in_words(difference))),
                    }
                }
            }
            Err(why) => verdict.complaints.push(format!("{who}, {input}: {why}")),
        }
    }
    for place in all_listed(method).filter(|place| !occurred.contains(place)) {
        let file = format!("spec/sdks/{}.yaml", sdk.name);
        verdict.complaints.push(format!("{who}: {file} lists a difference at `{place}` that does not occur"));
    }
    verdict
}

/// Complains of the rules of an SDK that nothing needs.
pub fn unused<'v>(sdk: &Sdk, verdicts: impl IntoIterator<Item = &'v Verdict>) -> Vec<String> {
    let needed: BTreeSet<Equal> = verdicts.into_iter().flat_map(|verdict| verdict.needed.iter().copied()).collect();
    let idle = sdk.equal.iter().map(|(rule, _)| *rule).filter(|rule| !needed.contains(rule));
    idle.map(|rule| format!("{}: nothing needs the rule `{}` of spec/sdks/{0}.yaml", sdk.name, rule.name())).collect()
}

/// The places of a method at which something is listed, as they are written.
fn all_listed(method: &SdkMethod) -> impl Iterator<Item = String> {
    let differs = method.differs.iter().map(|(at, _)| written(at));
    differs.chain(method.adds.iter().map(|(name, _)| name.clone()))
}

/// The listed place of a difference. What is listed at an object covers what is inside of it.
fn listed(method: &SdkMethod, difference: &Difference) -> Option<String> {
    let covers = |listed: &&DiffersAt| match (listed, &difference.at) {
        (DiffersAt::Field(listed), DiffersAt::Field(at)) => {
            at.strip_prefix(listed.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        (listed, at) => *listed == at,
    };
    let differs = method.differs.iter().map(|(at, _)| at).find(covers).map(written);
    let is_added = |name: &&String| difference.at == DiffersAt::Field(format!("/{name}")) && difference.ours.is_none();
    differs.or_else(|| method.adds.iter().map(|(name, _)| name).find(is_added).cloned())
}

/// A place as the spec writes it.
pub(super) fn written(at: &DiffersAt) -> String {
    match at {
        DiffersAt::Method => "method".to_owned(),
        DiffersAt::Path => "path".to_owned(),
        DiffersAt::Body => "body".to_owned(),
        DiffersAt::Field(pointer) => pointer.clone(),
    }
}

fn in_words(difference: &Difference) -> String {
    let said = |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
    let (at, ours, theirs) = (written(&difference.at), said(&difference.ours), said(&difference.theirs));
    format!("at `{at}` this client sends {ours} and the SDK {theirs}, which no rule makes equal and nothing lists")
}
