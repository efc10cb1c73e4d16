//! The handle that the other crates hold. Its use cases stand in the files that are named by their verbs.

use std::sync::{Arc, OnceLock};

use mailkeep_policy::{Actor, Fact, FactKind, Personal, Place, Policy, Sealed, Subject, category};
use mailkeep_storage::blobs::Blobs;
use mailkeep_storage::sql::{Database, Tx};
use uuid::Uuid;

use super::records::RECORDS;
use super::{TicketError, store};
use crate::attachments::{self, AttachmentsConfig, Scanner};
use crate::canned;
use crate::cases;
use crate::followers;
use crate::hours::Hours;
use crate::links;
use crate::macros;
use crate::mailroom;
use crate::merges;
use crate::rules;
use crate::splits;
use crate::tags;
use crate::times;
use crate::views;
use crate::words;

/// Tickets. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    policy: Policy,
    hours: Hours,
    blobs: Blobs,
    attachments: AttachmentsConfig,
    plans: OnceLock<rules::Plans>,
    scanner: OnceLock<Scanner>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

/// A text that is sealed as what was written to us.
pub(super) type Words = Sealed<String, category::Ticket>;

pub(super) fn subject_place(ticket: Uuid) -> Place {
    Place { table: "tickets", column: "title", row: ticket }
}

pub(super) fn words_place(entry: Uuid) -> Place {
    Place { table: "ticket_entries", column: "words", row: entry }
}

impl Desk {
    /// Opens it, and tells the policy of its tables and of the facts that a ticket, or a privacy case, is open. `hours` are those in
    /// which support is there; large attachments rest in `blobs`.
    pub fn open(
        db: Database,
        policy: Policy,
        hours: Hours,
        blobs: Blobs,
        attachments: AttachmentsConfig,
    ) -> Self {
        policy.register_records(RECORDS);
        policy.register_records(tags::records::RECORDS);
        policy.register_records(views::records::RECORDS);
        policy.register_records(merges::records::RECORDS);
        policy.register_records(splits::records::RECORDS);
        policy.register_records(links::records::RECORDS);
        policy.register_records(followers::records::RECORDS);
        policy.register_records(macros::records::RECORDS);
        policy.register_records(rules::records::RECORDS);
        policy.register_records(times::records::RECORDS);
        policy.register_records(words::records::RECORDS);
        policy.register_records(canned::records::RECORDS);
        // What answers show of the letters that they answer is opened here.
        policy.register_records(mailroom::records::RECORDS);
        policy.register_fact(FactKind::OpenTicket, |tx, claim| match (claim.fact, claim.actor) {
            (Fact::OpenTicket(ticket), Actor::Staff(_)) => store::justifies(tx, ticket, claim.subject),
            _ => Ok(false),
        });
        policy.register_records(attachments::records::RECORDS);
        policy.register_blobs(blobs.clone());
        policy.register_records(cases::records::RECORDS);
        policy.register_fact(FactKind::OpenCase, |tx, claim| match (claim.fact, claim.actor) {
            (Fact::OpenCase(ticket), Actor::Staff(_)) => cases::store::justifies(tx, ticket, claim.subject),
            _ => Ok(false),
        });
        let (plans, scanner) = (OnceLock::new(), OnceLock::new());
        Desk { inner: Arc::new(Inner { db, policy, hours, blobs, attachments, plans, scanner }) }
    }

    /// Tells the desk by which plans a customer is served, for rules that ask for one. Once; later calls are ignored.
    pub fn register_plans(&self, plans: rules::Plans) {
        let _ = self.inner.plans.set(plans);
    }

    /// Tells the desk who scans files for viruses. Once; later calls are ignored.
    pub fn register_scanner(&self, scanner: Scanner) {
        let _ = self.inner.scanner.set(scanner);
    }

    pub(crate) fn scanner(&self) -> Option<&Scanner> {
        self.inner.scanner.get()
    }

    pub(crate) fn plans(&self) -> Option<rules::Plans> {
        self.inner.plans.get().cloned()
    }

    /// One for tests, the blobs of which rest in a folder.
    #[cfg(test)]
    pub(crate) fn in_test(policy: &Policy, folder: &std::path::Path) -> Self {
        let blobs = mailkeep_storage::blobs::BlobsConfig::Folder(folder.to_owned());
        let (blobs, config) = (Blobs::open(&blobs).unwrap(), AttachmentsConfig::default());
        Desk::open(policy.database().clone(), policy.clone(), Hours::always(), blobs, config)
    }

    fn db(&self) -> &Database {
        &self.inner.db
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    pub(crate) fn hours(&self) -> &Hours {
        &self.inner.hours
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// How much may be sent with an entry.
    pub fn attachments(&self) -> AttachmentsConfig {
        self.inner.attachments
    }

    pub(super) fn seal(&self, owner: Subject, place: Place, words: String) -> Result<Vec<u8>, TicketError> {
        let words: Personal<_, category::Ticket> = Personal::new(words);
        Ok(self.policy().seal(owner, place, &words)?.into_bytes())
    }

    pub(crate) async fn read<T, F>(&self, closure: F) -> Result<T, TicketError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, TicketError> + Send + 'static,
        T: Send + 'static,
    {
        self.db().read(closure).await
    }

    pub(crate) async fn write<T, F>(&self, closure: F) -> Result<T, TicketError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, TicketError> + Send + 'static,
        T: Send + 'static,
    {
        self.db().write(closure).await
    }
}
