//! Waits until the program is asked to stop.

use std::io;

/// A future that is ready at Ctrl-C or SIGTERM. It listens from the moment when it is made.
///
/// # Errors
///
/// When the signals cannot be listened for.
#[cfg(unix)]
pub fn signals() -> io::Result<impl Future<Output = ()>> {
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
///
/// # Errors
///
/// When it cannot be listened for.
#[cfg(windows)]
pub fn signals() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
