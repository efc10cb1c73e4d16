//! Service levels: until when a first answer and a solution are due. The clock runs in the hours of support, for emergencies
//! at any time; while the customer is to answer, the clock of the solution stands still.

#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_types::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::hours::Hours;

/// How much something hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// When there is time.
    Low,
    /// As usual.
    Normal,
    /// Work suffers.
    High,
    /// Nothing works: taken at any time of the day (BUSINESS-RULES 32).
    Emergency,
}

/// How long support has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Minutes of open time to the first answer of a person.
    pub first_answer_minutes: u32,
    /// Minutes of open time to the solution.
    pub solution_minutes: u32,
}

impl Priority {
    /// Every one, the least first.
    pub const ALL: [Priority; 4] = [Priority::Low, Priority::Normal, Priority::High, Priority::Emergency];

    /// The name in the database, in addresses and of its texts.
    pub const fn word(self) -> &'static str {
        match self {
            Priority::Low => "low",
            Priority::Normal => "normal",
            Priority::High => "high",
            Priority::Emergency => "emergency",
        }
    }

    /// Reads the name.
    pub fn from_word(word: &str) -> Option<Self> {
        Priority::ALL.into_iter().find(|priority| priority.word() == word)
    }

    /// What holds when nothing else is agreed.
    pub const fn usual(self) -> Target {
        let (first_answer, solution) = match self {
            Priority::Low => (16, 80),
            Priority::Normal => (8, 40),
            Priority::High => (4, 16),
            Priority::Emergency => (1, 8),
        };
        Target { first_answer_minutes: first_answer * 60, solution_minutes: solution * 60 }
    }
}

/// What happened to a request, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// A person answered; the customer is to do something now or not.
    Answered {
        /// Whether we wait for the customer from here on.
        waits: bool,
    },
    /// The customer wrote again: we are to do something now.
    CameBack,
    /// It is solved.
    Solved,
}

/// Where a request stands with its service level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Until when the first answer is, or was, due; `None` when support never opens.
    pub first_answer_due: Option<Timestamp>,
    /// When it was given.
    pub first_answered_at: Option<Timestamp>,
    /// Until when the solution is due; `None` while the clock stands: the customer is to answer, or it is solved.
    pub solution_due: Option<Timestamp>,
    /// When it was solved.
    pub solved_at: Option<Timestamp>,
    /// The open time that counts towards the solution, until now.
    pub worked: Duration,
    /// Whether the first answer was late, or is by now.
    pub first_answer_late: bool,
    /// Whether more open time was used than the solution may take.
    pub solution_late: bool,
}

/// Where a request stands that came at `opened`, with what happened since, in order. What a customer writes again after the
/// solution opens it again: the clock goes on from where it stood.
pub fn standing(
    hours: &Hours,
    priority: Priority,
    target: Target,
    opened: Timestamp,
    happened: &[(Timestamp, Happening)],
    now: Timestamp,
) -> Standing {
    let always = Hours::always();
    let hours = if priority == Priority::Emergency { &always } else { hours };
    let minutes = |minutes: u32| Duration::from_secs(u64::from(minutes) * 60);
    let mut first_answered_at = None;
    let mut solved_at = None;
    let mut worked = Duration::ZERO;
    // Since when our clock runs; it stands while the customer is to answer.
    let mut running = Some(opened);
    for (at, what) in happened {
        match what {
            Happening::Answered { waits } => {
                first_answered_at = first_answered_at.or(Some(*at));
                if *waits && let Some(since) = running.take() {
                    worked += hours.open_time(since, *at);
                }
            }
            Happening::CameBack => {
                solved_at = None;
                running = running.or(Some(*at));
            }
            Happening::Solved => {
                first_answered_at = first_answered_at.or(Some(*at));
                solved_at = Some(*at);
                if let Some(since) = running.take() {
                    worked += hours.open_time(since, *at);
                }
            }
        }
    }
    let allowed = minutes(target.solution_minutes);
    let solution_due = running.and_then(|since| hours.due(since, allowed.saturating_sub(worked)));
    if let Some(since) = running {
        worked += hours.open_time(since, now);
    }
    let first_answer_due = hours.due(opened, minutes(target.first_answer_minutes));
    Standing {
        first_answer_due,
        first_answered_at,
        solution_due,
        solved_at,
        worked,
        first_answer_late: first_answer_due.is_some_and(|due| first_answered_at.unwrap_or(now) > due),
        solution_late: worked > allowed,
    }
}
