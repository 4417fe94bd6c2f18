//! Requests and responses as bytes, also where an HTTP client would only report an error.

use crate::client::{ACCOUNT, Client};
use serde_json::Value;
use std::io::ErrorKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// All bytes of a response until the connection ended.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) text: String,
    /// The error that ended the connection, if any.
    pub(crate) error: Option<ErrorKind>,
}

impl RawResponse {
    /// The body. Chunks are joined.
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

    /// The value of the header `content-length`.
    pub(crate) fn announced_length(&self) -> usize {
        let line = self.text.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
        line.parse().expect("a number")
    }
}

/// Opens a connection and sends these bytes.
pub(crate) async fn send_raw(client: &Client, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", client.simulator.port())).await.expect("a connection");
    stream.write_all(bytes.as_bytes()).await.expect("it listens");
    stream
}

/// Reads until the connection ends.
pub(crate) async fn read_response(mut stream: TcpStream) -> RawResponse {
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes).await;
    RawResponse { text: String::from_utf8(bytes).expect("text"), error: ended.err().map(|error| error.kind()) }
}

/// Posts JSON on a new connection. `{account}` in the path is replaced by the account.
pub(crate) async fn post_raw(client: &Client, path: &str, body: &Value) -> RawResponse {
    let (path, body) = (path.replace("{account}", ACCOUNT), body.to_string());
    let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Basic TUFFWEFNUExFOnQ=");
    read_response(send_raw(client, &format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len())).await).await
}
