//! Telling customers of an update: the persons who own an account or look after it technically, each once. Each step is one
//! transaction with its messages and the place where the next begins, so that after a crash nobody is skipped and nobody gets
//! it twice.

use std::sync::Arc;

use mailkeep_identity::ContactRole;
use mailkeep_identity::customers::customers_with_role;
use mailkeep_identity::persons::list_active;
use mailkeep_policy::outbound::{MessageClass, Notice, Sent};
use mailkeep_policy::{Subject, synthetic};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, PersonId};
use serde_json::json;
use uuid::Uuid;

use super::{Incident, IncidentKind, Update, UpdateKind, store};
use crate::outreach::send_unless_erased;
use crate::{Outreach, OutreachError};

/// How many are gone through in a step: small, so that other writers wait little.
const STEP: i64 = 100;

/// Who is told: whoever decides for the account or runs its domains.
const TOLD: &[ContactRole] = &[ContactRole::Owner, ContactRole::Technical];

/// Says whether a customer has something that runs; the server asks the Billing Manager.
pub type Served = Arc<dyn Fn(&mut Tx<'_>, CustomerId) -> Result<bool, SqlError> + Send + Sync>;

/// The template in which customers are told; nothing for what is only shown.
pub const fn template_of(kind: IncidentKind, what: UpdateKind) -> Option<&'static str> {
    match (kind, what) {
        (_, UpdateKind::Note) => None,
        (IncidentKind::Outage, UpdateKind::Ended) => Some("outreach/outage_ended"),
        (IncidentKind::Outage, _) => Some("outreach/outage_reported"),
        (IncidentKind::Maintenance, UpdateKind::Changed) => Some("outreach/maintenance_changed"),
        (IncidentKind::Maintenance, UpdateKind::Began) => Some("outreach/maintenance_began"),
        (IncidentKind::Maintenance, UpdateKind::Ended) => Some("outreach/maintenance_ended"),
        (IncidentKind::Maintenance, UpdateKind::Cancelled) => Some("outreach/maintenance_cancelled"),
        (IncidentKind::Maintenance, UpdateKind::Planned | UpdateKind::Reported) => {
            Some("outreach/maintenance_planned")
        }
    }
}

impl Outreach {
    /// Goes on until everybody was gone through. Safe to be called twice at once: the steps follow one another.
    ///
    /// # Errors
    /// When a database fails; called again, it goes on where it was.
    pub(crate) async fn tell_of_update(&self, update: Uuid) -> Result<(), OutreachError> {
        loop {
            let outreach = self.clone();
            if !self.db().write(move |tx| outreach.step(tx, update)).await? {
                break;
            }
        }
        self.tell_readers(update).await
    }

    /// One step; false when there is nothing left to do.
    fn step(&self, tx: &mut Tx<'_>, id: Uuid) -> Result<bool, OutreachError> {
        let Some((incident, after)) = store::unfinished_mailing(tx, id)? else { return Ok(false) };
        let (Some(incident), Some(update)) = (store::find(tx, incident)?, store::find_update(tx, id)?) else {
            return Ok(false);
        };
        let batch = list_active(tx, after, STEP)?;
        let Some(last) = batch.last().copied() else {
            store::finish_mailing(tx, id)?;
            return Ok(false);
        };
        let mut queued = 0;
        for person in &batch {
            if self.is_told(tx, *person)? && self.tell(tx, &incident, &update, *person)? {
                queued += 1;
            }
        }
        let considered = i64::try_from(batch.len()).unwrap_or(i64::MAX);
        store::advance_mailing(tx, id, last, considered, queued)?;
        Ok(true)
    }

    /// Whether somebody is told as a customer, whatever they chose.
    pub(super) fn is_told(&self, tx: &mut Tx<'_>, person: PersonId) -> Result<bool, SqlError> {
        for customer in customers_with_role(tx, person, TOLD)? {
            if self.serves(tx, customer)? {
                return Ok(!synthetic::is_synthetic(tx, Subject::person(person))?);
            }
        }
        Ok(false)
    }

    fn tell(
        &self,
        tx: &mut Tx<'_>,
        incident: &Incident,
        update: &Update,
        person: PersonId,
    ) -> Result<bool, OutreachError> {
        let Some(template) = template_of(incident.kind, update.what) else { return Ok(false) };
        let notice = Notice {
            class: MessageClass::Account,
            template,
            subject: Subject::person(person),
            topic: None,
            to: None,
            unique_key: format!("incident:{}:{person}", update.id),
            context: context_of(incident, update),
        };
        Ok(matches!(send_unless_erased(self.policy(), tx, &notice)?, Some(Sent::Queued(_))))
    }
}

/// What a message of an update is made of.
pub(super) fn context_of(incident: &Incident, update: &Update) -> serde_json::Value {
    json!({
        "title": incident.title,
        "markdown": update.text,
        "parts": incident.components,
        "starts_at": incident.starts_at,
        "planned_until": incident.planned_until,
        "ended_at": incident.ended_at,
        "path": format!("/status/{}", incident.id),
    })
}
