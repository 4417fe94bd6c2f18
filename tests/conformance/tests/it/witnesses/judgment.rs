//! The judgment on the requests of an SDK: every difference is listed, and every listed difference occurs.

use plivo_codegen::model::{Differs, DiffersAt, Model, Otherwise, SdkMethod};
use plivo_conformance::witnesses::{Compared, SentRequest, compare_request, judge, unused_rules};
use serde_json::{Map, Value, json};

use super::{method, operation, sent, spec};
use crate::support::AUTH_ID;

/// The problems of the made-up SDK with these pairs of requests, each for one input.
fn problems(model: &Model, requests: &[(Value, SentRequest)]) -> Vec<String> {
    let (sdk, method, paint) = (&model.sdks[0], method(model), operation(model, "paint"));
    let request = json!({ "name": "a" }).as_object().expect("an object").clone();
    let compared = |(ours, theirs): &(Value, SentRequest)| {
        let comparison = compare_request(model, paint, (sdk, method), &request, (&sent(ours.clone()), theirs));
        ("example `curl`".to_owned(), Compared::Request(comparison))
    };
    let requests: Vec<_> = requests.iter().map(compared).collect();
    judge(sdk, method, &requests).problems
}

/// A pair of requests with all listed differences.
fn with_listed_differences() -> (Value, SentRequest) {
    let theirs = json!({ "color": "RED", "sdk": "made up", "size": { "unit": "m", "width": "3" } });
    let ours = json!({ "color": "RED", "label": "none", "size": { "unit": "m", "width": 3 } });
    (ours, without_slash(theirs))
}

/// A request of the made-up SDK, which omits the slash at the end of the path.
fn without_slash(body: Value) -> SentRequest {
    SentRequest { path: format!("/v1/Account/{AUTH_ID}/Thing/a"), ..sent(body) }
}

#[test]
fn listed_differences_are_allowed() {
    assert_eq!(problems(&spec(), &[with_listed_differences()]), Vec::<String>::new());
}

#[test]
fn an_unlisted_difference_is_a_problem() {
    let ours = json!({ "color": "RED" });
    let theirs = without_slash(json!({ "color": "GREEN", "sdk": "made up" }));
    assert_eq!(
        problems(&spec(), &[with_listed_differences(), (ours, theirs)]),
        [
            "made_up, thing.paint, example `curl`: at `/color` this client sends \"RED\" and the SDK sends \"GREEN\"; no rule \
             covers this difference, and it is not listed"
        ]
    );
}

/// The problems of one more pair of requests, after one with all listed differences.
fn problems_of(ours: Value, theirs: SentRequest) -> Vec<String> {
    let problems = problems(&spec(), &[with_listed_differences(), (ours, theirs)]);
    problems.into_iter().map(|line| line.replace("made_up, thing.paint, example `curl`: ", "")).collect()
}

#[test]
fn a_listed_difference_must_have_the_listed_value() {
    let ours = json!({ "size": { "width": 3 } });
    for (width, sent) in [(json!("12348"), "\"12348\""), (json!(3), "3")] {
        let theirs = without_slash(json!({ "sdk": "made up", "size": { "width": width } }));
        let expected = format!("at `/size/width` the SDK sends {sent}; the listed difference expects \"3\"");
        assert_eq!(problems_of(ours.clone(), theirs), [expected]);
    }
    let theirs = without_slash(json!({ "sdk": 5 }));
    assert_eq!(
        problems_of(json!({}), theirs),
        ["at `/sdk` the SDK sends 5; the listed difference expects \"made up\""]
    );
    let theirs = SentRequest { path: "/v2/".to_owned(), ..without_slash(json!({ "sdk": "made up" })) };
    let listed = format!("\"/v1/Account/{AUTH_ID}/Thing/a\"");
    assert_eq!(
        problems_of(json!({}), theirs),
        [format!("at `path` the SDK sends \"/v2/\"; the listed difference expects {listed}")]
    );
}

#[test]
fn a_difference_listed_for_one_value_does_not_cover_another() {
    let theirs = || without_slash(json!({ "sdk": "made up" }));
    assert_eq!(problems_of(json!({ "label": "none" }), theirs()), Vec::<String>::new());
    let expected = "at `/label` this client sends \"some\" and the SDK sends nothing; no rule covers this difference, and it is not listed";
    assert_eq!(problems_of(json!({ "label": "some" }), theirs()), [expected]);
}

#[test]
fn a_listed_difference_must_occur_in_every_request_it_applies_to() {
    let theirs = without_slash(json!({ "sdk": "made up", "label": "none" }));
    let expected = "at `/label` the SDK sends \"none\"; the listed difference expects nothing";
    assert_eq!(problems_of(json!({ "label": "none" }), theirs), [expected]);
}

#[test]
fn a_listed_difference_that_never_occurs_is_a_problem() {
    let theirs = without_slash(json!({ "color": "RED", "sdk": "made up" }));
    assert_eq!(
        problems(&spec(), &[(json!({ "color": "RED" }), theirs)]),
        [
            "made_up, thing.paint: spec/sdks/made_up.yaml lists a difference at `/size` that does not occur",
            "made_up, thing.paint: spec/sdks/made_up.yaml lists a difference at `/label` that does not occur",
        ]
    );
}

#[test]
fn a_failed_call_is_a_problem() {
    let model = spec();
    let requests = [("every field".to_owned(), Compared::Problem("the SDK fails: TypeError: no".to_owned()))];
    let verdict = judge(&model.sdks[0], method(&model), &requests);
    // The call might have shown the listed differences, so they are not reported as missing.
    assert_eq!(verdict.problems, ["made_up, thing.paint, every field: the SDK fails: TypeError: no"]);
}

#[test]
fn a_listed_failure_must_occur() {
    let model = spec();
    let (sdk, fails) = (&model.sdks[0], vec![("no such".to_owned(), "It refuses this.".to_owned())]);
    let method = SdkMethod { differs: Vec::new(), fails, ..method(&model).clone() };
    let failed = ("every field".to_owned(), Compared::Failure("no such"));
    let verdict = judge(sdk, &method, &[failed]);
    assert_eq!((verdict.problems, verdict.requests), (Vec::new(), 0));
    assert_eq!(
        judge(sdk, &method, &[]).problems,
        ["made_up, thing.paint: spec/sdks/made_up.yaml lists the failure `no such` that does not occur"]
    );
}

#[test]
fn a_renamed_field_has_the_same_value() {
    let model = spec();
    let differs = vec![Differs {
        at: DiffersAt::Field("/label".to_owned()),
        sdk: Otherwise::Renamed("tag".to_owned()),
        when: None,
        why: "It is older.".to_owned(),
    }];
    let method = SdkMethod { differs, ..method(&model).clone() };
    let problems = |theirs: Value| {
        let (ours, theirs) = (sent(json!({ "label": "A" })), sent(theirs));
        let paint = operation(&model, "paint");
        let comparison = compare_request(&model, paint, (&model.sdks[0], &method), &Map::new(), (&ours, &theirs));
        judge(&model.sdks[0], &method, &[("one".to_owned(), Compared::Request(comparison))]).problems.len()
    };
    assert_eq!(problems(json!({ "tag": "A" })), 0);
    assert!(problems(json!({ "tag": "B" })) > 0);
    assert!(problems(json!({ "label": "A" })) > 0);
}

#[test]
fn a_rule_that_no_request_needs_is_a_problem() {
    let model = spec();
    let (ours, theirs) = (sent(json!({ "color": "RED" })), sent(json!({ "color": "red", "label": "" })));
    let (sdk, method) = (&model.sdks[0], method(&model));
    let comparison = compare_request(&model, operation(&model, "paint"), (sdk, method), &Map::new(), (&ours, &theirs));
    let requests = [("example `curl`".to_owned(), Compared::Request(comparison))];
    let verdict = judge(sdk, method, &requests);
    assert_eq!(
        unused_rules(&model.sdks[0], [&verdict]),
        [
            "made_up: no request needs the rule `empty_body` of spec/sdks/made_up.yaml",
            "made_up: no request needs the rule `missing_argument` of spec/sdks/made_up.yaml",
        ]
    );
}
