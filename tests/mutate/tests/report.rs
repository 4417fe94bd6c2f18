//! The report of a few verdicts.

use plivo_mutate::{Differences, FactKind, KnownBy, Mutant, Report, Verdict, line};

fn result(kind: FactKind, verdict: Verdict) -> (Mutant, Verdict) {
    let change = "fields.label.max_length: 9 -> 10".to_owned();
    let file = "spec/resources/cake.yaml".to_owned();
    (Mutant { kind, file, line: 14, change, text: String::new() }, verdict)
}

fn differs(difference: &str, known_by: KnownBy) -> Verdict {
    Verdict::Differs(Differences { rows: [difference.to_owned()].into(), known_by })
}

#[test]
fn the_report_counts_and_names_the_survivors() {
    let results = [
        result(FactKind::Use, Verdict::Rejected),
        result(FactKind::Limit, differs("page,,ein,type", KnownBy::Sources)),
        result(FactKind::Limit, differs("sdks,create,label,max 10", KnownBy::Exceptions)),
        result(FactKind::Limit, differs("policy,create,,never retried", KnownBy::Policy)),
        result(FactKind::Limit, Verdict::Equivalent),
        result(FactKind::Limit, Verdict::Survived),
    ];
    let report = Report::new(&results);
    assert!(!report.is_enough());
    let expected = "\
fact          mutants  generator  evidence  exceptions  policy  survived  detected
use                 1          1         0           0       0         0   100.0 %
limit               4          0         1           1       1         1    75.0 %
all                 5          1         1           1       1         1    80.0 %

not counted, because they are equivalent to the spec: 1

survivors:
  spec/resources/cake.yaml:14: limit: fields.label.max_length: 9 -> 10

less than 95 % of the mutants are detected; without those that only exceptions detect: 60.0 %
";
    assert_eq!(report.to_string(), expected);
    let all_detected = Report::new(&results[..5]);
    assert!(all_detected.is_enough());
    let end = "\n\nat least 95 % of the mutants are detected; without those that only exceptions detect: 75.0 %\n";
    assert!(all_detected.to_string().ends_with(end));
}

#[test]
fn a_line_names_what_detects_a_mutant() {
    let lines = [
        (Verdict::Rejected, "the generator"),
        (differs("page,,ein,type", KnownBy::Sources), "page,,ein,type"),
        (Verdict::Equivalent, "equivalent"),
        (Verdict::Survived, "survived"),
    ];
    for (verdict, detected_by) in lines {
        let (mutant, verdict) = result(FactKind::Limit, verdict);
        let expected = format!("spec/resources/cake.yaml:14: limit: fields.label.max_length: 9 -> 10: {detected_by}");
        assert_eq!(line(&mutant, &verdict), expected);
    }
}
