//! Tests every mutant of a spec with the generator and the evidence.
//!
//! A mutant of a resource is tested with the resources that belong to it alone: its parents, their children, and the
//! files that all resources share. So a mutant costs milliseconds, however many resources there are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use plivo_codegen::{Model, SpecFile};
use plivo_evidence::{Evidence, Finding, Source, check};

use crate::BoxError;
use crate::mutant::Mutant;
use crate::walk::{mutants, unchanged};

/// The result of testing one mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The generator rejects the mutant.
    Rejected,
    /// The mutant differs from the evidence, where the spec does not.
    Differs(Differences),
    /// Nothing detects the mutant.
    Survived,
    /// The mutant states the same facts as the spec: its model is the same.
    Equivalent,
}

/// The new differences between a mutant and the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    /// Each as `sdks,create,to,required`.
    pub rows: BTreeSet<String>,
    /// Who knows better than the mutant.
    pub known_by: KnownBy,
}

/// Who knows the fact that a mutant changes: the best of those that differ from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownBy {
    /// Only decisions of this project. The mutant agrees with all sources.
    Policy,
    /// Only exceptions, which repeat what the spec says where a source differs or is silent.
    Exceptions,
    /// A source.
    Sources,
}

/// A kind of difference: the folder, the source, the operation, and the kind of the claim.
type Kind = (String, Source, String, String);

fn kind(finding: &Finding) -> Kind {
    (finding.folder.clone(), finding.source, finding.of.clone(), finding.kind().to_owned())
}

/// How a spec differs from the evidence.
#[derive(Debug)]
struct Comparison {
    /// The differences without an exception, and the exceptions that nothing needs: the mutant follows the source.
    /// Each with its source and, for a difference, its kind.
    rows: BTreeMap<String, (Source, Option<Kind>)>,
    /// The number of all differences of each kind, as if there were no exceptions.
    all: BTreeMap<Kind, usize>,
}

impl Comparison {
    fn new(model: &Model, evidence: &Evidence) -> Self {
        let report = check(model, evidence);
        let mut all = BTreeMap::new();
        for finding in report.findings.iter().chain(&report.excepted) {
            *all.entry(kind(finding)).or_default() += 1;
        }
        let differences = report.findings.iter().map(|finding| {
            let row = format!("{},{},{},{}", finding.source.name(), finding.of, finding.name, finding.claim);
            (row, (finding.source, Some(kind(finding))))
        });
        let unneeded = report.flaws().map(|flaw| (flaw.row.clone(), (flaw.source, None)));
        Self { rows: differences.chain(unneeded).collect(), all }
    }

    /// The differences that the unchanged spec has not. If it has as many of a kind, without regard to exceptions,
    /// then the sources show no difference between it and the mutant.
    fn since(&self, unchanged: &Self) -> Option<Differences> {
        let new = || self.rows.iter().filter(|(row, _)| !unchanged.rows.contains_key(*row));
        let known_by = |(source, kind): &(Source, Option<Kind>)| match kind {
            _ if *source == Source::Policy => KnownBy::Policy,
            Some(kind) if self.all.get(kind) > unchanged.all.get(kind) => KnownBy::Sources,
            _ => KnownBy::Exceptions,
        };
        let known_by = new().map(|(_, of_row)| known_by(of_row)).max()?;
        Some(Differences { rows: new().map(|(row, _)| row.clone()).collect(), known_by })
    }
}

/// Tests every mutant of the spec of the project in `root`, or of one of its resources. The results are in the order
/// of the spec's files and lines.
///
/// # Errors
///
/// Fails if the spec or the evidence cannot be read, or if there is no such resource.
pub fn run(root: &Path, resource: Option<&str>) -> Result<Vec<(Mutant, Verdict)>, BoxError> {
    let mut sources = plivo_codegen::read_dir(&root.join("spec"))?;
    // SDK files refer to fields and operations by name. With them, every renamed or dropped name would be
    // an error, which proves nothing.
    sources.retain(|source| !source.path.contains("/sdks/"));
    let sources = with_examples(sources);
    let evidence = Evidence::read(&root.join("tests/evidence/sources"))?;
    let model = plivo_codegen::model(&sources)?;
    let mut results = Vec::new();
    for source in &sources {
        if resource.is_some_and(|resource| source.path != format!("spec/resources/{resource}.yaml")) {
            continue;
        }
        let trial = Trial::new(&model, &sources, &source.path, &evidence)?;
        let mutants = mutants(source)?;
        let verdicts = trial.test_all(&mutants)?;
        results.extend(mutants.into_iter().zip(verdicts));
    }
    match resource {
        Some(resource) if results.is_empty() => Err(format!("there is no resource `{resource}`").into()),
        _ => Ok(results),
    }
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

/// The files that belong to a file: all, if it is shared by all resources.
fn related(model: &Model, sources: &[SpecFile], file: &str) -> Vec<SpecFile> {
    let Some(own) = model.resources.iter().find(|resource| resource.module.file == file) else {
        return sources.to_vec();
    };
    let family = |name: &str| {
        let resource = model.resources.iter().find(|resource| resource.name == name)?;
        let parents = model.parents(resource).into_iter().map(|parent| model[parent.resource].name.as_str());
        Some(parents.chain([resource.name.as_str()]).collect::<BTreeSet<_>>())
    };
    let own = family(&own.name).unwrap_or_default();
    // Each resource with an ancestor of this one, with its own ancestors.
    let families = model.resources.iter().filter_map(|resource| family(&resource.name));
    let near: BTreeSet<&str> = families.filter(|other| !other.is_disjoint(&own)).flatten().collect();
    let is_near = |path: &str| {
        let of_path = model.resources.iter().find(|resource| resource.module.file == path);
        of_path.is_none_or(|resource| near.contains(resource.name.as_str()))
    };
    sources.iter().filter(|source| is_near(&source.path)).cloned().collect()
}

/// What the mutants of one file are tested with.
struct Trial {
    sources: Vec<SpecFile>,
    model: String,
    evidence: Evidence,
    /// The differences of the unchanged spec, which prove nothing about a mutant.
    unchanged: Comparison,
}

impl Trial {
    /// Fails if the unchanged spec means something else when it is written as mutants are. Otherwise every mutant
    /// would be detected for the wrong reason.
    fn new(model: &Model, sources: &[SpecFile], file: &str, evidence: &Evidence) -> Result<Self, BoxError> {
        let sources = related(model, sources, file);
        let rewritten = sources.iter().map(unchanged).collect::<Result<Vec<_>, BoxError>>()?;
        let model = plivo_codegen::model(&sources)?;
        let text = format!("{model:?}");
        if format!("{:?}", plivo_codegen::model(&rewritten)?) != text {
            return Err("the model of the spec changes when the spec is rewritten as JSON".into());
        }
        let evidence = evidence.about(&model);
        let unchanged = Comparison::new(&model, &evidence);
        Ok(Self { sources, model: text, evidence, unchanged })
    }

    /// The verdicts, in the order of the mutants. Uses one thread per core.
    fn test_all(&self, mutants: &[Mutant]) -> Result<Vec<Verdict>, BoxError> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut verdicts = Vec::new();
            while let Some((index, mutant)) = take(&next, mutants) {
                verdicts.push((index, self.test(mutant)));
            }
            verdicts
        };
        let parts: Result<Vec<_>, BoxError> = thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let parts = threads.into_iter().map(|thread| thread.join());
            parts.map(|part| part.map_err(|_| BoxError::from("a worker thread panicked"))).collect()
        });
        let mut verdicts: Vec<_> = parts?.into_iter().flatten().collect();
        verdicts.sort_by_key(|(index, _)| *index);
        Ok(verdicts.into_iter().map(|(_, verdict)| verdict).collect())
    }

    fn test(&self, mutant: &Mutant) -> Verdict {
        let mut sources = self.sources.clone();
        for source in sources.iter_mut().filter(|source| source.path == mutant.file) {
            source.text.clone_from(&mutant.text);
        }
        let Ok(model) = plivo_codegen::model(&sources) else { return Verdict::Rejected };
        match Comparison::new(&model, &self.evidence).since(&self.unchanged) {
            Some(differences) => Verdict::Differs(differences),
            None if format!("{model:?}") == self.model => Verdict::Equivalent,
            None => Verdict::Survived,
        }
    }
}

/// The next mutant that no worker has taken.
fn take<'m>(next: &AtomicUsize, mutants: &'m [Mutant]) -> Option<(usize, &'m Mutant)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    mutants.get(index).map(|mutant| (index, mutant))
}
