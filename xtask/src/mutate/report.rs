//! What became of the mutants, in numbers and by name.

use std::collections::BTreeMap;
use std::fmt;

use super::Outcome;
use super::mutant::{Kind, Mutant};

/// The share, in percent, that has to be noticed.
const ENOUGH: usize = 95;

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    refused: usize,
    contradicted: usize,
    house: usize,
    survived: usize,
}

impl Counts {
    fn all(self) -> usize {
        self.noticed() + self.survived
    }

    fn noticed(self) -> usize {
        self.refused + self.contradicted + self.house
    }

    fn is_enough(self) -> bool {
        100 * self.noticed() >= ENOUGH * self.all()
    }
}

/// Where a mutant differs, and how.
fn place(mutant: &Mutant) -> String {
    let Mutant { kind, file, line, what, .. } = mutant;
    format!("{file}:{line}: {}: {what}", kind.word())
}

/// A mutant, and who notices it.
pub(crate) fn line(mutant: &Mutant, outcome: &Outcome) -> String {
    let who = match outcome {
        Outcome::Refused => "the generator".to_owned(),
        Outcome::Contradicted(complaint) => complaint.tests.join(", "),
        Outcome::Survived => "nobody".to_owned(),
        Outcome::Same => "changes nothing".to_owned(),
    };
    format!("{}: {who}", place(mutant))
}

/// The outcome of a run. The columns say who notices: the generator, what a source says, or only a rule
/// that this project has made for itself.
pub(crate) struct Report {
    kinds: BTreeMap<Kind, Counts>,
    total: Counts,
    same: usize,
    survivors: Vec<String>,
}

impl Report {
    pub(crate) fn new<'m>(tried: impl Iterator<Item = (&'m Mutant, &'m Outcome)>) -> Self {
        let mut report = Self { kinds: BTreeMap::new(), total: Counts::default(), same: 0, survivors: Vec::new() };
        for (mutant, outcome) in tried {
            report.count(mutant, outcome);
        }
        report
    }

    /// Whether so many are noticed as should be.
    pub(crate) fn is_enough(&self) -> bool {
        self.total.is_enough()
    }

    fn count(&mut self, mutant: &Mutant, outcome: &Outcome) {
        if *outcome == Outcome::Same {
            self.same += 1;
            return;
        }
        for counts in [self.kinds.entry(mutant.kind).or_default(), &mut self.total] {
            match outcome {
                Outcome::Refused => counts.refused += 1,
                Outcome::Contradicted(complaint) if complaint.is_of_the_house() => counts.house += 1,
                Outcome::Contradicted(_) => counts.contradicted += 1,
                Outcome::Survived => counts.survived += 1,
                Outcome::Same => {}
            }
        }
        if *outcome == Outcome::Survived {
            self.survivors.push(place(mutant));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<12}{:>9}{:>11}{:>10}{:>7}{:>10}{:>9}",
            "fact", "mutants", "generator", "evidence", "house", "survived", "noticed"
        )?;
        for kind in Kind::ALL {
            if let Some(counts) = self.kinds.get(&kind) {
                row(f, kind.word(), *counts)?;
            }
        }
        row(f, "all", self.total)?;
        if self.same > 0 {
            writeln!(f, "\n{} more change nothing that the spec says", self.same)?;
        }
        if !self.survivors.is_empty() {
            writeln!(f, "\nnobody notices:")?;
        }
        for survivor in &self.survivors {
            writeln!(f, "  {survivor}")?;
        }
        let verdict = if self.is_enough() { "at least" } else { "fewer than" };
        writeln!(f, "\n{verdict} {ENOUGH} % are noticed")
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, counts: Counts) -> fmt::Result {
    let Counts { refused, contradicted, house, survived } = counts;
    let all = counts.all();
    // A tenth of a percent, rounded down: 95.0 is never printed for less.
    let share = 1000 * counts.noticed() / all.max(1);
    let share = format!("{}.{} %", share / 10, share % 10);
    writeln!(f, "{name:<12}{all:>9}{refused:>11}{contradicted:>10}{house:>7}{survived:>10}{share:>9}")
}
