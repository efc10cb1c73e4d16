//! Any text, plain or HTML, is cut into pieces that cover it from its first byte to its last, and something of it is shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_helpdesk::letters::reply::trim_reply;
use mailkeep_protocols::mime::html_to_lines;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for text in [&html_to_lines(&text), text.as_ref()] {
        let trimmed = trim_reply(text);
        let mut at = 0;
        for piece in &trimmed.pieces {
            assert_eq!(piece.range.start, at);
            assert!(text.get(piece.range.clone()).is_some_and(|piece| !piece.is_empty()));
            at = piece.range.end;
        }
        assert_eq!(at, text.len());
        assert!(trimmed.pieces.iter().any(|piece| piece.elided.is_none()) || text.trim().is_empty());
        assert!(trimmed.shown(text).len() <= text.len());
    }
});
