//! Lists of aliases and distribution lists.

use mailkeep_policy::{Grant, May, Place, Purpose, Sealed, Shown, Subject, category};
use mailkeep_types::{AliasId, DomainId, EmailAddress, MailboxId, Timestamp};

use super::{AddressKind, store};
use crate::error::Result;
use crate::post_office::{OWN_MAILBOX, PostOffice};

/// An alias or distribution list; its address stays sealed until somebody has a grant.
#[derive(Debug, Clone)]
pub struct AliasSummary {
    /// Its identifier.
    pub id: AliasId,
    /// Alias or list.
    pub kind: AddressKind,
    /// The mailbox of an alias.
    pub mailbox: Option<MailboxId>,
    /// The mailboxes of a list.
    pub members: Vec<MailboxId>,
    /// When it was made.
    pub created_at: Timestamp,
    address: Sealed<EmailAddress, category::Identity>,
}

impl AliasSummary {
    /// Under whose key the address is sealed: ask for a grant for `addresses.address` of this subject.
    pub fn subject(&self) -> Subject {
        Subject::mailbox(self.mailbox.unwrap_or(OWN_MAILBOX))
    }
}

impl PostOffice {
    /// Aliases and lists of a domain, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_aliases(&self, domain: DomainId) -> Result<Vec<AliasSummary>> {
        self.db()
            .read(move |tx| {
                let mut out = Vec::new();
                for row in store::list(tx, domain)? {
                    let members = store::members(tx, row.alias)?;
                    out.push(AliasSummary {
                        id: row.alias,
                        kind: row.kind,
                        mailbox: row.mailbox,
                        members,
                        created_at: row.created_at,
                        address: Sealed::from_bytes(row.address),
                    });
                }
                Ok(out)
            })
            .await
    }

    /// Opens the address of an alias or list.
    ///
    /// # Errors
    /// What the policy says.
    pub fn open_alias<P: Purpose + May<category::Identity>>(
        &self,
        grant: &Grant<P>,
        alias: &AliasSummary,
    ) -> Result<Shown<EmailAddress>> {
        let place = Place { table: "addresses", column: "address", row: alias.id.uuid() };
        Ok(self.policy().show(grant, place, &alias.address)?)
    }

    /// Opens the address of a list, which belongs to no person.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn open_list_address(&self, alias: &AliasSummary) -> Result<Shown<EmailAddress>> {
        let grant = self.own_grant(&["addresses.address"]).await?;
        self.open_alias(&grant, alias)
    }
}
