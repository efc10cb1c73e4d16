//! The decision whether a message goes, in the caller's transaction.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{OutboundId, new_uuid};
use serde::{Deserialize, Serialize};

use super::{
    Channel, Choice, ConsentState, DELIVER, Deliver, MessageClass, Notice, Outbound, OutboundError, Sent,
    consents, store,
};
use crate::error::PolicyError;
use crate::personal::{Json, Personal, Stored};
use crate::shown::Shown;
use crate::sink;
use crate::subject::Place;
use crate::vocabulary::category;

/// What is sealed in `outbound_messages.context`.
#[derive(Serialize, Deserialize)]
pub(super) struct Context {
    pub to: Option<String>,
    pub values: serde_json::Value,
}

pub(super) fn context_place(id: OutboundId) -> Place {
    Place { table: "outbound_messages", column: "context", row: id.uuid() }
}

/// The context with the values that are shown; it is sealed at once.
fn with_shown(mut context: serde_json::Value, shown: &[(&str, &Shown<String>)]) -> serde_json::Value {
    if let Some(context) = context.as_object_mut() {
        for (name, value) in shown {
            // A text always serialises.
            let value = serde_json::to_value(sink::mail(*value)).unwrap_or_default();
            context.insert((*name).to_owned(), value);
        }
    }
    context
}

impl Outbound {
    /// The class in which the policy file lists the template.
    pub fn class_of(&self, template: &str) -> Option<MessageClass> {
        self.policy.compiled().templates.get(template).copied()
    }

    /// Every template that the policy file lists, sorted.
    pub fn templates(&self) -> Vec<String> {
        let mut templates: Vec<String> = self.policy.compiled().templates.keys().cloned().collect();
        templates.sort();
        templates
    }

    /// Refuses templates that belong to no class; called with every template when the program loads them.
    ///
    /// # Errors
    /// [`OutboundError::NoClass`] with the first such template.
    pub fn check_templates<'a>(
        &self,
        templates: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), OutboundError> {
        match templates.into_iter().find(|template| self.class_of(template).is_none()) {
            Some(template) => Err(OutboundError::NoClass(template.to_owned())),
            None => Ok(()),
        }
    }

    /// Decides, and writes the message and its job when it goes. The subject has keys.
    ///
    /// # Errors
    /// When the template is not of the class that the caller names, or the subject has no key.
    pub fn send(&self, tx: &mut Tx<'_>, notice: &Notice) -> Result<Sent, OutboundError> {
        self.send_showing(tx, notice, &[])
    }

    /// As [`Outbound::send`], with opened values that the message shows beside its context, each under its name there.
    ///
    /// # Errors
    /// As [`Outbound::send`].
    pub fn send_showing(
        &self,
        tx: &mut Tx<'_>,
        notice: &Notice,
        shown: &[(&str, &Shown<String>)],
    ) -> Result<Sent, OutboundError> {
        let Some(listed) = self.class_of(notice.template) else {
            return Err(OutboundError::NoClass(notice.template.to_owned()));
        };
        if listed != notice.class {
            let template = notice.template.to_owned();
            return Err(OutboundError::OtherClass { template, listed, asked: notice.class });
        }
        if let Some(id) = store::find_by_key(tx, &notice.unique_key)? {
            return Ok(Sent::Before(id));
        }
        if !self.wanted(tx, notice)? {
            metrics::counter!("outbound_suppressed_total", "class" => listed.id()).increment(1);
            return Ok(Sent::Suppressed);
        }
        let id = OutboundId::from_uuid(new_uuid(&**self.policy.clock()));
        let context = Context {
            to: notice.to.as_ref().map(|to| String::from_utf8_lossy(&to.value().to_stored()).into_owned()),
            values: with_shown(notice.context.clone(), shown),
        };
        let context: Personal<_, category::Contact> = Personal::new(Json(context));
        let sealed = self.policy.seal(notice.subject, context_place(id), &context)?;
        store::insert(tx, id, notice, sealed.as_bytes(), &self.policy.compiled().id)?;
        jobs::enqueue(tx, NewJob::new(DELIVER, &Deliver { outbound_id: id }).key(id.to_string()))?;
        Ok(Sent::Queued(id))
    }

    fn wanted(&self, tx: &mut Tx<'_>, notice: &Notice) -> Result<bool, OutboundError> {
        let terms = self.policy.compiled().classes.get(&notice.class);
        let choice = terms.map_or(Choice::OptIn, |terms| terms.choice);
        if choice == Choice::None {
            return Ok(true);
        }
        let topic = notice.topic.as_deref().unwrap_or(notice.class.id());
        let state = consents::state(tx, notice.subject, topic, Channel::Email).map_err(PolicyError::from)?;
        Ok(match (choice, state) {
            (_, Some(ConsentState::Withdrawn)) => false,
            (_, Some(ConsentState::Given)) => true,
            (choice, None) => choice == Choice::OptOut,
        })
    }
}
