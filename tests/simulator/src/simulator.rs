//! Starts and stops a simulator.

use crate::api::Objects;
use crate::context::Context;
use crate::fault::Faults;
use crate::input::InputError;
use crate::machine::Transition;
use crate::options::Options;
use crate::record::RecordedRequest;
use crate::server::accept;
use crate::spec::spec;
use plivo_codegen::model::Model;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A running simulator. Dropping it stops it.
///
/// Each simulator has its own port, objects and record, so tests can run in parallel.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    context: Arc<Context>,
    /// Dropping the sender stops the server.
    stop: watch::Sender<()>,
    server: JoinHandle<()>,
}

impl Simulator {
    /// Starts a simulator of this project's [`spec`](crate::spec()), on a free port with the default [`Options`].
    ///
    /// # Errors
    ///
    /// Fails if no port is free, or if the spec cannot be read.
    pub async fn of_spec() -> io::Result<Self> {
        let model = spec().map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        Self::start(model, Options::new()).await
    }

    /// Starts a simulator of a model on 127.0.0.1. It serves all hosts of the model at this address.
    ///
    /// The server runs on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// Fails if the port is not free, or if a fault or an object of the options is invalid.
    pub async fn start(model: Model, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let context = Context::new(model, options);
        let context = Arc::new(context.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?);
        let (stop, stopped) = watch::channel(());
        let server = tokio::spawn(accept(listener, Arc::clone(&context), stopped));
        Ok(Self { address, context, stop, server })
    }

    /// The base URL, such as `http://127.0.0.1:8080`, without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The received requests, oldest first, including rejected ones. The record keeps the latest 10,000 requests
    /// and at most 64 MiB.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.context.recorder.requests(None)
    }

    /// Clears the record of requests.
    pub fn clear_requests(&self) {
        self.context.recorder.clear(None);
    }

    /// Replaces all faults, and counts requests from 1 again.
    ///
    /// ```
    /// # use plivo_simulator::{Fault, InputError, Simulator};
    /// # fn example(simulator: &Simulator) -> Result<(), InputError> {
    /// simulator.set_faults([Fault::on("*").nth(2).status(502)])?;
    /// // An empty list removes all faults.
    /// simulator.set_faults([])
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// All problems of all faults. The current faults then stay in effect.
    pub fn set_faults(&self, faults: impl Into<Faults>) -> Result<(), InputError> {
        self.context.set_faults(faults.into())
    }

    /// Stores objects, and returns them with their ids.
    ///
    /// # Errors
    ///
    /// All problems of all objects. Nothing is stored then.
    pub fn seed(&self, objects: &Objects) -> Result<Objects, InputError> {
        self.context.api.seed(objects)
    }

    /// The stored objects of all accounts.
    pub fn objects(&self) -> Objects {
        self.context.api.objects(None, None)
    }

    /// The time on the simulator's clock.
    pub fn time(&self) -> SystemTime {
        self.context.api.now().to_system_time()
    }

    /// Advances the simulator's clock. Returns the transitions of stored objects that are due by then, oldest first.
    ///
    /// ```
    /// # use plivo_simulator::Simulator;
    /// # fn example(simulator: &Simulator) {
    /// for transition in simulator.advance(std::time::Duration::from_secs(5)) {
    ///     println!("{} is {}", transition.id(), transition.to());
    /// }
    /// # }
    /// ```
    pub fn advance(&self, duration: Duration) -> Vec<Transition> {
        self.context.api.advance(duration).1
    }

    /// The transitions of stored objects from state to state, oldest first. The record keeps the latest 10,000.
    pub fn transitions(&self) -> Vec<Transition> {
        self.context.api.transitions()
    }

    /// Clears the record of transitions.
    pub fn clear_transitions(&self) {
        self.context.api.clear_transitions();
    }

    /// Restores the initial state: the time, the objects and the faults of the options, empty records, and the first ids.
    pub fn reset(&self) {
        self.context.reset();
    }

    /// Stops accepting connections, and waits up to 5 seconds for responses in progress.
    pub async fn shutdown(self) {
        let Self { stop, server, .. } = self;
        drop(stop);
        let _ = server.await;
    }
}
