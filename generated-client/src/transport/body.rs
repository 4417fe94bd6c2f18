//! The body of a request: bytes in memory, and files and streams that are read while it is sent.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::{self, File};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::spawn_blocking;

/// How much of a file is read at once.
pub(crate) const CHUNK: usize = 64 * 1024;

/// How much is read at once of a file that does not say how long it is.
const LARGEST_AT_ONCE: u64 = 1024 * 1024;

/// The body of a request. Empty if there is none.
///
/// A clone is cheap, and stands for the same bytes. A stream can be read once only, by one of the clones.
#[derive(Clone, Default, PartialEq)]
pub struct Body {
    pieces: Vec<Piece>,
}

#[derive(Clone)]
enum Piece {
    Bytes(Bytes),
    /// The length is known when the file has been looked at.
    File(PathBuf, Option<u64>),
    Stream(Once, Option<u64>),
}

/// A stream, until somebody reads it.
type Once = Arc<Mutex<Option<Chunks>>>;

type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

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
        BodyStream { rest: self.pieces.into(), current: Current::Nothing }
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
    pub(crate) async fn look(&mut self) -> io::Result<()> {
        for piece in mem::take(&mut self.pieces) {
            let piece = match piece {
                Piece::File(path, _) => look_at(path).await?,
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

async fn look_at(path: PathBuf) -> io::Result<Piece> {
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

fn lock(once: &Once) -> std::sync::MutexGuard<'_, Option<Chunks>> {
    once.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Piece {
    fn len(&self) -> Option<u64> {
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

/// The bytes of a [`Body`], one piece after the other: a `Stream`. Files are read as they are asked for.
pub struct BodyStream {
    rest: VecDeque<Piece>,
    current: Current,
}

/// What is being read.
enum Current {
    Nothing,
    Opening(Pin<Box<dyn Future<Output = io::Result<File>> + Send>>, Option<u64>),
    File(Box<File>, Option<u64>),
    Stream(Chunks, Option<u64>),
}

impl BodyStream {
    fn begin(&mut self, piece: Piece) -> io::Result<Option<Bytes>> {
        match piece {
            Piece::Bytes(bytes) => return Ok(Some(bytes)),
            Piece::File(path, length) => self.current = Current::Opening(Box::pin(File::open(path)), length),
            Piece::Stream(once, length) => {
                let stream = lock(&once).take();
                let stream = stream.ok_or_else(|| io::Error::other("the stream of a file has been read already"))?;
                self.current = Current::Stream(stream, length);
            }
        }
        Ok(None)
    }
}

impl Stream for BodyStream {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let (chunk, left) = match &mut this.current {
                Current::Nothing => {
                    let Some(piece) = this.rest.pop_front() else { return Poll::Ready(None) };
                    match this.begin(piece).transpose() {
                        None => continue,
                        some => return Poll::Ready(some),
                    }
                }
                Current::Opening(opening, left) => {
                    let (file, left) = (ready!(opening.as_mut().poll(context)), *left);
                    match file {
                        Ok(file) => this.current = Current::File(Box::new(file), left),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                    continue;
                }
                Current::File(file, left) => (ready!(read(file, *left, context)).transpose(), left),
                Current::Stream(stream, left) => (ready!(stream.as_mut().poll_next(context)), left),
            };
            match counted(chunk, left) {
                None => this.current = Current::Nothing,
                some => return Poll::Ready(some),
            }
        }
    }
}

/// Holds what comes against what is left of the length that was said: the head of the request has it already.
fn counted(chunk: Option<io::Result<Bytes>>, left: &mut Option<u64>) -> Option<io::Result<Bytes>> {
    let length = match &chunk {
        Some(Ok(bytes)) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        Some(Err(_)) => return chunk,
        None => 0,
    };
    let Some(expected) = left else { return chunk };
    let rest = expected.checked_sub(length);
    match (chunk, rest) {
        (None, Some(0)) => None,
        (None, _) => Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a file is shorter than it was"))),
        (Some(_), None) => Some(Err(io::Error::other("the stream of a file is longer than was said"))),
        (chunk, Some(rest)) => {
            *expected = rest;
            chunk
        }
    }
}

/// The next bytes of a file, up to the length that it had. `None` at the end.
fn read(file: &mut File, left: Option<u64>, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
    let most = left.and_then(|left| usize::try_from(left).ok()).map_or(CHUNK, |left| left.min(CHUNK));
    let mut chunk = vec![0; most];
    let mut buffer = ReadBuf::new(&mut chunk);
    ready!(Pin::new(file).poll_read(context, &mut buffer))?;
    let length = buffer.filled().len();
    chunk.truncate(length);
    Poll::Ready(Ok((length > 0).then(|| Bytes::from(chunk))))
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").finish_non_exhaustive()
    }
}

/// The name of the file at this path, as it is told to the server.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
