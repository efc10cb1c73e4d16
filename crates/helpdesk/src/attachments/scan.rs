//! Files are shown to a scanner for viruses: clamd, by its protocol for streams.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

use super::{AttachmentFault, NewAttachment, keep::name_of};
use crate::tickets::{Desk, TicketError};

/// The scanner for viruses that files of tickets are shown to before anybody gets them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScannerConfig {
    /// Where clamd listens on this machine, which no file leaves for it: `unix:/run/clamav/clamd.ctl`, or a loopback address such as
    /// `127.0.0.1:3310`. Empty: files are not scanned. Its `StreamMaxLength` is at least
    /// `smtp.max_message_bytes`: a letter that is larger is taken, and its files are not offered.
    pub address: String,
    /// Seconds that a scan may take. While the scanner cannot be reached, files are refused on the pages with a word to try again, and letters
    /// with files are told to come later.
    pub seconds: u32,
}

impl Default for ScannerConfig {
    fn default() -> Self {
        ScannerConfig { address: String::new(), seconds: 30 }
    }
}

impl ScannerConfig {
    /// The scanner, where there is one.
    ///
    /// # Errors
    /// In words, when the address is none.
    pub fn read(&self) -> Result<Option<Scanner>, String> {
        let address = self.address.trim();
        let at = match address.strip_prefix("unix:") {
            _ if address.is_empty() => return Ok(None),
            Some(path) if path.starts_with('/') => At::Unix(PathBuf::from(path)),
            Some(path) => return Err(format!("address: {path:?} does not begin with a slash")),
            None => match address.parse::<SocketAddr>() {
                Ok(address) if address.ip().is_loopback() => At::Tcp(address),
                _ => {
                    return Err(format!(
                        "address: {address:?} is neither unix: with a path nor a loopback address with a port, such as 127.0.0.1:3310; \
                         files do not leave the machine to be scanned"
                    ));
                }
            },
        };
        match self.seconds {
            1..=600 => Ok(Some(Scanner { at, patience: Duration::from_secs(u64::from(self.seconds)) })),
            _ => Err("seconds: 1 to 600".to_owned()),
        }
    }
}

/// A scanner for viruses.
#[derive(Debug, Clone)]
pub struct Scanner {
    at: At,
    patience: Duration,
}

#[derive(Debug, Clone)]
enum At {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

/// What a scanner says of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// It knows nothing bad of them.
    Clean,
    /// It found what it calls so.
    Found(String),
    /// It does not look through so many.
    TooLarge,
}

/// Why nothing was found out.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// It could not be talked to.
    #[error("the scanner for viruses (helpdesk.scanner) cannot be reached: {0}")]
    Io(#[from] std::io::Error),
    /// It took too long.
    #[error("the scanner for viruses (helpdesk.scanner) took longer than {0:?}")]
    Late(Duration),
    /// It said something else.
    #[error("the scanner for viruses (helpdesk.scanner) answered {0:?}")]
    Said(String),
}

/// As much is sent at once.
const CHUNK: usize = 64 * 1024;
/// The longest answer that is read: more is no answer of clamd.
const LONGEST_ANSWER: u64 = 4 * 1024;

impl Scanner {
    /// Shows it bytes.
    ///
    /// # Errors
    /// When it gives no answer.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Scanned, ScanError> {
        let asked = async {
            match &self.at {
                At::Tcp(address) => ask(TcpStream::connect(address).await?, bytes).await,
                At::Unix(path) => ask(UnixStream::connect(path).await?, bytes).await,
            }
        };
        let answer = tokio::time::timeout(self.patience, asked).await;
        understood(&answer.map_err(|_| ScanError::Late(self.patience))??)
    }
}

/// Sends the bytes in pieces, each behind its length, and gives the answer.
async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> std::io::Result<String> {
    let sent = async {
        stream.write_all(b"zINSTREAM\0").await?;
        for piece in bytes.chunks(CHUNK) {
            stream.write_all(&u32::try_from(piece.len()).unwrap_or(0).to_be_bytes()).await?;
            stream.write_all(piece).await?;
        }
        stream.write_all(&[0; 4]).await?;
        stream.flush().await
    };
    // Of what is too large clamd says so and hangs up while it is still being sent.
    let sent = sent.await;
    let mut answer = Vec::new();
    match stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await {
        Err(error) if answer.is_empty() => Err(sent.err().unwrap_or(error)),
        _ if answer.is_empty() => Err(sent.err().unwrap_or(std::io::ErrorKind::UnexpectedEof.into())),
        _ => Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned()),
    }
}

fn understood(answer: &str) -> Result<Scanned, ScanError> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(Scanned::Clean);
    }
    if let Some(name) = said.strip_suffix(" FOUND") {
        return Ok(Scanned::Found(name.to_owned()));
    }
    if said.contains("size limit exceeded") {
        return Ok(Scanned::TooLarge);
    }
    Err(ScanError::Said(answer.to_owned()))
}

impl Desk {
    /// Shows files that come on our pages to the scanner, if there is one.
    pub(super) async fn scan_attachments(&self, files: &[NewAttachment]) -> Result<(), TicketError> {
        let Some(scanner) = self.scanner() else { return Ok(()) };
        for NewAttachment { name, bytes } in files {
            let fault = match scanner.scan(bytes).await {
                Ok(Scanned::Clean) => continue,
                Ok(Scanned::Found(found)) => {
                    tracing::warn!(%found, "a file for a ticket was refused: the scanner found something in it");
                    AttachmentFault::Harmful(name_of(name))
                }
                Ok(Scanned::TooLarge) => AttachmentFault::NotScanned(name_of(name)),
                Err(error) => {
                    tracing::error!(%error, "files for tickets are refused until the scanner answers");
                    AttachmentFault::NotScanned(name_of(name))
                }
            };
            return Err(fault.into());
        }
        Ok(())
    }

    /// Whether the files of a letter are not to be offered: the scanner found something in it, or does not look through so much.
    ///
    /// # Errors
    /// When the scanner gives no answer: the letter is to come again.
    pub(crate) async fn is_harmful(&self, letter: &[u8]) -> Result<bool, TicketError> {
        let Some(scanner) = self.scanner() else { return Ok(false) };
        match scanner.scan(letter).await {
            Ok(Scanned::Clean) => Ok(false),
            Ok(Scanned::Found(found)) => {
                tracing::warn!(%found, "the scanner found something in a letter; its files are not offered");
                Ok(true)
            }
            Ok(Scanned::TooLarge) => {
                tracing::warn!(
                    bytes = letter.len(),
                    "a letter is too large for the scanner; its files are not offered"
                );
                Ok(true)
            }
            Err(error) => Err(TicketError::Failed(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn answers_are_understood() {
        for (answer, meant) in [
            ("stream: OK", Scanned::Clean),
            ("stream: Win.Test.EICAR_HDB-1 FOUND", Scanned::Found("Win.Test.EICAR_HDB-1".to_owned())),
            ("INSTREAM size limit exceeded. ERROR", Scanned::TooLarge),
        ] {
            assert_eq!(understood(answer).unwrap(), meant);
        }
        for unclear in ["", "stream: ", "UNKNOWN COMMAND", "stream: Can't allocate memory ERROR"] {
            assert!(understood(unclear).is_err(), "{unclear}");
        }
    }

    #[test]
    fn addresses_are_read() {
        let read = |address: &str| ScannerConfig { address: address.to_owned(), ..Default::default() }.read();
        assert!(read("").unwrap().is_none());
        for right in ["127.0.0.1:3310", "[::1]:3310", "unix:/run/clamav/clamd.ctl"] {
            assert!(read(right).unwrap().is_some(), "{right}");
        }
        for wrong in ["127.0.0.1", "192.0.2.7:3310", "scanner.example:3310", ":3310", "unix:clamd.ctl"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(ScannerConfig { address: "127.0.0.1:1".to_owned(), seconds: 0 }.read().is_err());
    }

    /// What a scanner hears, and its answer.
    async fn heard(bytes: &[u8], answer: &'static [u8]) -> (Result<Scanned, ScanError>, Vec<u8>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = At::Tcp(listener.local_addr().unwrap());
        let serve = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = vec![0; 10];
            stream.read_exact(&mut heard).await.unwrap();
            assert_eq!(heard, b"zINSTREAM\0");
            let mut whole = Vec::new();
            loop {
                let length = stream.read_u32().await.unwrap() as usize;
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length];
                stream.read_exact(&mut piece).await.unwrap();
                whole.extend(piece);
            }
            stream.write_all(answer).await.unwrap();
            whole
        });
        let said = Scanner { at, patience: Duration::from_secs(10) }.scan(bytes).await;
        (said, serve.await.unwrap())
    }

    #[tokio::test]
    async fn bytes_arrive_whole_whatever_their_number() {
        for length in [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let (said, whole) = heard(&bytes, b"stream: OK\0").await;
            assert_eq!((said.unwrap(), whole == bytes), (Scanned::Clean, true), "{length}");
        }
        let (said, _) = heard(b"x", b"stream: Bad.Thing FOUND\0").await;
        assert_eq!(said.unwrap(), Scanned::Found("Bad.Thing".to_owned()));
        let (silent, _) = heard(b"x", b"").await;
        assert!(matches!(silent, Err(ScanError::Io(_))), "{silent:?}");
    }

    #[tokio::test]
    async fn who_does_not_answer_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = At::Tcp(listener.local_addr().unwrap());
        let said = Scanner { at, patience: Duration::from_millis(50) }.scan(b"x").await;
        assert!(matches!(said, Err(ScanError::Late(_))), "{said:?}");
        let nobody = Scanner { at: At::Unix("/nowhere/clamd.ctl".into()), patience: Duration::from_secs(1) };
        assert!(matches!(nobody.scan(b"x").await, Err(ScanError::Io(_))));
    }
}
