//! Telling of an update those who chose to hear of the state of the service, or of a part of it: visitors, and customers whom it does not
//! concern. Each address gets it once, whichever topics it chose, and whoever is told as a customer gets no second message.

use data_encoding::HEXLOWER;
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Channel, Cursor, MessageClass, Notice, Sent, candidates};
use mailkeep_storage::sql::Tx;
use mailkeep_types::IncidentId;
use uuid::Uuid;

use super::tell::context_of;
use super::{Incident, Update, store};
use crate::announcements::send::address_of;
use crate::outreach::send_unless_erased;
use crate::subscribers;
use crate::{Outreach, OutreachError};

/// The topic of every part of the service; that of one part has its name behind it, after an underscore.
pub const TOPIC: &str = "status";
/// The template in which they are told.
pub const TEMPLATE: &str = "outreach/status_told";
/// How many are gone through in a step.
const STEP: i64 = 100;

/// Notes that they are to be told.
pub(super) fn add(tx: &mut Tx<'_>, update: Uuid, incident: IncidentId) -> Result<(), OutreachError> {
    let Some(found) = store::find(tx, incident)? else { return Ok(()) };
    store::add_readers(tx, update, TOPIC, incident)?;
    for part in &found.components {
        store::add_readers(tx, update, &topic_of(part), incident)?;
    }
    Ok(())
}

/// The topic of a part of the service, which the policy file may have.
fn topic_of(part: &str) -> String {
    format!("{TOPIC}_{part}")
}

impl Outreach {
    /// Goes on until everybody was gone through.
    pub(super) async fn tell_readers(&self, update: Uuid) -> Result<(), OutreachError> {
        loop {
            let outreach = self.clone();
            if !self.db().write(move |tx| outreach.step_readers(tx, update)).await? {
                return Ok(());
            }
        }
    }

    /// One step; false when there is nothing left to do.
    fn step_readers(&self, tx: &mut Tx<'_>, id: Uuid) -> Result<bool, OutreachError> {
        let Some((topic, incident, after)) = store::unfinished_readers(tx, id)? else { return Ok(false) };
        let (incident, update) = (store::find(tx, incident)?, store::find_update(tx, id)?);
        let known = self.policy().compiled().topic(&topic);
        let is_chosen = known.is_some_and(|terms| terms.class == MessageClass::Subscribed);
        let batch = if is_chosen { candidates(tx, &topic, Channel::Email, after, STEP)? } else { Vec::new() };
        let (Some(last), Some(incident), Some(update)) = (batch.last().copied(), incident, update) else {
            store::finish_readers(tx, id, &topic)?;
            return Ok(true);
        };
        let mut queued = 0;
        for reader in &batch {
            queued += i64::from(self.tell_reader(tx, &incident, &update, &topic, *reader)?);
        }
        store::advance_readers(tx, id, &topic, Cursor::after(last), queued)?;
        Ok(true)
    }

    fn tell_reader(
        &self,
        tx: &mut Tx<'_>,
        incident: &Incident,
        update: &Update,
        topic: &str,
        reader: Subject,
    ) -> Result<bool, OutreachError> {
        let Some(address) = address_of(self.policy(), tx, reader)? else { return Ok(false) };
        let language = match reader {
            Subject::Person(person) if self.is_told(tx, person)? => return Ok(false),
            Subject::Subscriber(id) => subscribers::store::language(tx, id)?,
            _ => None,
        };
        let mut context = context_of(incident, update);
        context["what"] = format!("{}_{}", incident.kind.word(), update.what.word()).into();
        if let Some(language) = language {
            context["language"] = language.into();
        }
        let notice = Notice {
            class: MessageClass::Subscribed,
            template: TEMPLATE,
            subject: reader,
            topic: Some(topic.to_owned()),
            to: None,
            unique_key: format!("incident:{}:{}", update.id, HEXLOWER.encode(&address)),
            context,
        };
        Ok(matches!(send_unless_erased(self.policy(), tx, &notice)?, Some(Sent::Queued(_))))
    }
}
