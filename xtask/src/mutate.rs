//! `cargo xtask mutate`: changes one fact of the spec after another, and counts the changes that
//! something notices.
//!
//! A change is noticed when the generator refuses the spec, or when the evidence does not agree with
//! it: the tests in `tests/conformance/tests/evidence`, which hold the spec against what its sources
//! say. That other code would be generated notices every change and proves nothing, so it does not
//! count.

mod facts;
mod fields;
mod level;
mod mutant;
mod names;
mod operations;
mod report;
mod tree;
mod wire;
mod witness;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use plivo_codegen::SpecFile;

use self::mutant::Mutant;
use self::report::Report;
use self::tree::Tree;
use self::witness::{Complaint, Witness};
use crate::Failure;
use crate::cargo::Told;
use crate::project::Project;

/// What became of one mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The generator refuses it.
    Refused,
    /// The evidence does not agree with it.
    Contradicted(Complaint),
    /// Nothing notices it.
    Survived,
    /// The spec says the same as before.
    Same,
}

/// Tries every mutant and prints what became of them: of all if `list`, otherwise of those that nobody
/// notices. Fails where too few are noticed.
pub(crate) fn run(project: &Project, list: bool, out: &mut impl Write) -> Result<(), Failure> {
    let mut sources = plivo_codegen::read_dir(&project.spec())?;
    // The files of SDKs refer to fields and operations by name. They would notice every one that is renamed or
    // dropped, and prove nothing.
    sources.retain(|source| !source.path.contains("/sdks/"));
    let trial = Trial::new(project, sources)?;
    let mut mutants = Vec::new();
    for source in &trial.sources {
        mutants.extend(facts::mutants(source)?);
    }
    let outcomes = trial.all(&mutants)?;
    if list {
        for (mutant, outcome) in mutants.iter().zip(&outcomes) {
            writeln!(out, "{}", report::line(mutant, outcome))?;
        }
        writeln!(out)?;
    }
    let report = Report::new(mutants.iter().zip(&outcomes));
    write!(out, "{report}")?;
    if report.is_enough() { Ok(()) } else { Err(Told.into()) }
}

/// The spec as it is, and those who look at its mutants.
struct Trial {
    sources: Vec<SpecFile>,
    model: String,
    witness: Witness,
}

impl Trial {
    /// The unchanged spec is written as mutants are, and has to pass: otherwise everything would be
    /// noticed for the wrong reason.
    fn new(project: &Project, sources: Vec<SpecFile>) -> Result<Self, Failure> {
        let witness = Witness::build(project)?;
        let written = |source: &SpecFile| Ok(SpecFile::new(&source.path, Tree::read(&source.text)?.write()));
        let unchanged = sources.iter().map(written).collect::<Result<Vec<_>, Failure>>()?;
        let model = format!("{:?}", plivo_codegen::model(&sources)?);
        if format!("{:?}", plivo_codegen::model(&unchanged)?) != model {
            return Err("the spec reads differently when it is written again as JSON".into());
        }
        if let Some(complaint) = witness.complaint(&unchanged)? {
            let text = complaint.text;
            return Err(format!("{text}\nthe evidence does not agree with the spec as it is").into());
        }
        Ok(Self { sources, model, witness })
    }

    /// The outcomes in the order of the mutants, with as many at work as the machine has cores.
    fn all(&self, mutants: &[Mutant]) -> Result<Vec<Outcome>, Failure> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut outcomes = Vec::new();
            while let Some((index, mutant)) = pick(&next, mutants) {
                outcomes.push((index, self.one(mutant).map_err(|failure| failure.to_string())?));
            }
            Ok::<_, String>(outcomes)
        };
        let parts: Result<Vec<_>, String> = thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let ended = threads.into_iter().map(|thread| thread.join());
            ended.map(|part| part.unwrap_or_else(|_| Err("a worker broke off".to_owned()))).collect()
        });
        let mut outcomes: Vec<_> = parts?.into_iter().flatten().collect();
        outcomes.sort_by_key(|(index, _)| *index);
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    }

    fn one(&self, mutant: &Mutant) -> Result<Outcome, Failure> {
        let mut sources = self.sources.clone();
        for source in sources.iter_mut().filter(|source| source.path == mutant.file) {
            source.text.clone_from(&mutant.text);
        }
        let Ok(model) = plivo_codegen::model(&sources) else { return Ok(Outcome::Refused) };
        if format!("{model:?}") == self.model {
            return Ok(Outcome::Same);
        }
        Ok(self.witness.complaint(&sources)?.map_or(Outcome::Survived, Outcome::Contradicted))
    }
}

fn pick<'m>(next: &AtomicUsize, mutants: &'m [Mutant]) -> Option<(usize, &'m Mutant)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    mutants.get(index).map(|mutant| (index, mutant))
}

#[cfg(test)]
mod tests;
