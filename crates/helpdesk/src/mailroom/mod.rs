//! The mailroom: letters to the addresses of departments become tickets, or go on with one, in the transaction before the mail
//! server says that it took them; and what letters of ours must bear so that their answers are known again.
//!
//! A letter whose sender is proven to be a contact of one customer is the customer's. All others are their writer's: a subject
//! without an account, of whom nothing is known but the letter. Nothing that a letter says about itself opens what is a
//! customer's.

mod colleague;
mod config;
mod opened;
mod place;
pub(crate) mod records;
pub(crate) mod store;
mod sweep;
mod take;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use mailkeep_policy::outbound::StoredAddress;
use mailkeep_policy::{LookupKind, Policy, Sealed, Subject, category};
use mailkeep_types::{DomainName, EmailAddress, SubscriberId};
use uuid::Uuid;

use crate::letters::marks::MarkKeys;
use crate::letters::thread::Authenticity;
use crate::networks::Networks;
use crate::tickets::{Desk, PRIVACY};

pub use config::{DepartmentConfig, HelpdeskConfig};
pub use opened::LetterShape;
pub use sweep::register;
pub use take::Taken;

/// A letter as the mail server brings it.
pub struct Incoming<'a> {
    /// To which address it was delivered.
    pub recipient: &'a EmailAddress,
    /// The sender of the envelope; `None` for reports.
    pub sender: Option<&'a EmailAddress>,
    /// What is known about the address in From.
    pub authenticity: Authenticity,
    /// The letter as it came.
    pub raw: &'a [u8],
}

/// A department: who it is for its mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its name in the configuration, e.g. `support`.
    pub name: String,
    /// Where it is written to.
    pub address: EmailAddress,
}

impl Department {
    /// The privacy desk, at the address that the policy names.
    pub fn privacy(address: EmailAddress) -> Self {
        Department { name: PRIVACY.to_owned(), address }
    }

    /// Whether it is the privacy desk: what comes there is a case.
    pub fn is_privacy(&self) -> bool {
        self.name == PRIVACY
    }
}

/// What the head of a letter of ours says, so that its answer finds its ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The address of the department.
    pub from: EmailAddress,
    /// Where the answer goes, and the report when it cannot be delivered.
    pub reply_to: EmailAddress,
    /// Its identifier, without brackets.
    pub message_id: String,
}

/// The mailroom. Cheap to clone.
#[derive(Clone)]
pub struct Mailroom {
    inner: Arc<Inner>,
}

struct Inner {
    desk: Desk,
    keys: MarkKeys,
    departments: Vec<Department>,
    reopen_days: u32,
    /// Who asked the privacy desk by the form, lately.
    asked: Networks,
}

impl std::fmt::Debug for Mailroom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailroom").field("departments", &self.inner.departments).finish_non_exhaustive()
    }
}

impl Mailroom {
    /// Opens it, and tells the policy where writers are reached. The first department is that of letters
    /// whose department is gone.
    pub fn open(desk: Desk, departments: Vec<Department>, reopen_days: u32) -> Self {
        let policy = desk.policy();
        policy.register_addresses(|tx, subject| {
            let Subject::Subscriber(writer) = subject else { return Ok(None) };
            let sealed = store::email(tx, writer)?;
            Ok(sealed.map(|sealed| StoredAddress {
                subject,
                place: records::email_place(writer),
                sealed,
                language: None,
            }))
        });
        let key = policy.lookup_hash(LookupKind::Other, "the marks of the help desk's letters");
        let keys = MarkKeys::new(key, None);
        Mailroom {
            inner: Arc::new(Inner { desk, keys, departments, reopen_days, asked: Networks::default() }),
        }
    }

    /// The department that an address leads to, also with a token behind a plus sign.
    pub fn department(&self, address: &EmailAddress) -> Option<&Department> {
        let local = address.local().split('+').next().unwrap_or_default();
        self.inner.departments.iter().find(|department| {
            department.address.domain() == address.domain()
                && department.address.local().eq_ignore_ascii_case(local)
        })
    }

    /// The departments.
    pub fn departments(&self) -> &[Department] {
        &self.inner.departments
    }

    /// The head of a letter about a ticket; `letter` is different for each. `None` when there is no department at all.
    pub fn head(&self, department: &str, ticket: Uuid, letter: Uuid) -> Option<Head> {
        let all = &self.inner.departments;
        let from = &all.iter().find(|one| one.name == department).or(all.first())?.address;
        let reply_to = self.inner.keys.reply_address(from, ticket.into_bytes());
        Some(Head {
            from: from.clone(),
            reply_to: reply_to.unwrap_or_else(|| from.clone()),
            message_id: self.inner.keys.message_id(ticket.into_bytes(), letter.into_bytes(), from.domain()),
        })
    }

    /// What the link of a case has behind it, by which whoever has no account follows it: nobody can make one.
    pub fn follow_token(&self, ticket: Uuid) -> String {
        let mac = self.policy().lookup_hash(LookupKind::Other, &format!("follow the case {ticket}"));
        BASE32_NOPAD.encode(mac.get(..16).unwrap_or_default()).to_ascii_lowercase()
    }

    pub(crate) fn asked(&self) -> &Networks {
        &self.inner.asked
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.inner.desk
    }

    pub(crate) fn policy(&self) -> &Policy {
        self.inner.desk.policy()
    }

    fn is_ours(&self, domain: &DomainName) -> bool {
        self.inner.departments.iter().any(|department| department.address.domain() == domain)
    }

    pub(crate) fn hash_of(&self, address: &EmailAddress) -> [u8; 32] {
        self.policy().lookup_hash(LookupKind::Email, &address.canonical())
    }

    pub(crate) fn hash_of_id(&self, message_id: &str) -> [u8; 32] {
        self.policy().lookup_hash(LookupKind::Other, &format!("letter {message_id}"))
    }
}

/// A writer's address as stored.
type Address = Sealed<EmailAddress, category::Contact>;

/// The subject of a writer.
const fn owner(writer: SubscriberId) -> Subject {
    Subject::Subscriber(writer)
}
