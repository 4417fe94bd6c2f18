//! Fault scripts and their problems.

use crate::model::{model, spec};
use plivo_simulator::{Drift, Fault, Faults, Options, Reset, Simulator};
use std::time::Duration;

fn read(text: &str) -> Result<Faults, String> {
    let faults = text.parse::<Faults>().map_err(|error| error.to_string())?;
    faults.check(&model()).map_err(|error| error.to_string())?;
    Ok(faults)
}

#[test]
fn a_script_equals_the_same_faults_built_in_rust() {
    let text = "
seed: 7
faults:
  - on: gadget.create
    nth: [1, 3]
    status: 503
    retry_after: 2
  - { on: POST *, chance: 0.25, reset: after_executing }
  - on: '*'
    nth: 2-
    delay_ms: 200
    drift: [{ kind: drop, at: /gadget/name }, { kind: unlisted }]
";
    let faults = [
        Fault::on("gadget.create").nth([1, 3]).status(503).retry_after(2),
        Fault::on("POST *").chance(0.25).reset(Reset::AfterExecuting),
        Fault::on("*")
            .nth(2..)
            .delay(Duration::from_millis(200))
            .drift(Drift::Drop, "/gadget/name")
            .drift_anywhere(Drift::Unlisted),
    ];
    assert_eq!(read(text), Ok(Faults::from(faults).seed(7)));
    let json = r#"{"faults": [{"on": "*", "status": 502, "body": "\ud83d\ude00"}]}"#;
    assert_eq!(read(json), Ok(Fault::on("*").status(502).body("\u{1f600}").into()));
}

#[test]
fn the_example_script_is_valid() {
    let faults: Faults = include_str!("../../faults.yaml").parse().expect("faults");
    faults.check(&spec()).expect("valid faults");
}

/// Asserts the problem of a script with one invalid fault.
fn check(fault: &str, expected: &str) {
    let problem = read(&format!("faults:\n  - {{ {fault} }}\n")).expect_err("a problem");
    assert_eq!(problem, expected);
}

#[test]
fn syntax_errors_have_a_path_and_a_position() {
    check(
        "on: '*', stauts: 503",
        "faults[0]: unknown field `stauts`, expected one of `on`, `account`, `nth`, `chance`, `delay_ms`, `status`, `executed`, \
         `retry_after`, `retry_at`, `content_type`, `body`, `drift`, `links`, `damage`, `oversized`, `body_delay_ms`, `reset` at line 2 \
         column 16",
    );
    check("status: 503", "faults[0]: missing field `on` at line 2 column 5");
    check(
        "on: '*', reset: later",
        "faults[0].reset: unknown variant `later`, expected one of `before_read`, `before_executing`, \
         `after_executing`, `in_body` at line 2 column 23",
    );
    check("on: '*', status: busy", "faults[0].status: invalid type: string \"busy\", expected u16 at line 2 column 24");
    check(
        "on: '*', nth: 1..3",
        "faults[0]: `1..3` is not a range of requests; write \"2-5\", or \"3-\" for the third and all later ones at \
         line 2 column 5",
    );
    check(
        "on: '*', nth: -1",
        "faults[0]: expected a number such as 2, a range such as \"2-5\" or \"3-\", or a list of these; the first \
         request is 1 at line 2 column 5",
    );
    check(
        "on: '*', drift: [{ kind: lose }]",
        "faults[0].drift[0].kind: unknown variant `lose`, expected one of `drop`, `set_null`, `retype`, `add`, \
         `unlisted` at line 2 column 32",
    );
}

#[test]
fn an_unquoted_asterisk_is_explained() {
    assert_eq!(
        read("faults:\n- on: *\n  status: 500\n"),
        Err("while scanning an anchor or alias, did not find expected alphabetic or numeric character at line 2 column 7; \
             in YAML, a leading `*` must be quoted: \"*\""
            .to_owned())
    );
}

#[test]
fn deep_nesting_and_aliases_are_rejected_quickly() {
    let deep = format!("faults: [{{ on: '*', status: 500, body: {}", "[".repeat(1_000_000));
    let problem = "lists and mappings are nested deeper than 128 levels";
    assert_eq!(read(&deep), Err(problem.to_owned()));
    assert_eq!(read(&"- ".repeat(500_000)), Err(problem.to_owned()));
    let bomb = "faults:\n- on: '*'\n  body:\n  - &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned()
        + &"bcdefghi"
            .chars()
            .zip("abcdefgh".chars())
            .map(|(one, before)| format!("  - &{one} [{}]\n", vec![format!("*{before}"); 10].join(", ")))
            .collect::<String>();
    assert_eq!(read(&bomb), Err(anchor_problem(4)));
}

fn anchor_problem(line: usize) -> String {
    format!("anchors and aliases are not supported; repeat the value instead at line {line}")
}

#[test]
fn anchors_and_aliases_are_rejected() {
    let long = format!("faults: [{{ on: '*', body: [&x \"{}\"{}] }}]", "x".repeat(20_000), ", *x".repeat(20_000));
    assert_eq!(read(&long), Err(anchor_problem(1)));
    assert_eq!(read("faults:\n- &one { on: '*', status: 500 }"), Err(anchor_problem(2)));
    assert_eq!(
        read("faults:\n- on: '*'\n  status: *one"),
        Err("while parsing node, found unknown anchor at line 3 column 11; in YAML, a leading `*` must be quoted: \
             \"*\""
            .to_owned())
    );
}

#[test]
fn brackets_in_a_string_do_not_count_as_nesting() {
    let brackets = "[".repeat(140);
    let faults = Ok(Fault::on("*").body(brackets.as_str()).into());
    assert_eq!(read(&format!("faults: [{{ on: '*', body: '{brackets}' }}]")), faults);
    assert_eq!(read(&format!("faults:\n- on: '*'\n  body: |-\n    {brackets}\n")), faults);
    assert_eq!(read(&format!("{{\"faults\": [{{\"on\": \"*\", \"body\": \"{brackets}\"}}]}}")), faults);
}

#[test]
fn an_unknown_operation_or_method_has_a_suggestion() {
    check(
        "on: gadget.craete, status: 503",
        "faults[0].on: the spec has no operation `gadget.craete`; did you mean `gadget.create`?",
    );
    check(
        "on: nonsense, status: 503",
        "faults[0].on: the spec has no operation `nonsense`; expected an operation id, a method and a path template of the spec, a method and `*`, or `*`; `GET /` on the simulator lists the operations",
    );
    check(
        "on: 'GET /v1/Account/{account}/Gadget', status: 503",
        "faults[0].on: the spec has no route `GET /v1/Account/{account}/Gadget`; did you mean `GET /v1/Account/{account}/Gadget/`?",
    );
    check("on: PSOT *, status: 503", "faults[0].on: `PSOT` is not an HTTP method; did you mean `POST *`?");
    check("on: get *, status: 503", "faults[0].on: `get` is not an HTTP method; did you mean `GET *`?");
    check(
        "on: 'get /v1/Account/{account}/Gadget/', status: 503",
        "faults[0].on: the spec has no route `get /v1/Account/{account}/Gadget/`; did you mean `GET /v1/Account/{account}/Gadget/`?",
    );
}

#[test]
fn an_invalid_value_says_what_is_valid() {
    check("on: '*'", "faults[0]: the fault has no effect; add `status`, `delay_ms`, `reset` or another effect");
    check(
        "on: '*', nth: 0, status: 500",
        "faults[0].nth: the first request has number 1, and the end of a range must not precede its start",
    );
    check(
        "on: '*', nth: 5-2, status: 500",
        "faults[0].nth: the first request has number 1, and the end of a range must not precede its start",
    );
    check("on: '*', chance: 50, status: 500", "faults[0].chance: the probability must be between 0 and 1");
    check("on: '*', status: 99", "faults[0].status: the status must be between 200 and 599");
    check(
        "on: '*', content_type: \"a\\nb\"",
        "faults[0].content_type: a header value must be one line of printable characters",
    );
    check(
        "on: '*', retry_after: \"a\\nb\"",
        "faults[0].retry_after: a header value must be one line of printable characters",
    );
    check(
        "on: '*', drift: [{ kind: drop, at: name }]",
        "faults[0].drift[0].at: `name` is not a JSON pointer to a value; use one such as `/meta/limit`, or remove `at`",
    );
}

#[test]
fn effects_that_conflict_say_which_one_to_remove() {
    check(
        "on: '*', executed: true, delay_ms: 1",
        "faults[0].executed: without `status`, every request is executed; add `status` or remove `executed`",
    );
    check(
        "on: '*', retry_after: 1, retry_at: 1",
        "faults[0].retry_at: `retry_at` cannot be combined with `retry_after`; remove one of them",
    );
    check(
        "on: '*', status: 500, reset: before_read",
        "faults[0]: this reset replaces the response; use `reset: in_body`, or remove the effects on the response",
    );
    check(
        "on: '*', damage: truncated, oversized: 1",
        "faults[0]: a response cannot be both cut off and oversized; remove one of these effects",
    );
    check(
        "on: '*', damage: malformed, reset: in_body",
        "faults[0]: `reset: in_body` already cuts off the body; remove `damage`",
    );
}

/// Comparing a megabyte with each operation would take minutes.
#[test]
fn a_long_name_gets_no_suggestion() {
    let forms = "; expected an operation id, a method and a path template of the spec, a method and `*`, or `*`; `GET /` on \
                 the simulator lists the operations";
    let (long, short) = ("x".repeat(1_000_000), "x".repeat(200));
    check(&format!("on: {long}, status: 503"), &format!("faults[0].on: the spec has no operation `{short}…`{forms}"));
    check(&format!("on: {long} *, status: 503"), &format!("faults[0].on: `{short}…` is not an HTTP method{forms}"));
}

#[test]
fn a_problem_is_one_line() {
    check(
        "on: '*', drift: [{ kind: drop, at: \"a\\nb\" }]",
        "faults[0].drift[0].at: `a\\nb` is not a JSON pointer to a value; use one such as `/meta/limit`, or remove `at`",
    );
    let problem = read("faults: [{ on: \"a\\nb *\", status: 503 }]").expect_err("a problem");
    assert!(problem.starts_with("faults[0].on: `a\\nb` is not an HTTP method; expected "), "{problem}");
}

#[test]
fn faults_that_can_never_take_effect_are_rejected() {
    let bodiless = "faults[0]: a response with this status has no body; remove the effects on the body, or use another \
                    status";
    for effect in [
        "reset: in_body",
        "damage: malformed",
        "damage: truncated",
        "oversized: 9",
        "body_delay_ms: 9",
        "body: x",
        "drift: [{ kind: add }]",
    ] {
        check(&format!("on: '*', status: 204, {effect}"), bodiless);
    }
    check("on: '*', status: 304, executed: true, body: x", bodiless);
    let text = "faults[0]: `drift` needs a JSON body; make `body` an object or a list, or remove `drift`";
    check("on: '*', body: x, drift: [{ kind: drop }]", text);
    check("on: '*', body: '', damage: malformed", "faults[0]: an empty body cannot be damaged; remove `damage`");
    let nothing_there = |number| {
        format!("faults[0].drift[{number}].at: the response of this fault has nothing to change at this pointer")
    };
    check("on: '*', body: { a: 1 }, drift: [{ kind: drop, at: /b }]", &nothing_there(0));
    check("on: '*', body: { a: 1 }, drift: [{ kind: drop, at: /a }, { kind: retype, at: /a }]", &nothing_there(1));
    check("on: '*', status: 500, drift: [{ kind: set_null, at: /gadget/name }]", &nothing_there(0));
    for valid in [
        "status: 204, retry_after: 1",
        "body: { a: 1 }, drift: [{ kind: add, at: '' }, { kind: drop, at: /simulated_addition }]",
        "body: { a: 1 }, drift: [{ kind: add }, { kind: drop, at: /simulated_addition }]",
        "status: 500, drift: [{ kind: set_null, at: /error }]",
        "body: '', damage: truncated",
    ] {
        assert!(read(&format!("faults: [{{ on: '*', {valid} }}]")).is_ok(), "{valid}");
    }
}

#[test]
fn the_number_of_faults_is_limited() {
    let faults = |count| Faults::from(vec![Fault::on("*").status(500); count]);
    faults(1000).check(&model()).expect("valid faults");
    let error = faults(1001).check(&model()).expect_err("an error");
    assert_eq!(error.to_string(), "faults: 1001 are given; the maximum is 1000");
}

#[tokio::test]
async fn all_problems_are_reported_at_once() {
    let faults = [Fault::on("nonsense").status(99), Fault::on("*")];
    let error = Simulator::start(model(), Options::new().faults(faults)).await.expect_err("invalid faults").to_string();
    let paths: Vec<_> = error.lines().filter_map(|line| line.split_once(": ").map(|(path, _)| path)).collect();
    assert_eq!(paths, ["faults[0].on", "faults[0].status", "faults[1]"]);
}
