//! An SDK at work: a program that performs one call for each line that it is given.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use plivo_codegen::model::Registry;
use serde_json::Value;

use crate::Failure;

/// Variables that would send what is meant for loopback to somebody else, or make an SDK somebody else.
const FOREIGN: [&str; 10] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "PLIVO_AUTH_ID",
    "PLIVO_AUTH_TOKEN",
    "NODE_OPTIONS",
    "PYTHONSTARTUP",
];

/// A running SDK. It ends with the value.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts the SDK that was installed into `directory`.
    ///
    /// # Errors
    ///
    /// When there is no such program.
    pub fn start(registry: Registry, directory: &Path) -> Result<Self, Failure> {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("witnesses");
        let mut command = match registry {
            Registry::PyPi => {
                let mut command = Command::new("python3");
                command.arg(scripts.join("driver.py")).env("PYTHONPATH", directory).env("PYTHONDONTWRITEBYTECODE", "1");
                command
            }
            Registry::Npm => {
                let mut command = Command::new("node");
                command.arg(scripts.join("driver.js")).env("NODE_PATH", directory.join("node_modules"));
                command
            }
        };
        for variable in FOREIGN {
            command.env_remove(variable);
        }
        command.env("NO_PROXY", "127.0.0.1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let (questions, answers) = (process.stdin.take(), process.stdout.take());
        let questions = questions.ok_or("the SDK cannot be told anything")?;
        let answers = BufReader::new(answers.ok_or("the SDK cannot say anything")?);
        Ok(Self { process, questions, answers })
    }

    /// Performs one call. What the SDK itself fails with is the inner error.
    ///
    /// # Errors
    ///
    /// When the program has ended.
    pub fn call(&mut self, step: &Value) -> Result<Result<(), String>, Failure> {
        writeln!(self.questions, "{step}")?;
        self.questions.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err("the SDK's program has ended".into());
        }
        let answer: Value = serde_json::from_str(&line)?;
        Ok(answer.get("error").and_then(Value::as_str).map_or(Ok(()), |error| Err(error.to_owned())))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It has nothing to lose, and may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
