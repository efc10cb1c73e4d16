//! The texts, file names and header values of any message can be decoded, and leaves lie within the message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::imap::structure::{MAX_PARTS, fields, parse};
use mailkeep_protocols::mime::{decode_words, html_to_text, leaves};

fuzz_target!(|data: &[u8]| {
    let message = parse(data);
    let leaves = leaves(&message);
    assert!(leaves.len() <= MAX_PARTS + 1);
    for leaf in &leaves {
        assert!(data.get(leaf.body.clone()).is_some());
        // No charset makes more than four times as many bytes of text as it was given.
        let text = leaf.text(data);
        assert!(text.len() <= leaf.body.len() * 4 + 16);
        html_to_text(&text);
    }
    for field in fields(data.get(..message.body_start).unwrap_or_default()) {
        decode_words(field.value);
    }
});
