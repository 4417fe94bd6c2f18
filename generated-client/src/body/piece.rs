//! One piece of a body.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs::{self, File};
use tokio::task::spawn_blocking;

/// How much of a file is read at once.
pub(crate) const CHUNK: usize = 64 * 1024;

/// How much is read at once of a file that does not say how long it is.
const LARGEST_AT_ONCE: u64 = 1024 * 1024;

#[derive(Clone)]
pub(super) enum Piece {
    Bytes(Bytes),
    /// The length is known when the file has been looked at.
    File(PathBuf, Option<u64>),
    Stream(Once, Option<u64>),
}

/// A stream, until somebody reads it.
pub(super) type Once = Arc<Mutex<Option<Chunks>>>;

pub(super) type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

pub(super) async fn open_file(path: PathBuf) -> io::Result<Piece> {
    let metadata = fs::metadata(&path).await?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no regular file; what a pipe gives can be sent with `File::from_reader`"));
    }
    // Whether it may be read shows only now.
    let file = File::open(&path).await?;
    if metadata.len() > 0 {
        return Ok(Piece::File(path, Some(metadata.len())));
    }
    let file = file.into_std().await;
    let read = spawn_blocking(move || read_at_once(file)).await;
    read.unwrap_or_else(|panic| Err(io::Error::other(panic))).map(Piece::Bytes)
}

fn read_at_once(file: std::fs::File) -> io::Result<Bytes> {
    use std::io::Read;
    let mut content = Vec::new();
    file.take(LARGEST_AT_ONCE + 1).read_to_end(&mut content)?;
    if content.len() as u64 > LARGEST_AT_ONCE {
        return Err(io::Error::other("it does not say how long it is; send it with `File::from_reader`"));
    }
    Ok(content.into())
}

pub(super) fn lock(once: &Once) -> MutexGuard<'_, Option<Chunks>> {
    once.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Piece {
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::File(_, length) | Self::Stream(_, length) => *length,
        }
    }
}

/// Streams are equal if they are the same.
impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::File(one, _), Self::File(other, _)) => one == other,
            (Self::Stream(one, _), Self::Stream(other, _)) => Arc::ptr_eq(one, other),
            (Self::Bytes(_) | Self::File(..) | Self::Stream(..), _) => false,
        }
    }
}
