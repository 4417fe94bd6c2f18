//! Requests as bytes, and what comes back as bytes, also where a client of HTTP would only report an error.

use crate::client::{ACCOUNT, Client};
use serde_json::Value;
use std::io::ErrorKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Everything that came back until the connection ended.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) text: String,
    /// How it ended, if not well.
    pub(crate) error: Option<ErrorKind>,
}

impl Heard {
    /// The body, also a chunked one.
    pub(crate) fn body(&self) -> String {
        let (head, body) = self.text.split_once("\r\n\r\n").expect("a head");
        if !head.contains("transfer-encoding: chunked") {
            return body.to_owned();
        }
        let (mut whole, mut rest) = (String::new(), body);
        while let Some((length, behind)) = rest.split_once("\r\n") {
            let length = usize::from_str_radix(length, 16).expect("the length of a chunk");
            whole += &behind[..length];
            rest = behind[length..].trim_start_matches("\r\n");
        }
        whole
    }

    /// The length that the head announces.
    pub(crate) fn announced(&self) -> usize {
        let line = self.text.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
        line.parse().expect("a number")
    }
}

/// A connection on which these bytes were sent.
pub(crate) async fn say(client: &Client, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", client.simulator.port())).await.expect("a connection");
    stream.write_all(bytes.as_bytes()).await.expect("it listens");
    stream
}

/// Reads to the end.
pub(crate) async fn hear(mut stream: TcpStream) -> Heard {
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes).await;
    Heard { text: String::from_utf8(bytes).expect("text"), error: ended.err().map(|error| error.kind()) }
}

/// Posts JSON on a connection of its own. `{account}` in the path is the account.
pub(crate) async fn post(client: &Client, path: &str, body: &Value) -> Heard {
    let (path, body) = (path.replace("{account}", ACCOUNT), body.to_string());
    let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Basic TUFFWEFNUExFOnQ=");
    hear(say(client, &format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len())).await).await
}
