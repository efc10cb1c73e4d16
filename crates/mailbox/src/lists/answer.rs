//! What guests say by the link of a message.

use mailkeep_policy::Shown;
use mailkeep_types::{EmailAddress, GuestId};

use super::{GuestState, store};
use crate::addresses;
use crate::error::{MailError, MailRefusal, Result};
use crate::post_office::PostOffice;

/// What the page of a link shows: nothing of the guest but how they stand.
#[derive(Debug, Clone)]
pub struct Linked {
    /// The list.
    pub list: Shown<EmailAddress>,
    /// Its domain.
    pub domain: String,
    /// How the guest stands to it.
    pub state: GuestState,
}

impl PostOffice {
    /// The list of a guest's link; `None` when it, or the guest in it, is not there any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn guest_of_link(&self, guest: GuestId) -> Result<Option<Linked>> {
        let Some(guest) = self.db().read(move |tx| store::guest(tx, guest)).await? else { return Ok(None) };
        let list = match self.list_summary(guest.list).await {
            Err(MailError::Refused(MailRefusal::NoAlias)) => return Ok(None),
            list => list?,
        };
        let domain = list.domain_name.to_string();
        Ok(Some(Linked { list: self.open_list(&list).await?, domain, state: guest.state }))
    }

    /// The guest says yes; false when they are not asked any more. Following the link twice is the same as once.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn join_list(&self, guest: GuestId) -> Result<bool> {
        let joined = self.db().write(move |tx| -> Result<bool> {
            let Some(known) = store::guest(tx, guest)? else { return Ok(false) };
            match known.state {
                GuestState::Removed => return Ok(false),
                GuestState::Joined => return Ok(true),
                GuestState::Asked | GuestState::Left | GuestState::Unreachable => {}
            }
            store::answer(tx, guest, GuestState::Joined)?;
            store::forget_refusal(tx, guest)?;
            if let Some(row) = store::list(tx, known.list)? {
                addresses::store::notify_changed(tx, row.domain);
            }
            Ok(true)
        });
        let joined = joined.await?;
        self.forget_cached();
        Ok(joined)
    }

    /// The guest says no, to an invitation or to what comes from then on; no list of the customer asks again. False when they
    /// are not there any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn leave_list(&self, guest: GuestId) -> Result<bool> {
        let left = self.db().write(move |tx| -> Result<bool> {
            let Some(known) = store::guest(tx, guest)? else { return Ok(false) };
            match known.state {
                GuestState::Left => {}
                // Of who was taken off nothing is kept to show; that they were asked is forgotten in its time.
                GuestState::Removed => store::refuse(tx, guest)?,
                GuestState::Asked | GuestState::Joined | GuestState::Unreachable => {
                    store::answer(tx, guest, GuestState::Left)?;
                    store::refuse(tx, guest)?;
                }
            }
            if let Some(row) = store::list(tx, known.list)? {
                addresses::store::notify_changed(tx, row.domain);
            }
            Ok(true)
        });
        let left = left.await?;
        self.forget_cached();
        Ok(left)
    }
}
