//! The body of a request: bytes in memory, and files and streams that are read while the request is sent.

mod fragment;
mod reader;
mod stream;

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use self::fragment::{Fragment, lock, open_file};
pub(crate) use self::reader::ReaderStream;
pub use self::stream::BodyStream;

/// The body of a request. A request without a body has an empty one.
///
/// A clone is cheap and shares the bytes with the original. A stream can be read only once, by one of the clones.
#[derive(Clone, Default, PartialEq)]
pub struct Body {
    fragments: Vec<Fragment>,
}

impl Body {
    pub(crate) fn file(path: PathBuf) -> Self {
        Self { fragments: vec![Fragment::File(path, None)] }
    }

    pub(crate) fn stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self { fragments: vec![Fragment::Stream(Arc::new(Mutex::new(Some(Box::pin(stream)))), None)] }
    }

    /// Sets the length of a stream in bytes.
    pub(crate) fn with_length(mut self, bytes: u64) -> Self {
        for fragment in &mut self.fragments {
            if let Fragment::Stream(_, length) = fragment {
                *length = Some(bytes);
            }
        }
        self
    }

    /// The length in bytes. `None` if the length of a stream is not known, or if a file has not been opened yet.
    pub fn len(&self) -> Option<u64> {
        self.fragments.iter().try_fold(0_u64, |length, fragment| Some(length.saturating_add(fragment.len()?)))
    }

    /// Whether the length is known to be 0.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The bytes, if all of them are in memory. `None` if the body contains a file or a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self.fragments.as_slice() {
            [] => Some(&[]),
            [Fragment::Bytes(bytes)] => Some(bytes),
            // `append` joins adjacent bytes into one fragment.
            _ => None,
        }
    }

    /// Like [`as_bytes`](Self::as_bytes), but returns a shared copy.
    pub(crate) fn to_bytes(&self) -> Option<Bytes> {
        match self.fragments.as_slice() {
            [] => Some(Bytes::new()),
            [Fragment::Bytes(bytes)] => Some(bytes.clone()),
            _ => None,
        }
    }

    /// Reads all bytes, including those of files and streams, into memory.
    ///
    /// # Errors
    ///
    /// If a file or a stream cannot be read, or if a stream has already been read.
    pub async fn collect(self) -> io::Result<Bytes> {
        if let Some(bytes) = self.to_bytes() {
            return Ok(bytes);
        }
        let (mut stream, mut all) = (self.into_stream(), BytesMut::new());
        while let Some(chunk) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }

    /// Returns the bytes as a stream of chunks.
    pub fn into_stream(self) -> BodyStream {
        BodyStream::new(self.fragments)
    }

    /// Appends another body.
    pub(crate) fn append(&mut self, other: Self) {
        for fragment in other.fragments {
            match (self.fragments.last_mut(), fragment) {
                (Some(Fragment::Bytes(last)), Fragment::Bytes(bytes)) => {
                    let mut joined = BytesMut::from(mem::take(last));
                    joined.extend_from_slice(&bytes);
                    *last = joined.freeze();
                }
                (_, fragment) => self.fragments.push(fragment),
            }
        }
    }

    /// Whether the body contains a file that is read from a path.
    pub(crate) fn has_files(&self) -> bool {
        self.fragments.iter().any(|fragment| matches!(fragment, Fragment::File(..)))
    }

    /// Opens all files, to check that they can be read and to learn their lengths.
    ///
    /// A pipe is refused: it has no length, and opening it may block forever. A file of length 0 may still have
    /// content, as files under `/proc` do, so it is read immediately.
    pub(crate) async fn open_files(&mut self) -> io::Result<()> {
        for fragment in mem::take(&mut self.fragments) {
            let fragment = match fragment {
                Fragment::File(path, _) => open_file(path).await?,
                known => known,
            };
            self.append(Self { fragments: vec![fragment] });
        }
        Ok(())
    }

    /// Whether a stream of the body has been read, so that the body cannot be sent again.
    pub(crate) fn is_consumed(&self) -> bool {
        self.fragments.iter().any(|fragment| matches!(fragment, Fragment::Stream(stream, _) if lock(stream).is_none()))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        if bytes.is_empty() { Self::default() } else { Self { fragments: vec![Fragment::Bytes(bytes)] } }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

/// Shows the length and never the content.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.len()).finish_non_exhaustive()
    }
}

/// The file name that is sent for the file at this path.
pub(crate) fn file_name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
