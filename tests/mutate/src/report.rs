//! The report: how many mutants of each kind are detected, and which survive.

use std::collections::BTreeMap;
use std::fmt;

use crate::mutant::{FactKind, Mutant};
use crate::trial::{KnownBy, Verdict};

/// The share of mutants, in percent, that must be detected.
const ENOUGH: usize = 95;

/// Numbers of mutants, by what detects them.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    /// The generator.
    generator: usize,
    /// The evidence: a source shows that the mutant is wrong.
    evidence: usize,
    /// Only exceptions from the evidence. They repeat what the spec says, and prove only that the spec has not changed.
    exceptions: usize,
    /// Only checks of the evidence that state decisions of this project.
    policy: usize,
    survived: usize,
}

impl Counts {
    fn all(self) -> usize {
        self.detected() + self.survived
    }

    fn detected(self) -> usize {
        self.exceptions + self.detected_without_exceptions()
    }

    fn detected_without_exceptions(self) -> usize {
        self.generator + self.evidence + self.policy
    }

    /// A share of all, in percent.
    fn share(self, part: usize) -> String {
        // In tenths of a percent, rounded down: a share below 95 % never prints as 95.0 %.
        let share = 1000 * part / self.all().max(1);
        format!("{}.{} %", share / 10, share % 10)
    }

    fn is_enough(self) -> bool {
        100 * self.detected() >= ENOUGH * self.all()
    }
}

/// The file, line, kind and change of a mutant.
fn description(mutant: &Mutant) -> String {
    let Mutant { kind, file, line, change, .. } = mutant;
    format!("{file}:{line}: {}: {change}", kind.name())
}

/// Describes a mutant and what detects it, in one line.
pub fn line(mutant: &Mutant, verdict: &Verdict) -> String {
    let detected_by = match verdict {
        Verdict::Rejected => "the generator".to_owned(),
        Verdict::Differs(differences) => Vec::from_iter(differences.rows.iter().map(String::as_str)).join(" and "),
        Verdict::Survived => "survived".to_owned(),
        Verdict::Equivalent => "equivalent".to_owned(),
    };
    format!("{}: {detected_by}", description(mutant))
}

/// The result of a run. `Display` prints a table of the kinds of fact, then the survivors.
#[derive(Debug, Default)]
pub struct Report {
    kinds: BTreeMap<FactKind, Counts>,
    total: Counts,
    equivalent: usize,
    survivors: Vec<String>,
}

impl Report {
    /// Counts the verdicts of a run.
    pub fn new(results: &[(Mutant, Verdict)]) -> Self {
        let mut report = Self::default();
        for (mutant, verdict) in results {
            report.count(mutant, verdict);
        }
        report
    }

    /// Whether at least 95 % of the mutants are detected. Equivalent mutants do not count.
    pub fn is_enough(&self) -> bool {
        self.total.is_enough()
    }

    fn count(&mut self, mutant: &Mutant, verdict: &Verdict) {
        if *verdict == Verdict::Equivalent {
            self.equivalent += 1;
            return;
        }
        for counts in [self.kinds.entry(mutant.kind).or_default(), &mut self.total] {
            match verdict {
                Verdict::Rejected => counts.generator += 1,
                Verdict::Differs(differences) => match differences.known_by {
                    KnownBy::Sources => counts.evidence += 1,
                    KnownBy::Exceptions => counts.exceptions += 1,
                    KnownBy::Policy => counts.policy += 1,
                },
                Verdict::Survived => counts.survived += 1,
                Verdict::Equivalent => {}
            }
        }
        if *verdict == Verdict::Survived {
            self.survivors.push(description(mutant));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<12}{:>9}{:>11}{:>10}{:>12}{:>8}{:>10}{:>10}",
            "fact", "mutants", "generator", "evidence", "exceptions", "policy", "survived", "detected"
        )?;
        for (kind, counts) in &self.kinds {
            row(f, kind.name(), *counts)?;
        }
        row(f, "all", self.total)?;
        if self.equivalent > 0 {
            writeln!(f, "\nnot counted, because they are equivalent to the spec: {}", self.equivalent)?;
        }
        if !self.survivors.is_empty() {
            writeln!(f, "\nsurvivors:")?;
        }
        for survivor in &self.survivors {
            writeln!(f, "  {survivor}")?;
        }
        let verdict = if self.is_enough() { "at least" } else { "less than" };
        let without = self.total.share(self.total.detected_without_exceptions());
        writeln!(
            f,
            "\n{verdict} {ENOUGH} % of the mutants are detected; without those that only exceptions detect: {without}"
        )
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, counts: Counts) -> fmt::Result {
    let Counts { generator, evidence, exceptions, policy, survived } = counts;
    let (all, share) = (counts.all(), counts.share(counts.detected()));
    writeln!(f, "{name:<12}{all:>9}{generator:>11}{evidence:>10}{exceptions:>12}{policy:>8}{survived:>10}{share:>10}")
}
