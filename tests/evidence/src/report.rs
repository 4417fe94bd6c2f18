//! The report: findings that no exception explains, and exceptions that nothing needs.

use std::collections::BTreeSet;
use std::fmt;

use plivo_codegen::Model;

use crate::checks::{answers, arguments, classes, go, limits, listed, page, parts, policy, requests, routes, values};
use crate::evidence::{Evidence, Folder};
use crate::exceptions::Item;
use crate::finding::{Finding, Source, Stated};
use crate::subject::Subject;

/// The result of a comparison.
#[derive(Debug, Default)]
pub struct Report {
    /// What no exception explains.
    pub findings: Vec<Finding>,
    /// What an exception explains.
    pub excepted: Vec<Finding>,
    /// The exceptions that nothing needs.
    pub unneeded: Vec<Flaw>,
    /// The exceptions whose reason is a source, where the spec names another one.
    pub untrue: Vec<Flaw>,
}

/// The reasons that are a source, with a word that describes it in the spec, where the address of a page is.
const SOURCES: [(&str, &str); 2] =
    [("Plivo's documentation states it.", "documentation"), ("Recorded ids have this form.", "recorded")];

/// An exception that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The folder of the evidence.
    pub folder: String,
    /// The source that it is about.
    pub source: Source,
    /// Its line, what it says, and what is wrong.
    pub row: String,
}

impl Flaw {
    fn new(folder: &Folder, item: Item<'_>, what: &str) -> Self {
        let exception = item.exception;
        let row = format!("{}: the exception {item} {what}", exception.place);
        Self { folder: folder.name.clone(), source: exception.source, row }
    }
}

/// Compares a spec with the evidence.
pub fn check(model: &Model, evidence: &Evidence) -> Report {
    explained(evidence, findings(&Subject::new(model, evidence)))
}

/// All differences, whether they are excepted or not.
fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = routes::check_all(subject);
    all.extend(listed::check(subject));
    for folder in &subject.evidence.folders {
        all.extend(routes::check(subject, folder));
        all.extend(arguments::check(subject, folder));
        all.extend(limits::check(subject, folder));
        all.extend(parts::check(subject, folder));
        all.extend(classes::check(subject, folder));
        all.extend(page::check(subject, folder));
        all.extend(go::check(subject, folder));
        all.extend(answers::check(subject, folder));
        all.extend(requests::check(subject, folder));
    }
    let seen = answers::seen(subject);
    all.extend(answers::check_unknown(subject, &seen));
    all.extend(values::check(subject, &seen));
    all.extend(policy::check(subject, &seen.recorded));
    all
}

/// Separates the findings that exceptions explain.
fn explained(evidence: &Evidence, mut findings: Vec<Finding>) -> Report {
    let mut report = Report::default();
    for folder in &evidence.folders {
        for item in folder.exceptions.iter().flat_map(|exception| exception.items()) {
            let is_about = |finding: &Finding| finding.folder == folder.name && item.covers(finding);
            let (explained, rest): (Vec<_>, Vec<_>) = findings.into_iter().partition(is_about);
            findings = rest;
            // An item before it can explain the same findings.
            if explained.is_empty() && !report.excepted.iter().any(is_about) {
                let what = format!("is not needed ({})", item.exception.why);
                report.unneeded.push(Flaw::new(folder, item, &what));
            }
            if let Some(stated) = explained.iter().find_map(|finding| other_source(&item.exception.why, finding)) {
                let what = format!("says: {} The spec names {}", item.exception.why, stated.by.join(", "));
                report.untrue.push(Flaw::new(folder, item, &what));
            }
            report.excepted.extend(explained);
        }
    }
    report.findings = findings;
    report
}

/// The sources that the spec names, if the reason of an exception is another one.
fn other_source<'f>(why: &str, finding: &'f Finding) -> Option<&'f Stated> {
    let (_, word) = SOURCES.iter().find(|(reason, _)| *reason == why)?;
    finding.stated.as_ref().filter(|stated| !stated.by.iter().any(|source| source.contains(word)))
}

impl Report {
    /// Whether the spec follows its sources, but for the exceptions.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.flaws().next().is_none()
    }

    /// The exceptions that are wrong.
    pub fn flaws(&self) -> impl Iterator<Item = &Flaw> {
        self.unneeded.iter().chain(&self.untrue)
    }

    /// What remains about a resource of the spec, or a folder of the evidence.
    #[must_use]
    pub fn of(mut self, name: &str) -> Self {
        let is_about = |finding: &Finding| finding.folder == name || finding.id.split('.').next() == Some(name);
        self.findings.retain(is_about);
        self.excepted.retain(is_about);
        self.unneeded.retain(|flaw| flaw.folder == name);
        self.untrue.retain(|flaw| flaw.folder == name);
        self
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_findings = self.findings.iter().map(|finding| finding.folder.as_str());
        let folders: BTreeSet<&str> = of_findings.chain(self.flaws().map(|flaw| flaw.folder.as_str())).collect();
        for folder in folders {
            writeln!(f, "{}:", if folder.is_empty() { "all resources" } else { folder })?;
            for finding in self.findings.iter().filter(|finding| finding.folder == folder) {
                writeln!(f, "  {finding}")?;
            }
            for flaw in self.flaws().filter(|flaw| flaw.folder == folder) {
                writeln!(f, "  {}", flaw.row)?;
            }
        }
        let (findings, excepted, unneeded) = (self.findings.len(), self.excepted.len(), self.unneeded.len());
        writeln!(f, "{findings} differences; {excepted} more are excepted; {unneeded} exceptions are not needed")?;
        if !self.untrue.is_empty() {
            writeln!(f, "{} exceptions have an untrue reason", self.untrue.len())?;
        }
        if findings > 0 {
            writeln!(f, "Mend the YAML, or add the end of the line, with a reason, to exceptions.csv in the folder.")?;
        }
        Ok(())
    }
}
