//! A case whose term is over goes to a higher place: the operators, at the address for alerts.

use std::time::Duration;

use mailkeep_policy::outbound::{MessageClass, Notice};
use mailkeep_policy::{Personal, Subject, category};
use mailkeep_types::{EmailAddress, StaffId};
use serde_json::json;

use super::{Case, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::{self, Desk, Hand, TicketError};

/// The message to the operators.
const OVERDUE: &str = "helpdesk/case_overdue";
/// So many are told of in one message.
const AT_ONCE: i64 = 100;
/// A late case is told of within this time, or the promise does not hold.
const GRACE: Duration = Duration::from_secs(2 * 3600);

/// What the job did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overdue {
    /// How many cases went to a higher place now.
    pub escalated: usize,
}

impl Desk {
    /// Takes each late case to a higher place, once. Without an operator to tell it stands in the console alone, and is told of when
    /// there is one.
    ///
    /// # Errors
    /// When the database fails, or the policy lets no such message go.
    pub async fn escalate_cases(
        &self,
        operator: Option<StaffId>,
        to: &EmailAddress,
    ) -> Result<Overdue, TicketError> {
        let Some(operator) = operator else { return Ok(Overdue::default()) };
        let (outbound, hours, to) = (self.policy().outbound(), self.hours().clone(), to.clone());
        self.write(move |tx| {
            let now = tx.now();
            let late = store::to_escalate(tx, now, AT_ONCE)?;
            let mut numbers = Vec::with_capacity(late.len());
            for case in &late {
                let Some(mut ticket) = tickets::store::find(tx, case.ticket)? else { continue };
                store::update(tx, &Case { escalated_at: Some(now), ..case.clone() })?;
                Log { by: Hand::Program, what: Change::Case("escalate", "") }.write(
                    tx,
                    &hours,
                    &mut ticket,
                )?;
                numbers.push(ticket.number);
            }
            if let Some(first) = numbers.first() {
                let notice = Notice {
                    class: MessageClass::Account,
                    template: OVERDUE,
                    subject: Subject::staff(operator),
                    topic: None,
                    to: Some(Personal::<EmailAddress, category::Contact>::new(to.clone())),
                    unique_key: format!("{OVERDUE}:{first}:{}", now.as_micros()),
                    context: json!({
                        "cases": numbers.join(", "),
                        "path": "/console/privacy-cases?view=due",
                    }),
                };
                outbound.send(tx, &notice)?;
            }
            Ok(Overdue { escalated: numbers.len() })
        })
        .await
    }

    /// What falls short of the promise: late cases that no higher place was told of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_shortfalls(&self) -> Result<Vec<String>, TicketError> {
        self.read(|tx| {
            let since = tx.now().minus(GRACE);
            let late = store::to_escalate(tx, since, AT_ONCE)?;
            Ok(match late.len() {
                0 => Vec::new(),
                n => vec![format!(
                    "{n} privacy cases are late, and no operator was told; let the servers run, and see that there is an active operator"
                )],
            })
        })
        .await
    }
}
