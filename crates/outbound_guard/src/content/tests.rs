//! What is learnt from, on both engines, and what follows from it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use mailkeep_types::{QueueId, StaffId};
use uuid::Uuid;

use super::Lesson;
use crate::holds::{Cause, HeldMessage, Holds};
use crate::sending::honest_tests::Willing;
use crate::sending::tests::{DAY, HOME, House, mailbox, on_both_engines, outcome, to};
use crate::sending::{Guard, GuardConfig};
use crate::verdict::{Judged, ReasonCode, Verdict};

/// A mail out of one stock of words or the other, no two alike.
fn mail(number: usize, unwanted: bool) -> Bytes {
    let stock = if unwanted { "cheap" } else { "plan" };
    let words: String =
        (0..40).map(|place| format!("{stock}{} ", letters(number * 31 + place * 17))).collect();
    Bytes::from(format!("From: a@shop.example\r\nSubject: {stock}\r\n\r\n{words}\r\n"))
}

/// A number as a word without digits, one of 200.
fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
    let number = number % 200;
    [letter(number / 26), letter(number)].iter().collect()
}

/// The same words for everybody.
fn campaign(number: usize) -> Bytes {
    let words: String = (0..60).map(|place| format!("cheap{} ", letters(place * 3))).collect();
    Bytes::from(format!("From: a@shop.example\r\nSubject: cheap\r\n\r\nDear {number},\r\n{words}\r\n"))
}

fn lessons(guard: &Guard, wanted: usize, unwanted: usize) -> Vec<Lesson> {
    let of = |count, unwanted| (0..count).map(move |number| guard.lesson(&mail(number, unwanted), unwanted));
    of(wanted, false).chain(of(unwanted, true)).collect()
}

async fn send(guard: &Guard, whom: &str, content: &Bytes) -> Judged {
    guard.judge(mailbox(1), HOME, &[to(whom)], content).await.unwrap()
}

/// The number of the first mail of a campaign that is held.
async fn held_at(guard: &Guard, name: &str) -> Option<usize> {
    for number in 1..40 {
        let judged = send(guard, &format!("{name}{number}@far.example"), &campaign(number)).await;
        if outcome(&judged) == (Verdict::Hold, Some(ReasonCode::Campaign)) {
            return Some(number);
        }
    }
    None
}

async fn learnt(house: &House) -> [u64; 2] {
    let guard = house.guard();
    guard.learn_from(Vec::new(), false).await.unwrap().lessons
}

#[test]
fn words_of_unwanted_mail_make_limits_narrower_and_hold_nothing_alone() {
    on_both_engines(async |house| {
        house.paid_for(90);
        let guard = house.guard();
        assert_eq!(send(&guard, "first@far.example", &mail(1, true)).await.score, None, "nothing was learnt");
        let taught = guard.learn_from(lessons(&guard, 250, 60), false).await.unwrap();
        assert_eq!(taught.lessons, [250, 60]);
        let [[_, wanted], [taken, unwanted]] = taught.taken;
        assert!(wanted > 10 && unwanted > 1 && taken == unwanted, "{taught:?}");
        // A node that is busy looks as often as one that is not.
        for number in 0..2 {
            house.clock.advance(Duration::from_secs(31));
            send(&guard, &format!("between{number}@far.example"), &mail(800, false)).await;
        }
        let judged = send(&guard, "second@far.example", &mail(900, true)).await;
        assert_eq!(outcome(&judged), (Verdict::Allow, None), "words alone hold nothing");
        assert!(judged.score.unwrap() > 800 && judged.number.is_some(), "{judged:?}");
        let judged = send(&guard, "third@far.example", &mail(901, false)).await;
        assert!(judged.score.unwrap() < 200, "{judged:?}");
        assert_eq!(held_at(&house.guard(), "victim").await, Some(10), "another node knows it as well");
        let deaf = house.guard_with(GuardConfig { learns_from_content: false, ..GuardConfig::default() });
        house.clock.advance(DAY + DAY);
        assert_eq!(held_at(&deaf, "other").await, Some(20));
    });
}

#[test]
fn what_staff_decide_teaches_and_what_nobody_decides_does_not() {
    on_both_engines(async |house| {
        house.paid_for(90);
        let guard = house.guard();
        let holds = Holds::new(guard.clone(), Arc::new(Willing(house.db.clone())));
        let staff = StaffId::from_uuid(Uuid::from_u128(5));
        let first = held_at(&guard, "victim").await.unwrap();
        let mut held = Vec::new();
        for number in first..first + 5 {
            let judged = send(&guard, &format!("more{number}@far.example"), &campaign(number)).await;
            assert_eq!(judged.verdict, Verdict::Hold);
            held.push(HeldMessage {
                queue: QueueId::from_uuid(Uuid::from_u128(number as u128)),
                mailbox: mailbox(1),
                customer: house.customer(),
                code: Some(ReasonCode::Campaign),
                recipients: 1,
                number: judged.number,
            });
        }
        holds.drop_held(held[0], Cause::Spam, staff).await.unwrap();
        holds.drop_held(held[1], Cause::Other, staff).await.unwrap();
        holds.release(held[2], Cause::Business, staff).await.unwrap();
        holds.confirm(&held[3..4], false).await.unwrap();
        assert_eq!(guard.learn().await.unwrap(), 2);
        assert_eq!(learnt(&house).await, [1, 1]);
        // What its owner only knows is decided on later.
        holds.drop_held(held[3], Cause::Stolen, staff).await.unwrap();
        holds.withdraw(held[4]).await.unwrap();
        assert_eq!(guard.learn().await.unwrap(), 1);
        assert_eq!(learnt(&house).await, [1, 2]);
        // What was learnt from counts on: with these, twenty are kept of the day.
        for number in 50..80 {
            send(&guard, &format!("late{number}@far.example"), &campaign(number)).await;
        }
        let later = house.db.now().plus(DAY);
        let kept = house.db.read(move |tx| super::store::count_stale(tx, later)).await.unwrap();
        assert_eq!(kept, 19 + 20, "nineteen went out before");
        house.clock.advance(DAY * 5);
        assert_eq!(guard.learn().await.unwrap(), 0, "of whose mail was dropped nothing is taken for wanted");
        let left = house.db.read(|tx| super::store::count_stale(tx, tx.now())).await.unwrap();
        assert_eq!(left, 0);
    });
}

#[test]
fn what_went_out_teaches_after_a_day_without_complaints_and_of_each_customer_so_much() {
    on_both_engines(async |house| {
        house.paid_for(90);
        let guard = house.guard();
        for number in 0..30 {
            send(&guard, &format!("w{number}@far.example"), &mail(number, false)).await;
        }
        assert_eq!(guard.learn().await.unwrap(), 0, "it is too early");
        house.clock.advance(DAY + Duration::from_secs(60));
        let off = house.guard_with(GuardConfig { learns_from_content: false, ..GuardConfig::default() });
        assert_eq!(off.learn().await.unwrap(), 0, "where it is not wanted");
        assert_eq!(guard.learn().await.unwrap(), 20, "no more of one customer and day");
        for number in 30..40 {
            send(&guard, &format!("w{number}@far.example"), &mail(number, false)).await;
        }
        guard.hear_complaint(mailbox(1), house.customer(), vec![31; 16]).await.unwrap();
        house.clock.advance(DAY + Duration::from_secs(60));
        assert_eq!(guard.learn().await.unwrap(), 0, "somebody complained");
    });
}
