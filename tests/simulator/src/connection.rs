//! Accepts connections, and ends them in each of the ways in which connections end.

use crate::outgoing::Abort;
use crate::patience::Patient;
use crate::serve::serve;
use crate::shared::Shared;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// A shutdown waits so long for answers under way.
const PATIENCE: Duration = Duration::from_secs(5);
/// Where a connection cannot be accepted, the next attempt is made after this time.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections until it is told to stop, or until nobody is left to tell it.
pub(crate) async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(hold(stream, Arc::clone(&shared), stop.clone()));
                }
                // There are no file handles left, or the caller has gone away again.
                Err(_) => sleep(PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    // Somebody who never finishes a request does not hold up the end: what is left is dropped.
    let _ = timeout(PATIENCE, async { while connections.join_next().await.is_some() {} }).await;
}

/// Serves one connection to its end.
async fn hold(stream: TcpStream, shared: Arc<Shared>, mut stop: watch::Receiver<()>) {
    // Pieces of an answer leave when they are sent. It only costs time where that is refused.
    let _ = stream.set_nodelay(true);
    let (time_for_head, time_for_answer) = (shared.options.time_for_head, shared.options.time_for_answer);
    let service = service_fn(move |request| serve(Arc::clone(&shared), request));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(time_for_head)
        .serve_connection(TokioIo::new(Patient::new(stream, time_for_answer)), service);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        _ = stop.changed() => {
            Pin::new(&mut connection).graceful_shutdown();
            (&mut connection).await
        }
    };
    if ended.is_err_and(|error| is_reset(&error)) {
        // Without it, dropping the socket would say a polite goodbye, and keep what is not read for a while.
        let _ = connection.into_parts().io.into_inner().into_inner().set_zero_linger();
    }
}

/// Whether a connection is reset, be it on purpose or because nobody reads.
fn is_reset(error: &hyper::Error) -> bool {
    let source = error.source();
    let is_unread = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
    source.and_then(|source| source.downcast_ref::<Abort>()) == Some(&Abort::Reset)
        || source.and_then(|source| source.downcast_ref::<io::Error>()).is_some_and(is_unread)
}
