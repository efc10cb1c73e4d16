//! Replies of a server, in chunks of any size: the same replies, bounded, and readable again once written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::smtp::{Reply, ReplyFault, ReplyReader};

fuzz_target!(|data: &[u8]| {
    let Some((size, stream)) = data.split_first() else { return };
    let whole = read(stream, usize::MAX);
    assert_eq!(whole, read(stream, usize::from(*size).max(1)));
    for reply in whole.unwrap_or_default() {
        assert!((200..600).contains(&reply.code()));
        let written = reply.to_bytes();
        let again = read(&written, usize::MAX).expect("what we write is a reply");
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].code(), reply.code());
        let _ = (reply.status(), reply.text());
    }
});

fn read(stream: &[u8], size: usize) -> Result<Vec<Reply>, ReplyFault> {
    let (mut reader, mut replies) = (ReplyReader::default(), Vec::new());
    for mut chunk in stream.chunks(size.max(1)) {
        while !chunk.is_empty() {
            let (taken, reply) = reader.take(chunk)?;
            chunk = &chunk[taken..];
            replies.extend(reply);
        }
    }
    Ok(replies)
}
