#![doc = include_str!("../README.md")]

pub mod addresses;
pub mod block_lists;
pub mod deliveries;
pub mod dkim;
pub mod dns;
pub mod doctor;
pub mod domain_reports;
pub mod domains;
mod error;
pub mod folders;
pub mod jobs;
pub mod lists;
pub mod mailboxes;
pub mod messages;
mod page_sessions;
pub mod places;
mod post_office;
pub mod queue;
mod records;
pub mod routing;
pub mod search;
#[cfg(feature = "testing")]
pub mod testing;
pub mod traces;

pub use error::{MailError, MailRefusal, Result};
pub use mailboxes::{MailboxSession, MailboxState, Protocol, Secret, SignIn, SignInRefusal};
pub use page_sessions::PageSession;
pub use post_office::{OWN_MAILBOX, PostOffice, Settings};
pub use routing::Route;
