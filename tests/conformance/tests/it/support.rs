//! The project, its model, and a client that talks to a simulator.

use std::path::{Path, PathBuf};

use plivo::Client;
use plivo_codegen::Model;
use plivo_simulator::{Options, Simulator};

pub(crate) const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
pub(crate) const AUTH_TOKEN: &str = "auth-token";

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project")
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

/// A simulator of the project's spec, and a client of it.
pub(crate) async fn pair() -> (Simulator, Client) {
    let options = Options::new().credentials(AUTH_ID, AUTH_TOKEN);
    let simulator = Simulator::start(model(), options).await.expect("a free port");
    let client = client(&simulator.url(), AUTH_TOKEN);
    (simulator, client)
}

pub(crate) fn client(url: &str, token: &str) -> Client {
    Client::builder().credentials(AUTH_ID, token).base_url(url).build().expect("a client")
}
