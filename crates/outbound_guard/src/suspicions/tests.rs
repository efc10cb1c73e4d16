//! Strange places on both engines: what is held, what the owner's answer changes, and what it does not.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::sending::SendingRules;
use mailkeep_types::{
    CustomerId, DomainId, DomainName, EmailAddress, MailboxId, ManualClock, QueueId, SharedClock, StaffId,
};
use parking_lot::Mutex;
use uuid::Uuid;

use super::{Sign, Surroundings};
use crate::holds::{Act, Cause, HeldMessage, HeldQueue, Holds, Note};
use crate::sending::{Addressee, DomainStanding, Guard, GuardConfig, Later, Standing, Standings};
use crate::verdict::{ReasonCode, Verdict};

const CUSTOMER: CustomerId = CustomerId::from_uuid(Uuid::from_u128(7));
const ANN: MailboxId = MailboxId::from_uuid(Uuid::from_u128(9));
const BOB: MailboxId = MailboxId::from_uuid(Uuid::from_u128(10));
const HOME: &str = "192.0.2.1";
const AWAY: &str = "198.51.100.1";
const ELSEWHERE: &str = "203.0.113.1";

/// Everybody is at home in one network, and a new password can be made.
struct Places(Mutex<bool>);

impl Standings for Places {
    fn standing(&self, _: MailboxId) -> Later<'_, Result<Standing, String>> {
        let standing = Standing {
            customer: CUSTOMER,
            per_message: 100,
            per_window: 10_000,
            rules: SendingRules::default(),
            paid_since: Some(mailkeep_types::Timestamp::of_day("2025-01-01").unwrap()),
            tried: false,
            inside: vec![DomainName::parse("shop.example").unwrap()],
        };
        Box::pin(async move { Ok(standing) })
    }

    fn domain(&self, _: DomainId) -> Later<'_, Result<DomainStanding, String>> {
        Box::pin(async { Err("not asked here".to_owned()) })
    }

    fn surroundings(&self, _: MailboxId, from: IpAddr) -> Later<'_, Result<Surroundings, String>> {
        let mut place = [0; 32];
        if let (IpAddr::V4(from), Some(first)) = (from, place.first_chunk_mut()) {
            *first = from.octets();
        }
        let mut signs = Vec::new();
        if from.to_string() != HOME {
            signs.push(Sign::NewPlace);
        }
        if *self.0.lock() {
            signs.push(Sign::NewPassword);
        }
        Box::pin(async move { Ok(Surroundings { place, signs }) })
    }
}

/// Carries everything out.
struct Willing(Database);

impl HeldQueue for Willing {
    fn release(&self, _: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        let write = self.0.write(note);
        Box::pin(async { write.await.map(|()| true).map_err(|error| error.to_string()) })
    }

    fn give_back<'a>(&'a self, held: QueueId, _: &'a str, note: Note) -> Later<'a, Result<bool, String>> {
        self.release(held, note)
    }

    fn confirm(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        self.release(held, note)
    }
}

struct House {
    guard: Guard,
    holds: Holds,
    places: Arc<Places>,
    clock: Arc<ManualClock>,
}

impl House {
    async fn send(&self, mailbox: MailboxId, from: &str, to: &str) -> (Verdict, Option<ReasonCode>) {
        let whom = Addressee { address: EmailAddress::parse(to).unwrap(), members: 1, department: false };
        let letter = Bytes::from(format!("From: ann@shop.example\r\n\r\nDear {to}\r\n"));
        let judged = self.guard.judge(mailbox, from.parse().unwrap(), &[whom], &letter).await.unwrap();
        (judged.verdict, judged.first_reason().map(|reason| reason.code))
    }

    /// To so many strangers; how many get it.
    async fn spree(&self, mailbox: MailboxId, from: &str, name: &str, many: usize) -> usize {
        let mut through = 0;
        for number in 0..many {
            let said = self.send(mailbox, from, &format!("{name}{number}@far.example")).await;
            through += usize::from(said == ALLOWED);
            assert!(said == ALLOWED || said == HELD, "{said:?}");
        }
        through
    }

    async fn at_home(&self, from: &str) -> bool {
        self.guard.is_at_home(ANN, from.parse().unwrap()).await.unwrap()
    }
}

const ALLOWED: (Verdict, Option<ReasonCode>) = (Verdict::Allow, None);
const HELD: (Verdict, Option<ReasonCode>) = (Verdict::Hold, Some(ReasonCode::SignIn));

fn held(number: u128, code: ReasonCode) -> HeldMessage {
    let queue = QueueId::from_uuid(Uuid::from_u128(number));
    HeldMessage { queue, mailbox: ANN, customer: CUSTOMER, code: Some(code), recipients: 1, number: None }
}

fn on_both_engines(body: impl AsyncFn(House)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| {
            let policy = mailkeep_policy::testing::policy(&db).await;
            let places = Arc::new(Places(Mutex::new(false)));
            let standings: Arc<dyn Standings> = Arc::<Places>::clone(&places);
            let guard = Guard::open(db.clone(), policy, GuardConfig::default(), standings);
            let holds = Holds::new(guard.clone(), Arc::new(Willing(db)));
            body(House { guard, holds, places, clock: Arc::clone(&clock) }).await;
        });
    }
}

#[test]
fn five_strangers_from_a_strange_place_hold_all_mail_of_the_one_mailbox() {
    on_both_engines(async |house| {
        assert_eq!(house.spree(ANN, HOME, "h", 8).await, 8);
        house.clock.advance(Duration::from_secs(20 * 60));
        assert_eq!(house.spree(ANN, AWAY, "a", 8).await, 4);
        assert_eq!(house.send(ANN, HOME, "h1@far.example").await, HELD, "from home as well");
        assert_eq!(house.send(ANN, HOME, "bob@shop.example").await, HELD);
        assert_eq!(house.spree(BOB, HOME, "b", 8).await, 8, "a colleague goes on");
        let open = house.guard.suspicions_of(CUSTOMER).await.unwrap();
        assert_eq!((open.len(), open[0].mailbox, &open[0].signs[..]), (1, ANN, &[Sign::NewPlace][..]));
        house.clock.advance(Duration::from_secs(48 * 3600));
        assert_eq!(house.send(ANN, HOME, "h1@far.example").await, HELD, "time answers nothing");
    });
}

#[test]
fn a_few_letters_from_a_strange_place_are_no_reason() {
    on_both_engines(async |house| {
        for day in 0..4 {
            assert_eq!(house.spree(ANN, AWAY, &format!("d{day}x"), 4).await, 4);
            house.clock.advance(Duration::from_secs(16 * 60));
        }
        assert_eq!(house.spree(ANN, AWAY, "d1x", 4).await, 4, "known by now");
        assert!(house.guard.suspicion(ANN).await.unwrap().is_none());
    });
}

#[test]
fn the_owner_makes_a_place_known_and_no_other() {
    on_both_engines(async |house| {
        house.spree(ANN, AWAY, "a", 6).await;
        assert!(house.at_home(HOME).await && !house.at_home(AWAY).await);
        let waiting = [held(1, ReasonCode::SignIn), held(2, ReasonCode::Campaign)];
        assert_eq!(house.holds.know_place(ANN, &waiting).await.unwrap(), 1, "a campaign is another question");
        assert!(house.at_home(AWAY).await && !house.at_home(ELSEWHERE).await);
        assert_eq!(house.spree(ANN, AWAY, "again", 9).await, 9);
        house.clock.advance(Duration::from_secs(20 * 60));
        assert_eq!(house.spree(ANN, ELSEWHERE, "e", 9).await, 4);
    });
}

#[test]
fn a_new_password_is_strange_at_home_too_and_an_answer_covers_it_for_a_day() {
    on_both_engines(async |house| {
        *house.places.0.lock() = true;
        assert_eq!(house.spree(ANN, HOME, "a", 6).await, 4);
        house.holds.know_place(ANN, &[]).await.unwrap();
        assert_eq!(house.spree(ANN, HOME, "b", 6).await, 6);
        house.clock.advance(Duration::from_secs(25 * 3600));
        assert_eq!(house.spree(ANN, HOME, "c", 6).await, 4, "another one");
    });
}

#[test]
fn theft_drops_what_waits_and_staff_can_vouch() {
    on_both_engines(async |house| {
        house.spree(ANN, AWAY, "a", 6).await;
        let waiting = [held(1, ReasonCode::SignIn), held(2, ReasonCode::Campaign)];
        assert_eq!(house.holds.report_theft(ANN, &waiting).await.unwrap(), 2);
        assert_eq!(house.send(ANN, HOME, "friend@far.example").await, ALLOWED, "the owner has it again");
        assert!(!house.at_home(AWAY).await);
        house.clock.advance(Duration::from_secs(20 * 60));
        assert_eq!(house.spree(ANN, AWAY, "b", 6).await, 4);
        let staff = StaffId::from_uuid(Uuid::from_u128(8));
        assert!(house.holds.release(waiting[0], Cause::Mistaken, staff).await.unwrap());
        assert!(house.at_home(AWAY).await);
        let acts: Vec<_> = house.holds.list_decisions(CUSTOMER, 9).await.unwrap();
        let acts: Vec<_> = acts.iter().rev().map(|one| (one.act, one.why)).collect();
        let dropped = (Act::Drop, Cause::Stolen);
        assert_eq!(acts, [dropped, dropped, (Act::Release, Cause::Mistaken)]);
    });
}

#[test]
fn from_a_strange_place_nothing_held_is_let_go() {
    on_both_engines(async |house| {
        house.spree(ANN, HOME, "a", 1).await;
        let campaign = [held(1, ReasonCode::Campaign)];
        assert_eq!(house.holds.confirm(&campaign, false).await.unwrap(), (0, 1));
        assert_eq!(house.holds.confirm(&campaign, true).await.unwrap(), (1, 0));
    });
}
