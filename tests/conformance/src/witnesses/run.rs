//! Runs every operation with the client and with each SDK that has it.

use std::path::Path;

use plivo_codegen::model::{Model, Operation, Resource, Sdk, SdkMethod};
use serde_json::{Map, Value, json};

use super::driver::Witness;
use super::inputs::{Input, arguments, inputs, uncovered_fields};
use super::perform::{AUTH_ID, AUTH_TOKEN, Fixture, Outcome};
use super::verdict::{Compared, RequestComparison, Verdict, compare_request, judge, unlisted, unused_rules};
use crate::BoxError;

/// The result of a run.
#[derive(Debug, Default)]
pub struct Run {
    /// Each operation, with a verdict for each SDK of the model; `None` if the SDK lacks the operation.
    pub operations: Vec<(String, Vec<Option<Verdict>>)>,
    /// Everything that fails the run.
    pub problems: Vec<String>,
}

/// Performs every operation. `witnesses` are the SDKs of the model, in the same order.
///
/// # Errors
///
/// Fails if the run cannot continue. A difference is a problem in the result instead.
pub async fn run(model: &Model, witnesses: &mut [impl Witness]) -> Result<Run, BoxError> {
    let mut run = Run::default();
    for resource in &model.resources {
        for operation in &resource.operations {
            let mut inputs = inputs(model, resource, operation);
            inputs.retain(|input| !is_documented_error(resource, operation, input));
            let case = Case { model, resource, operation, inputs };
            run.problems.extend(uncovered_fields(model, operation, &case.inputs));
            let ours = case.ours().await?;
            let mut verdicts = Vec::new();
            for (sdk, witness) in model.sdks.iter().zip(&mut *witnesses) {
                let method = sdk.methods.iter().find(|method| method.operation == operation.id);
                verdicts.push(match method {
                    Some(method) => Some(case.verdict(sdk, method, witness, &ours).await?),
                    None => None,
                });
                run.problems.extend(undescribed(sdk, operation));
            }
            run.operations.push((operation.id.clone(), verdicts));
        }
    }
    let verdicts = run.operations.iter().flat_map(|(_, verdicts)| verdicts.iter().flatten());
    run.problems.extend(verdicts.flat_map(|verdict| verdict.problems.clone()));
    for (index, sdk) in model.sdks.iter().enumerate() {
        let of_sdk = run.operations.iter().filter_map(|(_, verdicts)| verdicts.get(index)?.as_ref());
        run.problems.extend(unused_rules(sdk, of_sdk));
    }
    Ok(run)
}

/// Reports an operation that the file of an SDK does not mention.
fn undescribed(sdk: &Sdk, operation: &Operation) -> Option<String> {
    let has = sdk.methods.iter().any(|method| method.operation == operation.id);
    let lacks = sdk.lacks.iter().any(|(lacked, _)| *lacked == operation.id);
    let (name, id) = (&sdk.name, &operation.id);
    (!has && !lacks).then(|| {
        format!("{name}, {id}: spec/sdks/{name}.yaml has no method for it; if the SDK has none, list the operation under `lacks`")
    })
}

/// What the failure of a method is: known, or a problem.
fn failure<'m>(method: &'m SdkMethod, error: &str) -> Compared<'m> {
    match method.fails.iter().find(|(part, _)| error.contains(part.as_str())) {
        Some((part, _)) => Compared::Failure(part),
        None => Compared::Problem(format!("the SDK fails: {error}")),
    }
}

/// What a request shows, whose caller may report an error. Listed differences explain that the server refuses it. Any
/// other error is a failure of the SDK.
fn with_error<'m>(method: &'m SdkMethod, mut comparison: RequestComparison<'m>, theirs: &Outcome) -> Compared<'m> {
    let Some(error) = &theirs.error else { return Compared::Request(comparison) };
    let is_as_listed = !comparison.occurred.is_empty() && comparison.remaining.differences.is_empty();
    if theirs.is_refused && is_as_listed {
        return Compared::Request(comparison);
    }
    let differences = comparison.remaining.differences.iter().map(unlisted);
    let all: Vec<_> = [error.clone()].into_iter().chain(differences).collect();
    match failure(method, &all.join("; ")) {
        Compared::Failure(part) if is_as_listed => {
            comparison.fails = Some(part);
            Compared::Request(comparison)
        }
        compared => compared,
    }
}

/// Whether an input is the documented request of an error of the operation.
fn is_documented_error(resource: &Resource, operation: &Operation, input: &Input) -> bool {
    let is_error = |status: u16| !(200..300).contains(&status);
    let examples = operation.examples.iter().filter_map(|index| resource.examples.get(*index));
    let mut examples = examples.filter(|example| example.status.is_some_and(is_error));
    examples.any(|example| example.request.as_object() == Some(&input.request))
}

/// One operation and its inputs.
struct Case<'m> {
    model: &'m Model,
    resource: &'m Resource,
    operation: &'m Operation,
    inputs: Vec<Input>,
}

impl Case<'_> {
    async fn ours(&self) -> Result<Vec<Outcome>, BoxError> {
        let fixture = Fixture::new(self.model, self.resource, self.operation).await?;
        let mut outcomes = Vec::new();
        for input in &self.inputs {
            outcomes.push(fixture.ours(fixture.prepare(&input.request).await?).await?);
        }
        Ok(outcomes)
    }

    async fn verdict(
        &self,
        sdk: &Sdk,
        method: &SdkMethod,
        witness: &mut impl Witness,
        ours: &[Outcome],
    ) -> Result<Verdict, BoxError> {
        let fixture = Fixture::new(self.model, self.resource, self.operation).await?;
        let files = tempfile::tempdir()?;
        let mut requests = Vec::new();
        for (input, ours) in self.inputs.iter().zip(ours) {
            let request = fixture.prepare(&input.request).await?;
            let call = self.call(&fixture, method, &request, files.path())?;
            let mut theirs = fixture.theirs(witness, &call, &request).await?;
            theirs.sent = theirs.sent.map(|sent| sent.without_directory(files.path()));
            let compared = match (ours, &theirs) {
                (Outcome { error: Some(error), .. }, _) => Compared::Problem(format!("this client fails: {error}")),
                (Outcome { sent: Some(ours), .. }, Outcome { sent: Some(sent), .. }) => {
                    let comparison = compare_request(self.model, self.operation, (sdk, method), &request, (ours, sent));
                    with_error(method, comparison, &theirs)
                }
                (_, Outcome { error, .. }) => failure(method, error.as_deref().unwrap_or("no request arrived")),
            };
            requests.push((input.name.clone(), compared));
        }
        Ok(judge(sdk, method, &requests))
    }

    /// The call of a method, as a driver reads it.
    fn call(
        &self,
        fixture: &Fixture<'_>,
        method: &SdkMethod,
        request: &Map<String, Value>,
        files: &Path,
    ) -> Result<Value, BoxError> {
        Ok(json!({
            "url": fixture.url(),
            "hosts": self.model.hosts.iter().map(|host| &host.url).collect::<Vec<_>>(),
            "auth_id": AUTH_ID,
            "auth_token": AUTH_TOKEN,
            "calls": method.calls,
            "arguments": arguments(self.model, self.operation, method, request, files)?,
        }))
    }
}
