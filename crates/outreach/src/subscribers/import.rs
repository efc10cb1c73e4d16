//! Addresses that another program collected, with their yes. A refusal on the list outweighs them.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::suppressions::refused_at;
use mailkeep_policy::outbound::{Channel, ConsentState, Manner, NewChoice, choice_of, record_choices};
use mailkeep_types::EmailAddress;

use super::{check_topics, email_hash};
use crate::{Outreach, OutreachError};

/// How an import went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many are subscribed now.
    pub subscribed: usize,
    /// How many were left out because they declined here.
    pub declined: usize,
    /// How many lines are no addresses.
    pub unreadable: usize,
}

impl Outreach {
    /// Subscribes addresses to a topic. `proof` says where their yes is on record, e.g. `list of 3 March, form 7`; it
    /// stands in each receipt.
    ///
    /// # Errors
    /// A topic that is not offered, a proof that says nothing, and failures of the database; lines before it are done.
    pub async fn import_subscribers<'a>(
        &self,
        lines: impl IntoIterator<Item = &'a str>,
        topic: &str,
        language: &str,
        proof: &str,
    ) -> Result<Imported, OutreachError> {
        let topic = check_topics(self.policy(), &[topic.to_owned()])?;
        if proof.trim().len() < 3 {
            return Err(OutreachError::field("proof", "Say where these people's yes is on record."));
        }
        let mut done = Imported::default();
        for line in lines.into_iter().map(str::trim).filter(|line| !line.is_empty()) {
            let Ok(email) = EmailAddress::parse(line) else {
                done.unreadable += 1;
                continue;
            };
            match self.import_one(email, &topic, language, proof).await? {
                true => done.subscribed += 1,
                false => done.declined += 1,
            }
        }
        Ok(done)
    }

    async fn import_one(
        &self,
        email: EmailAddress,
        topic: &str,
        language: &str,
        proof: &str,
    ) -> Result<bool, OutreachError> {
        let lookup = email_hash(self.policy(), &email);
        let (policy, about) = (self.policy().clone(), topic.to_owned());
        let refused =
            self.db().read(move |tx| refused_at(&policy, tx, lookup, Channel::Email, &about)).await?;
        if refused.is_some() {
            return Ok(false);
        }
        let id = self.subscriber_of(email, lookup, language, "active").await?;
        let (policy, topic, subject) = (self.policy().clone(), topic.to_owned(), Subject::subscriber(id));
        let manner = Manner::from(&format!("import: {}", proof.trim()));
        self.db()
            .write(move |tx| -> Result<bool, OutreachError> {
                let Some(terms) = policy.compiled().topic(&topic) else { return Ok(false) };
                match choice_of(&policy, tx, subject, terms.class, &topic, Channel::Email)? {
                    Some(ConsentState::Given) => Ok(true),
                    Some(ConsentState::Withdrawn) => Ok(false),
                    None => {
                        let choice = NewChoice {
                            topic: topic.clone(),
                            channel: Channel::Email,
                            state: ConsentState::Given,
                            wording: None,
                        };
                        record_choices(&policy, tx, subject, &[choice], &manner)?;
                        Ok(true)
                    }
                }
            })
            .await
    }
}
