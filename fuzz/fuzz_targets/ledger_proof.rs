//! Heads, signed notes and proofs as anybody may hand them in to be verified: whatever they hold, the answer is yes or a
//! reason, and a note that was changed in any byte is not believed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_policy::ledger::{EntryProof, Head, read_checkpoint};

/// A note that was signed elsewhere, and its key.
const NOTE: &str = include_str!("../corpus/ledger_proof/note");
const KEY: &str = include_str!("ledger_proof.key");

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if let Some(head) = Head::from_line(&text) {
        assert_eq!(Head::from_line(&head.line()), Some(head));
    }
    // Nobody here has the private key, so what is believed is the note itself.
    if let Ok(head) = read_checkpoint(&text, KEY) {
        assert_eq!(Ok(head), read_checkpoint(NOTE, KEY));
    }
    let _ = read_checkpoint(NOTE, &text);
    if let Ok(mut proof) = serde_json::from_slice::<EntryProof>(data) {
        let _ = proof.verify(KEY, Some(data));
        // A head that is believed, so that the path is walked.
        proof.checkpoint = NOTE.to_owned();
        assert!(proof.verify(KEY, None).is_err());
    }
});
