//! Asking people elsewhere whether they want to be on a list.

use mailkeep_policy::outbound::{MessageClass, Notice, Outbound, passed_since};
use mailkeep_policy::{Personal, Shown, Subject, category};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{AliasId, CustomerId, EmailAddress, GuestId};
use serde_json::json;
use std::time::Duration;

use super::{Guest, GuestState, MAX_GUESTS, guest_place, store};
use crate::domains::{self, DomainState};
use crate::error::{MailError, MailRefusal, Result};
use crate::post_office::PostOffice;

/// The template of the message with the link.
pub const INVITATION: &str = "mailbox/list_invitation";

const DAY: Duration = Duration::from_secs(24 * 3600);
/// Who did not answer so many invitations to other lists of the customer is asked onto no further one, until those are forgotten.
const MAX_ASKS_ELSEWHERE: i64 = 2;

/// How invitations are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitations {
    /// The language of the message.
    pub language: String,
    /// The most that the customer may send in 24 hours, all lists together; as many as there are guests when `None`.
    pub most: Option<u64>,
}

/// Why somebody is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unasked {
    /// They left a list of the customer, or said that they do not want to be asked.
    Declined,
    /// They were asked already and taken off before they answered, or answered several other lists of the customer not.
    AskedBefore,
    /// The address is in a domain of the customer, whose mailboxes need not be asked.
    OwnDomain,
}

/// What became of invitations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// They are sent.
    Sent {
        /// To so many.
        asked: usize,
        /// So many others were members or asked already.
        known: usize,
    },
    /// Nobody was asked, because of these, by their place among the addresses.
    Not(Vec<(usize, Unasked)>),
}

/// An address to be asked, with what is made before the transaction.
struct Asked {
    id: GuestId,
    address: EmailAddress,
    hash: [u8; 32],
    sealed: Vec<u8>,
}

impl PostOffice {
    /// Asks people elsewhere: all of them, or nobody when one cannot be.
    ///
    /// # Errors
    /// [`MailRefusal::NoAlias`], [`MailRefusal::ListMembers`], [`MailRefusal::Invitations`].
    pub async fn invite_guests(
        &self,
        list: AliasId,
        addresses: Vec<EmailAddress>,
        how: Invitations,
    ) -> Result<Invited> {
        let found = self.list_summary(list).await?;
        let customer = found.customer;
        let shown = self.open_list(&found).await?.text();
        let own = self.domains_of_customer(customer).await?;
        let mut asked = Vec::with_capacity(addresses.len());
        let mut faults = Vec::new();
        for (at, address) in addresses.into_iter().enumerate() {
            if own.iter().any(|domain| domain.proven_at.is_some() && domain.name == *address.domain()) {
                faults.push((at, Unasked::OwnDomain));
            }
            let (id, hash) = (GuestId::new(&**self.clock()), self.guest_hash(customer, &address));
            let value: Personal<EmailAddress, category::Contact> = Personal::new(address.clone());
            let sealed = self.seal_personal(Subject::customer(customer), guest_place(id), &value)?;
            asked.push(Asked { id, address, hash, sealed });
        }
        let (office, outbound) = (self.clone(), self.policy().outbound());
        let domain = found.domain_name.to_string();
        self.db()
            .write(move |tx| -> Result<Invited> {
                domains::store::lock_of_customer(tx, customer)?;
                check_served(tx, &found)?;
                let mut faults = faults.clone();
                let (mut new, mut known) = (Vec::new(), 0);
                for (at, one) in asked.iter().enumerate() {
                    let before = store::by_hash(tx, list, &one.hash)?;
                    match before.as_ref().map(|guest| guest.state) {
                        Some(GuestState::Joined | GuestState::Asked) => known += 1,
                        _ if store::has_refused(tx, customer, &one.hash)? => {
                            faults.push((at, Unasked::Declined));
                        }
                        _ if before.as_ref().is_some_and(|guest| !guest.may_be_asked(tx.now()))
                            || store::asks_elsewhere(tx, customer, list, &one.hash)?
                                >= MAX_ASKS_ELSEWHERE =>
                        {
                            faults.push((at, Unasked::AskedBefore));
                        }
                        _ => new.push((one, before)),
                    }
                }
                if !faults.is_empty() {
                    faults.sort_by_key(|(at, _)| *at);
                    return Ok(Invited::Not(faults));
                }
                check_room(tx, list, new.len())?;
                check_most(tx, &found, &how, new.len())?;
                for (one, before) in &new {
                    let guest = office.write_asked(tx, list, &found, one, before.as_ref())?;
                    let to = Personal::new(one.address.clone());
                    let notice = invitation(&office, &found, guest, &domain, to, &how, tx)?;
                    send(&outbound, tx, &notice, &shown)?;
                }
                Ok(Invited::Sent { asked: new.len(), known })
            })
            .await
    }

    /// Asks somebody once more who did not answer, or was not to be reached. `address` was opened for whoever asks.
    ///
    /// # Errors
    /// [`MailRefusal::NoGuest`], [`MailRefusal::AskedBefore`], [`MailRefusal::Declined`], [`MailRefusal::Invitations`].
    pub async fn ask_guest_again(
        &self,
        list: AliasId,
        guest: GuestId,
        address: &Shown<EmailAddress>,
        how: Invitations,
    ) -> Result<()> {
        let found = self.list_summary(list).await?;
        let shown = self.open_list(&found).await?.text();
        let (office, outbound, address) = (self.clone(), self.policy().outbound(), address.clone());
        let domain = found.domain_name.to_string();
        self.db()
            .write(move |tx| -> Result<()> {
                domains::store::lock_of_customer(tx, found.customer)?;
                check_served(tx, &found)?;
                let known = store::guest(tx, guest)?.filter(|known| known.list == list);
                let known = known.ok_or(MailRefusal::NoGuest)?;
                if known.state == GuestState::Removed || !known.may_be_asked(tx.now()) {
                    return Err(MailRefusal::AskedBefore.into());
                }
                if store::guest_has_refused(tx, guest)? {
                    return Err(MailRefusal::Declined.into());
                }
                check_most(tx, &found, &how, 1)?;
                store::ask_again(tx, guest, asks_after(&known))?;
                let to = address.personal().ok_or(MailRefusal::NoGuest)?;
                let notice = invitation(&office, &found, guest, &domain, to, &how, tx)?;
                send(&outbound, tx, &notice, &shown)
            })
            .await
    }

    /// Writes that somebody is asked; one who is known keeps the identifier, and the address is written anew.
    fn write_asked(
        &self,
        tx: &mut Tx<'_>,
        list: AliasId,
        found: &super::ListSummary,
        one: &Asked,
        before: Option<&Guest>,
    ) -> Result<GuestId> {
        let Some(before) = before else {
            store::insert(tx, one.id, list, found.customer, &one.hash, &one.sealed)?;
            return Ok(one.id);
        };
        let value: Personal<EmailAddress, category::Contact> = Personal::new(one.address.clone());
        let sealed = self.seal_personal(before.subject(), guest_place(before.id), &value)?;
        store::set_address(tx, before.id, &sealed)?;
        store::ask_again(tx, before.id, asks_after(before))?;
        Ok(before.id)
    }
}

/// How often somebody was asked when they are asked now: whoever had joined is asked anew.
const fn asks_after(guest: &Guest) -> i64 {
    match guest.state {
        GuestState::Unreachable => 1,
        _ => guest.asks.saturating_add(1),
    }
}

/// Nothing is sent for a domain that is not served.
fn check_served(tx: &mut Tx<'_>, list: &super::ListSummary) -> Result<()> {
    let state = domains::store::row(tx, list.domain)?.map(|domain| domain.state);
    if state == Some(DomainState::Proven) { Ok(()) } else { Err(MailRefusal::DomainUnproven.into()) }
}

fn check_room(tx: &mut Tx<'_>, list: AliasId, more: usize) -> Result<()> {
    let there = usize::try_from(store::count(tx, list)?).unwrap_or(usize::MAX);
    if there.saturating_add(more) > MAX_GUESTS {
        return Err(MailRefusal::ListMembers(MAX_GUESTS).into());
    }
    Ok(())
}

/// How many invitations of a customer passed the gate in the last 24 hours.
pub(super) fn sent_lately(tx: &mut Tx<'_>, customer: CustomerId) -> std::result::Result<u64, SqlError> {
    let since = tx.now().minus(DAY);
    passed_since(tx, Subject::customer(customer), INVITATION, since)
}

fn check_most(tx: &mut Tx<'_>, list: &super::ListSummary, how: &Invitations, more: usize) -> Result<()> {
    let Some(most) = how.most else { return Ok(()) };
    let sent = sent_lately(tx, list.customer)?;
    if sent.saturating_add(more as u64) > most {
        return Err(MailRefusal::Invitations(most).into());
    }
    Ok(())
}

fn invitation(
    office: &PostOffice,
    list: &super::ListSummary,
    guest: GuestId,
    domain: &str,
    to: Personal<EmailAddress, category::Contact>,
    how: &Invitations,
    tx: &mut Tx<'_>,
) -> Result<Notice> {
    Ok(Notice {
        class: MessageClass::Account,
        template: INVITATION,
        subject: Subject::customer(list.customer),
        topic: None,
        to: Some(to),
        unique_key: format!("{INVITATION}:{guest}:{}", tx.now().as_micros()),
        context: json!({
            "path": format!("/lists/{}", office.guest_token(guest)),
            "domain": domain,
            "language": how.language,
        }),
    })
}

fn send(outbound: &Outbound, tx: &mut Tx<'_>, notice: &Notice, list: &Shown<String>) -> Result<()> {
    let sent = outbound.send_showing(tx, notice, &[("list", list)]);
    sent.map(drop).map_err(|error| MailError::Library(error.to_string()))
}
