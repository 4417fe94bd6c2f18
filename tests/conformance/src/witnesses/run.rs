//! The run: every operation, performed by the client and by each SDK that has it.

use plivo_codegen::model::{Model, Operation, Resource, Sdk, SdkMethod};
use serde_json::json;

use super::driver::Witness;
use super::inputs::{Input, arguments, gaps, inputs};
use super::judge::{Verdict, beside, judge, unused};
use super::perform::{AUTH_ID, AUTH_TOKEN, Performed, Stage};
use crate::Failure;

/// What the run found.
#[derive(Debug, Default)]
pub struct Run {
    /// Each operation with the verdicts on the SDKs in the order of the model; `None` where one does not have it.
    pub operations: Vec<(String, Vec<Option<Verdict>>)>,
    /// What is wrong.
    pub complaints: Vec<String>,
}

/// Performs every operation. `witnesses` perform the calls of the SDKs of the model.
///
/// # Errors
///
/// What keeps the run from going on. What an SDK does otherwise is a complaint.
pub async fn run(model: &Model, witnesses: &mut [impl Witness]) -> Result<Run, Failure> {
    let mut run = Run::default();
    for resource in &model.resources {
        for operation in &resource.operations {
            let pair = Pair { model, resource, operation, inputs: inputs(model, resource, operation) };
            run.complaints.extend(gaps(model, operation, &pair.inputs));
            let ours = pair.ours().await?;
            let mut verdicts = Vec::new();
            for (sdk, witness) in model.sdks.iter().zip(&mut *witnesses) {
                let method = sdk.methods.iter().find(|method| method.operation == operation.id);
                verdicts.push(match method {
                    Some(method) => Some(pair.verdict(sdk, method, witness, &ours).await?),
                    None => None,
                });
                run.complaints.extend(silence(sdk, operation));
            }
            run.operations.push((operation.id.clone(), verdicts));
        }
    }
    let verdicts = run.operations.iter().flat_map(|(_, verdicts)| verdicts.iter().flatten());
    run.complaints.extend(verdicts.flat_map(|verdict| verdict.complaints.clone()));
    for (index, sdk) in model.sdks.iter().enumerate() {
        let of_sdk = run.operations.iter().filter_map(|(_, verdicts)| verdicts.get(index)?.as_ref());
        run.complaints.extend(unused(sdk, of_sdk));
    }
    Ok(run)
}

/// Complains of an operation of which the file of an SDK says nothing.
fn silence(sdk: &Sdk, operation: &Operation) -> Option<String> {
    let has = sdk.methods.iter().any(|method| method.operation == operation.id);
    let lacks = sdk.lacks.iter().any(|(lacked, _)| *lacked == operation.id);
    let (name, id) = (&sdk.name, &operation.id);
    (!has && !lacks).then(|| {
        format!("{name}, {id}: spec/sdks/{name}.yaml names no method for it; if there is none, say so under `lacks`")
    })
}

/// One operation and its inputs.
struct Pair<'m> {
    model: &'m Model,
    resource: &'m Resource,
    operation: &'m Operation,
    inputs: Vec<Input>,
}

impl Pair<'_> {
    async fn ours(&self) -> Result<Vec<Performed>, Failure> {
        let stage = Stage::new(self.model, self.resource, self.operation).await?;
        let mut performed = Vec::new();
        for input in &self.inputs {
            performed.push(stage.ours(stage.prepared(&input.request).await?).await?);
        }
        Ok(performed)
    }

    async fn verdict(
        &self,
        sdk: &Sdk,
        method: &SdkMethod,
        witness: &mut impl Witness,
        ours: &[Performed],
    ) -> Result<Verdict, Failure> {
        let stage = Stage::new(self.model, self.resource, self.operation).await?;
        let files = tempfile::tempdir()?;
        let mut requests = Vec::new();
        for (input, ours) in self.inputs.iter().zip(ours) {
            let request = stage.prepared(&input.request).await?;
            let step = json!({
                "url": stage.url(),
                "hosts": self.model.hosts.iter().map(|host| &host.url).collect::<Vec<_>>(),
                "auth_id": AUTH_ID,
                "auth_token": AUTH_TOKEN,
                "calls": method.calls,
                "arguments": arguments(method, &request, files.path())?,
            });
            let theirs = stage.theirs(witness, &step).await?;
            let compared = match (&ours.0, &theirs.0) {
                (Ok(ours), Ok(theirs)) => {
                    Ok(beside(self.model, self.operation, (sdk, method), &request, (ours, theirs)))
                }
                (Err(error), _) => Err(format!("this client fails: {error}")),
                (Ok(_), Err(error)) => Err(format!("the SDK fails: {error}")),
            };
            requests.push((input.name.clone(), compared));
        }
        Ok(judge(sdk, method, &requests))
    }
}
