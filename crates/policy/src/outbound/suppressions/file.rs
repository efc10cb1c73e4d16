//! The list as a file: one line for each entry, appended and synced, never rewritten. Each line carries a keyed hash over
//! itself and the one before it, so that a line which was changed or taken out is noticed.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use mailkeep_types::Timestamp;
use sha2::Sha256;

use super::super::Channel;
use super::Suppression;

/// How much of the end is read to find the last line.
const TAIL: u64 = 1024;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// Its entries. A line that does not fit the one before it still counts: a refusal too many does no harm.
    pub entries: Vec<Suppression>,
    /// Lines that were changed, or before which something was taken out.
    pub faults: Vec<String>,
}

fn mac(key: &[u8; 32], before: &str, content: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in [before, "\n", content] {
        mac.update(part.as_bytes());
    }
    HEXLOWER.encode(&mac.finalize().into_bytes()[..16])
}

fn content(entry: &Suppression) -> String {
    let holder = HEXLOWER.encode(&entry.holder);
    format!("{holder} {} {} {}", entry.channel, entry.topic, entry.at.as_micros())
}

fn parse(content: &str) -> Option<Suppression> {
    let mut parts = content.split(' ');
    let holder = HEXLOWER.decode(parts.next()?.as_bytes()).ok()?.try_into().ok()?;
    let channel = Channel::from_id(parts.next()?)?;
    let topic = parts.next()?.to_owned();
    let at = Timestamp::from_micros(parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(Suppression { holder, channel, topic, at })
}

/// Reads a file; one that is not there is empty.
pub(super) fn read(path: &Path, key: &[u8; 32]) -> io::Result<Listed> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Listed::default()),
        file => file?,
    };
    let mut listed = Listed::default();
    let mut before = String::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line?;
        let Some((content, given)) = line.rsplit_once(' ') else {
            listed.faults.push(format!("line {} of {} cannot be read", number + 1, path.display()));
            continue;
        };
        if mac(key, &before, content) != given {
            let place = path.display();
            listed
                .faults
                .push(format!("line {} of {place} was changed, or one before it taken out", number + 1));
        }
        given.clone_into(&mut before);
        listed.entries.extend(parse(content));
    }
    Ok(listed)
}

/// Appends entries and waits until they are on the disk. Several processes may do so.
pub(super) fn append(path: &Path, key: &[u8; 32], entries: &[Suppression]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).read(true).write(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let fresh = !path.exists();
    let mut file = options.open(path)?;
    file.lock()?;
    let mut before = last_mac(&mut file)?;
    let mut lines = String::new();
    for entry in entries {
        let content = content(entry);
        before = mac(key, &before, &content);
        lines.push_str(&format!("{content} {before}\n"));
    }
    file.seek(SeekFrom::End(0))?;
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    if fresh && let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The hash of the last whole line. A line that a crash cut off was never acknowledged and is taken away.
fn last_mac(file: &mut File) -> io::Result<String> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if whole < tail.len() {
        file.set_len(from + whole as u64)?;
    }
    let text = String::from_utf8_lossy(&tail[..whole]).into_owned();
    let last = text.lines().next_back().and_then(|line| line.rsplit_once(' '));
    Ok(last.map(|(_, mac)| mac.to_owned()).unwrap_or_default())
}
