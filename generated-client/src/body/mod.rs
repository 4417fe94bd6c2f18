//! The body of a request: bytes in memory, and files and streams that are read while it is sent.

mod piece;
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

use self::piece::{Piece, lock, open_file};
pub(crate) use self::reader::ReaderStream;
pub use self::stream::BodyStream;

/// The body of a request. Empty if there is none.
///
/// A clone is cheap, and stands for the same bytes. A stream can be read once only, by one of the clones.
#[derive(Clone, Default, PartialEq)]
pub struct Body {
    pieces: Vec<Piece>,
}

impl Body {
    pub(crate) fn file(path: PathBuf) -> Self {
        Self { pieces: vec![Piece::File(path, None)] }
    }

    pub(crate) fn stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self { pieces: vec![Piece::Stream(Arc::new(Mutex::new(Some(Box::pin(stream)))), None)] }
    }

    /// Says how long a stream is.
    pub(crate) fn with_length(mut self, bytes: u64) -> Self {
        for piece in &mut self.pieces {
            if let Piece::Stream(_, length) = piece {
                *length = Some(bytes);
            }
        }
        self
    }

    /// How many bytes there are. `None` if a stream does not say it, or before a file has been looked at.
    pub fn len(&self) -> Option<u64> {
        self.pieces.iter().try_fold(0_u64, |length, piece| Some(length.saturating_add(piece.len()?)))
    }

    /// Whether there is no body.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The bytes, if all are in memory, as those of everything but files and streams are.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self.pieces.as_slice() {
            [] => Some(&[]),
            [Piece::Bytes(bytes)] => Some(bytes),
            // Bytes that follow each other are one piece.
            _ => None,
        }
    }

    /// The same as [`as_bytes`](Self::as_bytes), to keep.
    pub(crate) fn to_bytes(&self) -> Option<Bytes> {
        match self.pieces.as_slice() {
            [] => Some(Bytes::new()),
            [Piece::Bytes(bytes)] => Some(bytes.clone()),
            _ => None,
        }
    }

    /// All bytes. Files and streams are read for it.
    ///
    /// # Errors
    ///
    /// When a file or a stream cannot be read, or when a stream has been read already.
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

    /// The bytes, one piece after the other.
    pub fn into_stream(self) -> BodyStream {
        BodyStream::new(self.pieces)
    }

    /// Puts another one behind this one.
    pub(crate) fn append(&mut self, other: Self) {
        for piece in other.pieces {
            match (self.pieces.last_mut(), piece) {
                (Some(Piece::Bytes(last)), Piece::Bytes(bytes)) => {
                    let mut joined = BytesMut::from(mem::take(last));
                    joined.extend_from_slice(&bytes);
                    *last = joined.freeze();
                }
                (_, piece) => self.pieces.push(piece),
            }
        }
    }

    /// Whether a part of it is at a path.
    pub(crate) fn has_files(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::File(..)))
    }

    /// Looks at the files: whether they are there, and how long they are.
    ///
    /// Of a pipe nobody knows it, and opening one may wait for ever. A file that says that it is empty may be made
    /// while it is read, as those under `/proc` are: it is read at once.
    pub(crate) async fn open_files(&mut self) -> io::Result<()> {
        for piece in mem::take(&mut self.pieces) {
            let piece = match piece {
                Piece::File(path, _) => open_file(path).await?,
                known => known,
            };
            self.append(Self { pieces: vec![piece] });
        }
        Ok(())
    }

    /// Whether a part of it has been read that cannot be read again.
    pub(crate) fn is_spent(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Stream(once, _) if lock(once).is_none()))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        if bytes.is_empty() { Self::default() } else { Self { pieces: vec![Piece::Bytes(bytes)] } }
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

/// Shows how long it is; nothing of what is in it.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.len()).finish_non_exhaustive()
    }
}

/// The name of the file at this path, as it is told to the server.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
