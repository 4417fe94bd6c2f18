//! `cargo xtask conformance`: installs the official SDKs and compares the client with them. With `--schemathesis`, it
//! drives the simulator with Schemathesis instead.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use plivo_codegen::Model;
use plivo_codegen::model::Registry;
use plivo_conformance::BoxError;
use plivo_conformance::programs::run_programs;
use plivo_conformance::schemathesis;
use plivo_conformance::witnesses::{Driver, Run, install, run, table};
use plivo_simulator::stop::Signals;
use similar::TextDiff;

/// The path of the published table.
const PAGE: &str = "generated-client/reference/conformance.md";

fn main() -> ExitCode {
    match start() {
        Ok(summary) => {
            print(&summary);
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

/// Ignores errors: stdout may be closed.
fn print(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

fn start() -> Result<String, BoxError> {
    let is_schemathesis = reads_flag()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let mut signals = Signals::install()?;
        let directory = tempfile::tempdir()?;
        let result = tokio::select! {
            result = chosen(is_schemathesis, directory.path()) => result,
            () = signals.recv() => Err("interrupted".into()),
        };
        // The programs that use the directory have ended with the run.
        directory.close()?;
        result
    })
}

/// Whether the only argument is `--schemathesis`.
fn reads_flag() -> Result<bool, BoxError> {
    let mut parser = lexopt::Parser::from_env();
    let mut is_given = false;
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("schemathesis") => is_given = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(is_given)
}

async fn chosen(is_schemathesis: bool, directory: &Path) -> Result<String, BoxError> {
    if !is_schemathesis {
        return conform(directory).await;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
    let model = plivo_codegen::model(&plivo_codegen::read_dir(&root.join("spec"))?)?;
    Ok(schemathesis::run(&model, &root, directory).await?.join("\n"))
}

/// Installs the SDKs into the directory, runs, and checks the published table. SDKs that are not available are skipped.
async fn conform(directory: &Path) -> Result<String, BoxError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut model = plivo_codegen::model(&plivo_codegen::read_dir(&root.join("spec"))?)?;
    let (mut sdks, mut drivers) = (Vec::new(), Vec::new());
    let described = model.sdks.len();
    for sdk in std::mem::take(&mut model.sdks) {
        let into = directory.join(&sdk.name);
        let lock = root.join("tests/conformance/witnesses").join(&sdk.name);
        match install((&sdk).into(), &lock, &into).await? {
            Ok(()) => {
                drivers.push(Driver::start(&sdk, &into).await?);
                if sdk.registry == Registry::PyPi {
                    let names = run_programs(&model, &root, &into).await?;
                    print(&format!("programs with the SDK {}: {}", sdk.name, names.join(", ")));
                }
                sdks.push(sdk);
            }
            Err(why) => print(&format!("skipped: {why}")),
        }
    }
    model.sdks = sdks;
    if model.sdks.is_empty() && described > 0 {
        return Ok("no SDK is available; nothing was compared".to_owned());
    }
    let found = run(&model, &mut drivers).await?;
    if !found.problems.is_empty() {
        return Err(found.problems.join("\n").into());
    }
    if model.sdks.len() < described {
        return Ok(format!("{}; {PAGE} was not checked, since it covers {described} SDKs", summary(&model, &found)));
    }
    check_page(&root.join(PAGE), &table(&model, &found))?;
    Ok(summary(&model, &found))
}

/// Compares the page with the committed one, or writes it if `UPDATE_GOLDENS` is set.
fn check_page(path: &Path, page: &str) -> Result<(), BoxError> {
    let committed = fs::read_to_string(path).unwrap_or_default();
    if committed == page {
        return Ok(());
    }
    if env::var_os("UPDATE_GOLDENS").is_some() {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory).map_err(|error| format!("{}: {error}", directory.display()))?;
        }
        return Ok(fs::write(path, page).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    let diff = TextDiff::from_lines(&committed, page);
    let diff = diff.unified_diff().header(PAGE, "this run").to_string();
    Err(format!("{diff}\nto accept: UPDATE_GOLDENS=1 cargo xtask conformance").into())
}

fn summary(model: &Model, found: &Run) -> String {
    let verdicts = found.operations.iter().flat_map(|(_, verdicts)| verdicts.iter().flatten());
    let requests: usize = verdicts.map(|verdict| verdict.requests).sum();
    let operations = found.operations.len();
    let sdks =
        if let [sdk] = &*model.sdks { format!("the SDK {}", sdk.name) } else { format!("{} SDKs", model.sdks.len()) };
    format!("{operations} operations, {sdks}, {requests} requests compared: equal except for the known differences")
}
