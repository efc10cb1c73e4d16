//! How many would get an announcement about a topic, as of now. Nobody is opened for it.

use std::collections::HashSet;

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::Cursor;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::PersonId;

use super::Announcement;
use super::send::{address_of, audience, is_for};
use crate::{Outreach, OutreachError};

const BATCH: i64 = 500;

impl Outreach {
    /// Counts the addresses that anything about the topic would go to now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_audience(&self, topic: &str) -> Result<usize, OutreachError> {
        self.count(topic, None).await
    }

    /// Counts the addresses that an announcement would go to now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_readers(&self, announcement: &Announcement) -> Result<usize, OutreachError> {
        self.count(&announcement.topic, Some(announcement)).await
    }

    async fn count(&self, topic: &str, of: Option<&Announcement>) -> Result<usize, OutreachError> {
        let Some(class) = self.policy().compiled().topic(topic).map(|terms| terms.class) else {
            return Ok(0);
        };
        let (mut addresses, mut after) = (HashSet::new(), Cursor::START);
        loop {
            let (outreach, topic, of) = (self.clone(), topic.to_owned(), of.cloned());
            let (last, found) = self
                .db()
                .read(move |tx| -> Result<_, SqlError> {
                    let policy = outreach.policy();
                    let batch = audience(policy, tx, class, &topic, after, BATCH)?;
                    let mut found = Vec::new();
                    for subject in &batch {
                        if policy.outbound().may_send(tx, *subject, class, &topic)?
                            && let Some(address) = address_of(policy, tx, *subject)?
                            && of.as_ref().map_or(Ok(true), |of| is_for(&outreach, tx, of, *subject))?
                        {
                            found.push(address);
                        }
                    }
                    Ok((batch.last().copied(), found))
                })
                .await?;
            addresses.extend(found);
            match last {
                Some(last) => after = Cursor::after(last),
                None => return Ok(addresses.len()),
            }
        }
    }
}

/// The person after whom the next ones are looked for; nobody's number for the first.
pub(super) fn person_after(cursor: Cursor) -> PersonId {
    PersonId::from_uuid(if cursor.0 == Subject::PERSON { cursor.1 } else { uuid::Uuid::nil() })
}
