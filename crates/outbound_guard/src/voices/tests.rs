//! What recipients say, on both engines.

use bytes::Bytes;

use super::*;
use crate::sending::tests::{HOME, House, mailbox, on_both_engines, to};
use crate::verdict::Verdict;

async fn send(house: &House, from: u128, number: usize) -> (Verdict, Option<ReasonCode>) {
    let words: String = (0..40).map(|word| format!("word{number}x{word} ")).collect();
    let content = Bytes::from(format!("From: a@shop.example\r\n\r\n{words}\r\n"));
    let to = [to(&format!("reader{number}@remote.example"))];
    let judged = house.guard().judge(mailbox(from), HOME, &to, &content).await.unwrap();
    (judged.verdict, judged.first_reason().map(|reason| reason.code))
}

fn message(number: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap() + 1_000)
}

async fn refuse(house: &House, numbers: std::ops::Range<usize>, voice: Voice, last: usize) {
    for number in numbers {
        let refused = Refused {
            mailbox: mailbox(1),
            customer: house.customer(),
            message: message(number),
            position: 0,
            voice,
        };
        let last = (0..last).map(|number| (message(number), 0)).collect();
        house.guard().hear_refusal(refused, last).await.unwrap();
    }
}

async fn junk(house: &House, readers: std::ops::Range<u128>, junk: bool) {
    for reader in readers {
        let moved =
            Moved { mailbox: mailbox(1), customer: house.customer(), reader: mailbox(reader + 100), junk };
        house.guard().hear_reader(moved).await.unwrap();
    }
}

const FREE: (Verdict, Option<ReasonCode>) = (Verdict::Allow, None);
const RETURNS: (Verdict, Option<ReasonCode>) = (Verdict::Hold, Some(ReasonCode::Returns));
const COMPLAINTS: (Verdict, Option<ReasonCode>) = (Verdict::Hold, Some(ReasonCode::Complaints));

#[test]
fn ten_dead_addresses_among_the_last_fifty_hold_the_mailbox_for_a_day() {
    on_both_engines(async |house| {
        house.paid_for(40);
        refuse(&house, 0..9, Voice::Hard, 50).await;
        assert_eq!(send(&house, 1, 1).await, FREE, "nine");
        refuse(&house, 8..9, Voice::Hard, 50).await;
        assert_eq!(send(&house, 1, 2).await, FREE, "the ninth is counted once");
        refuse(&house, 9..10, Voice::Hard, 50).await;
        assert_eq!(send(&house, 1, 3).await, RETURNS);
        assert_eq!(send(&house, 2, 4).await, FREE, "another mailbox of the customer");
        house.clock.advance(LASTS);
        assert_eq!(send(&house, 1, 5).await, FREE, "a day after the last");
    });
}

#[test]
fn dead_addresses_of_long_ago_are_not_among_the_last() {
    on_both_engines(async |house| {
        house.paid_for(40);
        // The last five recipients were reached, and of the dead ones only those before them are known.
        refuse(&house, 10..20, Voice::Hard, 5).await;
        assert_eq!(send(&house, 1, 1).await, FREE);
        refuse(&house, 20..35, Voice::Hard, 5).await;
        assert_eq!(send(&house, 1, 2).await, RETURNS, "but 25 in an hour are too many");
    });
}

#[test]
fn complaints_warn_demote_and_hold_and_are_taken_back() {
    on_both_engines(async |house| {
        house.paid_for(40);
        for number in 0..40 {
            assert_eq!(send(&house, 1, number).await, FREE);
        }
        let level =
            async || house.guard().stops_of(house.customer()).await.unwrap().first().map(|stop| stop.level);
        junk(&house, 0..1, true).await;
        assert_eq!(level().await, None);
        junk(&house, 1..2, true).await;
        assert_eq!(level().await, Some(Level::Warn));
        junk(&house, 0..2, true).await;
        assert_eq!(level().await, Some(Level::Warn), "a reader counts once a day");
        junk(&house, 2..4, true).await;
        assert_eq!(level().await, Some(Level::Demote));
        assert_eq!(send(&house, 1, 41).await, FREE);
        refuse(&house, 0..1, Voice::Spam, 0).await;
        assert_eq!(level().await, Some(Level::Hold), "a server that says spam is the fifth");
        assert_eq!(send(&house, 1, 42).await, COMPLAINTS);
        assert_eq!(send(&house, 2, 43).await, COMPLAINTS, "it is about the customer");
        assert_eq!(house.guard().untold_stops().await.unwrap().len(), 1);

        junk(&house, 0..4, false).await;
        assert_eq!(level().await, None, "it was no junk");
        assert_eq!(send(&house, 1, 44).await, FREE);
    });
}

#[test]
fn who_complains_of_everything_counts_little() {
    on_both_engines(async |house| {
        house.paid_for(40);
        for number in 0..40 {
            send(&house, 1, number).await;
        }
        // Each of five readers has complained of thirty others this week.
        for reader in 0..5 {
            for other in 0..30 {
                let (mailbox, customer) = (mailbox(500 + other), CustomerId::from_uuid(Uuid::from_u128(77)));
                let reader = readers_mailbox(reader);
                house.guard().hear_reader(Moved { mailbox, customer, reader, junk: true }).await.unwrap();
            }
        }
        junk(&house, 0..5, true).await;
        let stops = house.guard().stops_of(house.customer()).await.unwrap();
        assert!(stops.iter().all(|stop| stop.level != Level::Hold), "{stops:?}");
    });
}

#[test]
fn a_week_later_nothing_is_left_of_it() {
    on_both_engines(async |house| {
        house.paid_for(40);
        for number in 0..20 {
            send(&house, 1, number).await;
        }
        junk(&house, 0..6, true).await;
        assert_eq!(send(&house, 1, 50).await, COMPLAINTS);
        // While the complaints are of the last week, what follows is carried on.
        for _ in 0..13 {
            house.clock.advance(LASTS / 2);
            house.guard().sweep().await.unwrap();
        }
        assert_eq!(send(&house, 1, 51).await, COMPLAINTS);
        for _ in 0..4 {
            house.clock.advance(LASTS / 2);
            house.guard().sweep().await.unwrap();
        }
        house.guard().sweep().await.unwrap();
        assert_eq!(send(&house, 1, 52).await, FREE);
    });
}

#[test]
fn demotion_sends_with_the_limits_of_the_tier_below() {
    on_both_engines(async |house| {
        house.paid_for(8);
        for number in 0..40 {
            assert_eq!(send(&house, 1, number).await, FREE, "{number}");
        }
        junk(&house, 0..3, true).await;
        let limited = send(&house, 1, 41).await;
        assert_eq!(
            limited,
            (Verdict::Delay, Some(ReasonCode::FirstTime)),
            "20 strangers a day, as on the first"
        );
    });
}

fn readers_mailbox(reader: u128) -> MailboxId {
    mailbox(reader + 100)
}

#[test]
fn complaints_from_elsewhere_count_once_for_each_reader_and_day() {
    on_both_engines(async |house| {
        house.paid_for(40);
        for number in 0..20 {
            send(&house, 1, number).await;
        }
        let complain = async |reader: u8| {
            let (mailbox, customer) = (mailbox(1), house.customer());
            house.guard().hear_complaint(mailbox, customer, vec![reader; 32]).await.unwrap();
        };
        for _ in 0..9 {
            complain(1).await;
        }
        assert_eq!(send(&house, 1, 30).await, FREE, "one reader");
        for reader in 2..6 {
            complain(reader).await;
        }
        assert_eq!(send(&house, 1, 31).await, COMPLAINTS);
    });
}

#[test]
fn the_desk_sees_whom_recipients_complain_of_and_what_follows() {
    on_both_engines(async |house| {
        house.paid_for(40);
        for number in 0..40 {
            send(&house, 1, number).await;
        }
        assert_eq!(house.guard().voices_of_week(10).await.unwrap(), WeekOfVoices::default());
        junk(&house, 0..2, true).await;
        refuse(&house, 0..3, Voice::Hard, 0).await;
        let other = CustomerId::from_uuid(Uuid::from_u128(77));
        let moved = Moved { mailbox: mailbox(50), customer: other, reader: mailbox(100), junk: true };
        house.guard().hear_reader(moved).await.unwrap();
        let week = house.guard().voices_of_week(10).await.unwrap();
        let [worst, second] = week.customers.as_slice() else { panic!("{week:?}") };
        assert_eq!(
            (worst.customer, worst.recipients, worst.complaints, worst.dead),
            (house.customer(), 40, 2, 3)
        );
        assert_eq!((worst.weight, worst.level), (2_000, Some(Level::Warn)));
        assert_eq!((second.customer, second.complaints, second.level), (other, 1, None));
        assert_eq!(week.mailboxes, [(mailbox(1), 2), (mailbox(50), 1)]);
        assert_eq!(house.guard().voices_of_week(1).await.unwrap().customers.len(), 1, "the worst alone");
    });
}
