//! The mutants of small specs, by the kind of fact.

use plivo_codegen::SpecFile;
use plivo_mutate::{FactKind, Mutant, mutants, unchanged};

const SPEC: &str = "\
resource: cake
plural: cakes
summary: A cake.
object: Cake
id: cake_id
sources:
  page: { says: a page of the documentation, enforce: error }
  go: { says: code, enforce: warn }
fields:
  icing: { type: enum, name: Icing, summary: Its icing., values: [NONE, SUGAR], also: string }
  label:
    type: string
    summary: What it says.
    max_length: { is: 9, source: go }
    format: { is: url, enforce: warn }
  box:
    type: object
    name: Box
    summary: What it comes in.
    fields:
      size!: { type: integer, summary: How wide it is., min: 1 }
      ribbon: { type: string, summary: Its colour. }
  cake_id: { type: string, summary: Its id., given_by: server }
operations:
  bake:
    does: create
    summary: Makes one.
    request: POST /v1/Account/{account}/Cake/
    body: [icing!, label, box: { source: go }]
    rules:
      sugar_needs_a_box: { when: { icing: SUGAR }, needs: [box], source: go, summary: It is sticky. }
    at_least: 2
    empty_text: left_out
    answer: { type: Cake, status: [200, 202], under: cake }
    examples: [birthday]
  find:
    does: list
    summary: Gives them all.
    request: GET /v1/Cake
    retry: never
    query: [limit: { type: integer, summary: So many., max: 20 }, icing]
    answer: { type: Cake, list: cakes, total: none }
answers:
  Cake:
    summary: A cake.
    fields: [cake_id!, label, note: { type: timestamp, summary: A note. }]
  Crumb: { summary: What is left of it., fields: [label] }
examples:
  birthday:
    request: { icing: sugar, label: x, box: { size: 1 } }
    sends: { icing: SUGAR }
    warns: [/label format, /box/size min]
";

fn source() -> SpecFile {
    SpecFile::new("spec/resources/cake.yaml", SPEC)
}

fn all() -> Vec<Mutant> {
    mutants(&source()).expect("YAML")
}

/// The mutants of a kind, as lines and changes.
fn of(kind: FactKind) -> Vec<String> {
    let mutants = all().into_iter().filter(|mutant| mutant.kind == kind);
    mutants.map(|mutant| format!("{} {}", mutant.line, mutant.change)).collect()
}

/// The text of the only mutant with this change.
fn text(change: &str) -> String {
    let found: Vec<_> = all().into_iter().filter(|mutant| mutant.change == change).collect();
    assert_eq!(found.len(), 1, "{change}");
    found[0].text.clone()
}

#[test]
fn presence_and_use() {
    let expected = [
        "21 fields.box.fields.size.required: dropped",
        "22 fields.box.fields.ribbon.required: added",
        "29 operations.bake.body.icing.required: dropped",
        "29 operations.bake.body.label.required: added",
        "29 operations.bake.body.box.required: added",
        "41 operations.find.query.limit.required: added",
        "41 operations.find.query.icing.required: added",
        "46 answers.Cake.fields.cake_id.required: dropped",
        "46 answers.Cake.fields.label.required: added",
        "46 answers.Cake.fields.note.required: added",
        "47 answers.Crumb.fields.label.required: added",
    ];
    assert_eq!(of(FactKind::Presence), expected);
    assert_eq!(of(FactKind::Use).len(), 9);
    assert!(text("operations.bake.body.label: dropped").contains(r#""body": ["icing!", {"box": {"#));
}

#[test]
fn limits_and_formats() {
    let expected = [
        "14 fields.label.max_length.is: 9 -> 8",
        "14 fields.label.max_length.is: 9 -> 10",
        "14 fields.label.max_length: dropped",
        "21 fields.box.fields.size.min: 1 -> 0",
        "21 fields.box.fields.size.min: 1 -> 2",
        "21 fields.box.fields.size.min: dropped",
        "41 operations.find.query.limit.max: 20 -> 19",
        "41 operations.find.query.limit.max: 20 -> 21",
        "41 operations.find.query.limit.max: dropped",
    ];
    assert_eq!(of(FactKind::Limit), expected);
    assert_eq!(of(FactKind::Format), ["15 fields.label.format: dropped", "15 fields.label.format.is: url -> date"]);
    assert_eq!(of(FactKind::AtLeast).len(), 3);
    assert!(text("operations.bake.at_least: 2 -> 3").contains(r#""at_least": 3,"#));
}

#[test]
fn levels() {
    let expected = [
        "7 sources.page.enforce: error -> warn",
        "8 sources.go.enforce: warn -> error",
        "14 fields.label.max_length: warn -> error",
        "15 fields.label.format: warn -> error",
        "10 fields.icing.enforce: error -> warn",
        "21 fields.box.fields.size.min: error -> warn",
        "21 fields.box.fields.size.required: error -> warn",
        "29 operations.bake.body.icing.required: error -> warn",
        "31 operations.bake.rules.sugar_needs_a_box.enforce: warn -> error",
        "32 operations.bake.at_least: error -> warn",
        "41 operations.find.query.limit.max: error -> warn",
    ];
    let (mut found, mut expected) = (of(FactKind::Level), expected.map(str::to_owned).to_vec());
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    let changed = text("operations.bake.body.icing.required: error -> warn");
    assert!(changed.contains(r##"{"icing": {"required": {"enforce": "warn"}}}"##), "{changed}");
}

#[test]
fn a_name_is_changed_wherever_the_file_refers_to_it() {
    let renamed = text("fields.label: -> label_x");
    assert!(!renamed.contains(r#""label""#), "{renamed}");
    assert!(renamed.contains(r#""warns": ["/label_x format", "/box/size min"]"#), "{renamed}");
    let id = text("fields.cake_id: -> cake_id_x");
    assert!(id.contains(r#""id": "cake_id_x""#) && !id.contains(r#""cake_id""#), "{id}");
    let part = text("fields.box.fields.size: -> size_x");
    assert!(part.contains(r#""box": {"size_x": 1}"#) && part.contains("/box/size_x min"), "{part}");
    // Four fields, two nested fields, and one inline field each in an operation and in an answer.
    assert_eq!(of(FactKind::Name).len(), 8);
    let ruled = text("fields.icing: -> icing_x");
    assert!(ruled.contains(r#""when": {"icing_x": "SUGAR"}"#), "{ruled}");
}

#[test]
fn types_and_values() {
    assert!(of(FactKind::Type).contains(&"46 answers.Cake.fields.note.type: timestamp -> string".to_owned()));
    let plain = text("fields.icing.type: enum -> string");
    assert!(plain.contains(r#""icing": {"type": "string", "summary": "Its icing.", "also": "string"}"#), "{plain}");
    let expected = [
        "10 fields.icing.values.NONE: dropped",
        "10 fields.icing.values.NONE: -> NONEX",
        "10 fields.icing.values.SUGAR: dropped",
        "10 fields.icing.values.SUGAR: -> SUGARX",
    ];
    assert_eq!(of(FactKind::Value), expected);
    assert_eq!(of(FactKind::Origin), ["10 fields.icing.also: dropped", "23 fields.cake_id.given_by: dropped"]);
}

#[test]
fn requests() {
    assert_eq!(
        of(FactKind::Method),
        [
            "28 operations.bake.request: POST /v1/Account/{account}/Cake/ -> PATCH /v1/Account/{account}/Cake/",
            "39 operations.find.request: GET /v1/Cake -> POST /v1/Cake",
        ]
    );
    let find = [
        "39 operations.find.request: GET /v1/Cake -> GET /v1/Cake/",
        "39 operations.find.request: GET /v1/Cake -> GET /v1x/Cake",
        "39 operations.find.request: GET /v1/Cake -> GET /v1/Cakex",
    ];
    assert_eq!(of(FactKind::Path)[4..], find);
    assert_eq!(of(FactKind::Does).len(), 12);
    assert_eq!(of(FactKind::EmptyText), ["33 operations.bake.empty_text: left_out -> sent"]);
    let retry = [
        "25 operations.bake.retry: if_not_sent -> safe",
        "25 operations.bake.retry: if_not_sent -> never",
        "40 operations.find.retry: never -> safe",
        "40 operations.find.retry: never -> if_not_sent",
    ];
    assert_eq!(of(FactKind::Retry), retry);
}

#[test]
fn rules_and_answers() {
    let rules = [
        "31 operations.bake.rules.sugar_needs_a_box: dropped",
        "31 operations.bake.rules.sugar_needs_a_box.when: dropped",
        "31 operations.bake.rules.sugar_needs_a_box.when.icing: SUGAR -> NONE",
        "31 operations.bake.rules.sugar_needs_a_box.needs: -> at_least_one_of",
        "31 operations.bake.rules.sugar_needs_a_box.needs: box dropped",
        "31 operations.bake.rules.sugar_needs_a_box.needs: box -> icing",
    ];
    assert_eq!(of(FactKind::Rule), rules);
    let answers = [
        "34 operations.bake.answer.type: Cake -> Crumb",
        "34 operations.bake.answer.under: dropped",
        "34 operations.bake.answer.under: cake -> cakex",
        "42 operations.find.answer.type: Cake -> Crumb",
        "42 operations.find.answer.list: cakes -> cakesx",
        "42 operations.find.answer.total: none -> total_count",
    ];
    assert_eq!(of(FactKind::Answer), answers);
    assert_eq!(of(FactKind::Status).len(), 4);
}

#[test]
fn wire_forms() {
    let text = "\
resource: post
types:
  Leg: { type: object, summary: A leg., fields: { miles: { type: integer, summary: How far., min: 1 } } }
  Key: { type: choice, summary: A key., forms: { id: \"id_{leg}\", name: \"name_{leg}\" } }
operations:
  send:
    request: POST /v1/Post/
    host: slow
    stage: announced
    encoding: multipart
    data_part: data
    query: { day: { type: string, summary: When., compare: [gt, lt] }, kind: { fixed: parcel } }
    body: { to: { type: list, items: { type: string }, delimiter: \"<\" }, more: { type: map, items: { type: any }, flatten: true } }
    answer: { type: Sent, list: sent, total: [all, count], beside: Day, meta: flat }
    deferred: {}
answers: { Sent: { summary: Sent., fields: [] } }
";
    let mutants = mutants(&SpecFile::new("spec/resources/post.yaml", text)).unwrap();
    let of = |kind: FactKind| {
        let found = mutants.iter().filter(move |mutant| mutant.kind == kind);
        found.map(|mutant| mutant.change.clone()).collect::<Vec<_>>()
    };
    let wire = [
        "types.Key.forms.id: dropped",
        "types.Key.forms.id: id_{leg} -> xid_{leg}",
        "types.Key.forms.name: dropped",
        "types.Key.forms.name: name_{leg} -> xname_{leg}",
        "operations.send.query.day.compare: gt dropped",
        "operations.send.query.day.compare: lt dropped",
        "operations.send.body.to.delimiter: dropped",
        "operations.send.body.to.delimiter: < -> ,",
        "operations.send.body.more.flatten: dropped",
        "operations.send.answer.meta: flat -> none",
        "operations.send.encoding: dropped",
        "operations.send.data_part: dropped",
        "operations.send.host: dropped",
        "operations.send.deferred: dropped",
        "operations.send.stage: announced -> documented",
        "operations.send.data_part: data -> datax",
        "operations.send.query.kind.fixed: parcel -> parcelx",
    ];
    assert_eq!(of(FactKind::Wire), wire);
    let total =
        of(FactKind::Answer).into_iter().filter(|change| !change.contains(".list") && !change.contains(".type"));
    let expected = [
        "operations.send.answer.total: all dropped",
        "operations.send.answer.total: count dropped",
        "operations.send.answer.beside: dropped",
    ];
    assert_eq!(total.collect::<Vec<_>>(), expected);
    assert_eq!(of(FactKind::Limit).len(), 3, "the limits of a named type");
}

#[test]
fn servers_and_credentials() {
    let text = "api: A\nhosts: { api: { url: https://a.example.com } }\nauth: { id_variable: ID, token_variable: TOKEN }\ndeferral: { url: to, method: by, answer: { says: Later } }\n";
    let found = mutants(&SpecFile::new("spec/plivo.yaml", text)).unwrap();
    let found: Vec<_> = found.iter().map(|mutant| (mutant.line, mutant.change.as_str())).collect();
    let expected = [
        (2, "hosts.api.url: https://a.example.com -> https://a.example.comx"),
        (3, "auth.id_variable: ID -> IDx"),
        (3, "auth.token_variable: TOKEN -> TOKENx"),
        (4, "deferral.url: to -> tox"),
        (4, "deferral.method: by -> byx"),
        (4, "deferral.answer.says: Later -> Laterx"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn shared_fields_and_answers() {
    let text = "fields: { size: { type: integer, min: 1 } }\nanswers: { Bill: { fields: [size!] } }\n";
    let found = mutants(&SpecFile::new("spec/types.yaml", text)).unwrap();
    let of = |owner: &str| found.iter().filter(|mutant| mutant.change.starts_with(owner)).count();
    assert!(of("fields.size.min") == 3 && of("answers.Bill.fields.size") > 0, "{found:?}");
}

#[test]
fn parameters_of_pages() {
    let found = |file: &str, text: &str| {
        let found = mutants(&SpecFile::new(file, text)).unwrap();
        found.into_iter().map(|mutant| mutant.change).collect::<Vec<_>>()
    };
    let expected = [
        "pages.limit.name: limit -> limitx",
        "pages.limit.min: 1 -> 0",
        "pages.limit.min: 1 -> 2",
        "pages.limit.min: dropped",
        "pages.offset.name: offset -> offsetx",
        "pages.cursor.name: cursor -> cursorx",
    ];
    let text = "pages: { limit: { name: limit, min: 1 }, offset: { name: offset }, cursor: { name: cursor } }\n";
    assert_eq!(found("spec/plivo.yaml", text), expected);
    let list = |paged: &str| {
        let text = format!(
            "resource: cake\nsources: {{ go: {{ enforce: warn }} }}\noperations:\n  find: {{ paged: {paged} }}\n"
        );
        let found = found("spec/resources/cake.yaml", &text);
        found.into_iter().filter(|change| change.contains("paged")).collect::<Vec<_>>()
    };
    let expected = [
        "operations.find.paged: dropped",
        "operations.find.paged.max: 20 -> 19",
        "operations.find.paged.max: 20 -> 21",
        "operations.find.paged.max: dropped",
        "operations.find.paged.max: warn -> error",
        "operations.find.paged.cursor: added",
    ];
    assert_eq!(list("{ max: 20 }"), expected);
    assert_eq!(
        list("{ cursor: { source: go } }"),
        ["operations.find.paged: dropped", "operations.find.paged.cursor: dropped"]
    );
}

#[test]
fn the_strictest_of_several_sources_decides_the_level() {
    let level = |source: &str| {
        let sources = "page: { enforce: error }, go: { enforce: warn }, php: { enforce: warn }";
        let text = format!(
            "resource: cake\nsources: {{ {sources} }}\noperations:\n  find: {{ at_least: {{ is: 2, source: {source} }} }}\n"
        );
        let found = mutants(&SpecFile::new("spec/resources/cake.yaml", text)).expect("YAML");
        let of_find = |mutant: &Mutant| mutant.kind == FactKind::Level && mutant.change.starts_with("operations.find");
        found.into_iter().find(of_find).map(|mutant| mutant.change)
    };
    assert_eq!(level("[go, php]").as_deref(), Some("operations.find.at_least: warn -> error"));
    assert_eq!(level("[go, page]").as_deref(), Some("operations.find.at_least: error -> warn"));
}

#[test]
fn every_mutant_differs_from_the_spec_and_the_order_is_stable() {
    let texts = || all().into_iter().map(|mutant| mutant.text).collect::<Vec<_>>();
    let unchanged = unchanged(&source()).unwrap().text;
    assert!(texts().iter().all(|text| *text != unchanged));
    assert_eq!(texts(), texts());
}

const RIDE: &str = "\
resource: ride
states:
  field: status
  steps: { queued: 1s, riding: wait, over: end }
  also: [lost]
  sets: { over: [ended_at, reason: so] }
operations:
  stop: { does: action, sees: [riding, queued], moves: { from: [riding], to: over } }
";

#[test]
fn states_are_changed() {
    let source = SpecFile::new("spec/resources/ride.yaml", RIDE);
    let found = mutants(&source).expect("YAML").into_iter().filter(|mutant| mutant.kind == FactKind::States);
    let expected = [
        "4 states.steps.queued: 1s -> wait",
        "4 states.steps.riding: wait -> 30s",
        "5 states.also: lost dropped",
        "6 states.sets.over: ended_at dropped",
        "8 operations.stop.sees: riding dropped",
        "8 operations.stop.sees: queued dropped",
        "8 operations.stop.moves.from: riding dropped",
        "8 operations.stop.moves.to: over -> lost",
    ];
    assert_eq!(found.map(|it| format!("{} {}", it.line, it.change)).collect::<Vec<_>>(), expected);
}
