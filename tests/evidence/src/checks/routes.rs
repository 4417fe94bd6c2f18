//! The routes of the SDKs, and what their methods do.

use plivo_codegen::model::{Body, Does, Location, Operation, Resource};

use crate::evidence::Folder;
use crate::finding::{Finding, Findings, Source};
use crate::subject::{Match, Subject};

/// The SDKs share these verbs as names of methods, or at the end of a name, each with one meaning.
const VERBS: [(&str, Does); 11] = [
    ("create", Does::Create),
    ("send", Does::Create),
    ("upload", Does::Create),
    ("add", Does::Create),
    ("list", Does::List),
    ("search", Does::List),
    ("get", Does::Read),
    ("update", Does::Update),
    ("delete", Does::Delete),
    ("remove", Does::Delete),
    ("unlink", Does::Delete),
];

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Sdks);
    for found in subject.of_folder(folder) {
        let (place, name) = (found.place(), found.name);
        findings.about("");
        findings.expect(!found.operations.is_empty(), (place, name, ""), "operation", || {
            let sdks = folder.sdks_with(name).join(" ");
            format!("the spec has no operation with this route ({sdks})")
        });
        for operation in &found.operations {
            findings.about(&operation.id);
            check_route(&mut findings, subject, found, operation);
            check_verb(&mut findings, subject, found, operation);
        }
    }
    findings.found
}

fn check_route(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, operation: &Operation) {
    let (place, name) = (found.place(), found.name);
    let rows = || found.folder.routes.iter().filter(|row| row.operation == name);
    let has_path = rows().any(|row| row.route.is_of(subject.model, operation));
    findings.expect(has_path, (place, name, ""), "path", || {
        let urls: Vec<String> = rows().map(|row| row.route.url().to_owned()).collect();
        format!("the path is {} instead of {}", operation.path.template, urls.join(" or "))
    });
    let slash = operation.path.trailing_slash;
    let sdks = |ends: bool| -> usize {
        rows().filter(|row| row.route.ends_with_slash() == ends).map(|row| row.sdks.len()).sum()
    };
    findings.expect(sdks(slash) >= sdks(!slash), (place, name, ""), "end", || {
        let word = if slash { "no" } else { "a" };
        format!("most SDKs send {word} slash at the end of {}", operation.path.template)
    });
    let now = location(subject, operation);
    let is_known = rows().any(|row| row.arguments == now);
    findings.expect(is_known, (place, name, ""), "place", || {
        let places: Vec<&str> = rows().map(|row| row.arguments.as_str()).collect();
        format!("the place of arguments is `{now}` instead of `{}`", places.join("` or `"))
    });
}

/// Where an operation sends its arguments.
fn location(subject: &Subject<'_>, operation: &Operation) -> &'static str {
    let has_query = subject.request(operation).fields.iter().any(|field| field.location == Location::Query)
        || operation.fixed.iter().any(|fixed| fixed.location == Location::Query);
    match &operation.body {
        Body::Json => "body",
        Body::Multipart { .. } => "multipart",
        Body::None if has_query => "query",
        Body::None => "none",
    }
}

fn check_verb(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, operation: &Operation) {
    let stores = resource_of(subject, operation).is_some_and(|resource| resource.collection.is_some());
    let verb = found.name.rsplit('_').next().unwrap_or_default();
    let meant = VERBS.iter().find(|(name, _)| *name == verb).map_or(Does::Action, |(_, does)| *does);
    let holds = meant == operation.does || (!stores && operation.does == Does::Action);
    let claim = format!("does {:?}", operation.does).to_lowercase();
    findings.expect(holds, (found.place(), found.name, ""), claim, || {
        format!("the operation has the kind {:?} instead of {meant:?}", operation.does)
    });
}

fn resource_of<'s>(subject: &'s Subject<'_>, operation: &Operation) -> Option<&'s Resource> {
    let of = |resource: &&Resource| resource.operations.iter().any(|other| other.id == operation.id);
    subject.model.resources.iter().find(of)
}

/// The operations that no SDK has, and the servers and names that all operations share.
pub(crate) fn check_all(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for resource in &subject.model.resources {
        let of_resource = |found: &&Match<'_>| {
            found.operations.iter().any(|operation| resource.operations.iter().any(|other| other.id == operation.id))
        };
        let folder = subject.matches.iter().find(of_resource).map(|found| found.folder.name.as_str());
        let mut findings = Findings::new(folder.unwrap_or(&resource.name), Source::Sdks);
        for operation in &resource.operations {
            let is_known =
                subject.matches.iter().any(|found| found.operations.iter().any(|other| other.id == operation.id));
            findings.about(&operation.id);
            findings.expect(is_known, ("", &operation.name, ""), "no operation", || "no SDK has it".to_owned());
        }
        all.extend(findings.found);
    }
    let mut findings = Findings::new("", Source::Sdks);
    for host in &subject.model.hosts {
        let is_known = subject.evidence.hosts.contains(&host.url);
        findings.expect(is_known, ("hosts.csv", "", &host.name), "host", || format!("no SDK calls {}", host.url));
    }
    let auth = &subject.model.auth;
    let mut found = vec![("id", &auth.id_variable), ("token", &auth.token_variable)];
    let deferral = subject.model.deferral.as_ref();
    found.extend(deferral.iter().flat_map(|deferral| [("url", &deferral.url), ("method", &deferral.method)]));
    for (what, name) in found {
        let holds = subject.evidence.common.iter().any(|[of, stated]| of == what && stated == name);
        findings.expect(holds, ("common.csv", "", what), "name", || format!("the name is {name}"));
    }
    all.extend(findings.found);
    all
}
