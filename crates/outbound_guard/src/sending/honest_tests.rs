//! Mail of honest people that looks like bulk passes without staff: by a list, by lists that take it once, by what is known, and by the
//! owner's word where it must be asked for.

use std::sync::Arc;

use bytes::Bytes;
use mailkeep_types::QueueId;
use uuid::Uuid;

use super::tests::{DAY, HOME, House, mailbox, on_both_engines, outcome, to};
use super::{Addressee, Later};
use crate::holds::{HeldMessage, HeldQueue, Holds, Note};
use crate::verdict::{ReasonCode, Verdict};

const ALLOWED: (Verdict, Option<ReasonCode>) = (Verdict::Allow, None);
const HELD: (Verdict, Option<ReasonCode>) = (Verdict::Hold, Some(ReasonCode::Campaign));

/// Carries everything out.
pub(crate) struct Willing(pub(crate) mailkeep_storage::sql::Database);

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

/// The owner says that a held message is theirs; whether it went out.
async fn confirm(house: &House, number: u128) -> bool {
    let customer = house.customer();
    let held = HeldMessage {
        queue: QueueId::from_uuid(Uuid::from_u128(number)),
        mailbox: mailbox(1),
        customer,
        code: Some(ReasonCode::Campaign),
        recipients: 80,
        number: None,
    };
    let holds = Holds::new(house.guard(), Arc::new(Willing(house.db.clone())));
    holds.confirm(&[held], true).await.unwrap() == (1, 0)
}

fn text(name: &str, own: &str) -> Bytes {
    let words: String = (0..90).map(|word| format!("{name}{word} ")).collect();
    Bytes::from(format!("From: a@shop.example\r\n\r\nDear {own},\r\n{words}\r\n"))
}

#[test]
fn a_newsletter_to_a_list_and_a_series_of_patches_are_not_even_held() {
    on_both_engines(async |house| {
        house.paid_for(90);
        let guard = house.guard();
        let list = [Addressee { members: 500, ..to("readers@shop.example") }];
        let judged = guard.judge(mailbox(1), HOME, &list, &text("news", "reader")).await.unwrap();
        assert_eq!(outcome(&judged), ALLOWED);
        let reviewers = [to("list@project.example"), to("ann@project.example"), to("bob@project.example")];
        for number in 0..40 {
            let patch = text("patch", &format!("patch {number}"));
            let judged = guard.judge(mailbox(2), HOME, &reviewers, &patch).await.unwrap();
            assert_eq!(outcome(&judged), ALLOWED, "{number}");
        }
    });
}

#[test]
fn a_wedding_invitation_goes_out_by_its_owners_word() {
    on_both_engines(async |house| {
        house.paid_for(90);
        let guests: Vec<Addressee> = (0..80).map(|guest| to(&format!("guest{guest}@far.example"))).collect();
        let invitation = text("wedding", "all");
        let judged = house.guard().judge(mailbox(1), HOME, &guests, &invitation).await.unwrap();
        assert_eq!(outcome(&judged), HELD);
        assert!(confirm(&house, 1).await);
        let forgotten: Vec<Addressee> = (0..9).map(|guest| to(&format!("aunt{guest}@far.example"))).collect();
        let judged = house.guard().judge(mailbox(1), HOME, &forgotten, &invitation).await.unwrap();
        assert_eq!(outcome(&judged), ALLOWED, "the owner's word holds for a time");
        let judged = house.guard().judge(mailbox(2), HOME, &forgotten, &invitation).await.unwrap();
        assert_eq!(outcome(&judged), HELD, "and for no other mailbox");
    });
}

#[test]
fn three_hundred_invoices_go_out_in_two_days() {
    on_both_engines(async |house| {
        house.paid_for(90);
        let guard = house.guard();
        let mut waiting: Vec<usize> = (0..300).collect();
        let mut confirmed = false;
        for day in 0..2 {
            let mut left = Vec::new();
            for number in waiting {
                let whom = [to(&format!("buyer{number}@far.example"))];
                let invoice = text("invoice", &format!("buyer {number}"));
                let judged = guard.judge(mailbox(1), HOME, &whom, &invoice).await.unwrap();
                match outcome(&judged) {
                    ALLOWED => {}
                    HELD => {
                        // What is held goes out with the first word of the owner, and nothing is held after it.
                        assert!(!confirmed && day == 0, "{number}");
                        confirmed = confirm(&house, number as u128).await;
                        assert!(confirmed);
                    }
                    other => {
                        assert_eq!(other, (Verdict::Delay, Some(ReasonCode::FirstTime)));
                        left.push(number);
                    }
                }
            }
            waiting = left;
            assert_eq!(waiting.len(), if day == 0 { 100 } else { 0 });
            house.clock.advance(DAY + std::time::Duration::from_secs(600));
            guard.sweep().await.unwrap();
        }
    });
}
