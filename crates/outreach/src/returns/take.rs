//! Taking a letter that came to an address for what comes back.

use mailkeep_policy::outbound::suppressions::suppress_holder;
use mailkeep_policy::outbound::{ALL_TOPICS, Channel, ConsentState, recipient_of, set_consent};
use mailkeep_protocols::reports::{Cause, Complaint, Returned, read_return};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{AnnouncementId, EmailAddress, OutboundId};

use super::stop::must_stop;
use super::{ReturnAddresses, Returning, store};
use crate::announcements::store as announcements;
use crate::{Outreach, OutreachError};

/// The word by which complaints are stored.
const COMPLAINT: &str = "complaint";

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// A message was not delivered, for this reason.
    Failure(Cause),
    /// A reader complained.
    Complaint,
    /// It was noted before, says nothing about a message of ours, or is no report.
    Nothing,
}

impl Outreach {
    /// Reads the letter and notes what it says. An address that is dead or whose reader complained gets no more of what can be
    /// declined, from the commit on and outside the database too.
    ///
    /// # Errors
    /// When a database fails; taken again, the letter says the same.
    pub async fn take_return(
        &self,
        addresses: &ReturnAddresses,
        to: &EmailAddress,
        letter: &[u8],
    ) -> Result<Noted, OutreachError> {
        let Some(returning) = addresses.read(to) else { return Ok(Noted::Nothing) };
        let noted = match (returning, read_return(letter)) {
            (Returning::Message(message), returned @ Returned::Failures(_)) => match returned.cause() {
                Some(cause) => self.note_failure(message, cause).await?,
                None => Noted::Nothing,
            },
            (returning, Returned::Complaint(complaint)) if complaint.objects() => {
                let named = match returning {
                    Returning::Message(message) => Some(message),
                    Returning::Complaints => message_in(addresses, &complaint),
                };
                match named {
                    Some(message) => self.note_complaint(message).await?,
                    None => Noted::Nothing,
                }
            }
            _ => Noted::Nothing,
        };
        if matches!(noted, Noted::Failure(Cause::Hard) | Noted::Complaint) {
            self.policy().copy_suppressions().await?;
        }
        Ok(noted)
    }

    async fn note_failure(&self, message: OutboundId, cause: Cause) -> Result<Noted, OutreachError> {
        let policy = self.policy().clone();
        let noted = self.db().write(move |tx| -> Result<Noted, SqlError> {
            let Some(subject) = recipient_of(tx, message)? else { return Ok(Noted::Nothing) };
            let announced = store::announced(tx, message)?;
            if !store::note(tx, message, cause.word(), subject, announced.map(|(id, _)| id))? {
                return Ok(Noted::Nothing);
            }
            if cause == Cause::Hard {
                // The address it went to; the person may have another one by now.
                let address = match announced {
                    Some((_, address)) => Some(address),
                    None => policy.reach_of(tx, subject, Channel::Email)?,
                };
                if let Some(address) = address {
                    suppress_holder(tx, address, Channel::Email, ALL_TOPICS)?;
                }
            }
            stop_if_due(tx, announced.map(|(id, _)| id).filter(|_| cause == Cause::Hard))?;
            Ok(Noted::Failure(cause))
        });
        Ok(noted.await?)
    }

    async fn note_complaint(&self, message: OutboundId) -> Result<Noted, OutreachError> {
        let policy = self.policy().clone();
        let noted = self.db().write(move |tx| -> Result<Noted, SqlError> {
            let Some(subject) = recipient_of(tx, message)? else { return Ok(Noted::Nothing) };
            let announced = store::announced(tx, message)?;
            if !store::note(tx, message, COMPLAINT, subject, announced.map(|(id, _)| id))? {
                return Ok(Noted::Nothing);
            }
            if let Some((_, address)) = announced {
                suppress_holder(tx, address, Channel::Email, ALL_TOPICS)?;
            }
            // The person finds it among their choices, as any other no.
            let no = ConsentState::Withdrawn;
            set_consent(&policy, tx, subject, ALL_TOPICS, Channel::Email, no, COMPLAINT)?;
            stop_if_due(tx, announced.map(|(id, _)| id))?;
            Ok(Noted::Complaint)
        });
        Ok(noted.await?)
    }
}

/// Stops the announcement when too many came back. What went out is counted only where what came back may be enough.
fn stop_if_due(tx: &mut Tx<'_>, id: Option<AnnouncementId>) -> Result<(), SqlError> {
    let Some(id) = id else { return Ok(()) };
    let figures = store::figures(tx, id)?;
    // Of dead addresses every fifth is looked at: among thousands one more makes no difference.
    if figures.complaints == 0 && figures.hard % 5 != 0 && figures.hard > 5 {
        return Ok(());
    }
    if let Some(because) = must_stop(announcements::went_out(tx, id)?, figures)
        && announcements::stop(tx, id, because)?
    {
        tracing::warn!(announcement = %id, because = because.word(), "an announcement stopped by itself");
    }
    Ok(())
}

/// The message that a complaint is about: by the return path that it had, in the report or in the message it encloses.
fn message_in(addresses: &ReturnAddresses, complaint: &Complaint) -> Option<OutboundId> {
    let named = [complaint.mail_from.as_deref(), complaint.enclosed.return_path.as_deref()];
    named.into_iter().flatten().find_map(|text| {
        match EmailAddress::parse(text).ok().and_then(|address| addresses.read(&address))? {
            Returning::Message(message) => Some(message),
            Returning::Complaints => None,
        }
    })
}
