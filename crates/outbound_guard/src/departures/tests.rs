//! What waits although it is due, on both engines.

use std::time::Duration;

use mailkeep_types::{CustomerId, StaffId};
use uuid::Uuid;

use super::*;
use crate::ladder::{About, EndCause, NewStep, Rung, StepCause};
use crate::sending::tests::{House, mailbox, on_both_engines};

const ROSALIND: StaffId = StaffId::from_uuid(Uuid::from_u128(71));
const HOUR: Duration = Duration::from_secs(3600);

fn domain(name: &str) -> DomainName {
    DomainName::parse(name).unwrap()
}

async fn waits(house: &House, customer: CustomerId, to: &str) -> Option<Waiting> {
    let sender = Sender { mailbox: Some(mailbox(1)), customer, domains: vec![domain("shop.example")] };
    house.guard().waits(Some(sender), &domain(to)).await.unwrap()
}

async fn refuse(house: &House, customer: CustomerId, to: &str, times: usize) -> Option<Timestamp> {
    let mut paused = None;
    for _ in 0..times {
        paused = house.guard().hear_block(customer, &domain(to)).await.unwrap();
    }
    paused
}

fn other() -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(90))
}

#[test]
fn a_destination_is_left_alone_for_the_customer_whom_it_refuses_and_for_no_other() {
    on_both_engines(async |house| {
        let customer = house.customer();
        assert_eq!(refuse(&house, customer, "strict.example", 4).await, None);
        assert_eq!(refuse(&house, other(), "strict.example", 4).await, None);
        assert_eq!(waits(&house, customer, "strict.example").await, None);
        let until = refuse(&house, customer, "strict.example", 1).await.expect("the fifth");
        assert_eq!(until, house.db.now().plus(HOUR));
        let waiting = Waiting { why: WaitCause::Refused, until: Some(until) };
        assert_eq!(waits(&house, customer, "strict.example").await, Some(waiting));
        assert_eq!(waits(&house, customer, "easy.example").await, None);
        assert_eq!(waits(&house, other(), "strict.example").await, None);
        assert_eq!(house.guard().waits(None, &domain("strict.example")).await.unwrap(), None, "the house");
        let pause = house.guard().pauses_of(customer).await.unwrap().unwrap();
        assert_eq!((pause.destinations, pause.until), (1, until));
        let paused = house.guard().paused_destinations(9).await.unwrap();
        assert_eq!((paused.len(), paused[0].customers), (1, 1));
        house.clock.advance(HOUR);
        assert_eq!(waits(&house, customer, "strict.example").await, None);
        let until = refuse(&house, customer, "strict.example", 2).await.expect("it still says no");
        assert_eq!(until, house.db.now().plus(HOUR * 2));
    });
}

#[test]
fn staff_try_paused_destinations_at_once_and_it_is_counted_anew() {
    on_both_engines(async |house| {
        let customer = house.customer();
        refuse(&house, customer, "strict.example", 5).await;
        assert_eq!(house.guard().end_pauses_of(customer).await.unwrap(), [domain("strict.example")]);
        assert_eq!(waits(&house, customer, "strict.example").await, None);
        assert!(house.guard().end_pauses_of(customer).await.unwrap().is_empty());
        assert_eq!(house.guard().pauses_of(customer).await.unwrap(), None);
        assert_eq!(refuse(&house, customer, "strict.example", 4).await, None);
    });
}

#[test]
fn a_stopped_destination_keeps_mail_of_all_until_it_is_lifted() {
    on_both_engines(async |house| {
        let guard = house.guard();
        let to = domain("flooded.example");
        guard.stop_destination(to.clone(), StepCause::Fraud, ROSALIND).await.unwrap();
        let again = guard.stop_destination(to.clone(), StepCause::Fraud, ROSALIND).await;
        assert!(matches!(again, Err(StopError::Already)), "{again:?}");
        let stopped = Some(Waiting { why: WaitCause::Destination, until: None });
        assert_eq!(waits(&house, other(), "flooded.example").await, stopped);
        assert_eq!(guard.waits(None, &to).await.unwrap(), stopped, "mail of the house");
        assert_eq!(waits(&house, other(), "other.example").await, None);
        guard.lift_destination(to.clone(), ROSALIND).await.unwrap();
        let again = guard.lift_destination(to.clone(), ROSALIND).await;
        assert!(matches!(again, Err(StopError::Already)), "{again:?}");
        assert_eq!(guard.waits(None, &to).await.unwrap(), None);
        guard.stop_destination(to, StepCause::Other, ROSALIND).await.unwrap();
        let listed = guard.destination_stops(9).await.unwrap();
        let listed: Vec<_> = listed.iter().map(|stop| (stop.why, stop.ended.is_some())).collect();
        assert_eq!(listed, [(StepCause::Other, false), (StepCause::Fraud, true)]);
    });
}

#[test]
fn what_a_locked_mailbox_handed_in_waits_as_long_as_the_lock() {
    on_both_engines(async |house| {
        let (guard, customer) = (house.guard(), house.customer());
        let new = NewStep {
            customer,
            about: About::Mailbox(mailbox(1)),
            rung: Rung::Lock,
            why: StepCause::Stolen,
            days: Some(1),
            by: Some(ROSALIND),
        };
        let number = guard.take_step(new).await.unwrap();
        let until = house.db.now().plus(HOUR * 24);
        let waiting = Waiting { why: WaitCause::Sender, until: Some(until) };
        assert_eq!(waits(&house, customer, "any.example").await, Some(waiting));
        guard.lift_step(customer, number, EndCause::Owner, ROSALIND).await.unwrap();
        assert_eq!(waits(&house, customer, "any.example").await, None);
    });
}
