//! A ticket is moved on, given to somebody, or weighed anew; and how each of it is written down with what the service level makes
//! of it.

use mailkeep_policy::Subject;
use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{Desk, DeskKind, Hand, Move, Ticket, TicketError, store};
use crate::followers::{Because, follow};
use crate::hours::Hours;
use crate::merges;
use crate::service_levels::{Happening, Priority, standing};
use crate::tags::{self, Tag};
use crate::words;

/// A ticket as somebody saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub ticket: Uuid,
    /// Whose it must be, for those who are no staff.
    pub owner: Option<Subject>,
    /// Its version on the page, where it matters that nothing happened since.
    pub version: Option<i64>,
    /// For staff: whether it is one of the privacy desk, which others do not see, or one of support.
    pub desk: DeskKind,
}

impl Seen {
    pub(crate) fn find(self, tx: &mut Tx<'_>) -> Result<Ticket, TicketError> {
        let ticket = store::find(tx, self.ticket)?
            .filter(|ticket| match self.owner {
                Some(owner) => ticket.owner == owner,
                None => ticket.desk() == self.desk,
            })
            .ok_or(TicketError::NotFound)?;
        match self.version {
            Some(version) if version != ticket.version => Err(TicketError::Changed),
            _ => Ok(ticket),
        }
    }
}

/// A ticket that waited for us was merged into this one, which waits for us by it.
const JOINED_WAITING: &str = "join_waiting";
/// The same of one whose split was undone.
const BACK_WAITING: &str = "back_waiting";
/// It was split from another with an answer of ours.
const BEGAN_ANSWERED: &str = "begin_answered";

/// What happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Opened,
    Moved(Move),
    Noted,
    Assigned,
    Weighed,
    Rated,
    Tagged(Tag),
    Untagged(Tag),
    /// It was merged into the ticket with this number.
    Merged(String),
    /// That was undone.
    Unmerged(String),
    /// The ticket with this number was merged into it.
    Joined {
        number: String,
        /// Whether that one waited for us.
        waits: bool,
    },
    /// That was undone.
    Parted(String),
    /// Some of it went into the new ticket with this number.
    Split(String),
    /// It began with what was written in the ticket with this number.
    Began {
        number: String,
        /// Whether an answer of ours is among that.
        answered: bool,
    },
    /// Its split from the ticket with this number was undone.
    Unsplit(String),
    /// The split of the ticket with this number was undone.
    Back {
        number: String,
        /// Whether that one waited for us.
        waits: bool,
    },
    /// A link with the ticket of this number was made or taken away, as the word says.
    Linked(&'static str, String),
    /// A member of staff follows it, or no more, as the word says.
    Followed(&'static str, StaffId),
    /// It went to another department of support.
    Department,
    /// Staff used the macro with this title.
    Macro(String),
    /// The rule with this title did something; what, the next events say.
    Rule(String),
    /// So many minutes were spent on it, or taken back.
    Timed(i64),
    /// Something of a privacy case, and the word it is now.
    Case(&'static str, &'static str),
}

impl Change {
    /// What of it counts for the service level.
    pub(super) fn happening(what: &str) -> Option<Happening> {
        match what {
            JOINED_WAITING | BACK_WAITING => return Some(Happening::CameBack),
            BEGAN_ANSWERED => return Some(Happening::Answered { waits: false }),
            _ => {}
        }
        Some(match Move::from_word(what)? {
            Move::Answer => Happening::Answered { waits: false },
            Move::Ask => Happening::Answered { waits: true },
            Move::Write | Move::Reopen => Happening::CameBack,
            Move::Solve | Move::Close => Happening::Solved,
            Move::Take => return None,
        })
    }

    fn stored(self, ticket: &Ticket) -> (&'static str, String) {
        match self {
            Change::Opened => ("opened", ticket.state.word().to_owned()),
            Change::Moved(act) => (act.word(), ticket.state.word().to_owned()),
            Change::Noted => ("note", String::new()),
            Change::Assigned => ("assign", ticket.assignee.map(|id| id.to_string()).unwrap_or_default()),
            Change::Weighed => ("priority", ticket.priority.word().to_owned()),
            Change::Tagged(tag) => ("tag", tag.to_string()),
            Change::Untagged(tag) => ("untag", tag.to_string()),
            Change::Merged(number) => ("merge", number),
            Change::Unmerged(number) => ("unmerge", number),
            Change::Joined { number, waits } => (if waits { JOINED_WAITING } else { "join" }, number),
            Change::Parted(number) => ("part", number),
            Change::Split(number) => ("split", number),
            Change::Began { number, answered } => (if answered { BEGAN_ANSWERED } else { "begin" }, number),
            Change::Unsplit(number) => ("unsplit", number),
            Change::Back { number, waits } => (if waits { BACK_WAITING } else { "back" }, number),
            Change::Linked(what, number) => (what, number),
            Change::Followed(what, who) => (what, who.to_string()),
            Change::Department => ("department", ticket.department.clone()),
            Change::Macro(title) => ("macro", title),
            Change::Rule(title) => ("rule", title),
            Change::Timed(minutes) => ("time", minutes.to_string()),
            Change::Case(what, value) => (what, value.to_owned()),
            Change::Rated => ("rate", ticket.rating.map(|stars| stars.to_string()).unwrap_or_default()),
        }
    }
}

/// Makes a move in memory.
///
/// # Errors
/// [`TicketError::State`] when it is not theirs to make, or not from here.
pub(crate) fn turned(ticket: &mut Ticket, act: Move, by: Hand) -> Result<Change, TicketError> {
    if !act.is_for(by) {
        return Err(TicketError::State("this is for others to do"));
    }
    ticket.state =
        ticket.state.after(act).ok_or(TicketError::State("the ticket is in another state by now"))?;
    Ok(Change::Moved(act))
}

/// A line of the history.
pub(crate) struct Log {
    pub(crate) by: Hand,
    pub(crate) what: Change,
}

impl Log {
    /// Writes down what happened, and the ticket as it is after it.
    ///
    /// # Errors
    /// [`TicketError::State`] when the ticket was merged into another: it goes on there.
    pub(crate) fn write(
        self,
        tx: &mut Tx<'_>,
        hours: &Hours,
        ticket: &mut Ticket,
    ) -> Result<(), TicketError> {
        if merges::store::find(tx, ticket.id)?.is_some() {
            return Err(TicketError::State("the ticket was merged into another; go on there"));
        }
        let now = tx.now();
        ticket.version += 1;
        ticket.changed_at = now;
        let (what, value) = self.what.stored(ticket);
        store::add_event(tx, ticket, what, &value, self.by)?;
        let happened: Vec<_> = store::events(tx, ticket.id)?
            .iter()
            .filter_map(|(what, at)| Change::happening(what).map(|happening| (*at, happening)))
            .collect();
        let priority = ticket.priority;
        let stands = standing(hours, priority, priority.usual(), ticket.opened_at, &happened, now);
        ticket.first_due = stands.first_answer_due;
        ticket.first_answered_at = stands.first_answered_at;
        ticket.solution_due = stands.solution_due;
        ticket.solved_at = stands.solved_at;
        ticket.closed_at = match (ticket.state, ticket.closed_at) {
            (super::TicketState::Closed, None) => {
                words::forget_later(tx, ticket)?;
                Some(now)
            }
            (super::TicketState::Closed, since) => since,
            _ => None,
        };
        store::update(tx, ticket)?;
        Ok(tags::store::touch(tx, ticket)?)
    }
}

impl Desk {
    /// Moves a ticket on without a word. The moves that come with words are made by writing them.
    ///
    /// # Errors
    /// [`TicketError::State`] when it is not theirs to make, or not from where it stands; [`TicketError::Changed`] when
    /// something happened meanwhile.
    pub async fn move_ticket(&self, seen: Seen, by: Hand, act: Move) -> Result<Ticket, TicketError> {
        if matches!(act, Move::Answer | Move::Ask | Move::Write) {
            return Err(TicketError::field("words", "write something here"));
        }
        self.change(seen, by, move |ticket| turned(ticket, act, by)).await
    }

    /// Gives a ticket to a member of staff, who follows it from then on, or to nobody.
    ///
    /// # Errors
    /// [`TicketError::NotFound`], [`TicketError::Changed`].
    pub async fn assign_ticket(
        &self,
        seen: Seen,
        by: StaffId,
        to: Option<StaffId>,
    ) -> Result<Ticket, TicketError> {
        let (hours, outbound) = (self.hours().clone(), self.policy().outbound());
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let before = ticket.version;
            ticket.assignee = to;
            Log { by: Hand::Staff(by), what: Change::Assigned }.write(tx, &hours, &mut ticket)?;
            if let Some(to) = to {
                follow(tx, (&hours, &outbound), &mut ticket, (by, to, Because::Given), before)?;
            }
            Ok(ticket)
        })
        .await
    }

    /// Weighs anew how much it hurts; what is due is counted from the beginning with the other service level.
    ///
    /// # Errors
    /// [`TicketError::NotFound`], [`TicketError::Changed`].
    pub async fn weigh_ticket(
        &self,
        seen: Seen,
        by: StaffId,
        priority: Priority,
    ) -> Result<Ticket, TicketError> {
        self.change(seen, Hand::Staff(by), move |ticket| {
            ticket.priority = priority;
            Ok(Change::Weighed)
        })
        .await
    }

    pub(super) async fn change<F>(&self, seen: Seen, by: Hand, change: F) -> Result<Ticket, TicketError>
    where
        F: Fn(&mut Ticket) -> Result<Change, TicketError> + Send + 'static,
    {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let what = change(&mut ticket)?;
            Log { by, what }.write(tx, &hours, &mut ticket)?;
            Ok(ticket)
        })
        .await
    }
}
