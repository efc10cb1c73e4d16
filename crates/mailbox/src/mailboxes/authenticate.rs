//! Signing in to a mailbox with its password or an application password.

use std::net::IpAddr;

use hmac::{Hmac, KeyInit, Mac};
use mailkeep_policy::LookupKind;
use mailkeep_types::{AppPasswordId, EmailAddress, MailboxId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::{MailboxSession, Secret, app_passwords, password, store};
use crate::error::Result;
use crate::post_office::PostOffice;
use crate::routing::Route;

/// What a password is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// Submission of mail.
    Smtp,
    /// Reading mail.
    Imap,
    /// Calendars, contacts and files.
    Dav,
    /// The pages of the webmail.
    Webmail,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Protocol; 4] = [Protocol::Smtp, Protocol::Imap, Protocol::Dav, Protocol::Webmail];

    const fn id(self) -> &'static str {
        match self {
            Protocol::Smtp => "smtp",
            Protocol::Imap => "imap",
            Protocol::Dav => "dav",
            Protocol::Webmail => "webmail",
        }
    }

    pub(super) fn to_list(protocols: &[Protocol]) -> String {
        protocols.iter().map(|p| p.id()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn from_list(list: &str) -> Vec<Protocol> {
        Protocol::ALL.into_iter().filter(|p| list.split(' ').any(|word| word == p.id())).collect()
    }
}

/// A try to sign in.
#[derive(Debug)]
pub struct SignIn<'a> {
    /// The address given; an alias or an address in an alias domain is good too.
    pub address: &'a str,
    /// The password given.
    pub password: Secret,
    /// By which protocol.
    pub protocol: Protocol,
    /// From where.
    pub network: IpAddr,
}

/// Why a sign-in is refused. Clients are told only whether to try again later, so that nobody learns which mailboxes
/// there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefusal {
    /// The address or the password is wrong.
    #[error("the address or the password is wrong")]
    Wrong,
    /// Too many wrong passwords; try again then.
    #[error("too many wrong passwords; try again after {0}")]
    TooMany(Timestamp),
    /// The state of the mailbox does not let its owner in.
    #[error("this mailbox cannot be used at the moment; the Customer Center says why")]
    State,
    /// The class of service, or an administrator, keeps the mailbox from this protocol.
    #[error("this mailbox cannot be used by this kind of program; its administrator can say why")]
    NotGranted,
    /// Mail programs need an application password.
    #[error("mail programs need an application password for this mailbox; make one in the Customer Center")]
    AppPasswordNeeded,
    /// The application password is not for this protocol.
    #[error("this application password is not for this program; make another one")]
    Protocol,
}

impl PostOffice {
    /// Checks a password and opens a session. Wrong passwords are counted for the mailbox and for the network, durably
    /// and on all nodes; beyond the limit neither can sign in for a while.
    ///
    /// # Errors
    /// When the store or the policy fails; a refusal is an `Ok(Err(…))`.
    pub async fn authenticate(&self, sign_in: SignIn<'_>) -> Result<Result<MailboxSession, SignInRefusal>> {
        let network_key = self.network_key(sign_in.network);
        let mailbox = match EmailAddress::parse(sign_in.address) {
            Ok(address) => self.mailbox_of(&address).await?,
            Err(_) => None,
        };
        // An address that does not exist is counted like one that does.
        let mailbox_key = self.failure_key(&match mailbox {
            Some(mailbox) => mailbox.to_string(),
            None => sign_in.address.to_lowercase(),
        });
        let keys = (network_key.to_vec(), mailbox_key.to_vec());
        let (by_network, by_mailbox, credentials) = self
            .db()
            .read(move |tx| {
                let credentials = match mailbox {
                    Some(mailbox) => store::credentials(tx, mailbox)?,
                    None => None,
                };
                Ok::<_, crate::MailError>((
                    store::blocked_until(tx, &keys.0)?,
                    store::blocked_until(tx, &keys.1)?,
                    credentials,
                ))
            })
            .await?;
        let locked = credentials.as_ref().map(|c| c.locked_until);
        let blocked = by_network.max(by_mailbox).max(locked).unwrap_or(Timestamp::EPOCH);
        if blocked > self.db().now() {
            return Ok(Err(SignInRefusal::TooMany(blocked)));
        }
        let verdict = match (mailbox, &credentials) {
            (Some(mailbox), Some(row)) => {
                self.check_password(mailbox, &sign_in, row.password_hash.clone()).await?
            }
            _ => {
                password::verify(sign_in.password.clone(), None).await?;
                Err(SignInRefusal::Wrong)
            }
        };
        let app_password = match verdict {
            Ok(app_password) => app_password,
            Err(refusal) => {
                if refusal == SignInRefusal::Wrong {
                    self.count_failure(network_key, mailbox_key).await?;
                }
                return Ok(Err(refusal));
            }
        };
        let (Some(mailbox), Some(credentials)) = (mailbox, credentials) else {
            return Ok(Err(SignInRefusal::Wrong));
        };
        if !credentials.state.may_sign_in() {
            return Ok(Err(SignInRefusal::State));
        }
        let class = self.mailbox_facts(mailbox).await?.class;
        if !class.allows(sign_in.protocol) {
            return Ok(Err(SignInRefusal::NotGranted));
        }
        if class.needs_app_password(sign_in.protocol, app_password) {
            return Ok(Err(SignInRefusal::AppPasswordNeeded));
        }
        if by_mailbox.is_some() {
            self.db().write(move |tx| store::forget_failures(tx, &mailbox_key)).await?;
        }
        self.note_place(mailbox, sign_in.network, network_key).await?;
        Ok(Ok(self.session(mailbox).await?.signed_in(sign_in.protocol, app_password)))
    }

    /// The mailbox that an address belongs to, but for a catch-all.
    async fn mailbox_of(&self, address: &EmailAddress) -> Result<Option<MailboxId>> {
        Ok(match self.resolve(address).await? {
            Route::Local { mailbox, by_catch_all: false, .. } | Route::Unavailable { mailbox, .. } => {
                Some(mailbox)
            }
            _ => None,
        })
    }

    /// Gives the application password that was used, or nothing for the password of the mailbox.
    async fn check_password(
        &self,
        mailbox: MailboxId,
        sign_in: &SignIn<'_>,
        stored: Option<String>,
    ) -> Result<Result<Option<AppPasswordId>, SignInRefusal>> {
        if let Some(canonical) = app_passwords::canonical(sign_in.password.as_str()) {
            let hash = self.app_password_hash(mailbox, &canonical);
            let found = self.db().read(move |tx| store::find_app_password(tx, mailbox, &hash)).await?;
            if let Some((id, protocols, last_used)) = found {
                const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
                let now = self.db().now();
                if last_used.is_none_or(|last| now.since(last) > HOUR) {
                    self.db().write(move |tx| store::touch_app_password(tx, id)).await?;
                }
                let good = Protocol::from_list(&protocols).contains(&sign_in.protocol);
                return Ok(if good { Ok(Some(id)) } else { Err(SignInRefusal::Protocol) });
            }
        }
        // Mail programs sign in again and again: what was right a moment ago needs no second argon2. The memory holds a
        // keyed hash over the stored hash too, so a changed password is noticed.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0.process_secret)
            .map_err(|error| crate::MailError::Library(error.to_string()))?;
        mac.update(stored.as_deref().unwrap_or("").as_bytes());
        mac.update(&[0]);
        mac.update(sign_in.password.as_str().as_bytes());
        let proof: [u8; 32] = mac.finalize().into_bytes().into();
        if stored.is_some() && self.0.verified_passwords.lock().get(&mailbox) == Some(&proof) {
            return Ok(Ok(None));
        }
        if password::verify(sign_in.password.clone(), stored).await? {
            self.0.verified_passwords.lock().put(mailbox, proof);
            return Ok(Ok(None));
        }
        Ok(Err(SignInRefusal::Wrong))
    }

    async fn count_failure(&self, network: [u8; 32], mailbox: [u8; 32]) -> Result<()> {
        let (allowed, window) = (self.settings().wrong_passwords, self.settings().lockout_window);
        self.db()
            .write(move |tx| {
                // A network may stand for an office full of people.
                store::count_failure(tx, &network, allowed.saturating_mul(5), window)?;
                store::count_failure(tx, &mailbox, allowed, window)?;
                Ok::<_, crate::MailError>(())
            })
            .await
    }

    fn network_key(&self, network: IpAddr) -> [u8; 32] {
        // Of IPv6 addresses a whole /64 belongs to one line.
        let text = match network {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => v4.to_string(),
                None => format!("{:x?}", v6.segments().get(..4)),
            },
        };
        self.policy().lookup_hash(LookupKind::Network, &format!("sign-in failures {text}"))
    }

    fn failure_key(&self, mailbox: &str) -> [u8; 32] {
        self.policy().lookup_hash(LookupKind::Other, &format!("sign-in failures {mailbox}"))
    }
}
