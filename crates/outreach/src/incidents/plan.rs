//! Maintenance is planned, and the plan is changed as long as it has not begun.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{IncidentId, StaffId, Timestamp, new_uuid};

use super::{Incident, IncidentKind, Stage, UpdateKind, say, store};
use crate::jobs::{BEGIN, Begin};
use crate::{Outreach, OutreachError};

/// What is said of maintenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is done, in a line.
    pub title: String,
    /// What readers should know, in Markdown.
    pub text: String,
    /// The parts that it touches.
    pub components: Vec<String>,
    /// When it begins.
    pub from: Timestamp,
    /// Until when it goes at most.
    pub until: Timestamp,
}

impl Outreach {
    /// Announces maintenance.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `title`, `text`, `components`, `starts_at` and `planned_until`.
    pub async fn plan_maintenance(&self, staff: StaffId, plan: Plan) -> Result<IncidentId, OutreachError> {
        self.check_plan(&plan)?;
        let clock = self.policy().clock();
        let (id, update, now) = (IncidentId::new(&**clock), new_uuid(&**clock), self.now());
        let incident = Incident {
            id,
            kind: IncidentKind::Maintenance,
            title: plan.title.trim().to_owned(),
            components: plan.components,
            starts_at: plan.from,
            planned_until: Some(plan.until),
            noticed_at: now,
            ended_at: None,
            cancelled_at: None,
            written_by: staff,
            created_at: now,
        };
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                store::insert(tx, &incident)?;
                begin_at(tx, id, incident.starts_at)?;
                say(tx, update, id, UpdateKind::Planned, &plan.text, Some(staff))
            })
            .await?;
        self.forget_open();
        Ok(id)
    }

    /// Changes a plan that has not begun, and tells customers. The time of notice runs anew, unless the new window and its
    /// parts lie within the old ones: people who arranged themselves with the old plan have then nothing to arrange.
    ///
    /// # Errors
    /// As [`Outreach::plan_maintenance`]; [`OutreachError::State`] for what has begun or is over.
    pub async fn change_maintenance(
        &self,
        staff: StaffId,
        id: IncidentId,
        plan: Plan,
    ) -> Result<(), OutreachError> {
        self.check_plan(&plan)?;
        let update = new_uuid(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let old = planned(tx, id)?;
                let within = plan.from >= old.starts_at
                    && old.planned_until.is_some_and(|until| plan.until <= until)
                    && plan.components.iter().all(|name| old.touches(name));
                let noticed_at = if within { old.noticed_at } else { tx.now() };
                store::change(tx, id, &plan, noticed_at)?;
                begin_at(tx, id, plan.from)?;
                say(tx, update, id, UpdateKind::Changed, &plan.text, Some(staff))
            })
            .await?;
        self.forget_open();
        Ok(())
    }

    fn check_plan(&self, plan: &Plan) -> Result<(), OutreachError> {
        self.check_words(&plan.title, &plan.text, &plan.components)?;
        if plan.from <= self.now() {
            return Err(OutreachError::field("starts_at", "It must lie ahead; what has begun is an outage."));
        }
        if plan.until <= plan.from {
            return Err(OutreachError::field("planned_until", "It must lie after the begin."));
        }
        Ok(())
    }
}

/// Maintenance that has not begun.
pub(super) fn planned(tx: &mut Tx<'_>, id: IncidentId) -> Result<Incident, OutreachError> {
    let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
    match found.stage(tx.now()) {
        Stage::Planned => Ok(found),
        Stage::Open | Stage::Overrun => Err(OutreachError::state(
            "It has begun by now; say what is new in an update, and end it when it is over.",
        )),
        Stage::Ended | Stage::Cancelled => Err(OutreachError::state("It is over by now.")),
    }
}

/// A job that comes when the window does. One for each time that was planned: those of earlier plans find that it is not theirs.
fn begin_at(tx: &mut Tx<'_>, id: IncidentId, from: Timestamp) -> Result<(), SqlError> {
    let key = format!("{id}:{}", from.as_micros());
    jobs::enqueue(tx, NewJob::new(BEGIN, &Begin { incident_id: id }).key(key).at(from))?;
    Ok(())
}
