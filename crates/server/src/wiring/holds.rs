//! What was decided on held mail is carried out in the outgoing queue; and what nobody decided on in time goes back.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_mailbox::PostOffice;
use mailkeep_mailbox::queue::Which;
use mailkeep_outbound_guard::holds::{HELD_FOR, HeldQueue, Holds, Note};
use mailkeep_outbound_guard::sending::Later;
use mailkeep_smtp::MailHouse;
use mailkeep_smtp::house::HouseError;
use mailkeep_storage::jobs::{JobError, JobsBuilder};
use mailkeep_types::QueueId;
use mailkeep_web::held::as_message;

use super::services::Services;

/// Gives back what waited too long.
const EXPIRE_HELD: &str = "server.expire_held_mail";
const EXPIRE_EVERY: Duration = Duration::from_secs(5 * 60);
/// So many are given back in one run; what is more goes in the next.
const AT_ONCE: usize = 500;

/// The outgoing queue.
pub struct OutgoingQueue {
    /// Lets messages go.
    pub office: PostOffice,
    /// Reports to senders.
    pub house: MailHouse,
    /// Who reports.
    pub host_name: String,
}

impl HeldQueue for OutgoingQueue {
    fn release(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        let write = self.office.db().write(move |tx| {
            let released = PostOffice::release_held_in(tx, held)?;
            if released {
                note(tx)?;
            }
            Ok::<_, mailkeep_storage::sql::SqlError>(released)
        });
        Box::pin(async { write.await.map_err(|error| error.to_string()) })
    }

    fn give_back<'a>(&'a self, held: QueueId, words: &'a str, note: Note) -> Later<'a, Result<bool, String>> {
        Box::pin(async move {
            let given = self.house.give_back(held, &self.host_name, words, note).await;
            given.map_err(|error| match error {
                HouseError::Refused(reply) => reply.to_string(),
                HouseError::Failed(why) => why,
            })
        })
    }

    fn confirm(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        let write = self.office.db().write(move |tx| {
            let confirmed = PostOffice::confirm_held_in(tx, held)?;
            if confirmed {
                note(tx)?;
            }
            Ok::<_, mailkeep_storage::sql::SqlError>(confirmed)
        });
        Box::pin(async { write.await.map_err(|error| error.to_string()) })
    }
}

/// Registers the job that gives back what nobody decided on.
pub fn register(jobs: JobsBuilder, services: &Services, holds: Holds) -> JobsBuilder {
    let office = services.office.clone();
    let expire = move |_| {
        let (office, holds) = (office.clone(), holds.clone());
        async move {
            let before = office.clock().now().minus(HELD_FOR);
            let late = office.list_held(Which::Since(before), AT_ONCE).await.map_err(JobError::retry)?;
            for held in &late {
                if holds.expire(as_message(held)).await.map_err(JobError::retry)? {
                    tracing::info!(queue = %held.id, "nobody decided on a held message, and it went back");
                }
            }
            Ok(())
        }
    };
    jobs.handler(EXPIRE_HELD, expire).every(EXPIRE_HELD, EXPIRE_EVERY)
}

/// Decides on held mail over the outgoing queue.
pub fn open(services: &Services, host_name: &str) -> Holds {
    let (office, house) = (services.office.clone(), services.house());
    let queue = OutgoingQueue { office, house, host_name: host_name.to_owned() };
    Holds::new(services.guard.clone(), Arc::new(queue))
}
