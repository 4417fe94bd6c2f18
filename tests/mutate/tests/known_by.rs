//! A made-up project with made-up evidence: who knows the facts that mutants change.

use std::fs;
use std::path::Path;

use plivo_mutate::{Differences, KnownBy, Verdict, run};

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
  layers: { type: integer, summary: Its layers., max: { is: 9, source: go }, source: go }
  slices: { type: integer, summary: Its slices., max: { is: 12, source: page }, source: go }
  cake_id: { type: string, summary: Its id., given_by: server }
operations:
  bake:
    does: create
    summary: Makes one.
    request: POST /v1/Account/{account}/Cake/
    retry: never
    source: go
    body: [layers, slices]
    answer: { type: Baked }
answers:
  Baked: { summary: A new cake., source: go, fields: [cake_id!] }
  Cake: { summary: A cake., source: go, fields: [cake_id!, layers, slices] }
";

const EVIDENCE: [(&str, &str); 11] = [
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
    ("cakes/arguments.csv", "operation,key,type,insist,sdks\ncreate,layers,integer,,go\ncreate,slices,integer,,go\n"),
    ("cakes/validators.csv", "operation,key,sdks,rule,least,most,values,pattern\ncreate,layers,go,range,,9,,\n"),
    (
        "cakes/exceptions.csv",
        "source,of,name,claim,why\n\
         sdks,create,slices,max 12,A page states it.\n\
         policy,create,,never retried,Cakes are dear.\n",
    ),
];

/// Writes the project into a directory.
fn write(root: &Path) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/plivo.yaml");
    let api = fs::read_to_string(own).expect("plivo.yaml");
    let spec = [("spec/plivo.yaml", api.as_str()), ("spec/resources/cake.yaml", CAKE)];
    let spec = spec.map(|(path, text)| (path.to_owned(), text));
    let evidence = EVIDENCE.map(|(path, text)| (format!("tests/evidence/sources/{path}"), text));
    for (path, text) in spec.into_iter().chain(evidence) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }
}

/// Who knows the facts that the mutants with these changes change.
fn known_by(changes: &[&str]) -> Vec<Option<KnownBy>> {
    let root = tempfile::tempdir().expect("a directory");
    write(root.path());
    let results = run(root.path(), Some("cake")).unwrap_or_else(|error| panic!("{error}"));
    let of_change = |change: &&str| {
        let (_, verdict) = results.iter().find(|(mutant, _)| mutant.change == *change).expect(change);
        match verdict {
            Verdict::Differs(Differences { known_by, .. }) => Some(*known_by),
            _ => None,
        }
    };
    changes.iter().map(of_change).collect()
}

#[test]
fn a_limit_that_only_an_exception_repeats_is_known_by_the_exception() {
    let layers = ["fields.layers.max.is: 9 -> 10", "fields.layers.max: dropped"];
    let slices = ["fields.slices.max.is: 12 -> 13", "fields.slices.max: dropped"];
    assert_eq!(known_by(&layers), [Some(KnownBy::Sources); 2]);
    assert_eq!(known_by(&slices), [Some(KnownBy::Exceptions); 2]);
}

#[test]
fn an_exception_from_policy_that_nothing_needs_is_policy() {
    assert_eq!(known_by(&["operations.bake.retry: never -> if_not_sent"]), [Some(KnownBy::Policy)]);
    assert_eq!(known_by(&["operations.bake.retry: never -> safe"]), [Some(KnownBy::Policy)]);
}
