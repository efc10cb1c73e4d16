//! Feedback reports are read within limits, and what was read has a kind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::reports::read_complaint;

fuzz_target!(|data: &[u8]| {
    if let Some(complaint) = read_complaint(data) {
        assert!(!complaint.kind.is_empty());
        assert!(complaint.incidents >= 1);
        assert!(complaint.rcpt_to.len() <= 50 && complaint.uris.len() <= 50);
    }
});
