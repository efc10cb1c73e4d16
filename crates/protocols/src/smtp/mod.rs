//! SMTP (RFC 5321) and the extensions we offer or use: PIPELINING (2920), SIZE (1870), 8BITMIME (6152), SMTPUTF8
//! (6531), CHUNKING (3030), DSN (3461), STARTTLS (3207), AUTH (4954), ENHANCEDSTATUSCODES (2034).
//!
//! * [`line`]: cuts a stream into lines of a limited length.
//! * [`command`] and [`params`]: what a client says. [`reply`]: what a server says, written and read.
//! * [`data`]: the dots of DATA. [`sasl`]: the answers of AUTH. [`xtext`]: the encoding of parameter values.
//! * [`fields`]: the header of a message, field by field, as bytes. [`trace`]: the `Received` field.
//! * [`report`]: the machine-readable part of a delivery report (RFC 3464).

pub mod command;
pub mod data;
pub mod fields;
pub mod line;
pub mod params;
mod path;
pub mod reply;
pub mod report;
pub mod sasl;
pub mod trace;
pub mod xtext;

pub use command::{Command, CommandFault, Mechanism, Recipient};
pub use data::{DataDecoder, DataEncoder};
pub use fields::{Field, HeaderSection};
pub use line::{LineCutter, LineEvent, LineFault};
pub use params::{Body, MailParams, Notify, RcptParams, Ret};
pub use reply::{Enhanced, Reply, ReplyFault, ReplyReader};
