//! A mail server of somebody else's: takes every mail on loopback, but for who is gone, and shows what came.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use parking_lot::Mutex;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Whose address begins so is not known to the sink.
const GONE: &str = "gone@";
/// To whose address begins so the sink lets nobody write.
const UNWANTED: &str = "unwanted";

/// A mail that the sink took.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The envelope sender, without angle brackets.
    pub from: String,
    /// The envelope recipients, without angle brackets.
    pub to: Vec<String>,
    /// The message as it came, without dot-stuffing.
    pub message: Vec<u8>,
}

/// A running sink; it ends with the runtime.
#[derive(Clone)]
pub struct Sink {
    /// Where it listens.
    pub address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    count: watch::Receiver<usize>,
    open: watch::Receiver<usize>,
}

impl Sink {
    /// Starts on a free port of loopback.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let taken: Arc<Mutex<Vec<Taken>>> = Arc::default();
        let (count_sender, count) = watch::channel(0);
        let (open_sender, open) = watch::channel(0);
        let for_sessions = Arc::clone(&taken);
        tokio::spawn(async move {
            let (count_sender, open_sender) = (Arc::new(count_sender), Arc::new(open_sender));
            while let Ok((stream, _)) = listener.accept().await {
                let (taken, count) = (Arc::clone(&for_sessions), Arc::clone(&count_sender));
                let open = Arc::clone(&open_sender);
                open.send_modify(|open| *open += 1);
                tokio::spawn(async move {
                    // A peer that goes away in the middle is its own affair.
                    let _ = session(stream, &taken, &count).await;
                    open.send_modify(|open| *open -= 1);
                });
            }
        });
        Ok(Sink { address, taken, count, open })
    }

    /// What came so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().clone()
    }

    /// Waits until nobody is connected: whatever a peer sent before it was killed has been taken then.
    ///
    /// # Errors
    /// When somebody stays for longer than `limit`.
    pub async fn wait_until_alone(&self, limit: Duration) -> Result<()> {
        let mut open = self.open.clone();
        let alone = open.wait_for(|open| *open == 0);
        tokio::time::timeout(limit, alone).await.context("somebody stays connected to the sink")??;
        Ok(())
    }

    /// Waits until `wanted` accepts all that came, for at most `limit`.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn wait_for_all(&self, limit: Duration, wanted: impl Fn(&[Taken]) -> bool) -> Result<()> {
        let mut count = self.count.clone();
        let look = async {
            loop {
                count.borrow_and_update();
                if wanted(&self.taken.lock()) {
                    return Ok(());
                }
                count.changed().await?;
            }
        };
        tokio::time::timeout(limit, look).await.context("not all that was wanted reached the sink in time")?
    }

    /// Waits until a mail came that `wanted` accepts, for at most `limit`; of several the newest.
    pub async fn wait_for(&self, limit: Duration, wanted: impl Fn(&Taken) -> bool) -> Result<Taken> {
        let mut count = self.count.clone();
        let search = async {
            loop {
                count.borrow_and_update();
                if let Some(found) = self.taken.lock().iter().rev().find(|mail| wanted(mail)) {
                    return Ok(found.clone());
                }
                count.changed().await?;
            }
        };
        tokio::time::timeout(limit, search).await.context("no such mail reached the sink in time")?
    }
}

fn path(argument: &str) -> String {
    argument
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or("", |(path, _)| path)
        .to_owned()
}

async fn session(stream: TcpStream, taken: &Mutex<Vec<Taken>>, count: &watch::Sender<usize>) -> Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink.example ESMTP\r\n").await?;
    let (mut from, mut to, mut chunks) = (String::new(), Vec::new(), Vec::new());
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let upper = line.to_ascii_uppercase();
        let verb = upper.split([' ', ':', '\r']).next().unwrap_or("");
        let mut finished = None;
        let reply = match verb {
            "EHLO" => {
                "250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-CHUNKING\r\n250-DSN\r\n250 SIZE 104857600"
            }
            "HELO" | "NOOP" => "250 OK",
            "RSET" => {
                (from, to, chunks) = Default::default();
                "250 OK"
            }
            "MAIL" => {
                from = path(&line);
                "250 2.1.0 OK"
            }
            "RCPT" if path(&line).starts_with(GONE) => "550 5.1.1 no such user here",
            "RCPT" if path(&line).starts_with(UNWANTED) => {
                "550 5.7.1 blocked for the reputation of its sender"
            }
            "RCPT" => {
                to.push(path(&line));
                "250 2.1.5 OK"
            }
            "DATA" => {
                stream.write_all(b"354 go ahead\r\n").await?;
                finished = Some(dotted(&mut stream).await?);
                "250 2.0.0 taken"
            }
            "BDAT" => {
                let mut words = upper.split_whitespace().skip(1);
                let length: usize = words.next().context("BDAT without a length")?.parse()?;
                let mut chunk = vec![0; length];
                stream.read_exact(&mut chunk).await?;
                chunks.append(&mut chunk);
                if words.next() == Some("LAST") {
                    finished = Some(std::mem::take(&mut chunks));
                }
                "250 2.0.0 taken"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "502 5.5.1 not here",
        };
        if let Some(message) = finished {
            let mut all = taken.lock();
            all.push(Taken { from: std::mem::take(&mut from), to: std::mem::take(&mut to), message });
            count.send_replace(all.len());
        }
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}

async fn dotted(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let start = message.len();
        anyhow::ensure!(stream.read_until(b'\n', &mut message).await? > 0, "the peer went away");
        match &message[start..] {
            b".\r\n" => {
                message.truncate(start);
                return Ok(message);
            }
            line if line.starts_with(b".") => {
                message.remove(start);
            }
            _ => {}
        }
    }
}
