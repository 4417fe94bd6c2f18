//! Judges the comparisons: every difference must be listed, and every listed difference must occur.

use std::collections::{BTreeMap, BTreeSet};

use plivo_codegen::model::{Differs, DiffersAt, Model, Operation, Sdk, SdkMethod, SdkRule};
use serde_json::{Map, Value};

use super::compare::{Comparison, Difference, compare};
use super::expected::expected;
use super::sent_request::SentRequest;

/// The result of one operation of an SDK.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The number of compared requests.
    pub requests: usize,
    /// The rules that were applied, and the fields to which each was.
    pub needed: BTreeMap<SdkRule, BTreeSet<String>>,
    /// Everything that fails the run, one sentence each.
    pub problems: Vec<String>,
}

/// A request of an SDK compared with that of the client.
#[derive(Clone, Debug)]
pub struct RequestComparison<'m> {
    /// The comparison after the listed differences are applied.
    pub remaining: Comparison,
    /// The listed differences that apply to the client's request.
    pub listed: Vec<&'m Differs>,
    /// Those of them that occur.
    pub occurred: Vec<&'m Differs>,
    /// The listed failure after the request was sent: the part of the error.
    pub fails: Option<&'m str>,
}

/// What one input shows.
#[derive(Clone, Debug)]
pub enum Compared<'m> {
    /// Both sent a request.
    Request(RequestComparison<'m>),
    /// The method failed as listed: the part of the error.
    Failure(&'m str),
    /// One of both failed.
    Problem(String),
}

/// Compares a request of an SDK with that of the client. `request` is the input of both.
pub fn compare_request<'m>(
    model: &Model,
    operation: &Operation,
    (sdk, method): (&Sdk, &'m SdkMethod),
    request: &Map<String, Value>,
    (ours, theirs): (&SentRequest, &SentRequest),
) -> RequestComparison<'m> {
    let rules: Vec<SdkRule> = sdk.rules.iter().map(|(rule, _)| *rule).collect();
    let expected = expected(model, operation, method, request, ours);
    let remaining = compare(model, operation, (&rules, method), &expected.sent, theirs);
    let all = compare(model, operation, (&rules, method), ours, theirs).differences;
    let occurs = |listed: &&Differs| all.iter().any(|difference| covers(&listed.at, &difference.at));
    let occurred = expected.applied.iter().copied().filter(occurs).collect();
    RequestComparison { remaining, listed: expected.applied, occurred, fails: None }
}

/// Judges the requests of one method, each with the name of its input.
pub fn judge(sdk: &Sdk, method: &SdkMethod, requests: &[(String, Compared<'_>)]) -> Verdict {
    let is_sent = |(_, compared): &&(_, Compared<'_>)| matches!(compared, Compared::Request(_));
    let mut verdict = Verdict { requests: requests.iter().filter(is_sent).count(), ..Verdict::default() };
    let prefix = format!("{}, {}", sdk.name, method.operation);
    for (input, comparison) in requests {
        match comparison {
            Compared::Request(comparison) => {
                for (rule, fields) in &comparison.remaining.needed {
                    verdict.needed.entry(*rule).or_default().extend(fields.iter().cloned());
                }
                for difference in &comparison.remaining.differences {
                    let is_listed = comparison.listed.iter().any(|listed| covers(&listed.at, &difference.at));
                    let sentence = if is_listed { unlike_listed(difference) } else { unlisted(difference) };
                    verdict.problems.push(format!("{prefix}, {input}: {sentence}"));
                }
            }
            Compared::Failure(_) => {}
            Compared::Problem(why) => verdict.problems.push(format!("{prefix}, {input}: {why}")),
        }
    }
    let file = format!("spec/sdks/{}.yaml", sdk.name);
    for differs in stale(method, requests) {
        let location = location(&differs.at);
        verdict.problems.push(format!("{prefix}: {file} lists a difference at `{location}` that does not occur"));
    }
    for (error, _) in &method.fails {
        let occurs = |(_, compared): &(_, Compared<'_>)| match compared {
            Compared::Request(comparison) => comparison.fails == Some(error),
            Compared::Failure(part) => part == error,
            Compared::Problem(_) => false,
        };
        if !requests.iter().any(occurs) {
            verdict.problems.push(format!("{prefix}: {file} lists the failure `{error}` that does not occur"));
        }
    }
    verdict
}

/// The listed differences that do not occur. None if a call failed, since it might have shown them.
fn stale<'m>(method: &'m SdkMethod, requests: &[(String, Compared<'_>)]) -> Vec<&'m Differs> {
    if requests.iter().any(|(_, compared)| matches!(compared, Compared::Problem(_))) {
        return Vec::new();
    }
    let occurs = |differs: &&Differs| {
        requests.iter().any(|(_, compared)| match compared {
            Compared::Request(comparison) => comparison.occurred.contains(differs),
            Compared::Failure(_) | Compared::Problem(_) => false,
        })
    };
    method.differs.iter().filter(|differs| !occurs(differs)).collect()
}

/// Reports the rules of an SDK that no request needs.
pub fn unused_rules<'v>(sdk: &Sdk, verdicts: impl IntoIterator<Item = &'v Verdict>) -> Vec<String> {
    let needed: BTreeSet<SdkRule> = verdicts.into_iter().flat_map(|verdict| verdict.needed.keys().copied()).collect();
    let unused = sdk.rules.iter().map(|(rule, _)| *rule).filter(|rule| !needed.contains(rule));
    unused
        .map(|rule| format!("{}: no request needs the rule `{}` of spec/sdks/{0}.yaml", sdk.name, rule.name()))
        .collect()
}

/// Whether a listed location covers that of a difference. An object covers its fields, and a field of the body is also
/// covered where the whole body differs.
fn covers(listed: &DiffersAt, at: &DiffersAt) -> bool {
    match (listed, at) {
        (DiffersAt::Field(listed), DiffersAt::Field(at)) => {
            at.strip_prefix(listed.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        (DiffersAt::Field(_), DiffersAt::Body) | (DiffersAt::Body, DiffersAt::Field(_)) => true,
        (listed, at) => listed == at,
    }
}

/// A location as the spec writes it.
pub(super) fn location(at: &DiffersAt) -> &str {
    match at {
        DiffersAt::Method => "method",
        DiffersAt::Path => "path",
        DiffersAt::Body => "body",
        DiffersAt::Field(pointer) => pointer,
    }
}

/// A difference that is not listed, as a sentence.
pub(super) fn unlisted(difference: &Difference) -> String {
    let (at, ours, theirs) = shown(difference);
    format!(
        "at `{at}` this client sends {ours} and the SDK sends {theirs}; no rule covers this difference, and it is not listed"
    )
}

fn unlike_listed(difference: &Difference) -> String {
    let (at, expected, theirs) = shown(difference);
    format!("at `{at}` the SDK sends {theirs}; the listed difference expects {expected}")
}

fn shown(difference: &Difference) -> (&str, String, String) {
    let text = |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
    (location(&difference.at), text(&difference.ours), text(&difference.theirs))
}
