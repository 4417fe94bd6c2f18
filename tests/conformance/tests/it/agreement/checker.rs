//! A client of the shapes, in a process of its own: it is asked line by line.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use plivo_codegen::model::{Model, Operation};
use serde_json::{Map, Value};

use super::Findings;
use crate::copy::Copy;
use crate::support::root;

pub(super) struct Checker {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Checker {
    /// Starts the program in a copy of the project.
    pub(super) fn start(copy: &Copy) -> Self {
        let mut command = copy.command(&["run", "--quiet", "--package", "plivo", "--example", "check"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the client");
        let questions = process.stdin.take().expect("its input");
        let answers = BufReader::new(process.stdout.take().expect("its output"));
        Self { process, questions, answers }
    }

    /// What the client finds in a request.
    pub(super) fn check(&mut self, operation: &Operation, request: &Map<String, Value>) -> Findings {
        let request = Value::Object(request.clone());
        writeln!(self.questions, "{}\t{request}", operation.id).expect("the client listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the client answers");
        let report: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{request}: {error}"));
        let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
        let of = |key: &str| {
            let findings = report[key].as_array()?.iter();
            Some(findings.map(|finding| (text(finding, "pointer"), text(finding, "rule"))).collect())
        };
        Some((of("errors")?, of("warnings")?))
    }
}

impl Drop for Checker {
    fn drop(&mut self) {
        // It has nothing to lose.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program, with a line for each operation.
pub(crate) fn program(model: &Model) -> String {
    let mut lines = String::new();
    for resource in &model.resources {
        for operation in &resource.operations {
            let (module, request) = (&resource.module.ident, &model[operation.request].name);
            writeln!(
                lines,
                "            {:?} => report::<plivo::{module}::{request}>(request, |it| it.validate()),",
                operation.id
            )
            .expect("a text");
        }
    }
    let path = root().join("tests/conformance/tests/shapes/checker.rs");
    fs::read_to_string(path).expect("the program").replace("            // The operations stand here.\n", &lines)
}
