//! A visitor asks for topics. Nothing comes before the link of a message was followed; whether the address is known is not
//! said.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use mailkeep_policy::outbound::{MessageClass, Notice};
use mailkeep_policy::{LookupKind, Personal, Subject, category};
use mailkeep_types::{EmailAddress, SubscriberId};
use serde_json::json;

use super::{CONFIRM, check_topics, email_hash, email_place, store, token_hash};
use crate::{Outreach, OutreachError};

/// A second message to the same address comes no sooner.
const AGAIN_AFTER: Duration = Duration::from_secs(600);
/// How often one network may ask within an hour.
const ASKS_PER_HOUR: u32 = 20;

/// What a visitor asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Where messages shall go.
    pub email: String,
    /// The topics.
    pub topics: Vec<String>,
    /// The language of the page.
    pub language: String,
}

impl Outreach {
    /// Sends the message with the link that confirms.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `email` and `topics`, and [`OutreachError::TooMany`] for a network that asks too often.
    pub async fn ask_to_subscribe(&self, asked: Asked, network: Option<&str>) -> Result<(), OutreachError> {
        let email = EmailAddress::parse(&asked.email).map_err(|_| {
            let sentence = "Enter an e-mail address that you can open, such as name@example.com.";
            OutreachError::field("email", sentence)
        })?;
        let topics = check_topics(self.policy(), &asked.topics)?;
        self.admit(network)?;
        let lookup = email_hash(self.policy(), &email);
        let id = self.subscriber_of(email, lookup, &asked.language, "asked").await?;
        let mut random = [0u8; 32];
        getrandom::fill(&mut random).expect("the operating system's random source answers");
        let token = BASE64URL_NOPAD.encode(&random);
        let (outbound, language) = (self.policy().outbound(), asked.language);
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let Some(row) = store::find_by_email(tx, &lookup)? else { return Ok(()) };
                // The first message of a new row goes at once; its topics are still empty.
                if tx.now().since(row.asked_at) < AGAIN_AFTER && !row.topics.is_empty() {
                    return Ok(());
                }
                store::ask(tx, id, &topics, &language, &token_hash(&token))?;
                let notice = Notice {
                    class: MessageClass::Account,
                    template: CONFIRM,
                    subject: Subject::subscriber(id),
                    topic: None,
                    to: None,
                    unique_key: format!("{CONFIRM}:{id}:{}", tx.now().as_micros()),
                    context: json!({ "token": token, "language": language }),
                };
                outbound.send(tx, &notice)?;
                Ok(())
            })
            .await
    }

    /// The subscriber with this address, made where there is none.
    pub(super) async fn subscriber_of(
        &self,
        email: EmailAddress,
        lookup: [u8; 32],
        language: &str,
        state: &'static str,
    ) -> Result<SubscriberId, OutreachError> {
        if let Some(row) = self.db().read(move |tx| store::find_by_email(tx, &lookup)).await? {
            return Ok(row.id);
        }
        let id = SubscriberId::new(&**self.policy().clock());
        let subject = Subject::subscriber(id);
        self.policy().create_key(subject).await?;
        let email: Personal<EmailAddress, category::Contact> = Personal::new(email);
        let sealed = self.policy().seal(subject, email_place(id), &email)?.into_bytes();
        let language = language.to_owned();
        let made =
            self.db().write(move |tx| store::insert(tx, id, &sealed, &lookup, &language, state)).await?;
        if made {
            return Ok(id);
        }
        // Somebody asked for the same address at the same moment; theirs stays.
        self.policy().erase(subject).await?;
        let row = self.db().read(move |tx| store::find_by_email(tx, &lookup)).await?;
        row.map(|row| row.id).ok_or(OutreachError::LinkInvalid)
    }

    /// Counts what a network asks for, on this node and in memory: against a form that is sent by a machine.
    pub(crate) fn admit(&self, network: Option<&str>) -> Result<(), OutreachError> {
        let Some(network) = network else { return Ok(()) };
        let (key, now) = (self.policy().lookup_hash(LookupKind::Network, network), self.now());
        let mut asked = self.asked().lock();
        let (count, since) = asked.get(&key).copied().unwrap_or((0, now));
        let (count, since) =
            if now.since(since) >= Duration::from_secs(3600) { (0, now) } else { (count, since) };
        asked.put(key, (count + 1, since));
        if count < ASKS_PER_HOUR { Ok(()) } else { Err(OutreachError::TooMany) }
    }
}
