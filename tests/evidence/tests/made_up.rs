//! Made-up specs and made-up evidence: what the comparison finds, and how exceptions explain it.

use std::fs;
use std::path::Path;

use plivo_codegen::{Model, SpecFile};
use plivo_evidence::{Coverage, Evidence, check};

const CAKE: &str = "\
resource: cake
plural: cakes
summary: A cake.
object: Cake
id: cake_id
sources:
  page: { says: \"a page of the documentation\", enforce: error }
  go: { says: code, enforce: warn }
fields:
  icing: { type: string, summary: Its icing., source: go }
  layers: { type: integer, summary: Its layers., max: { is: 9, source: go }, source: go }
  cake_id: { type: string, summary: Its id., given_by: server }
operations:
  bake:
    does: create
    summary: Makes one.
    request: POST /v1/Account/{account}/Cake/
    source: go
    body: [icing, layers]
    answer: { type: Baked }
answers:
  Baked: { summary: A new cake., source: go, fields: [cake_id!] }
  Cake: { summary: A cake., source: go, fields: [cake_id!, icing, layers] }
";

const EVIDENCE: [(&str, &str); 9] = [
    ("hosts.csv", "name,url\n"),
    ("common.csv", "what,name\n"),
    ("fixed.csv", "operation,key,sdks,value\n"),
    ("defaults.csv", "operation,key,sdks,value\n"),
    ("types.csv", "operation,key,type,sdks\n"),
    ("leaks.csv", "operation,key,sdks\n"),
    (
        "cakes/operations.csv",
        "operation,method,arguments,url,sdks\ncreate,POST,body,https://api.plivo.com/v1/Account/{id}/Cake/,go\n",
    ),
    ("cakes/go.csv", "struct,role,of,key,type,tag\nBaked,answer,create,cake_id,string,\n"),
    ("cakes/arguments.csv", "operation,key,type,insist,sdks\ncreate,icing,string,,go\ncreate,layers,integer,,go\n"),
];

/// The model of a changed cake.
fn model(changes: &[(&str, &str)]) -> Model {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let api = fs::read_to_string(spec.join("plivo.yaml")).expect("plivo.yaml").replace("  golang:", "  gopher:");
    let cake = changes.iter().fold(CAKE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    let files = [SpecFile::new("spec/plivo.yaml", api), SpecFile::new("spec/resources/cake.yaml", cake)];
    plivo_codegen::model(&files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// The evidence with further files.
fn evidence(further: &[(&str, &str)]) -> Evidence {
    let directory = tempfile::tempdir().expect("a directory");
    let known = EVIDENCE.iter().filter(|(file, _)| !further.iter().any(|(other, _)| other == file));
    for (file, text) in known.chain(further) {
        let path = directory.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    Evidence::read(directory.path()).unwrap_or_else(|error| panic!("{error}"))
}

/// The rows of exceptions that the differences of cakes would need.
fn differences(changes: &[(&str, &str)], further: &[(&str, &str)]) -> Vec<String> {
    let report = check(&model(changes), &evidence(further));
    let of_cakes = report.findings.iter().filter(|finding| finding.folder == "cakes");
    let rows =
        of_cakes.map(|finding| format!("{},{},{},{}", finding.source.name(), finding.of, finding.name, finding.claim));
    rows.chain(report.flaws().map(|flaw| flaw.row.clone())).collect()
}

/// A cake without icing.
const PLAIN: [(&str, &str); 2] =
    [("body: [icing, layers]", "body: [layers]"), ("cake_id!, icing, layers]", "cake_id!, layers]")];

const LAYERS: (&str, &str) =
    ("cakes/validators.csv", "operation,key,sdks,rule,least,most,values,pattern\ncreate,layers,go,range,,9,,\n");

#[test]
fn an_operation_is_found_by_its_route_and_not_by_its_name() {
    assert_eq!(differences(&[], &[LAYERS]), [""; 0]);
    assert_eq!(differences(&[("  bake:", "  make:")], &[LAYERS]), [""; 0]);
    let other = differences(&[("POST /v1/Account/{account}/Cake/", "POST /v1/Account/{account}/Cakes/")], &[LAYERS]);
    assert_eq!(other, ["sdks,create,,operation"]);
}

#[test]
fn a_limit_is_the_one_that_an_sdk_checks() {
    assert_eq!(differences(&[("is: 9", "is: 10")], &[LAYERS]), ["sdks,create,layers,max 10"]);
    assert_eq!(differences(&[(" max: { is: 9, source: go },", "")], &[LAYERS]), ["sdks,create,layers,no max"]);
}

#[test]
fn arguments_are_those_that_sdks_send() {
    assert_eq!(differences(&PLAIN, &[LAYERS]), ["sdks,create,icing,argument"]);
    let icing = ("layers: { type: integer", "layers: { type: string");
    let found = differences(&[icing, (" max: { is: 9, source: go },", "")], &[]);
    assert_eq!(found, ["sdks,create,layers,type"]);
}

#[test]
fn answers_have_only_described_keys_of_the_described_types() {
    let answer = r#"{"sdks": "go", "operation": "create", "status": {"200": "go"}, "body": {"cake_id": 7, "oven": 1}}"#;
    let answers = format!("[\n  {answer}\n]\n");
    let found = differences(&[], &[LAYERS, ("cakes/answers.json", &answers)]);
    assert_eq!(found, ["answers,create,/oven,field", "answers,create,/cake_id,decodes", "answers,,cake_id,type"]);
}

#[test]
fn a_recorded_value_is_listed_in_any_letter_case() {
    let icing = ("icing: { type: string,", "icing: { type: enum, name: Icing, values: [NONE, SUGAR],");
    let listed = ("cakes/go.csv", "struct,role,of,key,type,tag\nBaked,request,create,icing,string,oneof=NONE SUGAR\n");
    let baked = ("fields: [cake_id!] }", "fields: [cake_id!, icing] }");
    let found = |value: &str| {
        let answer = format!(
            r#"{{"sdks": "go", "operation": "create", "status": {{"200": "go"}}, "body": {{"cake_id": "a", "icing": "{value}"}}}}"#
        );
        let answers = format!("[\n  {answer}\n]\n");
        differences(&[icing, baked], &[LAYERS, listed, ("cakes/answers.json", &answers)])
    };
    assert_eq!(found("SUGAR"), [""; 0]);
    assert_eq!(found("Sugar"), [""; 0]);
    assert_eq!(found("Salt"), ["answers,,icing,value Salt"]);
}

#[test]
fn a_listed_value_is_one_that_a_method_always_sends() {
    let icing = ("icing: { type: string,", "icing: { type: enum, name: Icing, values: [NONE, SUGAR],");
    let fixed = "operation,key,sdks,value\ncakes.create,icing,go,none\npies.create,icing,go,sugar\n";
    let found = differences(&[icing], &[LAYERS, ("fixed.csv", fixed)]);
    assert_eq!(found, ["sdks,,icing/SUGAR,value"]);
}

#[test]
fn a_listed_value_is_one_of_a_request_to_a_url_of_the_same_resource() {
    let icing = ("icing: { type: string,", "icing: { type: enum, name: Icing, values: [NONE, SUGAR],");
    let callbacks = "folder,key,parameter,values,page\ncakes,icing,Icing,none,docs\npies,icing,Icing,sugar,docs\n";
    let found = differences(&[icing], &[LAYERS, ("callbacks.csv", callbacks)]);
    assert_eq!(found, ["sdks,,icing/SUGAR,value"]);
}

#[test]
fn a_listed_value_is_known_if_one_of_the_fields_of_the_enumeration_has_it() {
    let changes = [
        ("fields:\n  icing", "types:\n  Taste: { summary: A taste., values: [SUGAR, SALT] }\nfields:\n  icing"),
        ("icing: { type: string,", "icing: { type: Taste,"),
        (
            "layers: { type: integer, summary: Its layers., max: { is: 9, source: go },",
            "layers: { type: Taste, summary: L.,",
        ),
    ];
    let defaults = "operation,key,sdks,value\ncakes.create,icing,go,sugar\ncakes.create,layers,go,salt\n";
    let found = |defaults| {
        let found = differences(&changes, &[("defaults.csv", defaults)]);
        found.into_iter().filter(|row| row.ends_with(",value")).collect::<Vec<_>>()
    };
    assert_eq!(found(defaults), [""; 0]);
    // It is reported once, at the first of the fields.
    assert_eq!(found("operation,key,sdks,value\ncakes.create,layers,go,salt\n"), ["sdks,,icing/SUGAR,value"]);
}

/// A type of Go tells points in time, whole numbers and others. A text can be a point in time as well.
#[test]
fn types_of_go_are_those_of_fields_that_no_answer_has() {
    let baked = ("fields: [cake_id!] }", "fields: [cake_id!, baked: { type: string, summary: Its end. }] }");
    let found = |spec_type: &str, go_type: &str| {
        let go = format!(
            "struct,role,of,key,type,tag\nBaked,answer,create,cake_id,string,\nBaked,answer,create,baked,{go_type},\n"
        );
        let changed = baked.1.replace("string", spec_type);
        differences(&[(baked.0, &changed)], &[LAYERS, ("cakes/go.csv", &go)])
    };
    for (spec_type, go_type) in [
        ("timestamp", "time.Time"),
        ("timestamp", "string"),
        ("string", "string"),
        ("integer", "int64"),
        ("number", "float64"),
    ] {
        assert_eq!(found(spec_type, go_type), [""; 0], "{spec_type} {go_type}");
    }
    assert_eq!(found("string", "time.Time"), ["answers,,baked,timestamp"]);
    assert_eq!(found("number", "int64"), ["answers,,baked,integer"]);
    assert_eq!(found("integer", "float64"), ["answers,,baked,number"]);
}

#[test]
fn each_state_is_seen_by_an_operation_that_reads() {
    let get = "  get: { does: read, summary: Returns one., request: 'GET /v1/Account/{account}/Cake/{cake_id}/', sees: [SOFT],
    answer: { type: Cake } }\nanswers:\n";
    let changes = [
        ("object: Cake\n", "object: Cake\nstates: { field: icing, steps: { SOFT: 1d, HARD: end } }\n"),
        ("icing: { type: string,", "icing: { type: enum, name: Icing, values: [SOFT, HARD],"),
        ("answers:\n", get),
    ];
    let found = |changes: &[(&str, &str)]| {
        let rows = differences(changes, &[LAYERS]).into_iter();
        rows.filter(|row| row.ends_with(",seen")).collect::<Vec<_>>()
    };
    assert_eq!(found(&changes), ["policy,,HARD,seen"]);
    let both = get.replace("sees: [SOFT]", "sees: [SOFT, HARD]");
    assert_eq!(found(&[changes[0], changes[1], ("answers:\n", &both)]), [""; 0]);
}

/// The form of a value is recorded, and not the value.
#[test]
fn keys_of_answers_that_are_not_recorded_are_fields_of_their_type_and_form() {
    let found = |spec_type: &str, key: &str, types: &str| {
        let baked = format!("fields: [cake_id!, baked: {{ type: {spec_type}, summary: Its end. }}] }}");
        let rows = format!("operation,key,types,sdks\ncreate,cake_id,text,go\ncreate,{key},{types},ph\n");
        differences(&[("fields: [cake_id!] }", &baked)], &[LAYERS, ("cakes/fields.csv", &rows)])
    };
    for (spec_type, types) in
        [("timestamp", "timestamp"), ("decimal", "decimal null"), ("string", "text"), ("integer", "integer")]
    {
        assert_eq!(found(spec_type, "baked", types), [""; 0], "{spec_type}");
    }
    assert_eq!(found("string", "baked", "timestamp"), ["answers,,baked,timestamp"]);
    assert_eq!(found("string", "baked", "decimal"), ["answers,,baked,decimal"]);
    assert_eq!(found("string", "baked", "integer"), ["answers,,baked,type"]);
    assert_eq!(found("string", "oven[].heat", "integer"), ["answers,create,/oven,field", "answers,,baked,no field"]);
}

#[test]
fn parts_of_arguments_are_the_classes_of_sdks() {
    let icing = (
        "icing: { type: string,",
        "icing: { name: Icing, fields: { taste: { type: string, summary: T., source: go, required: { source: go } } },",
    );
    let found = |rows: &str| {
        let classes = format!("class,key,type,insist,sdks\n{rows}");
        let types = ("types.csv", "operation,key,type,sdks\ncakes.create,icing,object,go\n");
        let arguments = (
            "cakes/arguments.csv",
            "operation,key,type,insist,sdks\ncreate,icing,object,,go\ncreate,layers,integer,,go\n",
        );
        let found = differences(&[icing], &[LAYERS, types, arguments, ("cakes/classes.csv", &classes)]);
        found.into_iter().filter(|row| row.starts_with("sdks,")).collect::<Vec<_>>()
    };
    assert_eq!(found("Icing,taste,string,go,go\n"), [""; 0]);
    assert_eq!(found("Icing,taste,string,,go\n"), ["sdks,,taste,required in an object", "sdks,Icing,taste,required"]);
    assert_eq!(found("Icing,taste,integer,go,go\n"), ["sdks,Icing,taste,type"]);
    assert_eq!(found("Icing,taste,string,go,go\nIcing,colour,string,,go\n"), ["sdks,Icing,colour,field"]);
    assert_eq!(found("Topping,taste,string,go,go\n"), ["sdks,Topping,,class"]);
}

#[test]
fn a_filter_is_a_field_of_what_is_listed() {
    let list = |query: &str| {
        format!(
            "  list: {{ does: list, summary: Lists., request: 'GET /v1/Account/{{account}}/Cake/', source: go, query: [{query}],
    answer: {{ type: Cake, list: cakes, total: none }} }}\nanswers:\n"
        )
    };
    let operations = "operation,method,arguments,url,sdks\ncreate,POST,body,https://api.plivo.com/v1/Account/{id}/Cake/,go\n\
        list,GET,query,https://api.plivo.com/v1/Account/{id}/Cake/,go\n";
    let found = |query: &str| {
        let rows = differences(&[("answers:\n", &list(query))], &[LAYERS, ("cakes/operations.csv", operations)]);
        rows.into_iter().filter(|row| row.ends_with(",filter")).collect::<Vec<_>>()
    };
    let taste = "taste: { type: string, summary: T., source: go";
    assert_eq!(found("icing"), [""; 0]);
    assert_eq!(found(&format!("{taste}, filters: icing }}")), [""; 0]);
    assert_eq!(found(&format!("{taste} }}")), ["policy,list,taste,filter"]);
}

#[test]
fn a_path_ends_as_most_sdks_send_it() {
    let head = "operation,method,arguments,url,sdks\n";
    let row =
        |end: &str, sdks: &str| format!("create,POST,body,https://api.plivo.com/v1/Account/{{id}}/Cake{end},{sdks}\n");
    let found = |rows: String| {
        let rows = differences(&[], &[LAYERS, ("cakes/operations.csv", &format!("{head}{rows}"))]);
        rows.into_iter().filter(|row| row.ends_with(",end")).collect::<Vec<_>>()
    };
    assert_eq!(found(row("/", "go py") + &row("", "nd")), [""; 0]);
    assert_eq!(found(row("/", "go") + &row("", "nd")), [""; 0]);
    assert_eq!(found(row("/", "go") + &row("", "nd py")), ["sdks,create,,end"]);
}

#[test]
fn the_server_gives_an_id_that_no_request_sends() {
    let given = ("summary: Its id., given_by: server }", "summary: Its id. }");
    assert_eq!(differences(&[given], &[LAYERS]), ["policy,,cake_id,given by the server"]);
}

/// A tag, or a page, about another resource says nothing about this one.
#[test]
fn a_format_is_stated_in_the_folder_of_the_resource() {
    let email = ("icing: { type: string,", "icing: { type: string, format: { is: email, source: go },");
    let tag = "struct,role,of,key,type,tag\nBaked,request,create,icing,string,email\n";
    let page = "of,name,type,required,values,form\n,icing,string,,,e-mail address\n";
    let found = |further: &[(&str, &str)]| differences(&[email], &[&[LAYERS], further].concat());
    let expected = ["sdks,create,icing,format email"];
    assert_eq!(found(&[]), expected);
    assert_eq!(found(&[("pies/go.csv", tag)]), expected);
    assert_eq!(found(&[("pies/page.create.csv", page)]), expected);
    assert!(!found(&[("cakes/go.csv", tag)]).contains(&expected[0].to_owned()));
    assert!(!found(&[("cakes/page.create.csv", page)]).contains(&expected[0].to_owned()));
}

#[test]
fn requests_of_tests_are_accepted() {
    let request = r#"{"sdks": "go", "operation": "create", "body": {"layers": "many", "candles": 3}}"#;
    let found = differences(&[], &[LAYERS, ("cakes/requests.json", &format!("[\n  {request}\n]\n"))]);
    assert_eq!(found, ["requests,create,candles,argument", "requests,create,/layers,accepted"]);
}

#[test]
fn an_exception_explains_what_it_names_and_expires() {
    let rows = "source,of,name,claim,why\nsdks,create,icing layers,argument,Cakes are plain.\n";
    let exceptions = ("cakes/exceptions.csv", rows);
    let found = differences(&[], &[LAYERS, exceptions]);
    let expected = ["icing", "layers"].map(|name| {
        format!("cakes/exceptions.csv:2: the exception sdks,create,{name},argument is not needed (Cakes are plain.)")
    });
    assert_eq!(found, expected);
    let found = differences(&PLAIN, &[LAYERS, exceptions]);
    assert_eq!(found, expected[1..]);
}

#[test]
fn a_default_of_several_sdks_is_stated() {
    for (row, expected) in [
        ("create,icing,python go,plain", &["sdks,create,icing,no default plain"][..]),
        ("create,icing,go,plain", &[]),
        ("create,icing,python go,", &[]),
    ] {
        let defaults = format!("operation,key,sdks,value\ncakes.{row}\n");
        assert_eq!(differences(&[], &[LAYERS, ("defaults.csv", &defaults)]), expected);
    }
}

#[test]
fn an_exception_expires_although_another_folder_needs_an_equal_one() {
    let rows = "source,of,name,claim,why\nsdks,create,icing,argument,Cakes are plain.\n";
    for other in ["biscuits", "pies"] {
        let of_other = format!("{other}/exceptions.csv");
        let found = differences(&PLAIN, &[LAYERS, ("cakes/exceptions.csv", rows), (&of_other, rows)]);
        let row = "the exception sdks,create,icing,argument is not needed (Cakes are plain.)";
        assert_eq!(found, [format!("{of_other}:2: {row}")]);
    }
}

#[test]
fn an_exception_names_a_source_only_where_the_spec_does() {
    let rows = "source,of,name,claim,why\nsdks,create,layers,max 9,Plivo's documentation states it.\n";
    let exceptions = ("cakes/exceptions.csv", rows);
    let of_page = ("is: 9, source: go", "is: 9, source: page");
    assert_eq!(differences(&[of_page], &[exceptions]), [""; 0]);
    let row = "cakes/exceptions.csv:2: the exception sdks,create,layers,max 9";
    let found = differences(&[], &[exceptions]);
    assert_eq!(found, [format!("{row} says: Plivo's documentation states it. The spec names code")]);
}

#[test]
fn an_exception_has_a_known_source_and_a_reason() {
    for (row, message) in [
        ("rumour,create,icing,argument,Why.", "cakes/exceptions.csv:2: unknown source `rumour`"),
        ("sdks,create,icing,argument,", "cakes/exceptions.csv:2: no reason"),
    ] {
        let directory = tempfile::tempdir().expect("a directory");
        fs::create_dir(directory.path().join("cakes")).expect("a folder");
        let text = format!("source,of,name,claim,why\n{row}\n");
        fs::write(directory.path().join("cakes/exceptions.csv"), text).expect("a file");
        let error = Evidence::read(directory.path()).expect_err("an error");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn the_coverage_counts_what_each_sdk_has() {
    let evidence = evidence(&[LAYERS]);
    let whole = Coverage::new(&evidence, &check(&model(&[]), &evidence));
    assert!(whole.is_complete());
    let report = check(&model(&PLAIN), &evidence);
    let partial = Coverage::new(&evidence, &report);
    assert!(!partial.is_complete());
    let text = partial.to_string();
    let of_go: Vec<&str> = text.lines().filter(|line| line.starts_with("Go")).collect();
    assert_eq!(of_go[0].split_whitespace().collect::<Vec<_>>().join(" "), "Go 1 of 1 1 of 2 0 of 0 0 of 0 0 of 0");
}
