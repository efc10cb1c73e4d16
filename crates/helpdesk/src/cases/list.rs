//! Which cases there are.

use mailkeep_policy::Subject;
use mailkeep_types::Timestamp;

use super::{Case, store};
use crate::tickets::{self, Desk, Ticket, TicketError};

/// Which cases privacy officers look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseQueue {
    /// Those of which nobody said what they are.
    Unread,
    /// Those that are to be answered.
    Open,
    /// Those of which a term is over, or will be before this time.
    DueBefore(Timestamp),
    /// Those that are answered.
    Settled,
}

/// How many cases lie in the queues.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaseCounts {
    /// Unread.
    pub unread: i64,
    /// To be answered.
    pub open: i64,
    /// Late, or soon.
    pub due: i64,
}

/// So many cases of one person are listed.
const MOST_LISTED: i64 = 100;

impl Desk {
    /// Cases of a queue with their tickets, what is due first, from the `from`th on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_cases(
        &self,
        queue: CaseQueue,
        from: i64,
        limit: i64,
    ) -> Result<Vec<(Ticket, Case)>, TicketError> {
        self.read(move |tx| {
            let cases = store::queue(tx, queue, from, limit)?;
            with_tickets(tx, cases)
        })
        .await
    }

    /// How many cases lie in the queues; `due` as in [`CaseQueue::DueBefore`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_cases(&self, due: Timestamp) -> Result<CaseCounts, TicketError> {
        self.read(move |tx| Ok(store::counts(tx, due)?)).await
    }

    /// The cases of whoever asked, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_cases_of(&self, owner: Subject) -> Result<Vec<(Ticket, Case)>, TicketError> {
        self.read(move |tx| {
            let cases = store::of_owner(tx, owner, MOST_LISTED)?;
            with_tickets(tx, cases)
        })
        .await
    }
}

fn with_tickets(
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    cases: Vec<Case>,
) -> Result<Vec<(Ticket, Case)>, TicketError> {
    let mut both = Vec::with_capacity(cases.len());
    for case in cases {
        if let Some(ticket) = tickets::store::find(tx, case.ticket)? {
            both.push((ticket, case));
        }
    }
    Ok(both)
}
