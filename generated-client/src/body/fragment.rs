//! A fragment of a body: bytes in memory, a file, or a stream.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs::{self, File};
use tokio::task::spawn_blocking;

/// The maximum size of a chunk in bytes.
pub(super) const CHUNK: usize = 64 * 1024;

/// The maximum size, in bytes, of a file whose reported length is 0.
const MAX_UNSIZED_FILE: u64 = 1024 * 1024;

#[derive(Clone)]
pub(super) enum Fragment {
    Bytes(Bytes),
    /// A file, with its length after it has been opened.
    File(PathBuf, Option<u64>),
    Stream(SharedStream, Option<u64>),
}

/// A stream that is shared by the clones of a body. It is `None` after one of them has read it.
pub(super) type SharedStream = Arc<Mutex<Option<ByteStream>>>;

pub(super) type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

pub(super) async fn open_file(path: PathBuf) -> io::Result<Fragment> {
    let metadata = fs::metadata(&path).await?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file; to send the data of a pipe, use `File::from_reader`"));
    }
    // Only opening the file shows whether it is readable.
    let file = File::open(&path).await?;
    if metadata.len() > 0 {
        return Ok(Fragment::File(path, Some(metadata.len())));
    }
    let file = file.into_std().await;
    let read = spawn_blocking(move || read_unsized(file)).await;
    read.unwrap_or_else(|panic| Err(io::Error::other(panic))).map(Fragment::Bytes)
}

fn read_unsized(file: std::fs::File) -> io::Result<Bytes> {
    use std::io::Read;
    let mut content = Vec::new();
    file.take(MAX_UNSIZED_FILE + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX_UNSIZED_FILE {
        return Err(io::Error::other("the length of the file is not known; to send it, use `File::from_reader`"));
    }
    Ok(content.into())
}

pub(super) fn lock(stream: &SharedStream) -> MutexGuard<'_, Option<ByteStream>> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Fragment {
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::File(_, length) | Self::Stream(_, length) => *length,
        }
    }
}

/// Two streams are equal if they are the same stream.
impl PartialEq for Fragment {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::File(one, _), Self::File(other, _)) => one == other,
            (Self::Stream(one, _), Self::Stream(other, _)) => Arc::ptr_eq(one, other),
            (Self::Bytes(_) | Self::File(..) | Self::Stream(..), _) => false,
        }
    }
}
