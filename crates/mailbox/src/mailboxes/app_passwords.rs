//! Application passwords: one for each program of a user, made by us, shown once.
//!
//! They are 100 random bits, so nobody can guess or enumerate them, and a slow hash would protect nothing that a fast
//! one does not: a keyed SHA-256 is stored. That lets a mail client sign in without 19 MiB and ten milliseconds of work
//! for each connection, and finds the right one by an index instead of trying each.

use mailkeep_policy::{LookupKind, Personal, Place, Sealed, Subject, category, purpose};
use mailkeep_types::{AppPasswordId, MailboxId, Timestamp};

use super::{MailboxSession, Protocol, Secret, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::page_sessions;
use crate::post_office::PostOffice;

/// How many a mailbox may have.
const MAX_APP_PASSWORDS: usize = 50;
/// Letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const LENGTH: usize = 20;

/// A new application password, to be shown once.
#[derive(Debug)]
pub struct NewAppPassword {
    /// Its identifier.
    pub id: AppPasswordId,
    /// The password, in groups of four for reading.
    pub secret: String,
}

/// An application password in a list.
#[derive(Debug)]
pub struct AppPassword {
    /// Its identifier.
    pub id: AppPasswordId,
    /// What the owner calls it, sealed.
    pub label: Sealed<String, category::Preferences>,
    /// What it is good for.
    pub protocols: Vec<Protocol>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub last_used_at: Option<Timestamp>,
}

/// Brings a typed password into the form that is hashed: without blanks and hyphens, lower case.
pub(super) fn canonical(typed: &str) -> Option<String> {
    let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let text = text.to_ascii_lowercase();
    (text.len() == LENGTH && text.bytes().all(|b| ALPHABET.contains(&b))).then_some(text)
}

fn random_password() -> Result<String> {
    let mut random = [0u8; LENGTH];
    getrandom::fill(&mut random)
        .map_err(|error| MailError::Library(format!("no random numbers: {error}")))?;
    // 32 symbols: the low five bits of a byte are even.
    Ok(random
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)))
        .map(|b| char::from(*b))
        .collect())
}

fn grouped(password: &str) -> String {
    let chars: Vec<char> = password.chars().collect();
    chars.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

impl PostOffice {
    /// The keyed hash of an application password.
    pub(super) fn app_password_hash(&self, mailbox: MailboxId, canonical: &str) -> [u8; 32] {
        self.policy().lookup_hash(LookupKind::Other, &format!("app password {mailbox} {canonical}"))
    }

    /// Makes an application password good for the given protocols.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`]; more than fifty are refused with [`MailRefusal::NoAppPassword`].
    pub async fn create_app_password(
        &self,
        mailbox: MailboxId,
        label: Personal<String, category::Preferences>,
        protocols: &[Protocol],
    ) -> Result<NewAppPassword> {
        let id = AppPasswordId::new(&**self.clock());
        let password = random_password()?;
        let hash = self.app_password_hash(mailbox, &password);
        let place = Place { table: "app_passwords", column: "label", row: id.uuid() };
        let label = self.seal_personal(Subject::mailbox(mailbox), place, &label)?;
        let protocols = Protocol::to_list(protocols);
        self.db()
            .write(move |tx| {
                if !store::exists(tx, mailbox)? {
                    return Err(MailRefusal::NoMailbox.into());
                }
                if store::list_app_passwords(tx, mailbox)?.len() >= MAX_APP_PASSWORDS {
                    return Err(MailError::from(MailRefusal::NoAppPassword));
                }
                store::insert_app_password(tx, mailbox, id, &hash, &label, &protocols)?;
                Ok(())
            })
            .await?;
        Ok(NewAppPassword { id, secret: grouped(&password) })
    }

    /// Application passwords of a mailbox, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_app_passwords(&self, mailbox: MailboxId) -> Result<Vec<AppPassword>> {
        let rows = self.db().read(move |tx| store::list_app_passwords(tx, mailbox)).await?;
        Ok(rows
            .into_iter()
            .map(|row| AppPassword {
                id: row.id,
                label: Sealed::from_bytes(row.label),
                protocols: Protocol::from_list(&row.protocols),
                created_at: row.created_at,
                last_used_at: row.last_used_at,
            })
            .collect())
    }

    /// Revokes an application password; who uses it is refused from the next sign-in on, and sessions of the webmail
    /// that were opened with it end.
    ///
    /// # Errors
    /// [`MailRefusal::NoAppPassword`].
    pub async fn revoke_app_password(&self, mailbox: MailboxId, id: AppPasswordId) -> Result<()> {
        let gone = self
            .db()
            .write(move |tx| -> Result<bool> {
                let gone = store::delete_app_password(tx, mailbox, id)?;
                if gone {
                    page_sessions::store::end_of_app_password(tx, id)?;
                }
                Ok(gone)
            })
            .await?;
        if gone { Ok(()) } else { Err(MailRefusal::NoAppPassword.into()) }
    }
}

impl MailboxSession {
    /// Application passwords with their labels, for the owner's page.
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn app_passwords(&self) -> Result<Vec<(AppPassword, String)>> {
        let mut out = Vec::new();
        for item in self.office().list_app_passwords(self.mailbox()).await? {
            let place = Place { table: "app_passwords", column: "label", row: item.id.uuid() };
            let label = self.office().policy().open::<purpose::Deliver, _, _, _>(
                self.grant(),
                place,
                &item.label,
                String::clone,
            )?;
            out.push((item, label));
        }
        Ok(out)
    }
}

impl From<&NewAppPassword> for Secret {
    fn from(new: &NewAppPassword) -> Secret {
        Secret::new(new.secret.clone())
    }
}

#[cfg(test)]
mod password_tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        let password = random_password().unwrap();
        assert_eq!(canonical(&grouped(&password)), Some(password.clone()));
        assert_eq!(canonical(&password.to_uppercase()), Some(password));
        assert_eq!(canonical("correct horse battery staple"), None);
    }
}
