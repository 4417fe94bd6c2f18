//! Holds the client against the official SDKs, which `cargo xtask conformance` has installed.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use plivo_codegen::Model;
use plivo_conformance::Failure;
use plivo_conformance::witnesses::{Run, run, table};
use similar::TextDiff;

/// Where the page stands in the project.
const PAGE: &str = "generated-client/reference/conformance.md";

fn main() -> ExitCode {
    match conform() {
        Ok(told) => {
            // Whoever reads this may have gone.
            let _ = writeln!(io::stdout(), "{told}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let _ = writeln!(io::stderr(), "{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs and compares the page. The arguments are the directories of the SDKs, in the order of their names.
fn conform() -> Result<String, Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let model = plivo_codegen::model(&plivo_codegen::read_dir(&root.join("spec"))?)?;
    let directories: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if directories.len() != model.sdks.len() {
        return Err(format!("{} directories for {} SDKs", directories.len(), model.sdks.len()).into());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    // A task of the runtime may block while the other threads answer.
    let found = runtime.block_on(run(&model, &directories))?;
    if !found.complaints.is_empty() {
        return Err(found.complaints.join("\n").into());
    }
    settle(&root.join(PAGE), &table(&model, &found))?;
    Ok(summary(&model, &found))
}

/// Compares the page with the one that is committed, or writes it if `UPDATE_GOLDENS` is set.
fn settle(path: &Path, page: &str) -> Result<(), Failure> {
    let committed = fs::read_to_string(path).unwrap_or_default();
    if committed == page {
        return Ok(());
    }
    if env::var_os("UPDATE_GOLDENS").is_some() {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        return Ok(fs::write(path, page)?);
    }
    let diff = TextDiff::from_lines(&committed, page);
    let diff = diff.unified_diff().header(PAGE, "this run").to_string();
    Err(format!("{diff}\nset UPDATE_GOLDENS=1 to accept").into())
}

fn summary(model: &Model, found: &Run) -> String {
    let verdicts = found.operations.iter().flat_map(|(_, verdicts)| verdicts.iter().flatten());
    let requests: usize = verdicts.map(|verdict| verdict.requests).sum();
    let methods = model.sdks.iter().flat_map(|sdk| &sdk.methods);
    let known: usize = methods.map(|method| method.differs.len() + method.adds.len()).sum();
    let (operations, sdks) = (found.operations.len(), model.sdks.len());
    format!(
        "{operations} operations, {sdks} SDKs, {requests} requests compared: equal but for {known} known differences"
    )
}
