//! Faults as text, and what is wrong with them.

use crate::model::{model, spec};
use plivo_simulator::{Drift, Fault, Faults, Options, Reset, Simulator};
use std::time::Duration;

fn read(text: &str) -> Result<Faults, String> {
    let faults = text.parse::<Faults>().map_err(|error| error.to_string())?;
    faults.check(&model()).map_err(|error| error.to_string())?;
    Ok(faults)
}

#[test]
fn text_says_what_the_methods_say() {
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
fn the_example_is_possible() {
    let faults: Faults = include_str!("../../faults.yaml").parse().expect("faults");
    faults.check(&spec()).expect("possible faults");
}

/// Reads one fault that has this mistake.
fn check(fault: &str, expected: &str) {
    let problem = read(&format!("faults:\n  - {{ {fault} }}\n")).expect_err("a mistake");
    assert_eq!(problem, expected);
}

#[test]
fn mistakes_of_form_say_where_they_are() {
    check(
        "on: '*', stauts: 503",
        "faults[0]: unknown field `stauts`, expected one of `on`, `nth`, `chance`, `delay_ms`, `status`, `executed`, \
         `retry_after`, `retry_at`, `content_type`, `body`, `drift`, `damage`, `oversized`, `body_delay_ms`, `reset` at line 2 \
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
        "faults[0]: `1..3` is no range of requests; write \"2-5\", or \"3-\" for all from the third on at line 2 \
         column 5",
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
fn a_bare_asterisk_is_explained() {
    assert_eq!(
        read("faults:\n- on: *\n  status: 500\n"),
        Err("while scanning an anchor or alias, did not find expected alphabetic or numeric character at line 2 column 7; \
             in YAML, a `*` at the beginning is quoted: \"*\""
            .to_owned())
    );
}

#[test]
fn no_text_keeps_it_busy() {
    let deep = format!("faults: [{{ on: '*', status: 500, body: {}", "[".repeat(1_000_000));
    let sentence = "more than 128 brackets are open at once; nothing here needs so many";
    assert_eq!(read(&deep), Err(sentence.to_owned()));
    assert_eq!(read(&"- ".repeat(500_000)), Err(sentence.to_owned()));
    let bomb = "faults:\n- on: '*'\n  body:\n  - &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned()
        + &"bcdefghi"
            .chars()
            .zip("abcdefgh".chars())
            .map(|(one, before)| format!("  - &{one} [{}]\n", vec![format!("*{before}"); 10].join(", ")))
            .collect::<String>();
    assert_eq!(read(&bomb), Err("an anchor or an alias at line 4; write the value out where it is meant".to_owned()));
}

#[test]
fn no_text_is_longer_than_it_looks() {
    let refusal = |line| Err(format!("an anchor or an alias at line {line}; write the value out where it is meant"));
    let long = format!("faults: [{{ on: '*', body: [&x \"{}\"{}] }}]", "x".repeat(20_000), ", *x".repeat(20_000));
    assert_eq!(read(&long), refusal(1));
    assert_eq!(read("faults:\n- &one { on: '*', status: 500 }"), refusal(2));
    assert_eq!(
        read("faults:\n- on: '*'\n  status: *one"),
        Err(
            "while parsing node, found unknown anchor at line 3 column 11; in YAML, a `*` at the beginning is quoted: \
             \"*\""
                .to_owned()
        )
    );
}

#[test]
fn brackets_in_a_text_are_text() {
    let brackets = "[".repeat(140);
    let faults = Ok(Fault::on("*").body(brackets.as_str()).into());
    assert_eq!(read(&format!("faults: [{{ on: '*', body: '{brackets}' }}]")), faults);
    assert_eq!(read(&format!("faults:\n- on: '*'\n  body: |-\n    {brackets}\n")), faults);
    assert_eq!(read(&format!("{{\"faults\": [{{\"on\": \"*\", \"body\": \"{brackets}\"}}]}}")), faults);
}

#[test]
fn impossible_faults_say_what_to_do() {
    check(
        "on: gadget.craete, status: 503",
        "faults[0].on: there is no operation `gadget.craete`; did you mean `gadget.create`?",
    );
    check(
        "on: nonsense, status: 503",
        "faults[0].on: there is no operation `nonsense`; write the id of an operation, a method and a path template of the spec, `GET *`, or `*` for all; `GET /` at the simulator lists the operations",
    );
    check(
        "on: 'GET /v1/Account/{auth_id}/Gadget', status: 503",
        "faults[0].on: the spec has no `GET /v1/Account/{auth_id}/Gadget`; did you mean `GET /v1/Account/{auth_id}/Gadget/`?",
    );
    check("on: PSOT *, status: 503", "faults[0].on: HTTP has no method `PSOT`; did you mean `POST *`?");
    check("on: get *, status: 503", "faults[0].on: HTTP has no method `get`; did you mean `GET *`?");
    check(
        "on: 'get /v1/Account/{auth_id}/Gadget/', status: 503",
        "faults[0].on: the spec has no `get /v1/Account/{auth_id}/Gadget/`; did you mean `GET /v1/Account/{auth_id}/Gadget/`?",
    );
    check("on: '*'", "faults[0]: it does nothing; give it `status`, `delay_ms`, `reset` or another effect");
    check(
        "on: '*', nth: 0, status: 500",
        "faults[0].nth: no request has such a number; the first is 1, and a range goes up",
    );
    check(
        "on: '*', nth: 5-2, status: 500",
        "faults[0].nth: no request has such a number; the first is 1, and a range goes up",
    );
    check("on: '*', chance: 50, status: 500", "faults[0].chance: a probability is between 0 and 1");
    check("on: '*', status: 99", "faults[0].status: an answer has a status from 200 to 599");
    check(
        "on: '*', executed: true, delay_ms: 1",
        "faults[0].executed: without `status` every request is executed; add one, or leave this out",
    );
    check("on: '*', content_type: \"a\\nb\"", "faults[0].content_type: a header is one line of printable letters");
    check("on: '*', retry_after: \"a\\nb\"", "faults[0].retry_after: a header is one line of printable letters");
    check(
        "on: '*', retry_after: 1, retry_at: 1",
        "faults[0].retry_at: there is one header of that kind; leave out `retry_after`, or this",
    );
    check(
        "on: '*', drift: [{ kind: drop, at: name }]",
        "faults[0].drift[0].at: `name` is no JSON pointer to a value; write it as in `/meta/limit`, or leave `at` out",
    );
    check(
        "on: '*', status: 500, reset: before_read",
        "faults[0]: there is no answer to change when the connection is reset; `reset: in_body` has one",
    );
    check(
        "on: '*', damage: truncated, oversized: 1",
        "faults[0]: an answer cannot end early and be oversized; leave out one of them",
    );
    check(
        "on: '*', damage: malformed, reset: in_body",
        "faults[0]: `reset: in_body` cuts the body already; leave out `damage`",
    );
}

/// The comparison of a megabyte with each operation would take minutes here.
#[test]
fn a_long_text_is_not_compared() {
    let write = "; write the id of an operation, a method and a path template of the spec, `GET *`, or `*` for all; `GET /` at \
                 the simulator lists the operations";
    let (long, short) = ("x".repeat(1_000_000), "x".repeat(200));
    check(&format!("on: {long}, status: 503"), &format!("faults[0].on: there is no operation `{short}…`{write}"));
    check(&format!("on: {long} *, status: 503"), &format!("faults[0].on: HTTP has no method `{short}…`{write}"));
}

#[test]
fn a_problem_is_one_line() {
    check(
        "on: '*', drift: [{ kind: drop, at: \"a\\nb\" }]",
        "faults[0].drift[0].at: `a\\nb` is no JSON pointer to a value; write it as in `/meta/limit`, or leave `at` out",
    );
    let problem = read("faults: [{ on: \"a\\nb *\", status: 503 }]").expect_err("a mistake");
    assert!(problem.starts_with("faults[0].on: HTTP has no method `a\\nb`; write "), "{problem}");
}

#[test]
fn faults_that_could_never_act_are_refused() {
    let bodiless = "faults[0]: an answer with this status has no body; leave out what concerns one, or choose another \
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
    let text =
        "faults[0]: a text has no values that could drift; let `body` be an object or a list, or leave out `drift`";
    check("on: '*', body: x, drift: [{ kind: drop }]", text);
    check("on: '*', body: '', damage: malformed", "faults[0]: an empty body has nothing to damage; leave out `damage`");
    let nothing =
        |number| format!("faults[0].drift[{number}].at: the answer of this fault has nothing there to change");
    check("on: '*', body: { a: 1 }, drift: [{ kind: drop, at: /b }]", &nothing(0));
    check("on: '*', body: { a: 1 }, drift: [{ kind: drop, at: /a }, { kind: retype, at: /a }]", &nothing(1));
    check("on: '*', status: 500, drift: [{ kind: set_null, at: /gadget/name }]", &nothing(0));
    for possible in [
        "status: 204, retry_after: 1",
        "body: { a: 1 }, drift: [{ kind: add, at: '' }, { kind: drop, at: /simulated_addition }]",
        "body: { a: 1 }, drift: [{ kind: add }, { kind: drop, at: /simulated_addition }]",
        "status: 500, drift: [{ kind: set_null, at: /error }]",
        "body: '', damage: truncated",
    ] {
        assert!(read(&format!("faults: [{{ on: '*', {possible} }}]")).is_ok(), "{possible}");
    }
}

#[tokio::test]
async fn all_problems_are_named_at_once() {
    let faults = [Fault::on("nonsense").status(99), Fault::on("*")];
    let error =
        Simulator::start(model(), Options::new().faults(faults)).await.expect_err("impossible faults").to_string();
    let places: Vec<_> = error.lines().filter_map(|line| line.split_once(": ").map(|(place, _)| place)).collect();
    assert_eq!(places, ["faults[0].on", "faults[0].status", "faults[1]"]);
}
