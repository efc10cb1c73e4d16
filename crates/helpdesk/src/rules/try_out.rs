//! A rule is tried on the last tickets before it is kept.

use uuid::Uuid;

use super::holds::{Holds, Known};
use super::run::plans_of;
use super::{RuleDraft, store};
use crate::macros::{Effect, effects};
use crate::tags;
use crate::tickets::{Desk, Hand, TicketError};

/// So many tickets are looked at.
pub const LOOKED_AT: i64 = 200;

/// A ticket that a rule would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The ticket.
    pub ticket: Uuid,
    /// Its number.
    pub number: String,
    /// Whether it hangs on the words of its subject, which is sealed.
    pub perhaps: bool,
    /// What would change.
    pub effects: Vec<Effect>,
}

/// What became of trying a rule out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TryOut {
    /// At how many tickets it looked.
    pub looked: usize,
    /// Those that it would change, the newest first.
    pub tried: Vec<Tried>,
}

impl Desk {
    /// Looks what a rule would do with the last tickets of support as they are by now. Nothing is changed, and no subject is opened: where
    /// all but the words holds, it says so.
    ///
    /// # Errors
    /// [`TicketError::Field`] as when it is kept.
    pub async fn try_rule(&self, draft: RuleDraft) -> Result<TryOut, TicketError> {
        let (draft, plans) = (draft.checked()?, self.plans());
        self.read(move |tx| {
            let mut out = TryOut::default();
            for ticket in store::last_tickets(tx, LOOKED_AT)? {
                out.looked += 1;
                let tags = tags::store::of_ticket(tx, ticket.id)?;
                let theirs = plans_of(tx, plans.as_ref(), &draft.conditions, &ticket)?;
                let known = Known { ticket: &ticket, tags: &tags, plans: &theirs, subject: None };
                let holds = draft.conditions.hold(&known);
                if holds == Holds::No {
                    continue;
                }
                let Ok(effects) = effects(&ticket, &tags, &draft.acts, Hand::Program) else { continue };
                if !effects.is_empty() {
                    let perhaps = holds == Holds::Perhaps;
                    out.tried.push(Tried { ticket: ticket.id, number: ticket.number, perhaps, effects });
                }
            }
            Ok(out)
        })
        .await
    }
}
