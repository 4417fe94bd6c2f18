//! Waits for a signal that stops the program.

use std::io;

/// Returns a future that completes at Ctrl-C or SIGTERM. The handlers are installed immediately, before the future
/// is awaited.
///
/// # Errors
///
/// Fails if a signal handler cannot be installed.
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

/// Returns a future that completes at Ctrl-C. The handler is installed immediately, before the future is awaited.
///
/// # Errors
///
/// Fails if the signal handler cannot be installed.
#[cfg(windows)]
pub fn signals() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
