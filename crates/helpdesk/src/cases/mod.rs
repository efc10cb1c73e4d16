//! Privacy cases: what people ask the privacy desk about their data, until it is answered (P36, P37).
//!
//! A case is a ticket of the department [`PRIVACY`](crate::tickets::PRIVACY) and what is known about it beyond its words: what is
//! asked, under which law, until when it is to be answered, whether it is known who asks, and what came of it. It belongs to the
//! person who asks, not to a customer whose contact they are: what somebody asks about themselves is no matter of their colleagues.
//! Privacy officers alone see it, under the fact `open_case`.
//!
//! Whoever asks shows who they are through the address on file, never through one that a letter names: a link goes there, and
//! what is done with their data waits for it.

pub mod clock;
mod confirm;
mod deadlines;
mod extend;
mod figures;
pub(crate) mod form;
pub(crate) mod intake;
mod list;
mod probe;
pub(crate) mod records;
mod settle;
mod states;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod triage;

use mailkeep_policy::Subject;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{PersonId, StaffId, Timestamp};
use uuid::Uuid;

use crate::tickets::{Desk, DeskKind, Seen, Ticket, TicketError};

pub use clock::Jurisdiction;
pub use confirm::{Confirming, LINK_LASTS};
pub use deadlines::Overdue;
pub use figures::{KindFigures, Month};
pub use form::{Asker, Asking, MOST_OPEN};
pub(crate) use intake::Arriving;
pub use list::{CaseCounts, CaseQueue};
pub use states::{CaseKind, CaseOutcome, CaseStage, Identity};

/// What is known about a case beyond its ticket; nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its ticket.
    pub ticket: Uuid,
    /// What is asked; nothing before somebody read it.
    pub kind: Option<CaseKind>,
    /// What it may be, from its words: for whoever reads it.
    pub hint: Option<CaseKind>,
    /// Whether it was a case from the beginning: by the subject of the letter, or by the form.
    pub certain: bool,
    /// Under which law it is answered.
    pub jurisdiction: Jurisdiction,
    /// When it came. All terms count from here.
    pub received_at: Timestamp,
    /// Until when whoever asks is to hear that it came.
    pub acknowledge_due: Timestamp,
    /// When they did.
    pub acknowledged_at: Option<Timestamp>,
    /// Until when it is to be answered.
    pub answer_due: Timestamp,
    /// When that was put off.
    pub extended_at: Option<Timestamp>,
    /// Whether it is known who asks.
    pub identity: Identity,
    /// Who is to show that they ask, or did; nobody for whoever has no account.
    pub person: Option<PersonId>,
    /// When they showed it.
    pub shown_at: Option<Timestamp>,
    /// What came of it.
    pub outcome: Option<CaseOutcome>,
    /// When it was settled.
    pub settled_at: Option<Timestamp>,
    /// Who did.
    pub settled_by: Option<StaffId>,
    /// When it was told to a higher place that it is late.
    pub escalated_at: Option<Timestamp>,
}

impl Case {
    /// Where it stands.
    pub const fn stage(&self) -> CaseStage {
        match (self.settled_at, self.kind) {
            (Some(_), _) => CaseStage::Settled,
            (None, Some(_)) => CaseStage::Open,
            (None, None) => CaseStage::Unread,
        }
    }

    /// Whether a term of it is over.
    pub fn is_late(&self, now: Timestamp) -> bool {
        let unheard = self.acknowledged_at.is_none() && self.acknowledge_due < now;
        self.settled_at.is_none() && (unheard || self.answer_due < now)
    }

    /// Whose data is acted upon: known only when the person showed that they ask.
    pub fn confirmed_person(&self) -> Option<PersonId> {
        self.person.filter(|_| self.identity == Identity::Shown)
    }

    /// To whom the link goes by which they show that they ask.
    fn asks(&self, ticket: &Ticket) -> Subject {
        self.person.map_or(ticket.owner, Subject::person)
    }
}

/// A case as the staff who answer see it.
pub(crate) const fn seen(ticket: Uuid, version: Option<i64>) -> Seen {
    Seen { ticket, owner: None, version, desk: DeskKind::Privacy }
}

/// A case that is to be answered, with its ticket as its page showed it.
fn find_open(tx: &mut Tx<'_>, ticket: Uuid, version: i64) -> Result<(Ticket, Case), TicketError> {
    let ticket = seen(ticket, Some(version)).find(tx)?;
    let case = store::find(tx, ticket.id)?.ok_or(TicketError::NotFound)?;
    match case.stage() {
        CaseStage::Settled => Err(TicketError::State("the case is settled")),
        CaseStage::Unread | CaseStage::Open => Ok((ticket, case)),
    }
}

impl Desk {
    /// A case with its ticket. `seen` names the owner, for whoever asked; staff find those of the privacy desk alone.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn look_at_case(&self, seen: Seen) -> Result<(Ticket, Case), TicketError> {
        self.read(move |tx| {
            let ticket = seen.find(tx)?;
            let case = store::find(tx, ticket.id)?.ok_or(TicketError::NotFound)?;
            Ok((ticket, case))
        })
        .await
    }
}
