//! Mails of the past, as files have them.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mailkeep_outbound_guard::replay::mails_of_mbox;

/// A longer mail is not looked at.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Gives each mail of a file, an mbox file or a folder of them, in the order of their names.
pub fn each_mail(path: &Path, take: &mut impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    if path.is_dir() {
        let mut inside: Vec<PathBuf> = std::fs::read_dir(path)
            .with_context(|| path.display().to_string())?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<_>>()?;
        inside.sort();
        return inside.iter().try_for_each(|path| each_mail(path, take));
    }
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    let mut file = BufReader::new(file);
    if file.fill_buf()?.starts_with(b"From ") {
        for mail in mails_of_mbox(file) {
            take(&mail.with_context(|| path.display().to_string())?)?;
        }
        return Ok(());
    }
    let mut mail = Vec::new();
    file.take(LONGEST).read_to_end(&mut mail)?;
    take(&mail)
}
