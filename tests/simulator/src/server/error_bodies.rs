//! A socket that adds a JSON body to the responses of hyper itself.
//!
//! hyper answers a request whose head it cannot parse, without a body, and has no setting for it. Such a response is
//! recognized by its missing `date`: every other response has one.

use serde_json::json;
use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A socket whose responses to malformed requests have a body.
#[derive(Debug)]
pub(super) struct ErrorBodies<S> {
    stream: S,
    /// The response that is being written in place of one of hyper, and how many of its bytes are written.
    replacement: Option<(Vec<u8>, usize)>,
}

impl<S: AsyncWrite + Unpin> ErrorBodies<S> {
    /// Adds bodies to the responses that are written to this socket.
    pub(super) fn new(stream: S) -> Self {
        Self { stream, replacement: None }
    }

    /// The socket.
    pub(super) fn into_inner(self) -> S {
        self.stream
    }

    /// Writes the replacement, if these bytes are a response that needs one. `None`: they do not.
    fn write_replacement(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Option<Poll<Result<usize>>> {
        if self.replacement.is_none() {
            self.replacement = with_body(bytes).map(|replacement| (replacement, 0));
        }
        let (replacement, written) = self.replacement.as_mut()?;
        while *written < replacement.len() {
            match Pin::new(&mut self.stream).poll_write(context, &replacement[*written..]) {
                Poll::Ready(Ok(count)) if count > 0 => *written += count,
                otherwise => return Some(otherwise),
            }
        }
        self.replacement = None;
        Some(Poll::Ready(Ok(bytes.len())))
    }
}

/// The response with a body, if it is one that hyper has made for a malformed request.
fn with_body(response: &[u8]) -> Option<Vec<u8>> {
    let head = str::from_utf8(response).ok()?.strip_suffix("\r\n\r\n")?;
    let status_line = head.lines().next()?;
    let status = status_line.strip_prefix("HTTP/1.1 4")?;
    if head.to_ascii_lowercase().contains("\r\ndate:") {
        return None;
    }
    let problem = match status.get(..2) {
        Some("14") => "The target of the request is too long.",
        Some("31") => "The head of the request is too large.",
        _ => "The head of the request is not valid HTTP/1.1.",
    };
    let body = json!({ "error": problem }).to_string();
    let length = body.len();
    let head = "content-type: application/json\r\nconnection: close";
    Some(format!("{status_line}\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes())
}

impl<S: AsyncRead + Unpin> AsyncRead for ErrorBodies<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, read: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, read)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for ErrorBodies<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        match self.write_replacement(context, bytes) {
            Some(written) => written,
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let first = slices.first().map_or(&[][..], |slice| slice);
        match self.write_replacement(context, first) {
            Some(written) => written,
            None => Pin::new(&mut self.stream).poll_write_vectored(context, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::with_body;

    #[test]
    fn only_responses_without_a_date_get_a_body() {
        let of_hyper = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n";
        let response = String::from_utf8(with_body(of_hyper).expect("a body")).expect("text");
        assert!(response.starts_with("HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: "), "{response}");
        assert!(response.ends_with("\r\n\r\n{\"error\":\"The head of the request is too large.\"}"), "{response}");
        for other in [
            "HTTP/1.1 404 Not Found\r\ndate: Fri, 27 Nov 2026 00:00:00 GMT\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 4",
            "",
        ] {
            assert_eq!(with_body(other.as_bytes()), None, "{other}");
        }
    }
}
