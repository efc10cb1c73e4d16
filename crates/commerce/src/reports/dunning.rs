//! Reminders: where unpaid invoices stand in the overdue calendar, and what came in after which step.

use jiff::civil::Date;
use mailkeep_types::Currency;

use super::screening::midnight;
use super::{Months, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// Where an unpaid invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nobody was reminded yet.
    None,
    /// The reminder of a day, counted from the due date, was sent.
    Reminded(i64),
    /// Sending has stopped.
    Blocked,
    /// The service has ended.
    Terminated,
}

impl Step {
    /// The word in tables: `none`, `day-3`, `day+7`, `blocked` or `terminated`.
    pub fn word(self) -> String {
        match self {
            Step::None => "none".to_owned(),
            Step::Reminded(day) => format!("day{day:+}"),
            Step::Blocked => "blocked".to_owned(),
            Step::Terminated => "terminated".to_owned(),
        }
    }
}

/// Unpaid invoices at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The step.
    pub step: Step,
    /// The currency.
    pub currency: Currency,
    /// How many invoices.
    pub invoices: i64,
    /// How much is open on them.
    pub open_minor: i64,
}

/// What was paid after the reminder of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The day of the newest reminder before it was paid, counted from the due date.
    pub step: i64,
    /// The currency.
    pub currency: Currency,
    /// How many invoices.
    pub invoices: i64,
    /// How much was paid on them.
    pub paid_minor: i64,
}

/// The reminders of some months, and how things stand today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DunningReport {
    /// How unpaid invoices stand today.
    pub standing: Vec<Standing>,
    /// How many reminders of which day were sent in the months.
    pub sent: Vec<(i64, i64)>,
    /// What was paid in the months after a reminder.
    pub recovered: Vec<Recovered>,
}

impl Commerce {
    /// Reminders of some months (in UTC), and where unpaid invoices stand on a day.
    pub async fn report_dunning(&self, months: Months, today: Date) -> Result<DunningReport, CommerceError> {
        let calendar = self.config().overdue.clone();
        self.read(move |tx| {
            let (from, until) = (midnight(months.first()), midnight(months.end()));
            Ok(DunningReport {
                standing: store::standing(tx, &calendar, today)?,
                sent: store::reminders_sent(tx, from, until)?,
                recovered: store::recovered(tx, from, until)?,
            })
        })
        .await
    }
}
