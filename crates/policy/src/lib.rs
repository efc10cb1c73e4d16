#![doc = include_str!("../README.md")]

pub mod break_glass;
pub mod card_numbers;
pub mod checks;
pub mod disclosures;
pub mod dpv;
pub mod egress;
pub mod erasures;
mod error;
pub mod exports;
pub mod file;
mod gate;
pub mod jobs;
mod keys;
pub mod ledger;
pub mod outbound;
pub mod page;
pub mod password_hashes;
mod personal;
mod policy;
pub mod records;
pub mod requests;
pub mod retention;
mod shown;
pub mod sink;
pub mod staff_uses;
mod subject;
pub mod synthetic;
pub mod table;
mod tell;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transparency;
pub mod unusual_uses;
pub mod use_notices;
pub mod versions;
mod vocabulary;

pub use error::{PolicyError, StartError};
pub use gate::{Claim, Field, Grant, OpenError, Refusal, Use};
pub use keys::{
    KEYS_AT_ONCE, KeyCount, KeyError, KeyFigures, LookupKind, MailColumn, MailboxCipher, RootKey,
    RootKeySource, Rotated, key_figures, rotate_root,
};
pub use outbound::{MessageClass, Notice};
pub use personal::{Json, Personal, Sealed, Stored};
pub use policy::{Policy, PolicyConfig, SAY_SERVING};
pub use shown::{MASK, Shown, Verdict};
pub use subject::{Actor, Fact, Place, Subject};
pub use vocabulary::{Act, Category, CategoryId, FactKind, May, Purpose, PurposeId, Role, category, purpose};

/// Hashes are read as hexadecimal digits.
pub(crate) fn hexadecimal<S: serde::Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&data_encoding::HEXLOWER.encode(bytes))
}
