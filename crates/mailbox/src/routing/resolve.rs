//! Resolving an address.

use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{EmailAddress, MailboxId};

use super::Route;
use crate::addresses::{self, AddressKind};
use crate::domains::{self, DomainState};
use crate::error::{MailError, Result};
use crate::lists;
use crate::mailboxes;
use crate::post_office::PostOffice;

impl PostOffice {
    /// Where mail for an address goes.
    ///
    /// # Errors
    /// When the store fails: the sender must be told to try again.
    pub async fn resolve(&self, address: &EmailAddress) -> Result<Route> {
        let canonical = address.canonical();
        let key = self.policy().lookup_hash(LookupKind::Email, &canonical).to_vec();
        if let Some(route) = self.0.routes.get(&key) {
            return Ok(route);
        }
        let generation = self.0.routes.generation();
        let (office, address) = (self.clone(), address.clone());
        let route = self.db().read(move |tx| office.resolve_in(tx, &address)).await?;
        self.0.routes.put(key, route.clone(), generation);
        Ok(route)
    }

    /// As [`PostOffice::resolve`], within a transaction and past the cache.
    ///
    /// # Errors
    /// When the store fails.
    pub fn resolve_in(&self, tx: &mut Tx<'_>, address: &EmailAddress) -> Result<Route> {
        let Some(named) = domains::store::by_proven_name(tx, address.domain().as_str())? else {
            return Ok(Route::NotOurs);
        };
        if named.state != DomainState::Proven {
            return Ok(Route::Suspended { domain: named.id });
        }
        let domain = match named.alias_of {
            None => named,
            Some(target) => match domains::store::get(tx, target)? {
                Some(target) if target.state == DomainState::Proven => target,
                _ => return Ok(Route::Suspended { domain: named.id }),
            },
        };
        let unknown = Route::Unknown { domain: domain.id };
        let local = address.local();
        let mut tries = vec![(local.to_owned(), None)];
        if let Some((before, detail)) = local.split_once('+')
            && !before.is_empty()
        {
            tries.push((before.to_owned(), Some(detail.to_owned())));
        }
        for (local, detail) in tries {
            let Ok(tried) = EmailAddress::from_parts(&local, domain.name.clone()) else { continue };
            let Some(found) = addresses::store::find(tx, &self.address_hash(&tried))? else { continue };
            if let (AddressKind::List, Some(list)) = (found.kind, found.alias) {
                let members = addresses::store::members(tx, list)?;
                let guests = lists::store::count_joined(tx, list)?;
                let writers = lists::store::writers(tx, list)?;
                return Ok(Route::List { list, domain: domain.id, members, guests, writers, detail });
            }
            let Some(mailbox) = found.mailbox else { continue };
            return to_mailbox(tx, mailbox, detail, false);
        }
        match domain.catch_all {
            Some(mailbox) => to_mailbox(tx, mailbox, None, true),
            None => Ok(unknown),
        }
    }

    /// True when a mailbox may write under an address: its own, an alias, an alias domain's form of either, or one that
    /// only its catch-all takes (BUSINESS-RULES 26).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn may_send_as(&self, mailbox: MailboxId, address: &EmailAddress) -> Result<bool> {
        Ok(match self.resolve(address).await? {
            Route::Local { mailbox: owner, .. } | Route::Unavailable { mailbox: owner, .. } => {
                owner == mailbox
            }
            Route::List { members, .. } => members.contains(&mailbox),
            _ => false,
        })
    }
}

fn to_mailbox(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    detail: Option<String>,
    by_catch_all: bool,
) -> Result<Route> {
    let row =
        mailboxes::store::row(tx, mailbox)?.ok_or(MailError::Damaged("an address without its mailbox"))?;
    if !row.state.takes_mail() {
        return Ok(Route::Unavailable { mailbox, state: row.state });
    }
    Ok(Route::Local { mailbox, domain: row.domain, detail, by_catch_all })
}
