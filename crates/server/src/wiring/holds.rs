//! What was decided on held mail is carried out in the outgoing queue; and what nobody decided on in time goes back.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_mailbox::PostOffice;
use mailkeep_mailbox::queue::Which;
use mailkeep_outbound_guard::ReasonCode;
use mailkeep_outbound_guard::holds::{HELD_FOR, HeldQueue, Holds, Note};
use mailkeep_outbound_guard::sending::Later;
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{MessageClass, Notice};
use mailkeep_smtp::MailHouse;
use mailkeep_smtp::house::HouseError;
use mailkeep_storage::jobs::{JobError, JobsBuilder};
use mailkeep_types::QueueId;
use mailkeep_web::held::as_message;
use serde_json::json;

use super::services::Services;

/// Gives back what waited too long.
const EXPIRE_HELD: &str = "server.expire_held_mail";
const EXPIRE_EVERY: Duration = Duration::from_secs(5 * 60);
/// Tells owners of what is held.
const TELL_OF_HELD: &str = "server.tell_of_held_mail";
const TELL_EVERY: Duration = Duration::from_secs(60);
const MAIL_HELD: &str = "mailbox/mail_held";
const STRANGE_SIGN_IN: &str = "mailbox/strange_sign_in";
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

/// Tells whoever looks after a customer's account of mailboxes that somebody else may use, once of each.
async fn tell_of_sign_ins(services: &Services) -> Result<(), JobError> {
    let since = services.office.clock().now().minus(HELD_FOR);
    let suspicions = services.guard.suspicions_since(since).await.map_err(JobError::retry)?;
    for suspicion in suspicions {
        let outbound = services.policy.outbound();
        let (customer, mailbox, at) = (suspicion.customer, suspicion.mailbox, suspicion.at.as_micros());
        let sent = services.office.db().write(move |tx| {
            let notice = Notice {
                class: MessageClass::Account,
                template: STRANGE_SIGN_IN,
                subject: Subject::customer(customer),
                topic: None,
                to: None,
                unique_key: format!("{STRANGE_SIGN_IN}:{mailbox}:{at}"),
                context: json!({ "mailbox_id": mailbox.to_string() }),
            };
            outbound.send(tx, &notice).map(drop)
        });
        if let Err(error) = sent.await {
            tracing::warn!(%error, %customer, "nobody could be told of a strange sign-in");
        }
    }
    Ok(())
}

/// Tells whoever looks after a customer's account of what is held, once for each cluster and day on which it began.
async fn tell(services: &Services) -> Result<(), JobError> {
    tell_of_sign_ins(services).await?;
    let clusters = services.office.list_held_clusters(AT_ONCE).await.map_err(JobError::retry)?;
    // Of strange sign-ins they were told with a question.
    for cluster in clusters.into_iter().filter(|one| one.code != ReasonCode::SignIn.word()) {
        let day = cluster.since.as_seconds().div_euclid(24 * 3600);
        let outbound = services.policy.outbound();
        let sent = services.office.db().write(move |tx| {
            let notice = Notice {
                class: MessageClass::Account,
                template: MAIL_HELD,
                subject: Subject::customer(cluster.customer),
                topic: None,
                to: None,
                unique_key: format!("{MAIL_HELD}:{}:{}:{day}", cluster.customer, cluster.code),
                context: json!({}),
            };
            outbound.send(tx, &notice).map(drop)
        });
        if let Err(error) = sent.await {
            // The others are told all the same.
            tracing::warn!(%error, customer = %cluster.customer, "nobody could be told of held mail");
        }
    }
    Ok(())
}

/// Registers the jobs that tell of held mail and give back what nobody decided on.
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
    let services = services.clone();
    let tell = move |_| {
        let services = services.clone();
        async move { tell(&services).await }
    };
    jobs.handler(EXPIRE_HELD, expire)
        .every(EXPIRE_HELD, EXPIRE_EVERY)
        .handler(TELL_OF_HELD, tell)
        .every(TELL_OF_HELD, TELL_EVERY)
}

/// Decides on held mail over the outgoing queue.
pub fn open(services: &Services, host_name: &str) -> Holds {
    let (office, house) = (services.office.clone(), services.house());
    let queue = OutgoingQueue { office, house, host_name: host_name.to_owned() };
    Holds::new(services.guard.clone(), Arc::new(queue))
}
