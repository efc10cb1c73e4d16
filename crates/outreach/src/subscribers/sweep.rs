//! Ends what is over: requests that nobody confirmed, and subscribers without a topic. Their keys are destroyed; what they
//! declined stays on the suppression list.

use std::time::Duration;

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::Channel;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::SubscriberId;
use uuid::Uuid;

use super::{offered, store};
use crate::{Outreach, OutreachError};

/// How long a request waits for its link to be followed.
const UNCONFIRMED: Duration = Duration::from_secs(7 * 86_400);
const BATCH: i64 = 500;

impl Outreach {
    /// Ends them, and gives how many.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn sweep_subscribers(&self) -> Result<usize, OutreachError> {
        let before = self.now().minus(UNCONFIRMED);
        let mut over = self.db().read(move |tx| store::unconfirmed(tx, before)).await?;
        let mut after = SubscriberId::from_uuid(Uuid::nil());
        loop {
            let policy = self.policy().clone();
            let (last, without) = self
                .db()
                .read(move |tx| -> Result<_, SqlError> {
                    let batch = store::active(tx, after, BATCH)?;
                    let mut without = Vec::new();
                    for id in &batch {
                        let mut comes = false;
                        for topic in offered(&policy) {
                            let (subject, gate) = (Subject::subscriber(*id), policy.outbound());
                            comes |= gate.may_reach(tx, subject, topic.class, &topic.id, Channel::Email)?;
                        }
                        if !comes {
                            without.push(*id);
                        }
                    }
                    Ok((batch.last().copied(), without))
                })
                .await?;
            over.extend(without);
            let Some(last) = last else { break };
            after = last;
        }
        for id in &over {
            let id = *id;
            self.db().write(move |tx| store::end(tx, id)).await?;
            self.policy().erase(Subject::subscriber(id)).await?;
        }
        Ok(over.len())
    }
}
