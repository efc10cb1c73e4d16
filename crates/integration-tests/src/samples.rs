//! Mails to fill a mailbox with: real ones where the shared data is beside the project, else samples of our own.

use std::path::PathBuf;
use std::process::Command;

/// The folder of shared data: `MAILKEEP_SHARED_DATA`, or `../shared/data` beside the project.
pub fn shared_data() -> Option<PathBuf> {
    let named = std::env::var_os("MAILKEEP_SHARED_DATA").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    named.into_iter().chain([beside]).find(|folder| folder.is_dir())
}

/// Up to `most` mails.
pub fn load(most: usize) -> Vec<Vec<u8>> {
    let real = shared_data().and_then(|data| from_archive(&data.join("mail/ham-2002.tar.xz"), most));
    real.filter(|mails| !mails.is_empty()).unwrap_or_else(|| (0..most).map(own).collect())
}

/// Unpacks an archive with the system's tar; `None` where that is not possible.
fn from_archive(archive: &std::path::Path, most: usize) -> Option<Vec<Vec<u8>>> {
    let folder = tempfile::tempdir().ok()?;
    let unpacked = Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(folder.path()).output().ok()?;
    if !unpacked.status.success() {
        return None;
    }
    let (mut folders, mut files) = (vec![folder.path().to_owned()], Vec::new());
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).ok()?.filter_map(Result::ok) {
            if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files.sort();
    let mails = files.into_iter().take(most).filter_map(|file| std::fs::read(file).ok());
    Some(mails.filter(|mail| !mail.is_empty()).collect())
}

fn own(number: usize) -> Vec<u8> {
    let subject =
        ["Invoice for the lamp", "Your table on Friday", "Minutes of the meeting", "Photos of the garden"]
            [number % 4];
    let sender = ["lamp-shop", "bistro", "club", "neighbour"][number % 4];
    format!(
        "From: {sender}@sample.example\r\nTo: ada@sample-shop.example\r\nSubject: {subject} ({number})\r\n\
         Date: Mon, 2 Mar 2026 {:02}:{:02}:00 +0000\r\nMessage-ID: <{number}@sample.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nHello Ada,\r\n\r\nthis is sample number {number}.\r\n",
        number / 60 % 24,
        number % 60
    )
    .into_bytes()
}
