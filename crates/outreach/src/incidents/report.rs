//! A member of staff says that something does not work.

use mailkeep_types::{IncidentId, StaffId, Timestamp, new_uuid};

use super::{Incident, IncidentKind, UpdateKind, say, store};
use crate::{Outreach, OutreachError};

/// What is said of an outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What does not work, in a line.
    pub title: String,
    /// What readers should know, in Markdown.
    pub text: String,
    /// The parts that it touches.
    pub components: Vec<String>,
    /// When it began.
    pub began_at: Timestamp,
}

impl Outreach {
    /// Publishes an outage, and tells customers.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `title`, `text`, `components` and `starts_at`.
    pub async fn report_outage(&self, staff: StaffId, report: Report) -> Result<IncidentId, OutreachError> {
        self.check_words(&report.title, &report.text, &report.components)?;
        let now = self.now();
        if report.began_at > now {
            let sentence = "It lies ahead; what is planned is maintenance.";
            return Err(OutreachError::field("starts_at", sentence));
        }
        let clock = self.policy().clock();
        let (id, update) = (IncidentId::new(&**clock), new_uuid(&**clock));
        let incident = Incident {
            id,
            kind: IncidentKind::Outage,
            title: report.title.trim().to_owned(),
            components: report.components,
            starts_at: report.began_at,
            planned_until: None,
            noticed_at: now,
            ended_at: None,
            cancelled_at: None,
            written_by: staff,
            created_at: now,
        };
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                store::insert(tx, &incident)?;
                say(tx, update, id, UpdateKind::Reported, &report.text, Some(staff))
            })
            .await?;
        self.forget_open();
        Ok(id)
    }
}
