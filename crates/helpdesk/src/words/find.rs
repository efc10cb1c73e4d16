//! Staff look for tickets by their words.

use mailkeep_policy::{Act, Actor, Fact, Use, purpose};
use mailkeep_types::StaffId;

use super::store;
use crate::merges;
use crate::tickets::{Desk, DeskKind, Ticket, TicketError};

/// So many are found at once: each is a look that its customer reads of.
pub const MOST_FOUND: usize = 10;
/// So many words are looked for.
const MOST_TYPED: usize = 8;

/// Tickets that have what was looked for.
#[derive(Debug)]
pub struct FoundTickets {
    /// What happened last first.
    pub tickets: Vec<Ticket>,
    /// Whether there are more.
    pub more: bool,
}

impl Desk {
    /// Open tickets of support in which each of the typed words stands, or another form of it. Each of them is written down as a look into
    /// its words; what staff may not open is not found.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `q` when nothing can be looked for by it; [`TicketError::Refused`] when the gate refuses.
    pub async fn find_words(&self, by: StaffId, typed: &str) -> Result<FoundTickets, TicketError> {
        let words = self.marks_of_words(typed, MOST_TYPED);
        if words.is_empty() {
            return Err(TicketError::field("q", "type a word that says what you look for"));
        }
        let limit = i64::try_from(MOST_FOUND * 2 + 1).unwrap_or(i64::MAX);
        let mut found = self
            .read(move |tx| {
                let mut found: Vec<Ticket> = Vec::new();
                for id in store::with_all(tx, &words, limit)? {
                    // One that was merged is read in the ticket into which it was.
                    let id = merges::store::leads_to(tx, id)?;
                    let ticket = crate::tickets::store::find(tx, id)?;
                    let ticket = ticket.filter(|ticket| {
                        ticket.is_open_to_support() && !found.iter().any(|before| before.id == ticket.id)
                    });
                    found.extend(ticket);
                }
                Ok(found)
            })
            .await?;
        let more = found.len() > MOST_FOUND;
        found.truncate(MOST_FOUND);
        for ticket in &found {
            let (actor, fact) = (Actor::Staff(by), Fact::OpenTicket(ticket.id));
            let fields = &["ticket_entries.words"];
            let asked = Use { actor, subject: ticket.owner, act: Act::Read, fields, fact };
            self.policy().grant::<purpose::Troubleshoot>(asked).await?;
        }
        Ok(FoundTickets { tickets: found, more })
    }
}

impl Ticket {
    /// Whether support may open its words.
    fn is_open_to_support(&self) -> bool {
        self.state != crate::tickets::TicketState::Closed
            && self.is_asked()
            && self.desk() == DeskKind::Support
    }
}
