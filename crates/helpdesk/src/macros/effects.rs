//! What acts would change of a ticket as it is.

use mailkeep_types::StaffId;

use super::{Acts, Ending, GiveTo};
use crate::service_levels::Priority;
use crate::tags::{MOST_OF_TICKET, Tag};
use crate::tickets::{Hand, Move, Ticket, TicketError, TicketState};

/// Something that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It goes to this department, where nobody takes care of it yet.
    Department(String),
    /// It hurts so much.
    Priority(Priority),
    /// It has the tag.
    Tag(Tag),
    /// It has the tag no more.
    Untag(Tag),
    /// It is given to somebody, or to nobody.
    Assign(Option<StaffId>),
    /// Words go to the customer or are noted, and the ticket stands here.
    Speak(Ending, TicketState),
    /// Without a word it stands here.
    Move(Move, TicketState),
}

/// What acts would change of a ticket with these tags; what is so already is left out.
///
/// # Errors
/// [`TicketError::State`] when something of it cannot be done with the ticket as it is: then nothing is done.
pub fn effects(ticket: &Ticket, tags: &[Tag], acts: &Acts, by: Hand) -> Result<Vec<Effect>, TicketError> {
    let mut found = Vec::new();
    let mut assignee = ticket.assignee;
    if let Some(to) = acts.department.as_ref().filter(|to| **to != ticket.department) {
        found.push(Effect::Department(to.clone()));
        assignee = None;
    }
    found.extend(acts.priority.filter(|to| *to != ticket.priority).map(Effect::Priority));
    found.extend(acts.untags.iter().filter(|tag| tags.contains(tag)).cloned().map(Effect::Untag));
    let gone = found.iter().filter(|one| matches!(one, Effect::Untag(_))).count();
    let new: Vec<_> = acts.tags.iter().filter(|tag| !tags.contains(tag)).cloned().map(Effect::Tag).collect();
    if tags.len() + new.len() > MOST_OF_TICKET + gone {
        return Err(TicketError::State("the ticket would have more tags than it can"));
    }
    found.extend(new);
    let to = match acts.give {
        Some(GiveTo::Me) => by.staff(),
        Some(GiveTo::Nobody) => None,
        Some(GiveTo::Staff(id)) => Some(id),
        None => assignee,
    };
    if to != assignee {
        found.push(Effect::Assign(to));
    }
    found.extend(acts.ending.map(|ending| end(ticket.state, ending)).transpose()?);
    Ok(found)
}

fn end(state: TicketState, ending: Ending) -> Result<Effect, TicketError> {
    let after = |state: TicketState, act| {
        state
            .after(act)
            .ok_or(TicketError::State("the ticket is solved or closed, so this cannot be done with it"))
    };
    Ok(match ending {
        Ending::Answer => Effect::Speak(ending, after(state, Move::Answer)?),
        Ending::Ask => Effect::Speak(ending, after(state, Move::Ask)?),
        Ending::AnswerSolve => Effect::Speak(ending, after(after(state, Move::Answer)?, Move::Solve)?),
        Ending::Note if state == TicketState::Closed => {
            return Err(TicketError::State("the ticket is closed, so nothing is noted in it"));
        }
        Ending::Note => Effect::Speak(ending, state),
        Ending::Solve => Effect::Move(Move::Solve, after(state, Move::Solve)?),
        Ending::Close => Effect::Move(Move::Close, after(state, Move::Close)?),
    })
}
