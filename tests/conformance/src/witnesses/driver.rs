//! Drives an SDK: a program that performs one call for each line of its input.

use std::ffi::OsStr;
use std::future::Future;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use plivo_codegen::model::{Registry, Sdk};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use crate::BoxError;

/// Environment variables that would send requests elsewhere, or load another SDK.
pub(crate) const REMOVED_VARIABLES: [&str; 13] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "PLIVO_AUTH_ID",
    "PLIVO_AUTH_TOKEN",
    "NODE_OPTIONS",
    "NODE_PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
];

/// The time limit of one call. The simulator is on the same machine.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Performs the calls of an SDK.
pub trait Witness {
    /// Performs one call. The inner error is the SDK's own; the outer one ends the run.
    fn perform(&mut self, call: &Value) -> impl Future<Output = Result<Result<(), String>, BoxError>> + Send;
}

/// A running SDK. It is killed on drop, and ends when its input is closed.
#[derive(Debug)]
pub struct Driver {
    // Kept, since dropping it kills the process.
    _process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    timeout: Duration,
}

impl Driver {
    /// Starts the SDK that is installed in `directory`.
    ///
    /// # Errors
    ///
    /// Fails if the program cannot be started, or if it has not loaded this version of the SDK from `directory`.
    pub async fn start(sdk: &Sdk, directory: &Path) -> Result<Self, BoxError> {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("witnesses");
        let directory = directory.canonicalize()?;
        let command = match sdk.registry {
            Registry::PyPi => command("python3", [scripts.join("driver.py").as_os_str(), directory.as_os_str()]),
            Registry::Npm => command("node", [scripts.join("driver.js").as_os_str(), directory.as_os_str()]),
        };
        let mut driver = Self::open(command, TIMEOUT)?;
        let loaded = driver.read_line().await?;
        let text = |key: &str| loaded.get(key).and_then(Value::as_str).unwrap_or_default();
        let (version, file) = (text("version"), text("file"));
        if version != sdk.version || !Path::new(file).starts_with(&directory) {
            return Err(
                format!("{} {} is described, but {version} was loaded from {file}", sdk.name, sdk.version).into()
            );
        }
        Ok(driver)
    }

    /// Starts a program that writes a line for each line it reads, each within the timeout.
    ///
    /// # Errors
    ///
    /// Fails if the program cannot be started.
    pub fn open(mut command: Command, timeout: Duration) -> Result<Self, BoxError> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn()?;
        let input = process.stdin.take().ok_or("the SDK's program has no stdin")?;
        let output = BufReader::new(process.stdout.take().ok_or("the SDK's program has no stdout")?);
        Ok(Self { _process: process, input, output, timeout })
    }

    async fn read_line(&mut self) -> Result<Value, BoxError> {
        let mut line = String::new();
        let read = timeout(self.timeout, self.output.read_line(&mut line)).await;
        match read.map_err(|_| format!("the SDK's program did not respond within {:?}", self.timeout))?? {
            0 => Err("the SDK's program has ended".into()),
            _ => Ok(serde_json::from_str(&line)?),
        }
    }
}

impl Witness for Driver {
    async fn perform(&mut self, call: &Value) -> Result<Result<(), String>, BoxError> {
        let line = format!("{call}\n");
        let written = timeout(self.timeout, self.input.write_all(line.as_bytes())).await;
        written.map_err(|_| format!("the SDK's program did not read its input within {:?}", self.timeout))??;
        let result = self.read_line().await?;
        Ok(result.get("error").and_then(Value::as_str).map_or(Ok(()), |error| Err(error.to_owned())))
    }
}

fn command<'a>(program: &str, arguments: impl IntoIterator<Item = &'a OsStr>) -> Command {
    let mut command = Command::new(program);
    for variable in REMOVED_VARIABLES {
        command.env_remove(variable);
    }
    command.args(arguments).env("PYTHONDONTWRITEBYTECODE", "1").env("NO_PROXY", "127.0.0.1");
    command
}
