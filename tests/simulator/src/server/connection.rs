//! Accepts connections, and ends them: gracefully, closed, or reset.

use super::error_bodies::ErrorBodies;
use super::handle::handle;
use super::write_timeout::WriteTimeout;
use crate::context::Context;
use crate::http::response_body::{Abort, ResponseBody};
use http::{HeaderValue, header};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// The maximum time that a shutdown waits for responses in progress.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);
/// The pause after a connection could not be accepted.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);
/// How long the rest of a malformed request is read and discarded.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(1);
const DRAIN_BUFFER_BYTES: usize = 64 * 1024;

/// Accepts connections until `stop` changes or its sender is dropped.
pub(crate) async fn accept(listener: TcpListener, context: Arc<Context>, mut stop: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, Arc::clone(&context), stop.clone()));
                }
                // No file descriptors are left, or the client has disconnected again.
                Err(_) => sleep(ACCEPT_RETRY_DELAY).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    // A client that never completes its request must not block the shutdown. Its connection is dropped.
    let _ = timeout(SHUTDOWN_TIMEOUT, async { while connections.join_next().await.is_some() {} }).await;
}

/// Serves one connection until it ends.
async fn serve(stream: TcpStream, context: Arc<Context>, mut stop: watch::Receiver<()>) {
    // Each piece of a response is sent at once. If this fails, responses are only slower.
    let _ = stream.set_nodelay(true);
    let (head_timeout, write_timeout) = (context.options.head_timeout, context.options.write_timeout);
    let service = service_fn(move |request| {
        let response = handle(Arc::clone(&context), request);
        async { response.await.map(dated) }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .auto_date_header(false)
        .serve_connection(TokioIo::new(ErrorBodies::new(WriteTimeout::new(stream, write_timeout))), service);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        _ = stop.changed() => {
            Pin::new(&mut connection).graceful_shutdown();
            (&mut connection).await
        }
    };
    let Err(error) = ended else { return };
    let stream = connection.into_parts().io.into_inner().into_inner().into_inner();
    if must_reset(&error) {
        // Without this, dropping the socket would close the connection in order, and unread data would linger.
        let _ = stream.set_zero_linger();
    } else if error.is_parse() {
        drain(stream).await;
    }
}

/// Adds the date, which a response of hyper itself does not have.
fn dated(mut response: hyper::Response<ResponseBody>) -> hyper::Response<ResponseBody> {
    let date = HeaderValue::from_str(&httpdate::fmt_http_date(SystemTime::now()));
    if let (header::Entry::Vacant(entry), Ok(date)) = (response.headers_mut().entry(header::DATE), date) {
        entry.insert(date);
    }
    response
}

/// Reads what a client still sends after a malformed head. If it is unread when the socket is closed, the client may see
/// a broken connection instead of the response.
async fn drain(mut stream: TcpStream) {
    let mut buffer = vec![0; DRAIN_BUFFER_BYTES];
    let read_all = async { while matches!(stream.read(&mut buffer).await, Ok(count) if count > 0) {} };
    let _ = timeout(DRAIN_TIMEOUT, read_all).await;
}

/// Whether the connection must be reset: because of a fault, or because the write timeout has expired.
fn must_reset(error: &hyper::Error) -> bool {
    let source = error.source();
    let is_timeout = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
    source.and_then(|source| source.downcast_ref::<Abort>()) == Some(&Abort::Reset)
        || source.and_then(|source| source.downcast_ref::<io::Error>()).is_some_and(is_timeout)
}
