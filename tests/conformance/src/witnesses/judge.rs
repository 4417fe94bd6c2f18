//! What the comparisons mean: each difference is listed, and everything that is listed occurs.

use std::collections::BTreeSet;

use plivo_codegen::model::{Differs, DiffersAt, Equal, Model, Operation, Sdk, SdkMethod};
use serde_json::{Map, Value};

use super::compare::{Comparison, Difference, compare};
use super::expected::expected;
use super::sent::Sent;

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

/// A request of an SDK beside that of the client.
#[derive(Clone, Debug)]
pub struct Beside<'m> {
    /// What is left after everything that is listed.
    pub left: Comparison,
    /// What is listed and concerns the client's request.
    pub listed: Vec<&'m Differs>,
    /// What of it does occur.
    pub occurred: Vec<&'m Differs>,
}

/// Sets a request of an SDK beside that of the client, which `request` is the input of.
pub fn beside<'m>(
    model: &Model,
    operation: &Operation,
    (sdk, method): (&Sdk, &'m SdkMethod),
    request: &Map<String, Value>,
    (ours, theirs): (&Sent, &Sent),
) -> Beside<'m> {
    let rules: Vec<Equal> = sdk.equal.iter().map(|(rule, _)| *rule).collect();
    let expected = expected(model, operation, method, request, ours);
    let left = compare(model, operation, &rules, &expected.sent, theirs);
    let all = compare(model, operation, &rules, ours, theirs).differences;
    let occurs = |listed: &&Differs| all.iter().any(|difference| covers(&listed.at, &difference.at));
    let occurred = expected.done.iter().copied().filter(occurs).collect();
    Beside { left, listed: expected.done, occurred }
}

/// Judges the requests of one method, each with the name of its input: how it compares, or why there is
/// nothing to compare.
pub fn judge(sdk: &Sdk, method: &SdkMethod, requests: &[(String, Result<Beside<'_>, String>)]) -> Verdict {
    let mut verdict = Verdict { requests: requests.len(), ..Verdict::default() };
    let who = format!("{}, {}", sdk.name, method.operation);
    for (input, beside) in requests {
        match beside {
            Ok(beside) => {
                verdict.needed.extend(&beside.left.needed);
                for difference in &beside.left.differences {
                    let is_listed = beside.listed.iter().any(|listed| covers(&listed.at, &difference.at));
                    let words = if is_listed { otherwise_than_listed(difference) } else { unlisted(difference) };
                    verdict.complaints.push(format!("{who}, {input}: {words}"));
                }
            }
            Err(why) => verdict.complaints.push(format!("{who}, {input}: {why}")),
        }
    }
    for differs in stale(method, requests) {
        let (file, place) = (format!("spec/sdks/{}.yaml", sdk.name), written(&differs.at));
        verdict.complaints.push(format!("{who}: {file} lists a difference at `{place}` that does not occur"));
    }
    verdict
}

/// The listed differences that do not occur. Where a call fails, nobody knows what it would have shown.
fn stale<'m>(method: &'m SdkMethod, requests: &[(String, Result<Beside<'_>, String>)]) -> Vec<&'m Differs> {
    let besides: Result<Vec<_>, _> = requests.iter().map(|(_, beside)| beside.as_ref()).collect();
    let Ok(besides) = besides else { return Vec::new() };
    let occurs = |differs: &&Differs| besides.iter().any(|beside| beside.occurred.contains(differs));
    method.differs.iter().filter(|differs| !occurs(differs)).collect()
}

/// Complains of the rules of an SDK that nothing needs.
pub fn unused<'v>(sdk: &Sdk, verdicts: impl IntoIterator<Item = &'v Verdict>) -> Vec<String> {
    let needed: BTreeSet<Equal> = verdicts.into_iter().flat_map(|verdict| verdict.needed.iter().copied()).collect();
    let idle = sdk.equal.iter().map(|(rule, _)| *rule).filter(|rule| !needed.contains(rule));
    idle.map(|rule| format!("{}: nothing needs the rule `{}` of spec/sdks/{0}.yaml", sdk.name, rule.name())).collect()
}

/// Whether a difference is at a listed place. What is listed at an object is about what is inside of it, and
/// what is listed in a body shows where there is another body.
fn covers(listed: &DiffersAt, at: &DiffersAt) -> bool {
    match (listed, at) {
        (DiffersAt::Field(listed), DiffersAt::Field(at)) => {
            at.strip_prefix(listed.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        (DiffersAt::Field(_), DiffersAt::Body) | (DiffersAt::Body, DiffersAt::Field(_)) => true,
        (listed, at) => listed == at,
    }
}

/// A place as the spec writes it.
pub(super) fn written(at: &DiffersAt) -> &str {
    match at {
        DiffersAt::Method => "method",
        DiffersAt::Path => "path",
        DiffersAt::Body => "body",
        DiffersAt::Field(pointer) => pointer,
    }
}

fn unlisted(difference: &Difference) -> String {
    let (at, ours, theirs) = words(difference);
    format!("at `{at}` this client sends {ours} and the SDK {theirs}, which no rule makes equal and nothing lists")
}

fn otherwise_than_listed(difference: &Difference) -> String {
    let (at, expected, theirs) = words(difference);
    format!("at `{at}` the SDK sends {theirs}, and by what is listed {expected}")
}

fn words(difference: &Difference) -> (&str, String, String) {
    let said = |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
    (written(&difference.at), said(&difference.ours), said(&difference.theirs))
}
