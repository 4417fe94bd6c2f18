//! Waits until the program is asked to stop.

use std::io;

/// A future that is ready at Ctrl-C or SIGTERM. It listens from the moment when it is made.
#[cfg(unix)]
pub(crate) fn signals() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// A future that is ready at Ctrl-C. It listens from the moment when it is made.
#[cfg(windows)]
pub(crate) fn signals() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
