#![doc = include_str!("../README.md")]

pub mod checks;
mod error;
pub mod file;
mod gate;
mod keys;
pub mod ledger;
pub mod outbound;
pub mod page;
mod personal;
mod policy;
mod subject;
pub mod table;
#[cfg(feature = "testing")]
pub mod testing;
mod vocabulary;

pub use error::{PolicyError, StartError};
pub use gate::{Claim, Field, Grant, OpenError, Refusal, Use};
pub use keys::{KeyError, LookupKind, MailColumn, MailboxCipher, RootKey, RootKeySource};
pub use outbound::{MessageClass, Notice};
pub use personal::{Json, Personal, Sealed, Stored};
pub use policy::{Policy, PolicyConfig};
pub use subject::{Actor, Fact, Place, Subject};
pub use vocabulary::{Act, Category, CategoryId, FactKind, May, Purpose, PurposeId, Role, category, purpose};
