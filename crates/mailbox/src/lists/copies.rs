//! What is written to a list goes on to the guests who joined.

use mailkeep_policy::{Act, Actor, Fact, Sealed, Subject, Use, category, purpose};
use mailkeep_protocols::reports::{Cause, classify};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{AliasId, CustomerId, EmailAddress, GuestId};

use super::{GuestState, MAX_FAILURES, guest_place, store};
use crate::addresses;
use crate::error::Result;
use crate::post_office::PostOffice;

/// A guest who joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Its identifier.
    pub id: GuestId,
    /// Its address.
    pub address: EmailAddress,
}

/// What became of a guest's copy for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyFate {
    /// The other server took it.
    Taken,
    /// The other server says that there is no such address.
    NoAddress,
    /// It failed for another reason.
    Failed,
}

impl CopyFate {
    /// What the last answer of a server that refused a copy for good says of the address.
    pub fn of_refusal(answer: &str) -> Self {
        match classify(None, answer) {
            Cause::Hard => CopyFate::NoAddress,
            _ => CopyFate::Failed,
        }
    }
}

impl PostOffice {
    /// The guests of a list who joined, for delivery to them.
    ///
    /// # Errors
    /// What the policy says, or a failure of the store.
    pub async fn joined_guests(&self, list: AliasId) -> Result<Vec<Joined>> {
        let rows = self.db().read(move |tx| store::joined(tx, list)).await?;
        let Some((customer, _, _)) = rows.first() else { return Ok(Vec::new()) };
        let asked = Use {
            actor: Actor::System("distribution lists"),
            subject: Subject::customer(*customer),
            act: Act::Send,
            fields: &["list_guests.address"],
            fact: Fact::ListJoined(list),
        };
        let grant = self.policy().grant::<purpose::Deliver>(asked).await?;
        let open = |(_, id, bytes): (CustomerId, GuestId, Vec<u8>)| {
            let sealed: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(bytes);
            let address = self.policy().open(&grant, guest_place(id), &sealed, EmailAddress::clone)?;
            Ok(Joined { id, address })
        };
        rows.into_iter().map(open).collect()
    }

    /// Whose list a guest is on, when they still want what is on its way to them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn joined_list_of(&self, guest: GuestId) -> Result<Option<CustomerId>> {
        let guest = self.db().read(move |tx| store::guest(tx, guest)).await?;
        Ok(guest.filter(|guest| guest.state == GuestState::Joined).map(|guest| guest.customer))
    }

    /// Notes what became of a guest's copy, in the caller's transaction. Whose address is gone for [`MAX_FAILURES`] messages in a
    /// row is a member no more.
    ///
    /// # Errors
    /// When the store fails.
    pub fn note_copy_in(tx: &mut Tx<'_>, guest: GuestId, fate: CopyFate) -> Result<()> {
        match fate {
            CopyFate::Failed => return Ok(()),
            CopyFate::Taken => store::note_taken(tx, guest)?,
            CopyFate::NoAddress => {
                if store::note_failure(tx, guest)? >= MAX_FAILURES {
                    store::answer(tx, guest, GuestState::Unreachable)?;
                    if let Some(known) = store::guest(tx, guest)?
                        && let Some(row) = store::list(tx, known.list)?
                    {
                        addresses::store::notify_changed(tx, row.domain);
                    }
                }
            }
        }
        Ok(())
    }
}
