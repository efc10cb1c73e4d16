//! Steps on both engines: what they change for those who send, and how they end.

use std::time::Duration;

use bytes::Bytes;
use mailkeep_types::{DomainName, StaffId};
use uuid::Uuid;

use super::*;
use crate::sending::tests::{HOME, House, mailbox, on_both_engines, to};
use crate::verdict::{ReasonCode, Verdict};
use crate::voices::{Level, Stop};

const ROSALIND: StaffId = StaffId::from_uuid(Uuid::from_u128(71));
const GRACE: StaffId = StaffId::from_uuid(Uuid::from_u128(72));

fn domain(name: &str) -> DomainName {
    DomainName::parse(name).unwrap()
}

impl House {
    fn step(&self, about: About, rung: Rung, days: Option<u16>) -> NewStep {
        NewStep { customer: self.customer(), about, rung, why: StepCause::Spam, days, by: Some(ROSALIND) }
    }

    async fn take(&self, about: About, rung: Rung, days: Option<u16>) -> Result<i64, LadderError> {
        self.guard().take_step(self.step(about, rung, days)).await
    }

    fn sender(&self, number: u128, domains: &[&str]) -> Sender {
        let domains = domains.iter().map(|name| domain(name)).collect();
        Sender { mailbox: Some(mailbox(number)), customer: self.customer(), domains }
    }

    async fn refuses(&self, number: u128, domains: &[&str]) -> Option<ReasonCode> {
        let said = self.guard().refuses(self.sender(number, domains)).await.unwrap();
        said.map(|reason| reason.code)
    }

    async fn send(&self, from: u128, name: &str, many: usize) -> (Verdict, Option<ReasonCode>) {
        let whom: Vec<_> = (0..many).map(|n| to(&format!("{name}{n}@remote.example"))).collect();
        let words: String = (0..40).map(|word| format!("{name}x{word} ")).collect();
        let content = Bytes::from(format!("From: a@shop.example\r\n\r\n{words}\r\n"));
        let judged = self.guard().judge(mailbox(from), HOME, &whom, &content).await.unwrap();
        (judged.verdict, judged.first_reason().map(|reason| reason.code))
    }

    async fn steps(&self) -> Vec<(Rung, About, Option<StaffId>)> {
        let mut found = self.guard().steps_of(self.customer(), 50).await.unwrap();
        found.reverse();
        found.into_iter().map(|step| (step.rung, step.about, step.staff)).collect()
    }
}

const FREE: (Verdict, Option<ReasonCode>) = (Verdict::Allow, None);
const THROTTLED: (Verdict, Option<ReasonCode>) = (Verdict::Delay, Some(ReasonCode::Throttled));

#[test]
fn a_throttled_mailbox_has_the_limits_of_a_new_customer_for_itself_and_for_a_time() {
    on_both_engines(async |house| {
        house.paid_for(40);
        house.take(About::Mailbox(mailbox(1)), Rung::Throttle, Some(3)).await.unwrap();
        assert_eq!(house.send(1, "a", 10).await, FREE);
        assert_eq!(house.send(1, "b", 10).await, FREE, "as many as a new customer");
        assert_eq!(house.send(1, "c", 1).await, THROTTLED);
        assert_eq!(house.send(1, "a", 10).await, FREE, "whom it knows");
        for name in ["d", "e", "f"] {
            assert_eq!(house.send(2, name, 10).await, FREE, "another mailbox goes on");
        }
        house.clock.advance(Duration::from_secs(3 * 24 * 3600));
        for name in ["g", "h", "i"] {
            assert_eq!(house.send(1, name, 10).await, FREE, "the time is over");
        }
    });
}

#[test]
fn a_throttled_customer_has_them_over_all_mailboxes_though_staff_trust_them() {
    on_both_engines(async |house| {
        house.paid_for(40);
        let cause = crate::holds::Cause::Business;
        house.guard().trust(house.customer(), cause, ROSALIND).await.unwrap();
        house.take(About::Customer, Rung::Throttle, Some(1)).await.unwrap();
        assert_eq!(house.send(1, "a", 12).await, FREE);
        assert_eq!(house.send(2, "b", 12).await, THROTTLED);
    });
}

#[test]
fn a_lock_stops_a_mailbox_or_all_and_a_suspension_whoever_writes_for_the_domain() {
    on_both_engines(async |house| {
        assert_eq!(house.refuses(1, &["shop.example"]).await, None);
        house.take(About::Mailbox(mailbox(1)), Rung::Lock, Some(1)).await.unwrap();
        assert_eq!(house.refuses(1, &["shop.example"]).await, Some(ReasonCode::Locked));
        assert_eq!(house.refuses(2, &["shop.example"]).await, None);
        house.take(About::Domain(domain("mail.example")), Rung::Suspend, None).await.unwrap();
        assert_eq!(house.refuses(2, &["mail.example"]).await, Some(ReasonCode::Suspended));
        let under = ["shop.example", "mail.example"];
        assert_eq!(house.refuses(2, &under).await, Some(ReasonCode::Suspended), "from another domain");
        house.clock.advance(Duration::from_secs(24 * 3600));
        assert_eq!(house.refuses(1, &["shop.example"]).await, None, "a day is over");
        house.take(About::Customer, Rung::Lock, None).await.unwrap();
        assert_eq!(house.refuses(2, &["shop.example"]).await, Some(ReasonCode::Locked));
    });
}

#[test]
fn a_step_is_taken_once_and_lifted_once_and_both_are_told() {
    on_both_engines(async |house| {
        let (guard, customer) = (house.guard(), house.customer());
        let number = house.take(About::Customer, Rung::Lock, None).await.unwrap();
        let again = house.take(About::Customer, Rung::Lock, Some(1)).await;
        assert!(matches!(again, Err(LadderError::Already)), "{again:?}");
        let begun = guard.untold_steps().await.unwrap();
        assert_eq!(begun.iter().map(|step| step.number).collect::<Vec<_>>(), [number]);
        assert!(begun[0].is_open(house.db.now()) && guard.untold_ends().await.unwrap().is_empty());
        let step = begun[0].clone();
        house.db.write(move |tx| mark_told(tx, &step)).await.unwrap();
        guard.lift_step(customer, number, EndCause::Mended, GRACE).await.unwrap();
        let again = guard.lift_step(customer, number, EndCause::Mended, GRACE).await;
        assert!(matches!(again, Err(LadderError::Ended)), "{again:?}");
        let ended = guard.untold_ends().await.unwrap();
        let how = ended[0].ended.unwrap();
        assert_eq!((how.by, how.why, how.at), (Some(GRACE), EndCause::Mended, house.db.now()));
        let step = ended[0].clone();
        house.db.write(move |tx| mark_end_told(tx, &step)).await.unwrap();
        assert!(
            guard.untold_ends().await.unwrap().is_empty() && guard.untold_steps().await.unwrap().is_empty()
        );
        assert_eq!(house.refuses(1, &[]).await, None);
        assert!(guard.open_steps_of(customer).await.unwrap().is_empty());
    });
}

#[test]
fn what_lasts_until_a_time_ends_then_and_is_told() {
    on_both_engines(async |house| {
        let guard = house.guard();
        house.take(About::Mailbox(mailbox(1)), Rung::Lock, Some(1)).await.unwrap();
        house.take(About::Mailbox(mailbox(2)), Rung::Lock, None).await.unwrap();
        house.clock.advance(Duration::from_secs(24 * 3600));
        guard.end_steps_in_time().await.unwrap();
        let found = guard.steps_of(house.customer(), 9).await.unwrap();
        let ended: Vec<_> = found.iter().map(|step| step.ended.map(|ended| (ended.by, ended.why))).collect();
        assert_eq!(ended, [None, Some((None, EndCause::Time))]);
        assert_eq!(guard.open_steps(9).await.unwrap().len(), 1);
    });
}

#[test]
fn a_termination_needs_two_and_is_nothing_before() {
    on_both_engines(async |house| {
        let (guard, customer) = (house.guard(), house.customer());
        let number = house.take(About::Customer, Rung::Terminate, None).await.unwrap();
        assert_eq!(house.refuses(1, &[]).await, None, "a wish");
        assert!(guard.untold_steps().await.unwrap().is_empty());
        let wishes = (guard.count_wishes(ROSALIND).await.unwrap(), guard.count_wishes(GRACE).await.unwrap());
        assert_eq!(wishes, (0, 1));
        let own = guard.confirm_termination(customer, number, ROSALIND).await;
        assert!(matches!(own, Err(LadderError::OwnWish)), "{own:?}");
        guard.confirm_termination(customer, number, GRACE).await.unwrap();
        guard.confirm_termination(customer, number, ROSALIND).await.expect("it is confirmed");
        assert_eq!(house.refuses(1, &[]).await, Some(ReasonCode::Locked));
        assert_eq!(guard.untold_steps().await.unwrap().len(), 1);
        guard.lift_step(customer, number, EndCause::Mistaken, ROSALIND).await.unwrap();
        let late = guard.confirm_termination(customer, number, GRACE).await;
        assert!(matches!(late, Err(LadderError::Ended)), "{late:?}");
    });
}

#[test]
fn of_a_wish_that_is_taken_back_nobody_is_told() {
    on_both_engines(async |house| {
        let guard = house.guard();
        let number = house.take(About::Customer, Rung::Terminate, None).await.unwrap();
        guard.lift_step(house.customer(), number, EndCause::Mistaken, GRACE).await.unwrap();
        assert!(
            guard.untold_steps().await.unwrap().is_empty() && guard.untold_ends().await.unwrap().is_empty()
        );
    });
}

#[test]
fn steps_that_do_not_fit_are_not_taken_and_the_guard_goes_no_further_than_a_lock() {
    on_both_engines(async |house| {
        let one = || About::Mailbox(mailbox(1));
        let name = || About::Domain(domain("shop.example"));
        for (about, rung, days) in [
            (one(), Rung::Hold, None),
            (one(), Rung::Throttle, None),
            (name(), Rung::Throttle, Some(1)),
            (name(), Rung::Lock, None),
            (one(), Rung::Suspend, None),
            (About::Customer, Rung::Suspend, None),
            (one(), Rung::Terminate, None),
            (About::Customer, Rung::Terminate, Some(1)),
        ] {
            let said = house.take(about.clone(), rung, days).await;
            assert!(matches!(said, Err(LadderError::Unfit)), "{about:?} {rung:?}: {said:?}");
        }
        for (about, rung) in [(name(), Rung::Suspend), (About::Customer, Rung::Terminate)] {
            let new = NewStep { by: None, ..house.step(about, rung, None) };
            let said = house.guard().take_step(new).await;
            assert!(matches!(said, Err(LadderError::Unfit)), "{rung:?}: {said:?}");
        }
    });
}

async fn hold(house: &House, about: Option<u128>) {
    let stop = Stop {
        customer: house.customer(),
        mailbox: about.map(mailbox),
        code: if about.is_some() { ReasonCode::Returns } else { ReasonCode::Complaints },
        level: Level::Hold,
        value: 10,
        most: 10,
    };
    house.db.write(move |tx| climb::on_hold(tx, &stop)).await.unwrap();
}

#[test]
fn whose_mail_is_held_twice_in_two_weeks_is_throttled() {
    on_both_engines(async |house| {
        hold(&house, None).await;
        hold(&house, Some(1)).await;
        let mark = |about| (Rung::Hold, about, None);
        let marks = [mark(About::Customer), mark(About::Mailbox(mailbox(1)))];
        assert_eq!(house.steps().await, marks);
        house.clock.advance(Duration::from_secs(15 * 24 * 3600));
        hold(&house, None).await;
        assert_eq!(house.steps().await.len(), 3, "the first was long ago");
        hold(&house, Some(2)).await;
        hold(&house, None).await;
        assert_eq!(house.steps().await.len(), 4, "once a day");
        house.clock.advance(Duration::from_secs(25 * 3600));
        hold(&house, None).await;
        assert_eq!(
            house.steps().await[4..],
            [mark(About::Customer), (Rung::Throttle, About::Customer, None)]
        );
        house.clock.advance(Duration::from_secs(25 * 3600));
        hold(&house, None).await;
        assert_eq!(house.steps().await.len(), 7, "it is throttled already");
        assert!(house.guard().untold_steps().await.unwrap().len() == 1, "of what is held others tell");
    });
}

#[test]
fn a_theft_throttles_and_a_second_one_locks_the_mailbox() {
    on_both_engines(async |house| {
        let customer = house.customer();
        let theft =
            async || house.db.write(move |tx| climb::on_theft(tx, customer, mailbox(1))).await.unwrap();
        theft().await;
        assert_eq!(house.refuses(1, &[]).await, None);
        house.clock.advance(Duration::from_secs(5 * 24 * 3600));
        theft().await;
        assert_eq!(house.refuses(1, &[]).await, Some(ReasonCode::Locked));
        assert_eq!(house.refuses(2, &[]).await, None);
        let open = house.guard().open_steps_of(customer).await.unwrap();
        assert_eq!(open.iter().map(|step| (step.rung, step.until)).collect::<Vec<_>>(), [(Rung::Lock, None)]);
    });
}

#[test]
fn a_second_theft_locks_also_where_staff_had_throttled_the_mailbox() {
    on_both_engines(async |house| {
        let customer = house.customer();
        house.take(About::Mailbox(mailbox(1)), Rung::Throttle, Some(30)).await.unwrap();
        for refused in [None, Some(ReasonCode::Locked)] {
            house.db.write(move |tx| climb::on_theft(tx, customer, mailbox(1))).await.unwrap();
            assert_eq!(house.refuses(1, &[]).await, refused);
            house.clock.advance(Duration::from_secs(5 * 24 * 3600));
        }
    });
}
