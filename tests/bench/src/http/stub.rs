//! A server on loopback that answers without work. It runs in the parent process, so its own cost does not count.

use std::io;
use std::net::{Ipv4Addr, TcpListener as StdListener};
use std::sync::Arc;
use std::thread;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;

use crate::BoxError;
use crate::cases::{CREATED, differing_page, page};

/// Starts a server that answers as soon as `at_once` requests have arrived. Returns its URL. It ends with the process.
pub(crate) fn start(at_once: usize) -> Result<String, BoxError> {
    let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| format!("loopback: {error}"))?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    let answers = Arc::new(Answers {
        created: response(CREATED),
        page: response(&page(20)),
        differing_page: response(&differing_page(20)),
        barrier: Barrier::new(at_once),
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    // If the server fails, the client reports that it has lost the connection.
    thread::spawn(move || runtime.block_on(accept(listener, answers)));
    Ok(url)
}

async fn accept(listener: StdListener, answers: Arc<Answers>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let answers = Arc::clone(&answers);
        tokio::spawn(async move { answers.serve(stream).await });
    }
}

fn response(body: &str) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
    format!("{head} {}\r\n\r\n{body}", body.len()).into_bytes()
}

struct Answers {
    created: Vec<u8>,
    page: Vec<u8>,
    differing_page: Vec<u8>,
    barrier: Barrier,
}

impl Answers {
    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut stream = BufReader::with_capacity(1024, stream);
        while let Some(line) = read_request(&mut stream).await? {
            self.barrier.wait().await;
            stream.write_all(self.answer(&line)).await?;
        }
        Ok(())
    }

    fn answer(&self, request_line: &str) -> &[u8] {
        match request_line {
            line if line.starts_with("POST ") => &self.created,
            line if line.contains("offset=20") => &self.differing_page,
            _ => &self.page,
        }
    }
}

/// Reads one request with its body. Returns its first line, or `None` if the client has closed the connection.
async fn read_request(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let (mut line, mut length, mut first) = (String::new(), 0, None);
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        first.get_or_insert_with(|| line.clone());
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    tokio::io::copy(&mut stream.take(length), &mut tokio::io::sink()).await?;
    Ok(first)
}
