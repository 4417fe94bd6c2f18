//! Tests every mutant of a spec with the generator and the evidence.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use plivo_codegen::SpecFile;

use crate::BoxError;
use crate::evidence::{Evidence, FailedTests};
use crate::mutant::Mutant;
use crate::walk::{mutants, unchanged};

/// The result of testing one mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The generator rejects the mutant.
    Rejected,
    /// The mutant fails some tests of the evidence.
    Failed(FailedTests),
    /// Nothing detects the mutant.
    Survived,
    /// The mutant states the same facts as the spec: its model is the same.
    Equivalent,
}

/// Tests every mutant of the spec of the project in `root`. The results are in the order of the spec's
/// files and lines.
///
/// # Errors
///
/// Fails if the spec cannot be read, if it fails the evidence without any change, or if the evidence
/// cannot be built or run.
pub fn run(root: &Path) -> Result<Vec<(Mutant, Verdict)>, BoxError> {
    let mut sources = plivo_codegen::read_dir(&root.join("spec"))?;
    // SDK files refer to fields and operations by name. With them, every renamed or dropped name would be
    // an error, which proves nothing.
    sources.retain(|source| !source.path.contains("/sdks/"));
    let sources = with_examples(sources);
    let trial = Trial::new(root, sources)?;
    let mut all = Vec::new();
    for source in &trial.sources {
        all.extend(mutants(source)?);
    }
    let verdicts = trial.test_all(&all)?;
    Ok(all.into_iter().zip(verdicts).collect())
}

/// The files with the examples of each resource in its file. A mutant is one file, and a name that it changes may be in
/// an example.
fn with_examples(sources: Vec<SpecFile>) -> Vec<SpecFile> {
    let (examples, mut sources): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| source.path.contains("/examples/"));
    for file in examples {
        let resource = file.path.replace("/examples/", "/resources/");
        let indented: String = file.text.lines().map(|line| format!("  {line}\n")).collect();
        for source in sources.iter_mut().filter(|source| source.path == resource) {
            source.text.push_str(&format!("examples:\n{indented}"));
        }
    }
    sources
}

/// The unchanged spec, its model, and the evidence to test mutants against.
struct Trial {
    sources: Vec<SpecFile>,
    model: String,
    evidence: Evidence,
}

impl Trial {
    /// Fails unless the unchanged spec passes when it is written as mutants are. Otherwise every mutant
    /// would be detected for the wrong reason.
    fn new(root: &Path, sources: Vec<SpecFile>) -> Result<Self, BoxError> {
        let evidence = Evidence::build(root)?;
        let unchanged = sources.iter().map(unchanged).collect::<Result<Vec<_>, BoxError>>()?;
        let model = format!("{:?}", plivo_codegen::model(&sources)?);
        if format!("{:?}", plivo_codegen::model(&unchanged)?) != model {
            return Err("the model of the spec changes when the spec is rewritten as JSON".into());
        }
        if let Some(failed) = evidence.test(&unchanged)? {
            return Err(format!("{}\nthe unchanged spec fails the evidence", failed.output).into());
        }
        Ok(Self { sources, model, evidence })
    }

    /// The verdicts, in the order of the mutants. Uses one thread per core.
    fn test_all(&self, mutants: &[Mutant]) -> Result<Vec<Verdict>, BoxError> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut verdicts = Vec::new();
            while let Some((index, mutant)) = take(&next, mutants) {
                verdicts.push((index, self.test(mutant)?));
            }
            Ok::<_, BoxError>(verdicts)
        };
        let parts: Result<Vec<_>, BoxError> = thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let parts = threads.into_iter().map(|thread| thread.join());
            parts.map(|part| part.unwrap_or_else(|_| Err("a worker thread panicked".into()))).collect()
        });
        let mut verdicts: Vec<_> = parts?.into_iter().flatten().collect();
        verdicts.sort_by_key(|(index, _)| *index);
        Ok(verdicts.into_iter().map(|(_, verdict)| verdict).collect())
    }

    fn test(&self, mutant: &Mutant) -> Result<Verdict, BoxError> {
        let mut sources = self.sources.clone();
        for source in sources.iter_mut().filter(|source| source.path == mutant.file) {
            source.text.clone_from(&mutant.text);
        }
        let Ok(model) = plivo_codegen::model(&sources) else { return Ok(Verdict::Rejected) };
        if format!("{model:?}") == self.model {
            return Ok(Verdict::Equivalent);
        }
        Ok(self.evidence.test(&sources)?.map_or(Verdict::Survived, Verdict::Failed))
    }
}

/// The next mutant that no worker has taken.
fn take<'m>(next: &AtomicUsize, mutants: &'m [Mutant]) -> Option<(usize, &'m Mutant)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    mutants.get(index).map(|mutant| (index, mutant))
}
