//! The report of a few verdicts.

use plivo_mutate::{FactKind, FailedTests, Mutant, Report, Verdict, line};

fn result(kind: FactKind, verdict: Verdict) -> (Mutant, Verdict) {
    let change = "fields.label.max_length: 9 -> 10".to_owned();
    let file = "spec/resources/cake.yaml".to_owned();
    (Mutant { kind, file, line: 14, change, text: String::new() }, verdict)
}

fn failed(test: &str) -> Verdict {
    Verdict::Failed(FailedTests { names: vec![test.to_owned()], output: String::new() })
}

#[test]
fn the_report_counts_and_names_the_survivors() {
    let results = [
        result(FactKind::Use, Verdict::Refused),
        result(FactKind::Limit, failed("page::a")),
        result(FactKind::Limit, failed("project_policy::b")),
        result(FactKind::Limit, Verdict::Equivalent),
        result(FactKind::Limit, Verdict::Survived),
    ];
    let report = Report::new(&results);
    assert!(!report.is_enough());
    let expected = "\
fact          mutants  generator  evidence  policy  survived  noticed
use                 1          1         0       0         0  100.0 %
limit               3          0         1       1         1   66.6 %
all                 4          1         1       1         1   75.0 %

not counted, because they are equivalent to the spec: 1

survivors:
  spec/resources/cake.yaml:14: limit: fields.label.max_length: 9 -> 10

less than 95 % are noticed
";
    assert_eq!(report.to_string(), expected);
    let all_noticed = Report::new(&results[..4]);
    assert!(all_noticed.is_enough());
    assert!(all_noticed.to_string().ends_with("\n\nat least 95 % are noticed\n"));
}

#[test]
fn a_line_says_what_notices_a_mutant() {
    let lines = [
        (Verdict::Refused, "the generator"),
        (failed("page::a"), "page::a"),
        (Verdict::Equivalent, "equivalent"),
        (Verdict::Survived, "survived"),
    ];
    for (verdict, noticed_by) in lines {
        let (mutant, verdict) = result(FactKind::Limit, verdict);
        let expected = format!("spec/resources/cake.yaml:14: limit: fields.label.max_length: 9 -> 10: {noticed_by}");
        assert_eq!(line(&mutant, &verdict), expected);
    }
}
