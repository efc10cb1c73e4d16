#![doc = include_str!("../README.md")]

pub mod addresses;
pub mod dkim;
pub mod dns;
pub mod doctor;
pub mod domains;
mod error;
pub mod folders;
pub mod jobs;
pub mod mailboxes;
pub mod messages;
mod page_sessions;
mod post_office;
pub mod queue;
pub mod routing;
pub mod search;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::{MailError, MailRefusal, Result};
pub use mailboxes::{MailboxSession, MailboxState, Protocol, Secret, SignIn, SignInRefusal};
pub use page_sessions::PageSession;
pub use post_office::{OWN_MAILBOX, PostOffice, Settings};
pub use routing::Route;

use mailkeep_policy::{CategoryId, Field};

/// The columns of this crate that hold personal data.
pub const FIELDS: &[Field] = &[
    Field::new("mailboxes", "address", CategoryId::Identity),
    Field::new("mailboxes", "display_name", CategoryId::Identity),
    Field::new("addresses", "address", CategoryId::Identity),
    Field::new("list_members", "address", CategoryId::Identity),
    Field::new("app_passwords", "label", CategoryId::Preferences),
    Field::new("folders", "name", CategoryId::MailMetadata),
    Field::new("keywords", "name", CategoryId::MailMetadata),
    Field::new("message_index", "meta", CategoryId::MailMetadata),
    Field::new("message_index", "filter", CategoryId::MailContent),
    Field::new("message_bodies", "content", CategoryId::MailContent),
    Field::new("message_bodies", "search_text", CategoryId::MailContent),
    Field::new("queue_messages", "envelope", CategoryId::MailMetadata),
    Field::new("queue_messages", "content", CategoryId::MailContent),
    Field::new("queue_recipients", "address", CategoryId::MailMetadata),
    Field::new("queue_recipients", "last_answer", CategoryId::MailMetadata),
    Field::new("dkim_keys", "private_key", CategoryId::MailMetadata),
];
