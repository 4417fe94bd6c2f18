//! A server on a raw socket that disconnects where the test says, and records every byte that it receives.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// How much the server reads, what it then writes, and how it ends the connection.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) reads: Reads,
    pub(crate) writes: &'static [u8],
    pub(crate) ends: Ends,
}

#[derive(Clone, Copy)]
pub(crate) enum Reads {
    /// Nothing, although bytes have arrived.
    Nothing,
    /// At least this number of bytes.
    Some(usize),
    /// The whole request.
    All,
    /// The whole request over HTTP/2.
    Http2,
}

#[derive(Clone, Copy)]
pub(crate) enum Ends {
    Closed,
    /// With a reset.
    Reset,
    /// It does not: the connection stays open and silent.
    Silent,
    /// By the client: the server reads on, without an answer.
    Deaf,
}

/// The bytes received over each connection, in order.
type Received = Arc<Mutex<Vec<Vec<u8>>>>;

/// The server. It stops when it is dropped.
pub(crate) struct FaultySocket {
    pub(crate) address: SocketAddr,
    received: Received,
    closed: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Drop for FaultySocket {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl FaultySocket {
    pub(crate) async fn start(plan: Plan) -> Self {
        Self::serve(plan, None).await
    }

    /// Starts the server behind TLS.
    pub(crate) async fn start_tls(plan: Plan, acceptor: TlsAcceptor) -> Self {
        Self::serve(plan, Some(acceptor)).await
    }

    async fn serve(plan: Plan, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let received = Received::default();
        let (shared, closed) = (Arc::clone(&received), Arc::new(Notify::new()));
        let end = Arc::clone(&closed);
        let task = tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                let index = {
                    let mut received = shared.lock().expect("no test panics while it holds the lock");
                    received.push(Vec::new());
                    received.len() - 1
                };
                open.extend(serve_one(stream, plan, acceptor.as_ref(), &shared, index).await);
                if let Ends::Deaf = plan.ends {
                    end.notify_one();
                }
            }
        });
        Self { address, received, closed, task }
    }

    /// The number of accepted connections.
    pub(crate) fn connections(&self) -> usize {
        self.received.lock().expect("no test panics while it holds the lock").len()
    }

    /// Waits until the client has closed a connection that the server would leave open.
    pub(crate) async fn client_closed(&self) {
        self.closed.notified().await;
    }

    /// Whether a TLS record with application data arrived. Clients send none before the handshake is complete.
    pub(crate) fn has_application_data(&self) -> bool {
        const APPLICATION_DATA: u8 = 0x17;
        let received = self.received.lock().expect("no test panics while it holds the lock");
        received.iter().any(|bytes| {
            let mut rest = bytes.as_slice();
            // A record is a content type, a version, a length, and that number of bytes.
            while let [kind, _, _, high, low, more @ ..] = rest {
                if *kind == APPLICATION_DATA {
                    return true;
                }
                rest = more.get(usize::from(u16::from_be_bytes([*high, *low]))..).unwrap_or_default();
            }
            false
        })
    }

    /// Whether any of these strings arrived over any connection.
    pub(crate) fn has(&self, texts: &[&str]) -> bool {
        let received = self.received.lock().expect("no test panics while it holds the lock");
        let arrived = |text: &&str| {
            received.iter().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
        };
        texts.iter().any(arrived)
    }
}

/// A connection that stays open.
type Connection = Box<dyn Send>;

/// Serves one connection. Returns it if it stays open.
async fn serve_one(
    stream: TcpStream,
    plan: Plan,
    acceptor: Option<&TlsAcceptor>,
    received: &Received,
    index: usize,
) -> Option<Connection> {
    let Some(acceptor) = acceptor else { return serve_plain(stream, plan, received, index).await };
    // A client that does not trust the certificate ends the handshake.
    let mut stream = acceptor.accept(stream).await.ok()?;
    exchange(&mut stream, plan, received, index).await;
    if let Ends::Silent = plan.ends {
        return Some(Box::new(stream));
    }
    read_on(&mut stream, plan.ends).await;
    let _ = stream.shutdown().await;
    None
}

async fn serve_plain(mut stream: TcpStream, plan: Plan, received: &Received, index: usize) -> Option<Connection> {
    if let (Reads::Nothing, Ends::Closed | Ends::Reset) = (plan.reads, plan.ends) {
        // Wait until bytes have arrived, unread. Earlier, the client might not be connected yet.
        let _ = stream.peek(&mut [0]).await;
    }
    exchange(&mut stream, plan, received, index).await;
    read_on(&mut stream, plan.ends).await;
    match plan.ends {
        Ends::Closed | Ends::Deaf => {
            let _ = stream.shutdown().await;
            None
        }
        Ends::Reset => {
            stream.set_zero_linger().expect("a socket");
            None
        }
        Ends::Silent => Some(Box::new(stream)),
    }
}

async fn exchange(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), plan: Plan, received: &Received, index: usize) {
    let mut bytes = Vec::new();
    while !is_enough(plan.reads, &bytes) && stream.read_buf(&mut bytes).await.is_ok_and(|length| length > 0) {
        received.lock().expect("no test panics while it holds the lock")[index].clone_from(&bytes);
    }
    // The client may disconnect before everything is written.
    let _ = stream.write_all(plan.writes).await;
    let _ = stream.flush().await;
}

/// Reads until the client closes the connection.
async fn read_on(stream: &mut (impl AsyncRead + Unpin), ends: Ends) {
    if let Ends::Deaf = ends {
        let _ = tokio::io::copy(stream, &mut tokio::io::sink()).await;
    }
}

fn is_enough(reads: Reads, bytes: &[u8]) -> bool {
    match reads {
        Reads::Nothing => true,
        Reads::Some(count) => bytes.len() >= count,
        Reads::All => is_complete(bytes),
        Reads::Http2 => has_ended_stream(bytes),
    }
}

/// Whether a request has arrived with its body.
fn is_complete(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    if head.contains("transfer-encoding: chunked") { body.ends_with("0\r\n\r\n") } else { body.len() >= length }
}

/// Whether a frame of HTTP/2 with the flag END_STREAM has arrived: HEADERS of a request without a body, or the last DATA.
fn has_ended_stream(bytes: &[u8]) -> bool {
    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    let mut rest = bytes.strip_prefix(PREFACE).unwrap_or_default();
    // A frame is a length, a type, flags, a stream, and that number of bytes.
    while let [l0, l1, l2, kind, flags, _, _, _, _, more @ ..] = rest {
        let length = u32::from_be_bytes([0, *l0, *l1, *l2]) as usize;
        if matches!(kind, 0 | 1) && flags & 1 == 1 && more.len() >= length {
            return true;
        }
        rest = more.get(length..).unwrap_or_default();
    }
    false
}
