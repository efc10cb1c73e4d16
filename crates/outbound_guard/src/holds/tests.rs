//! Decisions on both engines, over a queue in memory.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;

use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;
use mailkeep_types::{CustomerId, DomainId, MailboxId, QueueId, StaffId};
use parking_lot::Mutex;
use uuid::Uuid;

use super::{Act, Cause, HeldMessage, HeldQueue, Holds, Note};
use crate::sending::{DomainStanding, Guard, GuardConfig, Later, Standing, Standings, store as sending};
use crate::suspicions::Surroundings;
use crate::tiers::Tier;
use crate::verdict::ReasonCode;

struct Nobody;

impl Standings for Nobody {
    fn standing(&self, _: MailboxId) -> Later<'_, Result<Standing, String>> {
        Box::pin(async { Err("not asked here".to_owned()) })
    }

    fn domain(&self, _: DomainId) -> Later<'_, Result<DomainStanding, String>> {
        Box::pin(async { Err("not asked here".to_owned()) })
    }

    fn surroundings(&self, _: MailboxId, _: IpAddr) -> Later<'_, Result<Surroundings, String>> {
        Box::pin(async { Err("not asked here".to_owned()) })
    }
}

/// What waits, and what senders were told.
struct Queue {
    db: Database,
    waiting: Mutex<HashSet<QueueId>>,
    confirmed: Mutex<HashSet<QueueId>>,
    told: Mutex<Vec<String>>,
}

impl Queue {
    async fn leave(&self, held: QueueId, note: Note) -> Result<bool, String> {
        if !self.waiting.lock().remove(&held) {
            return Ok(false);
        }
        self.db.write(note).await.map_err(|error| error.to_string())?;
        Ok(true)
    }
}

impl HeldQueue for Queue {
    fn release(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        Box::pin(self.leave(held, note))
    }

    fn give_back<'a>(&'a self, held: QueueId, words: &'a str, note: Note) -> Later<'a, Result<bool, String>> {
        self.told.lock().push(words.to_owned());
        Box::pin(self.leave(held, note))
    }

    fn confirm(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        Box::pin(async move {
            self.confirmed.lock().insert(held);
            self.db.write(note).await.map_err(|error| error.to_string())?;
            Ok(true)
        })
    }
}

struct Desk {
    db: Database,
    guard: Guard,
    queue: Arc<Queue>,
    holds: Holds,
}

const CUSTOMER: CustomerId = CustomerId::from_uuid(Uuid::from_u128(7));
const STAFF: StaffId = StaffId::from_uuid(Uuid::from_u128(8));
const MAILBOX: MailboxId = MailboxId::from_uuid(Uuid::from_u128(9));

async fn desk(db: Database) -> Desk {
    let policy = mailkeep_policy::testing::policy(&db).await;
    let guard = Guard::open(db.clone(), policy, GuardConfig::default(), Arc::new(Nobody));
    let queue = Arc::new(Queue {
        db: db.clone(),
        waiting: Mutex::default(),
        confirmed: Mutex::default(),
        told: Mutex::default(),
    });
    let held: Arc<dyn HeldQueue> = Arc::<Queue>::clone(&queue);
    Desk { db, holds: Holds::new(guard.clone(), held), guard, queue }
}

impl Desk {
    fn hold(&self, number: u128, code: ReasonCode) -> HeldMessage {
        let queue = QueueId::from_uuid(Uuid::from_u128(number));
        self.queue.waiting.lock().insert(queue);
        HeldMessage {
            queue,
            mailbox: MAILBOX,
            customer: CUSTOMER,
            code: Some(code),
            recipients: 3,
            number: None,
        }
    }

    async fn acts(&self) -> Vec<(Act, Cause, Option<StaffId>)> {
        let decisions = self.holds.list_decisions(CUSTOMER, 50).await.unwrap();
        let mut acts: Vec<_> = decisions.into_iter().map(|one| (one.act, one.why, one.staff)).collect();
        acts.reverse();
        acts
    }

    async fn tier(&self) -> Option<Tier> {
        self.guard.trust_in(CUSTOMER).await.unwrap().tier
    }
}

both_engines!(staff_decide_once_and_it_is_written_down_who_and_why, |db: Database| async move {
    let desk = desk(db).await;
    let (first, second) = (desk.hold(1, ReasonCode::Campaign), desk.hold(2, ReasonCode::Campaign));
    assert!(desk.holds.release(first, Cause::Consented, STAFF).await.unwrap());
    assert!(!desk.holds.drop_held(first, Cause::Spam, STAFF).await.unwrap(), "a colleague was quicker");
    assert!(desk.holds.drop_held(second, Cause::Spam, STAFF).await.unwrap());
    assert!(desk.queue.told.lock()[1].contains("did not ask for it"));
    assert!(desk.holds.expire(desk.hold(3, ReasonCode::Wave)).await.unwrap());
    assert!(desk.queue.told.lock()[2].contains("within 48 hours"));
    assert_eq!(
        desk.acts().await,
        [
            (Act::Release, Cause::Consented, Some(STAFF)),
            (Act::Drop, Cause::Spam, Some(STAFF)),
            (Act::Expire, Cause::Time, None)
        ]
    );
});

both_engines!(an_owner_lets_their_mail_go_once_and_not_in_the_lowest_tier, |db: Database| async move {
    let desk = desk(db).await;
    let held = [desk.hold(1, ReasonCode::Campaign), desk.hold(2, ReasonCode::Wave)];
    assert_eq!(desk.holds.confirm(&held, true).await.unwrap(), (0, 2), "a new customer");
    assert_eq!(desk.queue.confirmed.lock().len(), 2);
    desk.db.write(|tx| sending::set_tier(tx, CUSTOMER, 1, Tier::T1, None)).await.unwrap();
    assert_eq!(desk.holds.confirm(&held, true).await.unwrap(), (1, 1), "a wave waits for staff");
    let later = [desk.hold(3, ReasonCode::Campaign)];
    assert_eq!(desk.holds.confirm(&later, true).await.unwrap(), (0, 1), "once in a week");
    assert!(desk.holds.withdraw(later[0]).await.unwrap());
    assert_eq!(desk.acts().await.last(), Some(&(Act::Withdraw, Cause::Owner, None)));
    assert_eq!(desk.holds.confirm(&[], true).await.unwrap(), (0, 0));
});

both_engines!(trust_is_given_by_staff_and_taken_back_to_what_was_earned, |db: Database| async move {
    let desk = desk(db).await;
    desk.db.write(|tx| sending::set_tier(tx, CUSTOMER, 1, Tier::T1, None)).await.unwrap();
    assert!(desk.guard.trust(CUSTOMER, Cause::Business, STAFF).await.unwrap());
    assert!(!desk.guard.trust(CUSTOMER, Cause::Business, STAFF).await.unwrap(), "they are there");
    assert_eq!(desk.tier().await, Some(Tier::T3));
    let ends_at = desk.guard.except(CUSTOMER, MAILBOX, Cause::Consented, STAFF).await.unwrap();
    let exceptions = desk.guard.trust_in(CUSTOMER).await.unwrap().exceptions;
    assert_eq!(
        (exceptions[0].mailbox, exceptions[0].why, exceptions[0].ends_at),
        (MAILBOX, Cause::Consented, ends_at)
    );
    let excepted = async |customer| {
        desk.db.read(move |tx| crate::holds::store::is_excepted(tx, customer, MAILBOX)).await.unwrap()
    };
    assert!(excepted(CUSTOMER).await);
    assert!(!excepted(CustomerId::from_uuid(Uuid::from_u128(70))).await, "another owner begins anew");
    assert!(desk.guard.untrust(CUSTOMER, Cause::Stolen, STAFF).await.unwrap());
    assert!(!desk.guard.untrust(CUSTOMER, Cause::Stolen, STAFF).await.unwrap());
    assert_eq!(desk.tier().await, Some(Tier::T1));
    assert!(!excepted(CUSTOMER).await);
    let acts: Vec<Act> = desk.acts().await.into_iter().map(|(act, ..)| act).collect();
    assert_eq!(acts, [Act::Trust, Act::Except, Act::Untrust]);
});
