//! `APPEND` (RFC 3501 section 6.3.11, RFC 4315).

use std::ops::Range;

use mailkeep_protocols::imap::command::Flag;
use mailkeep_types::Timestamp;
use memchr::memchr_iter;

use super::user;
use crate::reply::{Answer, Reply, into_folder};
use crate::session::Session;

pub(super) async fn append(
    session: &mut Session,
    folder: String,
    flags: Vec<Flag>,
    date: Option<Timestamp>,
    mut input: Vec<u8>,
    message: Range<usize>,
) -> Answer {
    if message.is_empty() {
        return Reply::no("[CANNOT] a message must not be empty");
    }
    input.truncate(message.end);
    input.drain(..message.start);
    let raw = with_full_line_ends(input);
    let user = user(session)?;
    let flags = user.access.flags_of(&flags, true).await?;
    let (uid_validity, uid) = user.access.append(&folder, raw, flags, date).await.map_err(into_folder)?;
    metrics::counter!("mailkeep_imap_appended_total").increment(1);
    Reply::ok(format!("[APPENDUID {uid_validity} {uid}] saved"))
}

/// The message with CR LF at the end of each line, as it must be sent out again (RFC 3501 section 2.3.1.2, RFC 5322).
/// Most clients send it so, and nothing is copied.
fn with_full_line_ends(raw: Vec<u8>) -> Vec<u8> {
    let bare = |at: usize| at.checked_sub(1).and_then(|before| raw.get(before)) != Some(&b'\r');
    if !memchr_iter(b'\n', &raw).any(bare) {
        return raw;
    }
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 16);
    let mut before = 0;
    for byte in raw {
        if byte == b'\n' && before != b'\r' {
            out.push(b'\r');
        }
        out.push(byte);
        before = byte;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_made_whole() {
        assert_eq!(with_full_line_ends(b"a\r\nb\r\n".to_vec()), b"a\r\nb\r\n");
        assert_eq!(with_full_line_ends(b"\na\n\r\nb\rc".to_vec()), b"\r\na\r\n\r\nb\rc");
    }
}
