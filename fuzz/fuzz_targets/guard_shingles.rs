//! What a mailbox hands in, as the outbound guard reads it: bounded, in order, each number once, and the same for the same bytes. A stored model that is
//! damaged is not read, or votes all the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_outbound_guard::campaign::shingles::ShingleKey;
use mailkeep_outbound_guard::content::Model;

fuzz_target!(|message: &[u8]| {
    let key = ShingleKey::new(&[7; 32]);
    let said = key.read(message);
    assert!(said.shingles.len() <= 1024 && said.features.len() <= 2048);
    assert!(said.shingles.is_sorted_by(|one, next| one < next));
    assert!(said.features.is_sorted_by(|one, next| one < next));
    assert_eq!(key.of_message(message), said.shingles);
    assert_eq!(key.read(message), said);
    if let Some(model) = Model::from_bytes(message) {
        model.vote(&said.features);
    }
});
