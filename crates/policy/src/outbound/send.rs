//! The decision whether a message goes, in the caller's transaction.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{OutboundId, new_uuid};
use serde::{Deserialize, Serialize};

use super::{
    Channel, Choice, ConsentState, DELIVER, Deliver, MessageClass, Notice, Outbound, OutboundError, Sent,
    consents, store, suppressions,
};
use crate::keys::LookupKind;
use crate::personal::{Json, Personal, Stored};
use crate::shown::Shown;
use crate::sink;
use crate::subject::{Place, Subject};
use crate::vocabulary::category;
use crate::{card_numbers, synthetic};

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
    // What staff type into a question or a reason is repeated to the person; a number of a card is not.
    card_numbers::clean(&mut context);
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
        if let Some(topic) = &notice.topic
            && self.policy.compiled().topic(topic).is_none_or(|terms| terms.class != listed)
        {
            return Err(OutboundError::NoTopic { topic: topic.clone(), class: listed });
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
        let job = NewJob::new(DELIVER, &Deliver { outbound_id: id }).key(id.to_string());
        jobs::enqueue(tx, job.bulk(listed != MessageClass::Account))?;
        Ok(Sent::Queued(id))
    }

    fn wanted(&self, tx: &mut Tx<'_>, notice: &Notice) -> Result<bool, OutboundError> {
        let (class, channel) = (notice.class, Channel::Email);
        // Nobody reads what a probe's persons would be sent.
        if synthetic::is_synthetic(tx, notice.subject)? {
            return Ok(false);
        }
        if self.choice_for(class) == Choice::None {
            return Ok(true);
        }
        let topic = notice.topic.as_deref().unwrap_or(class.id());
        let mut holders = suppressions::holders(&self.policy, tx, notice.subject, channel)?;
        if let Some(to) = &notice.to {
            holders.push(self.policy.lookup_hash(LookupKind::Email, &to.value().canonical()));
        }
        let chosen = self.chosen(tx, notice.subject, &holders, class, topic, channel)?;
        Ok(chosen && self.is_due(tx, notice.subject, class)?)
    }

    /// Whether no message of the class came lately, where the policy file limits how often one comes.
    fn is_due(&self, tx: &mut Tx<'_>, subject: Subject, class: MessageClass) -> Result<bool, SqlError> {
        let terms = self.policy.compiled().classes.get(&class);
        let Some(days) = terms.and_then(|terms| terms.one_in_days) else { return Ok(true) };
        let since = tx.now().minus(std::time::Duration::from_secs(u64::from(days) * 86_400));
        Ok(!store::sent_since(tx, subject, class, since)?)
    }

    /// Whether a message about the topic would go by e-mail now: for counting an audience.
    ///
    /// # Errors
    /// When the database fails.
    pub fn may_send(
        &self,
        tx: &mut Tx<'_>,
        subject: Subject,
        class: MessageClass,
        topic: &str,
    ) -> Result<bool, SqlError> {
        Ok(self.may_reach(tx, subject, class, topic, Channel::Email)? && self.is_due(tx, subject, class)?)
    }

    /// What the choice of a recipient does for messages of the class.
    pub fn choice_for(&self, class: MessageClass) -> Choice {
        self.policy.compiled().classes.get(&class).map_or(Choice::OptIn, |terms| terms.choice)
    }

    /// Whether the policy file and what the subject chose let a message about the topic go by the channel.
    ///
    /// # Errors
    /// When the database fails.
    pub fn may_reach(
        &self,
        tx: &mut Tx<'_>,
        subject: Subject,
        class: MessageClass,
        topic: &str,
        channel: Channel,
    ) -> Result<bool, SqlError> {
        let holders = match self.choice_for(class) {
            Choice::None => Vec::new(),
            _ => suppressions::holders(&self.policy, tx, subject, channel)?,
        };
        self.chosen(tx, subject, &holders, class, topic, channel)
    }

    fn chosen(
        &self,
        tx: &mut Tx<'_>,
        subject: Subject,
        holders: &[[u8; 32]],
        class: MessageClass,
        topic: &str,
        channel: Channel,
    ) -> Result<bool, SqlError> {
        let Some(terms) = self.policy.compiled().classes.get(&class) else { return Ok(false) };
        let by_it = self.policy.compiled().topic(topic).map_or(&terms.channels, |topic| &topic.channels);
        if !by_it.contains(&channel) {
            return Ok(false);
        }
        if terms.choice == Choice::None {
            return Ok(true);
        }
        let state = consents::choice_at(&self.policy, tx, subject, holders, class, topic, channel)?;
        Ok(match (terms.choice, state) {
            (_, Some(ConsentState::Withdrawn)) => false,
            (_, Some(ConsentState::Given)) => true,
            (choice, None) => choice == Choice::OptOut,
        })
    }
}
