//! Opening a message for delivery: under a grant whose fact is the waiting message itself.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{EmailAddress, OutboundId};

use super::send::{Context, context_place};
use super::{Channel, Outbound, OutboundError, OutboundRow, StoredAddress, StoredLanguage, store};
use crate::error::PolicyError;
use crate::gate::{Refusal, Use};
use crate::personal::{Json, Sealed};
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::{Act, May, Purpose, PurposeId, category, purpose};

/// A message, opened.
#[derive(Debug)]
pub struct Opened<'a> {
    /// Its row.
    pub row: &'a OutboundRow,
    /// To which address.
    pub to: &'a EmailAddress,
    /// What the template needs.
    pub context: &'a serde_json::Value,
    /// The language that it is written in, where the notice or its reader chose one.
    pub language: Option<&'a str>,
}

const SENDER: Actor = Actor::System("message gate");

impl Outbound {
    /// Opens the message for `render`, which turns it into what is queued.
    ///
    /// # Errors
    /// [`OutboundError::NotPending`] when it was sent meanwhile and [`OutboundError::Declined`] when the recipient said no
    /// while it waited: the job is done then. Otherwise as the gate says.
    pub async fn deliver<R>(
        &self,
        id: OutboundId,
        render: impl FnOnce(Opened<'_>) -> R,
    ) -> Result<R, OutboundError> {
        let (gate, lookup) = (self.clone(), self.policy.addresses());
        let found = self
            .policy
            .database()
            .read(move |tx| -> Result<_, SqlError> {
                let Some((row, context)) = store::find_pending(tx, id)? else { return Ok(None) };
                let address = lookup.as_ref().map_or(Ok(None), |find| find(tx, row.subject))?;
                let wanted = gate.may_reach(tx, row.subject, row.class, row.topic(), Channel::Email)?;
                Ok(Some((row, context, address, wanted)))
            })
            .await?;
        let (row, context, address, wanted) = found.ok_or(OutboundError::NotPending(id))?;
        if !wanted {
            self.policy.database().write(move |tx| store::finish(tx, id, "suppressed")).await?;
            metrics::counter!("outbound_suppressed_total", "class" => row.class.id()).increment(1);
            return Err(OutboundError::Declined(id));
        }
        let purpose = self.policy.compiled().classes.get(&row.class).map(|terms| terms.purpose);
        match purpose {
            Some(PurposeId::Feedback) => {
                self.open::<purpose::Feedback, R>(row, context, address, render).await
            }
            Some(PurposeId::Inform) => self.open::<purpose::Inform, R>(row, context, address, render).await,
            _ => self.open::<purpose::Deliver, R>(row, context, address, render).await,
        }
    }

    async fn open<P, R>(
        &self,
        row: OutboundRow,
        context: Vec<u8>,
        address: Option<StoredAddress>,
        render: impl FnOnce(Opened<'_>) -> R,
    ) -> Result<R, OutboundError>
    where
        P: Purpose + May<category::Contact> + May<category::Identity>,
    {
        let fact = Fact::OutboundMessage(row.id);
        let sealed: Sealed<Json<Context>, category::Contact> = Sealed::from_bytes(context);
        let asked = Use {
            actor: SENDER,
            subject: row.subject,
            act: Act::Send,
            fields: &["outbound_messages.context"],
            fact,
        };
        let grant = self.policy.grant::<P>(asked).await.map_err(PolicyError::from)?;
        let (to, values) = self
            .policy
            .open(&grant, context_place(row.id), &sealed, |context| {
                let to = context.0.to.as_deref().and_then(|to| EmailAddress::parse(to).ok());
                (to, context.0.values.clone())
            })
            .map_err(PolicyError::from)?;
        // A notice that names a language is written in that one.
        let chosen = values["language"].as_str().map(str::to_owned);
        let (address, stored) = match address {
            Some(mut address) => {
                let stored = address.language.take().filter(|_| chosen.is_none());
                (Some(address), stored)
            }
            None => (None, None),
        };
        let (to, language) = match (to, address) {
            (Some(to), Some(address)) => (to, self.language_for::<P>(&asked, address.subject, stored).await),
            (Some(to), None) => (to, None),
            (None, Some(address)) => {
                let mut fields = vec![field(address.place)];
                fields.extend(stored.as_ref().map(|language| field(language.place)));
                let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
                let asked = Use { subject: address.subject, fields: &fields, ..asked };
                let grant = self.policy.grant::<P>(asked).await.map_err(PolicyError::from)?;
                let to = self.policy.open(&grant, address.place, &address.sealed, Clone::clone);
                let read = |language: StoredLanguage| {
                    self.policy.open(&grant, language.place, &language.sealed, Clone::clone)
                };
                (to.map_err(PolicyError::from)?, stored.map(read).transpose().map_err(PolicyError::from)?)
            }
            (None, None) => return Err(OutboundError::NoAddress(row.id)),
        };
        let language = chosen.or(language);
        Ok(render(Opened { row: &row, to: &to, context: &values, language: language.as_deref() }))
    }

    /// The language of whoever a message is about that goes to an address which it names itself. What cannot be read any more, as of
    /// somebody who is being erased, keeps no message back.
    async fn language_for<P>(
        &self,
        asked: &Use<'_>,
        subject: Subject,
        stored: Option<StoredLanguage>,
    ) -> Option<String>
    where
        P: Purpose + May<category::Identity>,
    {
        let language = stored?;
        let asked = Use { subject, fields: &[&field(language.place)], ..*asked };
        let grant = self.policy.grant::<P>(asked).await.ok()?;
        self.policy.open(&grant, language.place, &language.sealed, Clone::clone).ok()
    }
}

fn field(place: Place) -> String {
    format!("{}.{}", place.table, place.column)
}

/// Notes that the message was handed to the outgoing queue; in the transaction that queues it. False when it was before.
pub fn mark_sent(tx: &mut Tx<'_>, id: OutboundId) -> Result<bool, SqlError> {
    store::finish(tx, id, "sent")
}

/// Notes that the message can never be sent, e.g. because the recipient was erased.
pub fn mark_failed(tx: &mut Tx<'_>, id: OutboundId) -> Result<bool, SqlError> {
    store::finish(tx, id, "failed")
}

impl OutboundError {
    /// True when trying again later cannot help.
    pub fn is_final(&self) -> bool {
        match self {
            OutboundError::NoClass(_)
            | OutboundError::OtherClass { .. }
            | OutboundError::NoTopic { .. }
            | OutboundError::Declined(_)
            | OutboundError::NotPending(_)
            | OutboundError::Masked(_)
            | OutboundError::NoAddress(_) => true,
            OutboundError::Policy(error) => {
                matches!(error, PolicyError::Refused(refusal) if !matches!(refusal, Refusal::Ledger(_) | Refusal::Sql(_)))
            }
        }
    }
}
