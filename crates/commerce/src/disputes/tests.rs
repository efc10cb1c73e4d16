use std::sync::{Arc, Mutex};

use mailkeep_types::{Currency, Money, PaymentAttemptId};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;
use crate::error::CommerceError;
use crate::invoices::Invoice;
use crate::payments::AttemptKind;
use crate::ports::BoxFuture;
use crate::processor::sandbox::{Sandbox, Scenario};
use crate::processor::{
    Answer, CallError, CardRequest, DisputeAnswer, DisputeReply, PageRequest, Processor, StoredCard,
    WebhookEvent,
};
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

/// The sandbox, but whoever answers a dispute is asked first what we keep of the answer, and the answer may be lost.
struct Watching {
    sandbox: Sandbox,
    db: mailkeep_storage::sql::Database,
    seen: Arc<Mutex<Vec<bool>>>,
    silent: bool,
}

impl Processor for Watching {
    fn name(&self) -> &'static str {
        self.sandbox.name()
    }
    fn open_page(&self, request: PageRequest) -> BoxFuture<'_, Result<String, CallError>> {
        self.sandbox.open_page(request)
    }
    fn open_card_page(&self, request: CardRequest) -> BoxFuture<'_, Result<String, CallError>> {
        self.sandbox.open_card_page(request)
    }
    fn forget_card<'a>(&'a self, card: &'a StoredCard) -> BoxFuture<'a, Result<(), CallError>> {
        self.sandbox.forget_card(card)
    }
    fn capture<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        self.sandbox.capture(key, authorisation, amount)
    }
    fn release<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        self.sandbox.release(key, authorisation)
    }
    fn charge<'a>(
        &'a self,
        key: PaymentAttemptId,
        card: &'a StoredCard,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        self.sandbox.charge(key, card, amount)
    }
    fn refund<'a>(
        &'a self,
        key: PaymentAttemptId,
        payment: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        self.sandbox.refund(key, payment, amount)
    }
    fn disputes<'a>(&'a self, payment: &'a str) -> BoxFuture<'a, Result<Vec<DisputeAnswer>, CallError>> {
        self.sandbox.disputes(payment)
    }
    fn answer_dispute<'a>(
        &'a self,
        dispute: &'a str,
        reply: &'a DisputeReply,
    ) -> BoxFuture<'a, Result<(), CallError>> {
        Box::pin(async move {
            let reference = dispute.to_owned();
            let kept = self.db.read(move |tx| {
                let found = store::by_reference(tx, "sandbox", &reference)?.unwrap();
                Ok::<_, CommerceError>(store::evidence(tx, found.id)?.is_some())
            });
            let kept = kept.await.unwrap();
            self.seen.lock().unwrap().push(kept);
            self.sandbox.answer_dispute(dispute, reply).await?;
            if self.silent { Err(CallError::Unknown("the answer is lost".to_owned())) } else { Ok(()) }
        })
    }
    fn find(&self, key: PaymentAttemptId) -> BoxFuture<'_, Result<Option<Answer>, CallError>> {
        self.sandbox.find(key)
    }
    fn read_webhook(
        &self,
        body: &[u8],
        signature: &str,
        now: mailkeep_types::Timestamp,
    ) -> Result<WebhookEvent, CommerceError> {
        self.sandbox.read_webhook(body, signature, now)
    }
}

both_engines!(what_the_bank_gets_is_kept_before_it_gets_it, |bench| async move {
    for silent in [false, true] {
        let buyer = bench.served(5, &format!("silent-{silent}.example"), Scenario::Approve).await;
        let payment = captured(&bench, &buyer).await;
        bench.sandbox.dispute(payment, Money::new(1000, Currency::USD)).await.unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let watching =
            Watching { sandbox: bench.sandbox.clone(), db: bench.db.clone(), seen: seen.clone(), silent };
        let bench = bench.with_processor(Arc::new(watching)).await;
        bench.commerce.reconcile_attempt(payment).await.unwrap();
        let dispute = bench.commerce.list_disputes_of(buyer.customer).await.unwrap().remove(0);
        let answered = bench.commerce.answer_dispute(bench.staff, dispute.id, contest()).await;
        assert_eq!(*seen.lock().unwrap(), [true], "kept before the call");
        assert_eq!(answered.is_err(), silent, "{answered:?}");
        // Answered again, the processor is asked first: it has the answer that is kept, and gets no other.
        let again = bench.commerce.answer_dispute(bench.staff, dispute.id, contest()).await;
        assert!(matches!(again, Err(CommerceError::Staff(_))), "{again:?}");
        assert_eq!(seen.lock().unwrap().len(), 1);
        let now = bench.commerce.find_dispute(dispute.id).await.unwrap();
        assert_eq!((now.state, now.answered_by), (DisputeState::UnderReview, Some(bench.staff)));
        assert!(now.answered_at.is_some());
    }
});

both_engines!(reminders_of_what_a_lost_dispute_leaves_begin_anew, |bench| async move {
    // Due on the day it is issued and not paid: reminded on that day, before the card is replaced.
    let buyer = bench.served(5, "company.example", Scenario::RenewalDeclinedHard).await;
    bench.days(31);
    assert_eq!(bench.commerce.run_billing().await.unwrap().reminded, 1);
    let invoice = bench.commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    let back = "https://www.mailkeep.example/back";
    let page = bench.commerce.start_invoice_payment(buyer.customer, invoice.id, back, true).await.unwrap();
    bench.sandbox.choose(page.rsplit('/').next().unwrap(), Scenario::Approve).await.unwrap();
    assert!(bench.commerce.advance_invoice_payment(invoice.id).await.unwrap());
    // The payment is disputed and lost: owed again, and reminded from that day on as if it were new.
    let attempts = bench.commerce.list_payments(buyer.customer).await.unwrap();
    let of_it =
        |a: &&crate::payments::Attempt| a.kind == AttemptKind::Capture && a.invoice == Some(invoice.id);
    let paid = attempts.iter().find(of_it).unwrap();
    bench.sandbox.dispute(paid.id, Money::new(3188, Currency::USD)).await.unwrap();
    bench.commerce.reconcile_attempt(paid.id).await.unwrap();
    let dispute = bench.commerce.list_disputes_of(buyer.customer).await.unwrap().remove(0);
    bench.commerce.answer_dispute(bench.staff, dispute.id, DisputeReply::Accept).await.unwrap();
    let lost = bench.commerce.find_invoice(invoice.id).await.unwrap();
    assert_eq!((lost.open_minor, lost.dunning_round), (3188, 1));
    // The card that paid is not charged again by itself for what its owner disputed.
    bench
        .commerce
        .withdraw_card_permission(buyer.customer, bench_subscription(&bench, &buyer).await)
        .await
        .unwrap();
    let mut reminded = Vec::new();
    for day in 0..12 {
        if bench.commerce.run_billing().await.unwrap().reminded > 0 {
            reminded.push(day);
        }
        bench.days(1);
    }
    assert_eq!(reminded, [0, 3, 7, 10]);
});

async fn bench_subscription(bench: &Bench, buyer: &Buyer) -> mailkeep_types::SubscriptionId {
    bench.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0).id
}
