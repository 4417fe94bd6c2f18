//! The program: its flags, what it prints, and that it serves.

use crate::client::send;
use crate::model::SPEC;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

/// A running program, which ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simulator"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("it runs")
}

#[tokio::test]
async fn it_says_how_to_reach_it() {
    let child =
        program(&["--spec", SPEC, "--seed", "7", "--log"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut running = Running(child.expect("it runs"));
    let mut lines = BufReader::new(running.0.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let first = lines.next().expect("a line");
    let url = first.strip_prefix("listening on ").expect("the address");
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let curl = lines.find(|line| line.contains("curl ")).expect("a curl line");
    let words: Vec<&str> = curl.split_whitespace().collect();
    let ["curl", "--user", user, address] = words.as_slice() else { panic!("{curl}") };
    assert!(address.starts_with(url), "{curl}");
    let (id, token) = user.split_once(':').expect("an id and a token");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    assert_eq!(send(http.get(*address).basic_auth(id, Some(token))).await.status, 200);
    let log = BufReader::new(running.0.stderr.take().expect("a pipe")).lines().map_while(Result::ok).next();
    let path = address.strip_prefix(url).expect("a path");
    assert_eq!(log, Some(format!("GET {path} 200")));
}

#[test]
fn it_explains_itself() {
    let help = run(&["--help"]);
    assert!(help.status.success());
    let text = String::from_utf8_lossy(&help.stdout);
    for flag in ["--port", "--spec", "--seed", "--log", "--help"] {
        assert!(text.contains(flag), "{flag}");
    }
}

/// Runs it with arguments that it cannot use.
fn check(arguments: &[&str], expected: &str) {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains(expected), "{text}");
}

#[test]
fn mistakes_end_it() {
    check(&["--prot", "1"], "error: invalid option '--prot'; --help lists the options\n");
    check(&["--port", "many"], "many");
    check(&["--spec", "no/such/directory"], "plivo.yaml");
}

#[test]
fn a_port_in_use_is_named() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    check(&["--spec", SPEC, "--port", &port.to_string()], &format!("cannot listen on port {port}"));
}
