//! What a mailbox hands in, as the outbound guard reads it: bounded, in order, each shingle once, and the same for the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_outbound_guard::campaign::shingles::ShingleKey;

fuzz_target!(|message: &[u8]| {
    let key = ShingleKey::new(&[7; 32]);
    let shingles = key.of_message(message);
    assert!(shingles.len() <= 1024);
    assert!(shingles.is_sorted_by(|one, next| one < next));
    assert_eq!(key.of_message(message), shingles);
});
