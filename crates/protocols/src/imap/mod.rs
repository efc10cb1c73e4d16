//! IMAP4rev1 (RFC 3501) and the extensions that the server announces.
//!
//! * [`Framer`] cuts the byte stream into commands, literals included, within [`Limits`].
//! * [`parse`] reads one command; what it may be is in [`command`].
//! * [`structure`] reads a message's MIME structure from its raw bytes and writes `ENVELOPE`, `BODY` and
//!   `BODYSTRUCTURE`; the mailbox crate calls it once at delivery and stores the result.
//! * [`write`] writes strings, folder names and sets as they go on the wire, [`utf7`] holds the encoding of folder names.
//!
//! To add a command: its variant in [`command::Command`], its reader under `parse/`, its name in `parse/mod.rs`.

pub mod command;
mod cursor;
pub mod dates;
mod framer;
pub mod list_pattern;
mod parse;
mod sequence;
pub mod structure;
pub mod utf7;
pub mod write;

pub use cursor::Bad;
pub use framer::{Event, Framer, Limits};
pub use parse::{Rejected, parse};
pub use sequence::{SequenceRange, SequenceSet};
