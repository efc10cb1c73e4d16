//! SMTP (RFC 5321) and the extensions we offer or use.
//!
//! * [`line`]: cuts a stream into lines of a limited length.
//! * [`xtext`]: the encoding of addresses in parameters (RFC 3461 section 4).

pub mod line;
pub mod xtext;
