//! Listens, and stops.

use crate::connection::accept;
use crate::fault::{FaultError, Faults};
use crate::options::Options;
use crate::record::Recorded;
use crate::shared::Shared;
use crate::spec::spec;
use plivo_codegen::model::Model;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A running simulator. It stops when it is dropped.
///
/// Each one has its own port, objects and record, so that tests do not see each other.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Dropping it asks the server to stop.
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Simulator {
    /// Starts to serve this project's [`spec`](crate::spec()), and so Plivo, on a free port and with the usual
    /// [`Options`].
    ///
    /// # Errors
    ///
    /// When there is no port, and when the spec cannot be read.
    pub async fn of_spec() -> io::Result<Self> {
        let model = spec().map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        Self::start(model, Options::new()).await
    }

    /// Starts to serve a model on 127.0.0.1. Every host of the model is served at the same address.
    ///
    /// It runs on the Tokio runtime that this is called from.
    ///
    /// # Errors
    ///
    /// When the port is not free, and when a fault is not possible.
    pub async fn start(model: Model, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let shared = Shared::new(model, options);
        let shared = Arc::new(shared.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?);
        let (stop, stopped) = watch::channel(());
        let task = tokio::spawn(accept(listener, Arc::clone(&shared), stopped));
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

    /// Forgets what it received.
    pub fn clear_requests(&self) {
        self.shared.recorder.clear();
    }

    /// Puts these faults in place of those that are in force, and counts requests from here on.
    ///
    /// ```
    /// # use plivo_simulator::{Fault, FaultError, Simulator};
    /// # fn example(simulator: &Simulator) -> Result<(), FaultError> {
    /// simulator.set_faults([Fault::on("*").nth(2).status(502)])?;
    /// // ... and no faults any more:
    /// simulator.set_faults([])
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them. Nothing changes then.
    pub fn set_faults(&self, faults: impl Into<Faults>) -> Result<(), FaultError> {
        self.shared.set_faults(faults.into())
    }

    /// Makes everything as it was at the start: no objects, no requests, the first ids, and the faults and
    /// limits of the options.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Stops: no new connections, and answers under way are finished, if that takes no longer than 5 seconds.
    pub async fn shutdown(self) {
        let Self { stop, task, .. } = self;
        drop(stop);
        let _ = task.await;
    }
}
