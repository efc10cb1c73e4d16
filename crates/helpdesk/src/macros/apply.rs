//! Acts are done, all in one transaction.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{StaffId, new_uuid};

use super::{Acts, Effect, Ending, effects};
use crate::canned;
use crate::followers::{Because, follow};
use crate::hours::Hours;
use crate::tags;
use crate::tickets::turn::{Change, Log, turned};
use crate::tickets::{Desk, Hand, Reply, Said, Seen, Ticket, TicketError, store as tickets};

/// Changes of a ticket what effects say, but for words. Whoever is given it by a rule has it from nobody, and finds it in their own
/// queue.
pub(crate) fn apply(
    tx: &mut Tx<'_>,
    hours: &Hours,
    ticket: &mut Ticket,
    effects: &[Effect],
    by: Hand,
) -> Result<(), TicketError> {
    for effect in effects {
        let what = match effect {
            Effect::Department(to) => {
                to.clone_into(&mut ticket.department);
                ticket.assignee = None;
                tickets::set_department(tx, ticket)?;
                Change::Department
            }
            Effect::Priority(to) => {
                ticket.priority = *to;
                Change::Weighed
            }
            Effect::Tag(tag) => {
                tags::attach(tx, ticket, tag)?;
                Change::Tagged(tag.clone())
            }
            Effect::Untag(tag) => {
                tags::store::remove(tx, ticket.id, tag)?;
                Change::Untagged(tag.clone())
            }
            Effect::Assign(to) => {
                ticket.assignee = *to;
                Change::Assigned
            }
            Effect::Move(act, _) => turned(ticket, *act, by)?,
            Effect::Speak(..) => continue,
        };
        Log { by, what }.write(tx, hours, ticket)?;
    }
    Ok(())
}

const fn reply(ending: Ending) -> Option<Reply> {
    match ending {
        Ending::Answer => Some(Reply::Answer),
        Ending::Ask => Some(Reply::Ask),
        Ending::AnswerSolve => Some(Reply::Solve),
        Ending::Note => Some(Reply::Note),
        Ending::Solve | Ending::Close => None,
    }
}

impl Desk {
    /// What a macro would change of a ticket as it is, done by `by`.
    ///
    /// # Errors
    /// [`TicketError::State`] when something of it cannot be done.
    pub async fn preview_macro(
        &self,
        seen: Seen,
        by: StaffId,
        acts: Acts,
    ) -> Result<Vec<Effect>, TicketError> {
        self.read(move |tx| {
            let ticket = seen.find(tx)?;
            let tags = tags::store::of_ticket(tx, ticket.id)?;
            effects(&ticket, &tags, &acts, Hand::Staff(by))
        })
        .await
    }

    /// Does what the macro `title` says, all of it or nothing; `words` as whoever uses it read and changed them, where it speaks.
    ///
    /// # Errors
    /// [`TicketError::State`] when something of it cannot be done; [`TicketError::Field`] for `words` that are missing, or in which a
    /// variable still stands; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn use_macro(
        &self,
        seen: Seen,
        by: StaffId,
        (title, acts): (String, Acts),
        words: &str,
    ) -> Result<Ticket, TicketError> {
        let speaks = acts.ending.and_then(reply);
        if let Some(variable) =
            canned::unfilled(words).filter(|_| speaks.is_some_and(|how| how != Reply::Note))
        {
            let sentence = format!("write there what fits instead of {}", variable.word());
            return Err(TicketError::field("words", sentence));
        }
        let prepared = match speaks {
            Some(how) => Some(self.prepare(seen, by, how, Said::from(words)).await?),
            None => None,
        };
        let (hours, outbound) = (self.hours().clone(), self.policy().outbound());
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let tags = tags::store::of_ticket(tx, ticket.id)?;
            let hand = Hand::Staff(by);
            let effects = effects(&ticket, &tags, &acts, hand)?;
            Log { by: hand, what: Change::Macro(title.clone()) }.write(tx, &hours, &mut ticket)?;
            if let Some(prepared) = &prepared {
                prepared.write(tx, &hours, &outbound, &mut ticket)?;
            }
            let before = ticket.version;
            apply(tx, &hours, &mut ticket, &effects, hand)?;
            for effect in &effects {
                if let Effect::Assign(Some(to)) = effect {
                    follow(tx, (&hours, &outbound), &mut ticket, (by, *to, Because::Given), before)?;
                }
            }
            Ok(ticket)
        })
        .await
    }

    /// Gives a ticket to another department of support, where nobody takes care of it yet. That there is such a one, the caller has
    /// checked.
    ///
    /// # Errors
    /// [`TicketError::State`] when it is there already; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn send_to_department(&self, seen: Seen, by: StaffId, to: &str) -> Result<Ticket, TicketError> {
        let (hours, effect) = (self.hours().clone(), [Effect::Department(to.to_owned())]);
        let to = to.to_owned();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            if ticket.department == to {
                return Err(TicketError::State("the ticket is with this department already"));
            }
            apply(tx, &hours, &mut ticket, &effect, Hand::Staff(by))?;
            Ok(ticket)
        })
        .await
    }
}

/// An identifier for a new row.
pub(super) fn fresh(desk: &Desk) -> uuid::Uuid {
    new_uuid(&**desk.policy().clock())
}
