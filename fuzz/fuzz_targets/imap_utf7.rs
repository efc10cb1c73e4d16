//! Any name that decodes must encode to printable ASCII that decodes to the same name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::imap::utf7;

fuzz_target!(|data: &[u8]| {
    if let Ok(name) = utf7::decode(data) {
        let encoded = utf7::encode(&name);
        assert!(encoded.bytes().all(|b| (0x20..=0x7e).contains(&b)));
        assert_eq!(utf7::decode(encoded.as_bytes()), Ok(name));
    }
});
