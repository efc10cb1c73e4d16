//! IMAP4rev1 (RFC 3501) and the extensions that the server announces.
//!
//! * [`structure`] reads a message's MIME structure from its raw bytes and writes `ENVELOPE`, `BODY` and
//!   `BODYSTRUCTURE`; the mailbox crate calls it once at delivery and stores the result.
//! * [`write`] writes strings, folder names and sets as they go on the wire.

pub mod structure;
pub mod utf7;
pub mod write;
