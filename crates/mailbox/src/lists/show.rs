//! Lists and their guests, for administrators.

use mailkeep_policy::{Grant, May, Place, Purpose, Shown, category};
use mailkeep_types::{AliasId, CustomerId, EmailAddress, GuestId, MailboxId};

use super::{Guest, GuestState, ListSummary, ask, guest_place, store};
use crate::addresses;
use crate::error::{MailRefusal, Result};
use crate::post_office::PostOffice;

/// Which guests of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuestFilter {
    /// All that pages show.
    All,
    /// Those in a state.
    In(GuestState),
    /// The one with this address.
    Address(EmailAddress),
}

/// Some guests of a list.
#[derive(Debug, Clone)]
pub struct GuestPage {
    /// How many there are.
    pub total: u64,
    /// Those of the page, the newest first.
    pub guests: Vec<Guest>,
}

impl PostOffice {
    /// The distribution lists of a customer, by domain and age.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn lists_of_customer(&self, customer: CustomerId) -> Result<Vec<ListSummary>> {
        Ok(self.db().read(move |tx| store::lists_of(tx, customer)).await?)
    }

    /// How many invitations a customer sent in the last 24 hours.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn invitations_sent(&self, customer: CustomerId) -> Result<u64> {
        Ok(self.db().read(move |tx| ask::sent_lately(tx, customer)).await?)
    }

    /// A distribution list.
    ///
    /// # Errors
    /// [`MailRefusal::NoAlias`].
    pub async fn list_summary(&self, list: AliasId) -> Result<ListSummary> {
        let found = self.db().read(move |tx| store::list(tx, list)).await?;
        Ok(found.ok_or(MailRefusal::NoAlias)?)
    }

    /// The mailboxes of a list, in the order in which they came.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_mailboxes_of(&self, list: AliasId) -> Result<Vec<MailboxId>> {
        Ok(self.db().read(move |tx| addresses::store::members(tx, list)).await?)
    }

    /// Guests of a list, `skip` of them left out and at most `limit`.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn guests_of_list(
        &self,
        list: &ListSummary,
        filter: GuestFilter,
        skip: i64,
        limit: i64,
    ) -> Result<GuestPage> {
        let (id, customer, office) = (list.id, list.customer, self.clone());
        let read = self.db().read(move |tx| match &filter {
            GuestFilter::Address(address) => {
                let found = store::by_hash(tx, id, &office.guest_hash(customer, address))?;
                let guests: Vec<Guest> =
                    found.into_iter().filter(|guest| guest.state != GuestState::Removed).collect();
                Ok(GuestPage { total: guests.len() as u64, guests })
            }
            GuestFilter::All => store::guests(tx, id, &GuestState::SHOWN, skip, limit),
            GuestFilter::In(state) => store::guests(tx, id, &[*state], skip, limit),
        });
        Ok(read.await?)
    }

    /// A guest of a list.
    ///
    /// # Errors
    /// [`MailRefusal::NoGuest`].
    pub async fn guest(&self, list: AliasId, guest: GuestId) -> Result<Guest> {
        let found = self.db().read(move |tx| store::guest(tx, guest)).await?;
        Ok(found.filter(|guest| guest.list == list).ok_or(MailRefusal::NoGuest)?)
    }

    /// Opens the address of a guest.
    ///
    /// # Errors
    /// What the policy says.
    pub fn open_guest<P: Purpose + May<category::Contact>>(
        &self,
        grant: &Grant<P>,
        guest: &Guest,
    ) -> Result<Shown<EmailAddress>> {
        Ok(self.policy().show(grant, guest_place(guest.id), &guest.address)?)
    }

    /// Opens the address of a list, which belongs to no person.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn open_list(&self, list: &ListSummary) -> Result<Shown<EmailAddress>> {
        let grant = self.own_grant(&["addresses.address"]).await?;
        let place = Place { table: "addresses", column: "address", row: list.id.uuid() };
        Ok(self.policy().show(&grant, place, &list.address)?)
    }
}
