use mailkeep_types::{Currency, Money, PaymentAttemptId};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;
use crate::error::CommerceError;
use crate::invoices::Invoice;
use crate::payments::AttemptKind;
use crate::processor::DisputeReply;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};

async fn captured(bench: &Bench, buyer: &Buyer) -> PaymentAttemptId {
    let all = bench.commerce.list_payments(buyer.customer).await.unwrap();
    all.iter().find(|attempt| attempt.kind == AttemptKind::Capture).unwrap().id
}

async fn invoice_of(bench: &Bench, buyer: &Buyer) -> Invoice {
    bench.commerce.list_invoices(buyer.customer).await.unwrap().pop().unwrap()
}

/// Carries the due messages over and does the work that they leave, as the server does.
async fn deliver(bench: &Bench) {
    for delivery in bench.sandbox.due_webhooks(false).await.unwrap() {
        bench.commerce.receive_webhook(&delivery.body, &delivery.signature).await.unwrap();
        bench.sandbox.mark_delivered(delivery.id).await.unwrap();
    }
    bench.commerce.take_open_disputes().await.unwrap();
}

async fn holds(bench: &Bench) {
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
}

fn contest() -> DisputeReply {
    DisputeReply::Contest {
        summary: "The service was used from the day it was ordered.".to_owned(),
        document: b"%PDF-".to_vec(),
    }
}

/// The row of the rules: 249.95 with 10 paid.
async fn with_ten_paid(bench: &Bench) -> (Buyer, PaymentAttemptId) {
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    (buyer.clone(), captured(bench, &buyer).await)
}

both_engines!(a_chargeback_and_its_reversal_move_the_balance_there_and_back, |bench| async move {
    let (buyer, payment) = with_ten_paid(&bench).await;
    let before = invoice_of(&bench, &buyer).await;
    assert_eq!(before.balance().minor, 0);
    let reference = bench.sandbox.dispute(payment, Money::new(1000, Currency::USD)).await.unwrap();
    bench.commerce.reconcile_attempt(payment).await.unwrap();
    let apart = invoice_of(&bench, &buyer).await;
    assert_eq!((apart.balance().minor, apart.disputed_minor, apart.open_minor), (1000, 1000, 0));
    holds(&bench).await;
    let dispute = bench.commerce.list_disputes().await.unwrap().remove(0);
    assert_eq!(
        (dispute.reference.as_str(), dispute.state),
        (reference.as_str(), DisputeState::NeedsResponse)
    );
    assert!(!dispute.is_urgent(bench.now()));

    // What is disputed is not given back as well.
    let more = bench.commerce.refund_invoice(bench.staff, apart.id, vec![(1, 3000)], true).await;
    assert!(matches!(more, Err(CommerceError::Staff(_))), "{more:?}");

    let answered = bench.commerce.answer_dispute(bench.staff, dispute.id, contest()).await.unwrap();
    assert_eq!(answered.state, DisputeState::UnderReview);
    let again = bench.commerce.answer_dispute(bench.staff, dispute.id, DisputeReply::Accept).await;
    assert!(matches!(again, Err(CommerceError::Staff(_))), "{again:?}");
    bench.clock.advance(std::time::Duration::from_secs(61));
    deliver(&bench).await;
    let won = invoice_of(&bench, &buyer).await;
    assert_eq!((won.balance().minor, won.paid_minor), (0, before.paid_minor));
    assert_eq!(bench.commerce.find_dispute(dispute.id).await.unwrap().state, DisputeState::Won);
    holds(&bench).await;
});

both_engines!(a_lost_dispute_is_owed_again_and_pursued_from_that_day, |bench| async move {
    let (buyer, payment) = with_ten_paid(&bench).await;
    bench.sandbox.dispute(payment, Money::new(3188, Currency::USD)).await.unwrap();
    bench.commerce.reconcile_attempt(payment).await.unwrap();
    let invoice = invoice_of(&bench, &buyer).await;
    // Nothing is pursued while the bank decides, however long that takes.
    bench.days(6);
    assert_eq!(bench.commerce.run_billing().await.unwrap().reminded, 0);
    let dispute = bench.commerce.list_disputes().await.unwrap().remove(0);
    assert!(dispute.is_urgent(bench.now()));
    // Not answered in time.
    bench.days(2);
    deliver(&bench).await;
    let lost = invoice_of(&bench, &buyer).await;
    assert_eq!((lost.open_minor, lost.disputed_minor, lost.settled_at), (3188, 0, None));
    assert_eq!(lost.pursued_from.to_string(), "2026-03-09");
    assert_eq!(lost.due_on, invoice.due_on, "what the document says does not change");
    holds(&bench).await;
});

both_engines!(accepting_loses_at_once, |bench| async move {
    let (buyer, payment) = with_ten_paid(&bench).await;
    bench.sandbox.dispute(payment, Money::new(1000, Currency::USD)).await.unwrap();
    bench.commerce.reconcile_attempt(payment).await.unwrap();
    let dispute = bench.commerce.list_disputes().await.unwrap().remove(0);
    let done = bench.commerce.answer_dispute(bench.staff, dispute.id, DisputeReply::Accept).await.unwrap();
    assert_eq!(done.state, DisputeState::Lost);
    assert_eq!(invoice_of(&bench, &buyer).await.open_minor, 1000);
    holds(&bench).await;
});

both_engines!(messages_thrice_and_shuffled_lead_to_one_state, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::Disputed).await;
    bench.clock.advance(std::time::Duration::from_secs(61));
    deliver(&bench).await;
    let payment = captured(&bench, &buyer).await;
    bench.commerce.reconcile_attempt(payment).await.unwrap();
    let dispute = bench.commerce.list_disputes().await.unwrap().remove(0);
    bench.commerce.answer_dispute(bench.staff, dispute.id, contest()).await.unwrap();
    bench.clock.advance(std::time::Duration::from_secs(61));
    let mut runner =
        TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    for _ in 0..3 {
        let mut all = bench.sandbox.due_webhooks(true).await.unwrap();
        use proptest::strategy::{Strategy, ValueTree};
        let order = proptest::strategy::Just(all.clone()).prop_shuffle();
        all = order.new_tree(&mut runner).unwrap().current();
        for delivery in all {
            bench.commerce.receive_webhook(&delivery.body, &delivery.signature).await.unwrap();
            bench.commerce.reconcile_attempt(payment).await.unwrap();
        }
    }
    let disputes = bench.commerce.list_disputes().await.unwrap();
    assert_eq!(disputes.iter().map(|one| one.state).collect::<Vec<_>>(), [DisputeState::Won]);
    let booked = bench.db.read(crate::journal::store::fingerprint).await.unwrap();
    let of_disputes: Vec<&String> = booked.iter().filter(|line| line.starts_with("chargeback")).collect();
    assert_eq!(
        of_disputes,
        [
            "chargeback 2026-03-01 disputed USD 3188 ×1",
            "chargeback 2026-03-01 processor USD -3188 ×1",
            "chargeback_reversed 2026-03-01 disputed USD -3188 ×1",
            "chargeback_reversed 2026-03-01 processor USD 3188 ×1",
        ]
    );
    holds(&bench).await;
});

#[test]
fn what_is_decided_stays_decided() {
    use DisputeState::{Lost, NeedsResponse, UnderReview, Won};
    for closed in [Won, Lost] {
        for next in [NeedsResponse, UnderReview, Won, Lost] {
            assert!(!closed.may_become(next));
        }
    }
    assert!(!UnderReview.may_become(NeedsResponse));
}
