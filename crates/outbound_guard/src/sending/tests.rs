//! Verdicts on a database, on both engines: what is counted, remembered and shared.

use std::hash::{Hash, Hasher};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use mailkeep_policy::Policy;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::sending::{ListCount, OverLimit, SendingRules};
use mailkeep_types::{
    CustomerId, DomainId, DomainName, EmailAddress, MailboxId, ManualClock, SharedClock, StaffId, Timestamp,
};
use parking_lot::Mutex;
use uuid::Uuid;

use super::{Addressee, DomainStanding, Guard, GuardConfig, Later, Standing, Standings};
use crate::ladder::{About, NewStep, Rung, StepCause};
use crate::suspicions::Surroundings;
use crate::verdict::{Judged, ReasonCode, Verdict};

/// Where the mailboxes are at home.
pub(crate) const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
pub(crate) const DAY: Duration = Duration::from_secs(24 * 3600);

/// Every mailbox belongs to the one customer.
struct One(Mutex<Standing>);

impl Standings for One {
    fn standing(&self, _: MailboxId) -> Later<'_, Result<Standing, String>> {
        Box::pin(async move { Ok(self.0.lock().clone()) })
    }

    fn domain(&self, _: DomainId) -> Later<'_, Result<DomainStanding, String>> {
        Box::pin(async move {
            let Standing { customer, paid_since, tried, inside, .. } = self.0.lock().clone();
            let name = inside.into_iter().next().ok_or("no domain")?;
            Ok(DomainStanding { customer, name, paid_since, tried })
        })
    }

    fn surroundings(&self, _: MailboxId, _: IpAddr) -> Later<'_, Result<Surroundings, String>> {
        Box::pin(async { Ok(Surroundings { place: [0; 32], signs: Vec::new() }) })
    }
}

pub(crate) struct House {
    pub(crate) db: Database,
    policy: Policy,
    pub(crate) clock: Arc<ManualClock>,
    standing: Arc<One>,
}

impl House {
    /// A guard as after a restart, or on another node.
    pub(crate) fn guard(&self) -> Guard {
        self.guard_with(GuardConfig::default())
    }

    pub(crate) fn guard_with(&self, config: GuardConfig) -> Guard {
        let standings: Arc<dyn Standings> = Arc::<One>::clone(&self.standing);
        Guard::open(self.db.clone(), self.policy.clone(), config, standings)
    }

    pub(crate) fn customer(&self) -> CustomerId {
        self.standing.0.lock().customer
    }

    pub(crate) fn paid_for(&self, days: u32) {
        self.standing.0.lock().paid_since = Some(self.db.now().minus(DAY * days));
    }

    fn rules(&self, rules: SendingRules) {
        self.standing.0.lock().rules = rules;
    }
}

pub(crate) fn on_both_engines(body: impl AsyncFn(House)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| {
            let policy = mailkeep_policy::testing::policy(&db).await;
            let standing = Standing {
                customer: CustomerId::from_uuid(Uuid::from_u128(9)),
                per_message: 100,
                per_window: 10_000,
                rules: SendingRules::default(),
                paid_since: None,
                tried: false,
                inside: vec![DomainName::parse("shop.example").unwrap()],
            };
            let standing = Arc::new(One(Mutex::new(standing)));
            body(House { db, policy, clock: Arc::clone(&clock), standing }).await;
        });
    }
}

pub(crate) fn mailbox(number: u128) -> MailboxId {
    MailboxId::from_uuid(Uuid::from_u128(number))
}

pub(crate) fn to(address: &str) -> Addressee {
    Addressee { address: EmailAddress::parse(address).unwrap(), members: 1, department: false }
}

/// A letter whose words are all its own.
fn letter(number: usize) -> Bytes {
    let words: String = (0..40).map(|word| format!("word{number}x{word} ")).collect();
    Bytes::from(format!("From: a@shop.example\r\n\r\n{words}\r\n"))
}

/// One text, in which one word in five, by chance, is another in each mail.
fn spam(number: usize) -> Bytes {
    let word = |place: usize| {
        let mut hasher = siphasher::sip::SipHasher13::new();
        (number, place).hash(&mut hasher);
        if hasher.finish().is_multiple_of(5) {
            format!("other{number}x{place} ")
        } else {
            format!("offer{place} ")
        }
    };
    Bytes::from(format!("From: a@shop.example\r\n\r\n{}\r\n", (0..120).map(word).collect::<String>()))
}

pub(crate) fn outcome(judged: &Judged) -> (Verdict, Option<ReasonCode>) {
    (judged.verdict, judged.first_reason().map(|reason| reason.code))
}

#[test]
fn a_new_customer_reaches_twenty_strangers_a_day_with_all_mailboxes_together() {
    on_both_engines(async |house| {
        let mut through = 0;
        for number in 0..60 {
            // Each time as after a restart.
            let guard = house.guard();
            let whom = [to(&format!("stranger{number}@far.example"))];
            let judged =
                guard.judge(mailbox(number as u128 % 3), HOME, &whom, &letter(number)).await.unwrap();
            match outcome(&judged) {
                (Verdict::Allow, None) => through += 1,
                other => assert_eq!(other, (Verdict::Delay, Some(ReasonCode::FirstTime)), "{number}"),
            }
        }
        assert_eq!(through, 20);
        let guard = house.guard();
        let again = guard.judge(mailbox(0), HOME, &[to("Stranger0@FAR.example")], &letter(0)).await.unwrap();
        assert_eq!(outcome(&again), (Verdict::Allow, None), "known by now");
        let inside = vec![to("bob@shop.example"); 90];
        assert_eq!(
            outcome(&guard.judge(mailbox(0), HOME, &inside, &letter(1)).await.unwrap()),
            (Verdict::Allow, None)
        );
        house.clock.advance(DAY + Duration::from_secs(600));
        let next = guard.judge(mailbox(0), HOME, &[to("next@far.example")], &letter(99)).await.unwrap();
        assert_eq!(outcome(&next), (Verdict::Allow, None), "a day later");
    });
}

#[test]
fn a_stolen_mailbox_of_a_trusted_customer_is_held_before_it_reached_forty() {
    on_both_engines(async |house| {
        house.paid_for(90);
        let nodes = [house.guard(), house.guard()];
        let mut through = 0;
        for number in 0..150 {
            let whom = [to(&format!("victim{number}@far.example"))];
            let judged = nodes[number % 2].judge(mailbox(1), HOME, &whom, &spam(number)).await.unwrap();
            match outcome(&judged) {
                (Verdict::Allow, None) => through += 1,
                other => assert_eq!(other, (Verdict::Hold, Some(ReasonCode::Campaign)), "{number}"),
            }
        }
        assert!((19..=40).contains(&through), "{through} went through");
        let own =
            house.guard().judge(mailbox(1), HOME, &[to("friend@far.example")], &letter(1)).await.unwrap();
        assert_eq!(outcome(&own), (Verdict::Allow, None), "an honest letter goes on");
        // What was held reached nobody, so that its recipients are strangers still, and is forgotten after a day.
        let again =
            house.guard().judge(mailbox(1), HOME, &[to("victim149@far.example")], &spam(0)).await.unwrap();
        assert_eq!(outcome(&again), (Verdict::Hold, Some(ReasonCode::Campaign)));
        house.clock.advance(DAY + Duration::from_secs(600));
        nodes[0].sweep().await.unwrap();
        for guard in [&nodes[0], &house.guard()] {
            let later =
                guard.judge(mailbox(1), HOME, &[to("victim149@far.example")], &spam(0)).await.unwrap();
            assert_eq!(outcome(&later), (Verdict::Allow, None));
        }
    });
}

#[test]
fn a_tier_rises_with_what_was_paid_for_and_does_not_fall_by_itself() {
    on_both_engines(async |house| {
        let guard = house.guard();
        let send = async |number: usize| {
            let whom = [to(&format!("w{number}@far.example"))];
            outcome(&guard.judge(mailbox(1), HOME, &whom, &letter(number)).await.unwrap()).0
        };
        for number in 0..20 {
            assert_eq!(send(number).await, Verdict::Allow);
        }
        assert_eq!(send(20).await, Verdict::Delay);
        house.paid_for(8);
        assert_eq!(send(20).await, Verdict::Allow);
        house.standing.0.lock().paid_since = None;
        assert_eq!(send(21).await, Verdict::Allow, "another plan is no reason to begin anew");
        let customer = house.standing.0.lock().customer;
        let tier = house.db.read(move |tx| super::store::tier(tx, customer)).await.unwrap();
        assert_eq!(tier, Some((2, crate::Tier::T1)), "the second change");
    });
}

#[test]
fn lists_count_as_the_class_says_and_over_a_limit_the_first_are_served() {
    on_both_engines(async |house| {
        house.paid_for(90);
        house.rules(SendingRules {
            lists: ListCount::Members,
            recipients_per_hour: Some(12),
            over: OverLimit::ServeFirst,
            ..SendingRules::default()
        });
        let guard = house.guard();
        let list = Addressee { members: 10, ..to("team@shop.example") };
        let judged = guard.judge(mailbox(1), HOME, std::slice::from_ref(&list), &letter(1)).await.unwrap();
        assert_eq!(outcome(&judged), (Verdict::Allow, None));
        let rest = [to("a@shop.example"), to("b@shop.example"), to("c@shop.example")];
        let judged = guard.judge(mailbox(1), HOME, &rest, &letter(2)).await.unwrap();
        assert_eq!((outcome(&judged), judged.served), ((Verdict::Allow, Some(ReasonCode::PerHour)), 2));
        let judged = guard.judge(mailbox(1), HOME, &rest, &letter(2)).await.unwrap();
        assert_eq!(outcome(&judged), (Verdict::Delay, Some(ReasonCode::PerHour)), "nobody is left to serve");
        house.rules(SendingRules { recipients_per_hour: Some(14), ..SendingRules::default() });
        let judged = guard.judge(mailbox(1), HOME, &[list], &letter(3)).await.unwrap();
        assert_eq!(outcome(&judged), (Verdict::Allow, None), "one, by another class");
        house.clock.advance(Duration::from_secs(3900));
        let judged =
            guard.judge(mailbox(1), HOME, &vec![to("a@shop.example"); 14], &letter(4)).await.unwrap();
        assert_eq!(outcome(&judged), (Verdict::Allow, None), "an hour later");
        assert_eq!(house.db.now(), Timestamp::of_day("2026-03-01").unwrap().plus(Duration::from_secs(3900)));
    });
}

#[test]
fn a_customer_invites_as_many_as_its_tier_writes_to_strangers() {
    on_both_engines(async |house| {
        let (guard, customer) = (house.guard(), house.customer());
        let domain = DomainId::from_uuid(Uuid::from_u128(3));
        let most = async || guard.invitations_for(domain).await.unwrap();
        assert_eq!(most().await, Some(20));
        house.paid_for(8);
        assert_eq!(most().await, Some(100));
        house.paid_for(31);
        assert_eq!(most().await, Some(200));
        let step = |about, rung| NewStep {
            customer,
            about,
            rung,
            why: StepCause::Spam,
            days: None,
            by: Some(StaffId::from_uuid(Uuid::from_u128(5))),
        };
        let throttle =
            guard.take_step(NewStep { days: Some(3), ..step(About::Customer, Rung::Throttle) }).await;
        throttle.unwrap();
        assert_eq!(most().await, Some(20), "as of a new customer");
        guard.take_step(step(About::Mailbox(mailbox(1)), Rung::Lock)).await.unwrap();
        assert_eq!(most().await, Some(20), "that is about a mailbox");
        let named = DomainName::parse("shop.example").unwrap();
        guard.take_step(step(About::Domain(named), Rung::Suspend)).await.unwrap();
        assert_eq!(most().await, Some(0), "nothing goes out for the domain");
        house.standing.0.lock().tried = true;
        assert_eq!(most().await, Some(0));
    });
}
