//! Outages and planned maintenance: what the status page tells of, and what counts as time in which a part was down.
//!
//! Nothing that was said is taken back: an incident has a title, a time and parts, and everything else is an update that is only
//! ever added. Customers are told of its begin and end, and of a plan and its changes, through the message gate in the class
//! that is always sent.

mod availability;
mod begin;
mod cancel;
mod end;
mod list;
mod note;
mod plan;
mod readers;
mod report;
mod store;
mod tell;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{IncidentId, StaffId, Timestamp, words};
use serde::Serialize;
use uuid::Uuid;

use crate::jobs::{TELL, Tell};
use crate::{Outreach, OutreachError};

pub use availability::{Availability, ComponentState, availability, component_state};
pub use plan::Plan;
pub use report::Report;
pub use tell::{Served, template_of};

const MAX_TITLE: usize = 150;
const MAX_TEXT: usize = 10_000;

/// An outage, or planned maintenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// Its number.
    pub id: IncidentId,
    /// What it is.
    pub kind: IncidentKind,
    /// What is said of it in a line.
    pub title: String,
    /// The parts that it touches, as `[status].components` names them.
    pub components: Vec<String>,
    /// When it began; maintenance begins as planned.
    pub starts_at: Timestamp,
    /// Until when maintenance is planned.
    pub planned_until: Option<Timestamp>,
    /// Since when people know of the window as it stands.
    pub noticed_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// When the plan was given up.
    pub cancelled_at: Option<Timestamp>,
    /// Who wrote it.
    #[serde(skip)]
    pub written_by: StaffId,
    /// When it was written.
    pub created_at: Timestamp,
}

/// What was said of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Update {
    /// Its number.
    pub id: Uuid,
    /// Of which incident.
    pub incident: IncidentId,
    /// What happened.
    pub what: UpdateKind,
    /// In words, as Markdown; empty where the time alone made maintenance begin.
    pub text: String,
    /// Who wrote it.
    #[serde(skip)]
    pub written_by: Option<StaffId>,
    /// When.
    pub at: Timestamp,
}

words! {
    /// What an incident is.
    IncidentKind {
        /// Something does not work.
        Outage = "outage",
        /// Something is planned not to work for a while.
        Maintenance = "maintenance",
    }
}

words! {
    /// Where an incident stands at a time.
    Stage {
        /// Maintenance that lies ahead.
        Planned = "planned",
        /// It goes on; maintenance within its window.
        Open = "open",
        /// Maintenance that goes on past its window.
        Overrun = "overrun",
        /// Over.
        Ended = "ended",
        /// Maintenance that does not take place.
        Cancelled = "cancelled",
    }
}

words! {
    /// What happened to an incident.
    UpdateKind {
        /// An outage was reported.
        Reported = "reported",
        /// Maintenance was planned.
        Planned = "planned",
        /// The plan was changed.
        Changed = "changed",
        /// Maintenance began.
        Began = "began",
        /// Something is known that was not.
        Note = "note",
        /// It is over.
        Ended = "ended",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

impl Stage {
    /// Whether it goes on.
    pub const fn goes_on(self) -> bool {
        matches!(self, Stage::Open | Stage::Overrun)
    }

    /// Whether nothing comes after it.
    pub const fn is_over(self) -> bool {
        matches!(self, Stage::Ended | Stage::Cancelled)
    }
}

impl Incident {
    /// Where it stands at a time.
    pub fn stage(&self, now: Timestamp) -> Stage {
        if self.cancelled_at.is_some() {
            Stage::Cancelled
        } else if self.ended_at.is_some() {
            Stage::Ended
        } else if now < self.starts_at {
            Stage::Planned
        } else if self.planned_until.is_some_and(|until| now >= until) {
            Stage::Overrun
        } else {
            Stage::Open
        }
    }

    /// Whether it touches a part of the service.
    pub fn touches(&self, component: &str) -> bool {
        self.components.iter().any(|touched| touched == component)
    }

    /// Whether it is maintenance of which people knew this long before.
    pub fn announced_in_time(&self, notice: Duration) -> bool {
        self.kind == IncidentKind::Maintenance && self.noticed_at.plus(notice) <= self.starts_at
    }
}

impl Outreach {
    /// Checks what staff write of an incident.
    fn check_words(&self, title: &str, text: &str, components: &[String]) -> Result<(), OutreachError> {
        let title = title.trim();
        if title.is_empty() || title.chars().count() > MAX_TITLE || title.chars().any(char::is_control) {
            return Err(OutreachError::field("title", "Write a title of at most 150 letters, in one line."));
        }
        check_text(text)?;
        let known = |name: &String| self.status().components.contains(name);
        if components.is_empty() || !components.iter().all(known) {
            return Err(OutreachError::field("components", "Choose what it touches."));
        }
        Ok(())
    }
}

fn check_text(text: &str) -> Result<(), OutreachError> {
    if text.trim().is_empty() || text.len() > MAX_TEXT {
        let sentence = "Write what readers should know; it may have up to 10,000 letters.";
        return Err(OutreachError::field("text", sentence));
    }
    Ok(())
}

/// Adds an update; customers, and those who chose to hear of it, are told of all but notes, by a job of the same transaction.
fn say(
    tx: &mut Tx<'_>,
    id: Uuid,
    incident: IncidentId,
    what: UpdateKind,
    text: &str,
    staff: Option<StaffId>,
) -> Result<(), OutreachError> {
    store::add_update(tx, id, incident, what, text, staff)?;
    if what != UpdateKind::Note {
        store::add_mailing(tx, id, incident)?;
        readers::add(tx, id, incident)?;
        jobs::enqueue(tx, NewJob::new(TELL, &Tell { update_id: id }).key(id.to_string()))?;
    }
    Ok(())
}
