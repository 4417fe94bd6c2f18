//! Runs every operation with the client and with each SDK that has it.

use std::path::Path;

use plivo_codegen::model::{Model, Operation, Resource, Sdk, SdkMethod};
use serde_json::{Map, Value, json};

use super::driver::Witness;
use super::expected::without_refused;
use super::inputs::{Input, arguments, inputs, uncovered_fields};
use super::perform::{AUTH_ID, AUTH_TOKEN, Fixture, Outcome};
use super::verdict::{Verdict, compare_request, judge, unused_rules};
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
            let case = Case { model, resource, operation, inputs: inputs(model, resource, operation) };
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
            let mut request = fixture.prepare(&input.request).await?;
            let call = self.call(&fixture, method, &request, files.path())?;
            let mut theirs = fixture.theirs(witness, &call).await?.0;
            if without_refused(method, &mut request) {
                let why = || format!("the SDK accepts what spec/sdks/{}.yaml lists as refused", sdk.name);
                theirs = match theirs {
                    Ok(_) => Err(why()),
                    Err(_) => {
                        fixture.prepare(&input.request).await?;
                        let call = self.call(&fixture, method, &request, files.path())?;
                        fixture.theirs(witness, &call).await?.0
                    }
                };
            }
            let compared = match (&ours.0, &theirs) {
                (Ok(ours), Ok(theirs)) => {
                    Ok(compare_request(self.model, self.operation, (sdk, method), &request, (ours, theirs)))
                }
                (Err(error), _) => Err(format!("this client fails: {error}")),
                (Ok(_), Err(error)) => Err(format!("the SDK fails: {error}")),
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
