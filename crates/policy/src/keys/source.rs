//! Where the root key comes from: a file, the environment, or a command that fetches it from wherever it is kept.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use data_encoding::HEXLOWER_PERMISSIVE;
use zeroize::Zeroizing;

use super::KeyError;
use super::cipher::random_bytes;
use super::root::RootKey;

/// More than any root key with white space around it.
const LONGEST_ANSWER: u64 = 4096;

/// Where the root key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootKeySource {
    /// A file with 64 hexadecimal digits, readable by its owner alone.
    File(PathBuf),
    /// An environment variable with 64 hexadecimal digits.
    Environment(String),
    /// A program that writes 64 hexadecimal digits to its standard output, e.g. the client of a key service.
    Command {
        /// The program and its arguments; no shell reads them.
        words: Vec<String>,
        /// How long it may take.
        patience: Duration,
    },
}

impl std::fmt::Display for RootKeySource {
    /// Names the place, never what is in it. Of a command only the program: arguments may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RootKeySource::File(path) => write!(f, "the file {}", path.display()),
            RootKeySource::Environment(name) => write!(f, "the environment variable {name}"),
            RootKeySource::Command { words, .. } => {
                write!(f, "the command {}", words.first().map_or("", String::as_str))
            }
        }
    }
}

impl RootKey {
    /// Writes a new root key to a file that only its owner can read, unless the file is there.
    ///
    /// # Errors
    /// What the system says, with the path. An existing file is never overwritten.
    pub fn create_file(path: &Path) -> Result<(), KeyError> {
        if path.exists() {
            return Ok(());
        }
        let failed =
            |error: std::io::Error| KeyError::Root(format!("the root key {}: {error}", path.display()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        let text = Zeroizing::new(data_encoding::HEXLOWER.encode(&*Zeroizing::new(random_bytes::<32>())));
        file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    /// Reads the root key. What a command writes goes nowhere else, and stands in no error.
    ///
    /// # Errors
    /// Says what to do when it is missing, malformed, or readable by others.
    pub fn load(source: &RootKeySource) -> Result<Self, KeyError> {
        let text = match source {
            RootKeySource::File(path) => of_file(path)?,
            RootKeySource::Environment(name) => std::env::var(name).map(Zeroizing::new).map_err(|_| {
                KeyError::Root(format!("the environment variable {name} with the root key is not set"))
            })?,
            RootKeySource::Command { words, patience } => of_command(source, words, *patience)?,
        };
        let decoded = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map(Zeroizing::new);
        let bytes: Option<Zeroizing<[u8; 32]>> =
            decoded.ok().and_then(|bytes| bytes.as_slice().try_into().ok().map(Zeroizing::new));
        bytes.map(|bytes| Self::from_bytes(&bytes)).ok_or_else(|| {
            KeyError::Root(format!(
                "{source} does not hold a root key; it has 64 hexadecimal digits and nothing else"
            ))
        })
    }
}

fn of_file(path: &Path) -> Result<Zeroizing<String>, KeyError> {
    let place = path.display();
    let text = std::fs::read_to_string(path).map(Zeroizing::new).map_err(|error| {
        KeyError::Root(format!("the root key {place} cannot be read: {error}; `mailkeep init` makes one"))
    })?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path).map(|meta| meta.permissions().mode()).unwrap_or(0);
        if mode & 0o077 != 0 {
            return Err(KeyError::Root(format!(
                "the root key {place} can be read by others; run `chmod 600 {place}`"
            )));
        }
    }
    Ok(text)
}

fn of_command(
    source: &RootKeySource,
    words: &[String],
    patience: Duration,
) -> Result<Zeroizing<String>, KeyError> {
    let failed = |what: &str| KeyError::Root(format!("{source}, which gives the root key, {what}"));
    let [program, arguments @ ..] = words else { return Err(failed("is not named")) };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&format!("does not start: {error}")))?;
    let Some(mut output) = child.stdout.take() else { return Err(failed("has no output")) };
    let (tell, told) = mpsc::channel();
    // Ends with the child, whose end closes the pipe.
    std::thread::spawn(move || {
        let mut text = Zeroizing::new(String::new());
        let read = output.by_ref().take(LONGEST_ANSWER).read_to_string(&mut text).map(|_| text);
        let _ = tell.send(read);
    });
    let answer = told.recv_timeout(patience);
    let Ok(answer) = answer else {
        end(&mut child);
        return Err(failed(&format!("did not answer within {} s", patience.as_secs())));
    };
    if answer.as_ref().is_ok_and(|text| text.len() as u64 >= LONGEST_ANSWER) {
        // It would go on to a reader that has gone.
        end(&mut child);
        return Err(failed("wrote more than a root key"));
    }
    let status = match child.try_wait() {
        Ok(Some(status)) => Ok(status),
        _ => wait_briefly(&mut child, patience),
    };
    match status {
        Ok(status) if status.success() => answer.map_err(|_| failed("wrote something that is not text")),
        Ok(status) => Err(failed(&format!("failed ({status}); run it by hand to see why"))),
        Err(_) => Err(failed("gave an answer and did not end")),
    }
}

fn wait_briefly(child: &mut Child, patience: Duration) -> std::io::Result<std::process::ExitStatus> {
    let step = Duration::from_millis(5);
    let mut left = patience;
    while let Some(less) = left.checked_sub(step) {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        std::thread::park_timeout(step);
        left = less;
    }
    end(child);
    Err(std::io::ErrorKind::TimedOut.into())
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
