//! The run: every operation, performed by the client and by each SDK that has it.

use std::path::PathBuf;

use plivo_codegen::model::{Equal, Model, Operation, Resource, Sdk, SdkMethod};
use serde_json::json;

use super::compare::{Comparison, compare};
use super::driver::Driver;
use super::inputs::{Input, arguments, inputs};
use super::judge::{Verdict, judge, unused};
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

/// Performs every operation. `directories` holds the directory of each SDK of the model.
///
/// # Errors
///
/// What keeps the run from going on. What an SDK does otherwise is a complaint.
pub async fn run(model: &Model, directories: &[PathBuf]) -> Result<Run, Failure> {
    let mut run = Run::default();
    let mut drivers = Vec::new();
    for (sdk, directory) in model.sdks.iter().zip(directories) {
        drivers.push((sdk, Driver::start(sdk.registry, directory)?));
    }
    for resource in &model.resources {
        for operation in &resource.operations {
            let pair = Pair { model, resource, operation, inputs: inputs(model, resource, operation) };
            let ours = pair.ours().await?;
            let mut verdicts = Vec::new();
            for (sdk, driver) in &mut drivers {
                let method = sdk.methods.iter().find(|method| method.operation == operation.id);
                verdicts.push(match method {
                    Some(method) => Some(pair.verdict(sdk, method, driver, &ours).await?),
                    None => None,
                });
            }
            run.operations.push((operation.id.clone(), verdicts));
        }
    }
    run.complaints = complaints(model, &run);
    Ok(run)
}

fn complaints(model: &Model, run: &Run) -> Vec<String> {
    let verdicts = || run.operations.iter().flat_map(|(_, verdicts)| verdicts.iter().flatten());
    let mut complaints: Vec<_> = verdicts().flat_map(|verdict| verdict.complaints.clone()).collect();
    for (index, sdk) in model.sdks.iter().enumerate() {
        let of_sdk = run.operations.iter().filter_map(|(_, verdicts)| verdicts.get(index)?.as_ref());
        complaints.extend(unused(sdk, of_sdk));
    }
    complaints
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
        driver: &mut Driver,
        ours: &[Performed],
    ) -> Result<Verdict, Failure> {
        let stage = Stage::new(self.model, self.resource, self.operation).await?;
        let files = tempfile::tempdir()?;
        let rules: Vec<Equal> = sdk.equal.iter().map(|(rule, _)| *rule).collect();
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
            let theirs = stage.theirs(|| driver.call(&step)).await?;
            requests.push((input.name.clone(), self.beside(&rules, ours, &theirs)));
        }
        Ok(judge(sdk, method, &requests))
    }

    /// How one performance compares with the other: an SDK need not be happier than the client.
    fn beside(&self, rules: &[Equal], ours: &Performed, theirs: &Performed) -> Result<Comparison, String> {
        if let (Ok(()), Err(error)) = (&ours.outcome, &theirs.outcome) {
            return Err(format!("the SDK fails with {error}"));
        }
        let ours = ours.sent.as_ref().map_err(|why| format!("by this client {why}"))?;
        let theirs = theirs.sent.as_ref().map_err(|why| format!("by the SDK {why}"))?;
        Ok(compare(self.model, self.operation, rules, ours, theirs))
    }
}
