//! What an SDK sends beside what the client sends: a made-up SDK of a made-up API.

mod drivers;
mod runs;

use std::path::Path;

use plivo_codegen::model::{DiffersAt, Equal, Model, Operation, SdkMethod};
use plivo_codegen::{SpecFile, model};
use plivo_conformance::witnesses::{
    Body, Comparison, Run, Sent, Verdict, arguments, beside, compare, gaps, inputs, judge, table, unused,
};
use serde_json::{Map, Value, json};

use crate::api::API;
use crate::support::AUTH_ID;

const THING: &str = "\
resource: thing
plural: things
summary: A made-up resource.
sources:
  page: { says: \"a page\", enforce: error }
operations:
  paint:
    does: action
    summary: Paints one.
    request: POST /v1/Account/{auth_id}/Thing/{name}/
    path: { name: { type: string, summary: Which one. } }
    query:
      times: { type: integer, summary: How often., min: 0, max: 9 }
    body:
      color: { type: enum, name: Color, values: [RED, GREEN], summary: Its color., required: true }
      label: { type: string, summary: What stands on it. }
      title: { type: string, summary: What else stands on it. }
      size:
        type: object
        name: Size
        summary: How large it is.
        fields: { unit: { type: string, summary: In what. }, width: { type: integer, summary: How wide. } }
    rules:
      one_text: { at_most_one_of: [label, title], summary: There is room for one. }
    empty_text: left_out
    answer: { type: Painted }
  wash:
    does: action
    summary: Washes one.
    request: DELETE /v1/Account/{auth_id}/Thing/
    answer: { type: Painted }
answers:
  Painted:
    summary: It is painted.
    fields:
      message: { type: string, summary: Says so., example: Painted. }
";

const SDK: &str = "\
sdk: made_up
summary: A made-up SDK.
registry: PyPI
package: things
version: \"1.2.3\"
equal:
  empty_text: What is not given is an empty text.
  letter_case: Listed values go out as they are given.
  empty_body: No body is an empty object.
methods:
  thing.paint:
    calls: things.paint
    takes: [color, name, \"...\"]
    differs:
      /size: { sdk: as_text, why: It makes texts of numbers. }
      /label: { sdk: left_out, when: none, why: It thinks that this is nothing. }
      path: { sdk: otherwise, sends: \"/v1/Account/{auth_id}/Thing/{name}\", why: It forgets the slash. }
      /sdk: { sdk: added, sends: made up, why: Its own name. }
lacks:
  thing.wash: It came later.
";

fn spec() -> Model {
    let sources = [("plivo.yaml", API), ("resources/thing.yaml", THING), ("sdks/made_up.yaml", SDK)];
    let sources = sources.map(|(path, text)| SpecFile::new(format!("spec/{path}"), text));
    model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

fn operation<'m>(model: &'m Model, name: &str) -> &'m Operation {
    model.resources[0].operations.iter().find(|operation| operation.name == name).expect(name)
}

fn method(model: &Model) -> &SdkMethod {
    &model.sdks[0].methods[0]
}

fn sent(body: Value) -> Sent {
    let path = format!("/v1/Account/{AUTH_ID}/Thing/a/");
    Sent { method: "POST".to_owned(), path, query: Map::new(), body: Body::Json(body) }
}

fn compared(model: &Model, ours: &Sent, theirs: &Sent) -> Comparison {
    let rules = [Equal::EmptyText, Equal::LetterCase, Equal::EmptyBody];
    compare(model, operation(model, "paint"), &rules, ours, theirs)
}

/// The places at which two bodies differ.
fn places(model: &Model, ours: Value, theirs: Value) -> Vec<DiffersAt> {
    compared(model, &sent(ours), &sent(theirs)).differences.into_iter().map(|difference| difference.at).collect()
}

fn at(pointer: &str) -> DiffersAt {
    DiffersAt::Field(pointer.to_owned())
}

#[test]
fn the_same_is_equal_without_a_rule() {
    let model = spec();
    let request = sent(json!({ "color": "RED", "size": { "unit": "m", "width": 3 } }));
    assert_eq!(compared(&model, &request, &request), Comparison::default());
}

#[test]
fn rules_make_equal_what_they_are_about() {
    let model = spec();
    let ours = sent(json!({ "color": "RED", "size": { "width": 3 } }));
    let theirs = sent(json!({ "color": "red", "label": "", "size": { "unit": "", "width": 3 } }));
    let comparison = compared(&model, &ours, &theirs);
    assert_eq!(comparison.differences, []);
    assert_eq!(comparison.needed, [Equal::EmptyText, Equal::LetterCase].into());
    // Without them it is not.
    let unruled = compare(&model, operation(&model, "paint"), &[], &ours, &theirs);
    assert_eq!(unruled.differences.len(), 3);
}

#[test]
fn rules_make_nothing_else_equal() {
    let model = spec();
    // A text that is no listed value has its letter case.
    assert_eq!(places(&model, json!({ "label": "A" }), json!({ "label": "a" })), [at("/label")]);
    // What this client sends is not left out, and something is not nothing.
    assert_eq!(places(&model, json!({ "label": "A" }), json!({ "label": "" })), [at("/label")]);
    assert_eq!(places(&model, json!({}), json!({ "label": null })), [at("/label")]);
    assert_eq!(
        places(&model, json!({ "size": { "width": 3 } }), json!({ "size": { "width": "3" } })),
        [at("/size/width")]
    );
    // Of what nobody has described, and of what is no text, nobody knows what an empty text means.
    assert_eq!(places(&model, json!({}), json!({ "weight": "" })), [at("/weight")]);
    assert_eq!(places(&model, json!({}), json!({ "size": "" })), [at("/size")]);
    assert_eq!(places(&model, json!({ "size": {} }), json!({ "size": { "width": "" } })), [at("/size/width")]);
    // Where an empty text is sent it means something.
    let wash = operation(&model, "wash");
    let (ours, theirs) = (sent(json!({})), sent(json!({ "label": "" })));
    assert_eq!(compare(&model, wash, &[Equal::EmptyText], &ours, &theirs).differences.len(), 1);
}

#[test]
fn no_body_is_an_empty_object_by_a_rule_only() {
    let model = spec();
    let ours = Sent { body: Body::None, ..sent(Value::Null) };
    let comparison = compared(&model, &ours, &sent(json!({})));
    assert_eq!((comparison.differences.len(), comparison.needed), (0, [Equal::EmptyBody].into()));
    assert_eq!(compared(&model, &ours, &sent(json!({ "a": 1 }))).differences[0].at, DiffersAt::Body);
    let unruled = compare(&model, operation(&model, "paint"), &[], &ours, &sent(json!({})));
    assert_eq!(unruled.differences[0].at, DiffersAt::Body);
}

#[test]
fn the_line_of_the_request_and_its_query_are_compared() {
    let model = spec();
    let ours = sent(json!({}));
    let query = json!({ "times": "0" }).as_object().unwrap().clone();
    let theirs =
        Sent { method: "PUT".to_owned(), path: ours.path.trim_end_matches('/').to_owned(), query, ..ours.clone() };
    let differences = compared(&model, &ours, &theirs).differences;
    let places: Vec<_> = differences.into_iter().map(|difference| difference.at).collect();
    assert_eq!(places, [DiffersAt::Method, DiffersAt::Path, at("/times")]);
}

#[test]
fn forms_are_compared_by_their_parts() {
    let model = spec();
    let form = |parts: Value| Sent { body: Body::Parts(parts.as_object().unwrap().clone()), ..sent(Value::Null) };
    let file = |content: &str| json!({ "logo": { "name": "a.png", "content": content } });
    assert_eq!(compared(&model, &form(file("a")), &form(file("a"))).differences, []);
    assert_eq!(compared(&model, &form(file("a")), &form(file("b"))).differences[0].at, at("/logo/content"));
    assert_eq!(compared(&model, &form(file("a")), &sent(file("a"))).differences[0].at, DiffersAt::Body);
}

/// What is said about the made-up SDK whose requests are these, for one input each.
fn complaints(model: &Model, requests: &[(Value, Sent)]) -> Vec<String> {
    let (sdk, method, paint) = (&model.sdks[0], method(model), operation(model, "paint"));
    let request = json!({ "name": "a" }).as_object().expect("an object").clone();
    let set = |(ours, theirs): &(Value, Sent)| {
        let beside = beside(model, paint, (sdk, method), &request, (&sent(ours.clone()), theirs));
        ("example `curl`".to_owned(), Ok(beside))
    };
    let requests: Vec<_> = requests.iter().map(set).collect();
    judge(sdk, method, &requests).complaints
}

/// A request with all that is listed.
fn listed() -> (Value, Sent) {
    let theirs = json!({ "color": "RED", "sdk": "made up", "size": { "unit": "m", "width": "3" } });
    let ours = json!({ "color": "RED", "label": "none", "size": { "unit": "m", "width": 3 } });
    (ours, without_slash(theirs))
}

/// A request as the made-up SDK sends it.
fn without_slash(body: Value) -> Sent {
    Sent { path: format!("/v1/Account/{AUTH_ID}/Thing/a"), ..sent(body) }
}

#[test]
fn what_is_listed_may_differ() {
    assert_eq!(complaints(&spec(), &[listed()]), Vec::<String>::new());
}

#[test]
fn what_is_not_listed_may_not() {
    let ours = json!({ "color": "RED" });
    let theirs = without_slash(json!({ "color": "GREEN", "sdk": "made up" }));
    assert_eq!(
        complaints(&spec(), &[listed(), (ours, theirs)]),
        [
            "made_up, thing.paint, example `curl`: at `/color` this client sends \"RED\" and the SDK \"GREEN\", which no \
         rule makes equal and nothing lists"
        ]
    );
}

/// What is said about one more request, beside that with all that is listed.
fn of_one_more(ours: Value, theirs: Sent) -> Vec<String> {
    let said = complaints(&spec(), &[listed(), (ours, theirs)]);
    said.into_iter().map(|line| line.replace("made_up, thing.paint, example `curl`: ", "")).collect()
}

#[test]
fn what_is_listed_hides_no_other_value() {
    let ours = json!({ "size": { "width": 3 } });
    for (width, sent) in [(json!("12348"), "\"12348\""), (json!(3), "3")] {
        let theirs = without_slash(json!({ "sdk": "made up", "size": { "width": width } }));
        let words = format!("at `/size/width` the SDK sends {sent}, and by what is listed \"3\"");
        assert_eq!(of_one_more(ours.clone(), theirs), [words]);
    }
    let theirs = without_slash(json!({ "sdk": 5 }));
    assert_eq!(of_one_more(json!({}), theirs), ["at `/sdk` the SDK sends 5, and by what is listed \"made up\""]);
    let theirs = Sent { path: "/v2/".to_owned(), ..without_slash(json!({ "sdk": "made up" })) };
    let listed = format!("\"/v1/Account/{AUTH_ID}/Thing/a\"");
    assert_eq!(
        of_one_more(json!({}), theirs),
        [format!("at `path` the SDK sends \"/v2/\", and by what is listed {listed}")]
    );
}

#[test]
fn what_is_listed_for_one_value_is_for_no_other() {
    let theirs = || without_slash(json!({ "sdk": "made up" }));
    assert_eq!(of_one_more(json!({ "label": "none" }), theirs()), Vec::<String>::new());
    let words =
        "at `/label` this client sends \"some\" and the SDK nothing, which no rule makes equal and nothing lists";
    assert_eq!(of_one_more(json!({ "label": "some" }), theirs()), [words]);
}

#[test]
fn what_is_listed_must_occur_each_time() {
    let theirs = without_slash(json!({ "sdk": "made up", "label": "none" }));
    let words = "at `/label` the SDK sends \"none\", and by what is listed nothing";
    assert_eq!(of_one_more(json!({ "label": "none" }), theirs), [words]);
}

#[test]
fn what_is_listed_must_occur() {
    let theirs = without_slash(json!({ "color": "RED", "sdk": "made up" }));
    assert_eq!(
        complaints(&spec(), &[(json!({ "color": "RED" }), theirs)]),
        [
            "made_up, thing.paint: spec/sdks/made_up.yaml lists a difference at `/size` that does not occur",
            "made_up, thing.paint: spec/sdks/made_up.yaml lists a difference at `/label` that does not occur",
        ]
    );
}

#[test]
fn a_call_that_fails_is_said() {
    let model = spec();
    let requests = [("every field".to_owned(), Err("the SDK fails: TypeError: no".to_owned()))];
    let verdict = judge(&model.sdks[0], method(&model), &requests);
    // It might have shown everything that is listed.
    assert_eq!(verdict.complaints, ["made_up, thing.paint, every field: the SDK fails: TypeError: no"]);
}

#[test]
fn a_rule_must_be_needed() {
    let model = spec();
    let (ours, theirs) = (sent(json!({ "color": "RED" })), sent(json!({ "color": "red", "label": "" })));
    let (sdk, method) = (&model.sdks[0], method(&model));
    let beside = beside(&model, operation(&model, "paint"), (sdk, method), &Map::new(), (&ours, &theirs));
    let requests = [("example `curl`".to_owned(), Ok(beside))];
    let verdict = judge(sdk, method, &requests);
    assert_eq!(
        unused(&model.sdks[0], [&verdict]),
        ["made_up: nothing needs the rule `empty_body` of spec/sdks/made_up.yaml"]
    );
}

#[test]
fn inputs_are_made_where_none_are_documented() {
    let model = spec();
    let made = inputs(&model, &model.resources[0], operation(&model, "paint"));
    let made: Vec<_> = made.into_iter().map(|input| (input.name, Value::Object(input.request))).collect();
    let size = |width: i64| json!({ "unit": "unit", "width": width });
    assert_eq!(
        made,
        [
            (
                "every field".to_owned(),
                json!({ "name": "name", "times": 9, "color": "GREEN", "label": "label", "size": size(1) })
            ),
            (
                "every field at its least".to_owned(),
                json!({ "name": "name", "times": 0, "color": "RED", "label": "label", "size": size(0) })
            ),
            ("needed fields".to_owned(), json!({ "name": "name", "color": "RED" })),
            (
                "with `title`".to_owned(),
                json!({ "name": "name", "times": 9, "color": "GREEN", "title": "title", "size": size(1) })
            ),
        ]
    );
}

/// What is said about the inputs of `paint` in a spec with one more field.
fn gaps_with(mail: &str) -> Vec<String> {
    let label = "      label: ";
    assert_eq!(THING.matches(label).count(), 1);
    let mail = format!("      mail: {{ type: string, summary: Who is told., {mail} }}\n");
    let thing = THING.replace(label, &(mail + label));
    let model = model(&[SpecFile::new("spec/plivo.yaml", API), SpecFile::new("spec/resources/thing.yaml", thing)]);
    let model = model.unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let paint = operation(&model, "paint");
    gaps(&model, paint, &inputs(&model, &model.resources[0], paint))
}

#[test]
fn what_no_input_shows_is_said() {
    assert_eq!(gaps_with("format: email"), Vec::<String>::new());
    assert_eq!(
        gaps_with("format: email, max_length: 8"),
        ["thing.paint: no request with `mail` can be made; give an example of one"]
    );
    assert_eq!(
        gaps_with("format: email, max_length: 8, required: true"),
        ["thing.paint: no request without errors can be made; give an example of one"]
    );
}

#[test]
fn arguments_stand_in_the_order_of_the_method() {
    let model = spec();
    let request = json!({ "name": "a", "label": "hello", "times": 2 });
    let given = arguments(method(&model), request.as_object().unwrap(), Path::new("nowhere")).unwrap();
    assert_eq!(given, [json!({}), json!({ "is": "a" }), json!({ "is": { "label": "hello", "times": 2 } })]);
}

#[test]
fn files_are_given_as_paths() {
    let model = spec();
    let directory = tempfile::tempdir().unwrap();
    let file = json!({ "name": "a.txt", "content_type": "text/plain", "base64": "aGVsbG8=" });
    let request = json!({ "name": [file] });
    let given = arguments(method(&model), request.as_object().unwrap(), directory.path()).unwrap();
    let path = directory.path().join("a.txt");
    assert_eq!(given[1], json!({ "is": [path.display().to_string()] }));
    assert_eq!(std::fs::read(path).unwrap(), b"hello");
}

#[test]
fn the_table_says_what_is_there_and_what_is_not() {
    let model = spec();
    let verdict = Verdict { requests: 3, ..Verdict::default() };
    let operations = vec![("thing.paint".to_owned(), vec![Some(verdict)]), ("thing.wash".to_owned(), vec![None])];
    let page = table(&model, &Run { operations, complaints: Vec::new() });
    let expected = "\
| operation | PyPI `things` 1.2.3 |
|---|---|
| `thing.paint` | `things.paint`: 3 requests, equal but for `/size`, `/label`, `path`, `/sdk` |
| `thing.wash` | not there |

## PyPI `things` 1.2.3

A made-up SDK.

Equal after these rules:

- `empty_text`: What is not given is an empty text.
- `letter_case`: Listed values go out as they are given.
- `empty_body`: No body is an empty object.

Known differences:

- `thing.paint`, `/size`, as a text: It makes texts of numbers.
- `thing.paint`, `/label`, left out for `\"none\"`: It thinks that this is nothing.
- `thing.paint`, `path`, otherwise, `\"/v1/Account/{auth_id}/Thing/{name}\"`: It forgets the slash.
- `thing.paint`, `/sdk`, added, `\"made up\"`: Its own name.

Not there:

- `thing.wash`: It came later.
";
    assert!(page.ends_with(expected), "{page}");
}
