//! The project's root, files and model, and clients of simulators.

use std::fs;
use std::path::{Path, PathBuf};

use plivo::Client;
use plivo_codegen::{Model, SpecFile};
use plivo_simulator::{Options, Simulator};

pub(crate) const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
pub(crate) const AUTH_TOKEN: &str = "auth-token";

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project")
}

/// Every Rust file below a folder. The target folder of a fuzzer is left out.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.extend((!path.ends_with("target")).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Every Rust file below a folder that is not generated.
pub(crate) fn written_rust_files(folder: &Path) -> Vec<PathBuf> {
    let is_written = |path: &PathBuf| !fs::read_to_string(path).expect("a file").starts_with("// @generated");
    rust_files(folder).into_iter().filter(is_written).collect()
}

/// The model of a spec directory.
pub(crate) fn model_of(spec: &Path) -> Model {
    let sources = plivo_codegen::read_dir(spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    plivo_codegen::model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// The model of the project's spec.
pub(crate) fn model() -> Model {
    model_of(&root().join("spec"))
}

/// The model of the resource `profile` alone, without SDKs. It stays as large as it is when the spec gets other resources.
pub(crate) fn model_of_profile() -> Model {
    plivo_codegen::model(&sources_of_profile()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// The files of the resource `profile`, and `plivo.yaml`.
pub(crate) fn sources_of_profile() -> Vec<SpecFile> {
    let needed = ["spec/plivo.yaml", "spec/resources/profile.yaml", "spec/examples/profile.yaml"];
    let sources = plivo_codegen::read_dir(&root().join("spec")).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    sources.into_iter().filter(|file| needed.contains(&file.path.as_str())).collect()
}

/// A simulator of the resource `profile`, and a client of it.
pub(crate) async fn pair() -> (Simulator, Client) {
    let options = Options::new().credentials(AUTH_ID, AUTH_TOKEN);
    let simulator = Simulator::start(model_of_profile(), options).await.expect("a free port");
    let client = client(&simulator.url(), AUTH_TOKEN);
    (simulator, client)
}

pub(crate) fn client(url: &str, token: &str) -> Client {
    Client::builder().credentials(AUTH_ID, token).base_url(url).build().expect("a client")
}
