//! Listens, and stops.

use crate::options::Options;
use crate::record::Recorded;
use crate::serve::{Shared, serve};
use axum::Router;
use axum::extract::Request;
use plivo_codegen::model::Model;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A shutdown waits so long for answers under way.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running simulator. It stops when it is dropped.
///
/// Each one has its own port, objects and record, so that tests do not see each other.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Dropping it asks the server to stop.
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Simulator {
    /// Starts to serve a model on 127.0.0.1. Every host of the model is served at the same address.
    ///
    /// It runs on the Tokio runtime that this is called from.
    ///
    /// # Errors
    ///
    /// When the port is not free.
    pub async fn start(model: Model, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(model, options));
        let state = Arc::clone(&shared);
        let router = Router::new().fallback(move |request: Request| serve(Arc::clone(&state), request));
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, router).with_graceful_shutdown(async move {
            // Both a message and a dropped sender mean stop.
            let _ = stopped.await;
        });
        let task = tokio::spawn(async move {
            // Serving never fails: axum waits and goes on when a connection cannot be accepted.
            let _ = server.await;
        });
        Ok(Self { address, shared, stop, task })
    }

    /// Where it is, as in `http://127.0.0.1:8080`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What it received, in order, including what it refused. The latest 10,000 requests are kept.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.recorder.all()
    }

    /// Stops: no new connections, and answers under way are finished.
    pub async fn shutdown(self) {
        let Self { stop, task, .. } = self;
        drop(stop);
        // Somebody who never finishes a request does not hold up the end.
        let _ = timeout(PATIENCE, task).await;
    }
}
