//! The rules run on what came.

use mailkeep_storage::sql::{SqlError, Tx};

use super::holds::{Holds, Known, folded};
use super::{Conditions, Plans, When, store};
use crate::hours::Hours;
use crate::macros::{apply, effects};
use crate::tags;
use crate::tickets::turn::{Change, Log};
use crate::tickets::{DeskKind, Hand, Ticket, TicketError};

/// What came.
#[derive(Clone, Copy)]
pub(crate) struct Coming<'a> {
    pub(crate) when: When,
    /// What the ticket is called, where that is in hand because it arrives just now.
    pub(crate) subject: Option<&'a str>,
    pub(crate) plans: Option<&'a Plans>,
}

/// The plans of a ticket's customer, where the conditions ask for one.
pub(super) fn plans_of(
    tx: &mut Tx<'_>,
    plans: Option<&Plans>,
    conditions: &Conditions,
    ticket: &Ticket,
) -> Result<Vec<String>, SqlError> {
    match (plans, ticket.customer(), &conditions.plan) {
        (Some(plans), Some(customer), Some(_)) => plans(tx, customer),
        _ => Ok(Vec::new()),
    }
}

/// Runs the rules on a ticket, each once and in their order; a later one sees what an earlier one did. What one of them cannot do is left:
/// no letter is refused because of a rule.
pub(crate) fn run(
    tx: &mut Tx<'_>,
    hours: &Hours,
    ticket: &mut Ticket,
    arrived: Coming<'_>,
) -> Result<(), TicketError> {
    if ticket.desk() != DeskKind::Support {
        return Ok(());
    }
    let subject = arrived.subject.map(folded);
    for rule in store::active(tx, arrived.when)? {
        let tags = tags::store::of_ticket(tx, ticket.id)?;
        let plans = plans_of(tx, arrived.plans, &rule.conditions, ticket)?;
        let known = Known { ticket, tags: &tags, plans: &plans, subject: subject.as_deref() };
        if rule.conditions.hold(&known) != Holds::Yes {
            continue;
        }
        let effects = match effects(ticket, &tags, &rule.acts, Hand::Program) {
            Ok(effects) if !effects.is_empty() => effects,
            Ok(_) | Err(TicketError::State(_)) => continue,
            Err(error) => return Err(error),
        };
        let by = Hand::Program;
        Log { by, what: Change::Rule(rule.title) }.write(tx, hours, ticket)?;
        match apply(tx, hours, ticket, &effects, by) {
            // The desk has all the tags that it can have: the rest stands.
            Ok(()) | Err(TicketError::State(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
