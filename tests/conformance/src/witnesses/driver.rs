//! An SDK at work: a program that performs one call for each line that it is given.

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

use crate::Failure;

/// Variables that would send what is meant for loopback to somebody else, or make an SDK somebody else.
const FOREIGN: [&str; 13] = [
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

/// How long a call may take. Everything that it needs is on this machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who performs the calls of an SDK.
pub trait Witness {
    /// Performs one call. What the SDK itself fails with is the inner error; the outer one ends the run.
    fn call(&mut self, step: &Value) -> impl Future<Output = Result<Result<(), String>, Failure>> + Send;
}

/// A running SDK. It ends with the value; and when this program is killed, with its input.
#[derive(Debug)]
pub struct Driver {
    // Held, since it is killed when it is dropped.
    _process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    patience: Duration,
}

impl Driver {
    /// Starts the SDK that was installed into `directory`.
    ///
    /// # Errors
    ///
    /// When there is no such program, or when what it has loaded is not that SDK in that version.
    pub async fn start(sdk: &Sdk, directory: &Path) -> Result<Self, Failure> {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("witnesses");
        let directory = directory.canonicalize()?;
        let command = match sdk.registry {
            Registry::PyPi => command("python3", [scripts.join("driver.py").as_os_str(), directory.as_os_str()]),
            Registry::Npm => command("node", [scripts.join("driver.js").as_os_str(), directory.as_os_str()]),
        };
        let mut driver = Self::open(command, PATIENCE)?;
        let loaded = driver.line().await?;
        let said = |key: &str| loaded.get(key).and_then(Value::as_str).unwrap_or_default();
        let (version, file) = (said("version"), said("file"));
        if version != sdk.version || !Path::new(file).starts_with(&directory) {
            return Err(
                format!("{} {} is described, and {version} was loaded from {file}", sdk.name, sdk.version).into()
            );
        }
        Ok(driver)
    }

    /// Starts a program that answers each line with a line, for each of which it has so much time.
    ///
    /// # Errors
    ///
    /// When there is no such program.
    pub fn open(mut command: Command, patience: Duration) -> Result<Self, Failure> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn()?;
        let (questions, answers) = (process.stdin.take(), process.stdout.take());
        let questions = questions.ok_or("the SDK cannot be told anything")?;
        let answers = BufReader::new(answers.ok_or("the SDK cannot say anything")?);
        Ok(Self { _process: process, questions, answers, patience })
    }

    async fn line(&mut self) -> Result<Value, Failure> {
        let mut line = String::new();
        let read = timeout(self.patience, self.answers.read_line(&mut line)).await;
        match read.map_err(|_| format!("the SDK's program does not answer within {:?}", self.patience))?? {
            0 => Err("the SDK's program has ended".into()),
            _ => Ok(serde_json::from_str(&line)?),
        }
    }
}

impl Witness for Driver {
    async fn call(&mut self, step: &Value) -> Result<Result<(), String>, Failure> {
        let question = format!("{step}\n");
        let told = timeout(self.patience, self.questions.write_all(question.as_bytes())).await;
        told.map_err(|_| format!("the SDK's program does not listen within {:?}", self.patience))??;
        let answer = self.line().await?;
        Ok(answer.get("error").and_then(Value::as_str).map_or(Ok(()), |error| Err(error.to_owned())))
    }
}

fn command<'a>(program: &str, arguments: impl IntoIterator<Item = &'a OsStr>) -> Command {
    let mut command = Command::new(program);
    for variable in FOREIGN {
        command.env_remove(variable);
    }
    command.args(arguments).env("PYTHONDONTWRITEBYTECODE", "1").env("NO_PROXY", "127.0.0.1");
    command
}
