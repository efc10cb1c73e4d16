use super::begin::RefundWish;
use super::*;
use crate::credits::CreditKind;
use crate::error::CommerceError;
use crate::invoices::Invoice;
use crate::payments::{Attempt, AttemptKind};
use crate::periods::Interval;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};
use mailkeep_policy::{Actor, Fact};
use mailkeep_storage::sql::{SqlError, params};
use mailkeep_types::SessionId;

async fn first_invoice(bench: &Bench, buyer: &Buyer) -> Invoice {
    bench.commerce.list_invoices(buyer.customer).await.unwrap().pop().unwrap()
}

async fn capture(bench: &Bench, buyer: &Buyer) -> Attempt {
    let all = bench.commerce.list_payments(buyer.customer).await.unwrap();
    all.into_iter().find(|attempt| attempt.kind == AttemptKind::Capture).unwrap()
}

async fn holds(bench: &Bench) {
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
}

both_engines!(what_was_paid_goes_back_to_its_card_and_never_more, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    let invoice = first_invoice(&bench, &buyer).await;
    assert_eq!((invoice.total_minor, invoice.paid_minor), (3188, 3188));
    let (note, refund) =
        bench.commerce.refund_invoice(bench.staff, invoice.id, vec![(1, 1000)], true).await.unwrap();
    let refund = refund.unwrap();
    assert_eq!((note.total_minor, refund.amount.minor, refund.status), (1063, 1063, RefundStatus::Paid));
    assert_eq!(bench.sandbox.returned().await.unwrap(), (1, 1063));
    let after = first_invoice(&bench, &buyer).await;
    assert_eq!(
        (after.paid_minor, after.credited_minor, after.open_minor, after.settled_at.is_some()),
        (2125, 1063, 0, true)
    );
    assert_eq!(bench.commerce.account_credit(buyer.customer).await.unwrap().minor, 0);
    holds(&bench).await;

    // The rest of the line, then nothing is left.
    bench.commerce.refund_invoice(bench.staff, invoice.id, vec![(1, 2000)], true).await.unwrap();
    let more = bench.commerce.refund_invoice(bench.staff, invoice.id, vec![(1, 1)], true).await;
    assert!(matches!(more, Err(CommerceError::Staff(_))), "{more:?}");
    let payment = capture(&bench, &buyer).await;
    let more = bench.commerce.refund_payment(bench.staff, payment.id, 1).await;
    assert!(matches!(more, Err(CommerceError::Staff(_))), "{more:?}");
    assert_eq!(bench.sandbox.returned().await.unwrap(), (2, 3188));
    holds(&bench).await;
});

both_engines!(a_refund_whose_answer_is_lost_is_found_and_made_once, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::TimeoutAfterCharging).await;
    let invoice = first_invoice(&bench, &buyer).await;
    let (_, refund) =
        bench.commerce.refund_invoice(bench.staff, invoice.id, vec![(1, 1000)], true).await.unwrap();
    let refund = refund.unwrap();
    for _ in 0..3 {
        bench.commerce.reconcile_attempt(refund.id).await.unwrap();
    }
    let done = bench.commerce.list_refunds(invoice.id).await.unwrap();
    assert_eq!(done.iter().map(|one| one.status).collect::<Vec<_>>(), [RefundStatus::Paid]);
    assert_eq!(bench.sandbox.returned().await.unwrap(), (1, 1063));
    holds(&bench).await;
});

both_engines!(credit_that_stays_on_the_account_pays_the_next_invoice_first, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    let invoice = first_invoice(&bench, &buyer).await;
    let (_, refund) =
        bench.commerce.refund_invoice(bench.staff, invoice.id, vec![(1, 1000)], false).await.unwrap();
    assert_eq!(refund, None);
    assert_eq!(bench.commerce.account_credit(buyer.customer).await.unwrap().minor, 1063);
    let taken = bench.sandbox.taken().await.unwrap();
    bench.days(33);
    assert_eq!(bench.commerce.run_billing().await.unwrap().failed, 0);
    assert_eq!(bench.commerce.run_billing().await.unwrap().failed, 0);
    let next = bench.commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    assert_ne!(next.id, invoice.id);
    assert_eq!(next.open_minor, 0);
    let charged = bench.sandbox.taken().await.unwrap();
    assert_eq!(charged.1 - taken.1, next.total_minor - 1063, "the card pays what the credit left");
    assert_eq!(bench.commerce.credit_applied_to(next.id).await.unwrap().minor, 1063);
    let kinds: Vec<CreditKind> = bench
        .commerce
        .list_account_credits(buyer.customer)
        .await
        .unwrap()
        .iter()
        .map(|movement| movement.kind)
        .collect();
    assert_eq!(kinds, [CreditKind::Applied, CreditKind::Credited]);
    holds(&bench).await;
});

both_engines!(what_is_previewed_is_given_back_once, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    let invoice = first_invoice(&bench, &buyer).await;
    let asked = vec![(1, 1000)];
    let plan = bench.commerce.preview_refund(invoice.id, asked.clone(), true).await.unwrap();
    assert_eq!(
        (plan.net_minor, plan.tax_minor, plan.off_open_minor, plan.returned_minor),
        (1000, 63, 0, 1063)
    );
    let wish = |seen_minor| RefundWish {
        note: mailkeep_types::CreditNoteId::new(&*bench.clock),
        asked: asked.clone(),
        to_card: true,
        seen_minor: Some(seen_minor),
    };
    let other = bench.commerce.refund_once(bench.staff, invoice.id, wish(1000)).await;
    assert!(matches!(other, Err(CommerceError::Invalid { field: "total", .. })), "{other:?}");
    let wish = wish(1063);
    for _ in 0..3 {
        let done = bench.commerce.refund_once(bench.staff, invoice.id, wish.clone()).await.unwrap();
        assert_eq!((done.0.total_minor, done.1.unwrap().status), (1063, RefundStatus::Paid));
    }
    assert_eq!(bench.commerce.list_credit_notes(invoice.id).await.unwrap().len(), 1);
    assert_eq!(bench.sandbox.returned().await.unwrap(), (1, 1063));
    let left = bench.commerce.list_payments_of_invoice(invoice.id).await.unwrap();
    assert_eq!(left[0].1.minor, 3188 - 1063);
    let more = bench.commerce.preview_refund(invoice.id, vec![(1, 2001)], true).await;
    assert!(matches!(more, Err(CommerceError::Staff(_))), "{more:?}");
    holds(&bench).await;
});

// Case 13: a new card is charged 1.00 and gets 1.00 back; both are in the journal, and failure blocks the order.
both_engines!(case_13_a_new_card_is_charged_one_and_gets_it_back, |bench| async move {
    let bench = bench.reopened(|config| config.payments.check_new_cards = "1.00".to_owned()).await;
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    assert_eq!(bench.sandbox.taken().await.unwrap(), (2, 3188 + 100));
    assert_eq!(bench.sandbox.returned().await.unwrap(), (1, 100));
    let booked = bench.db.read(crate::journal::store::fingerprint).await.unwrap();
    for line in [
        "card_check_returned 2026-03-01 card_checks USD 100 ×1",
        "card_check_returned 2026-03-01 processor USD -100 ×1",
        "card_checked 2026-03-01 card_checks USD -100 ×1",
        "card_checked 2026-03-01 processor USD 100 ×1",
    ] {
        assert!(booked.iter().any(|one| one == line), "{line} in {booked:#?}");
    }
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
    assert_eq!(bench.commerce.list_services(buyer.customer).await.unwrap().len(), 1);

    // A card whose later charges are declined: authorised, but the check fails, so the order waits for another card.
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "other.example").await;
    let status = bench.pay(&buyer, order, Scenario::RenewalDeclinedHard).await;
    assert_eq!(status, crate::orders::OrderStatus::Placed);
    assert!(bench.commerce.list_services(buyer.customer).await.unwrap().is_empty());
    assert_eq!(bench.sandbox.taken().await.unwrap(), (2, 3188 + 100), "nothing was taken");
    // With another card it goes on.
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, crate::orders::OrderStatus::Fulfilled);
    assert_eq!(bench.sandbox.returned().await.unwrap(), (2, 200));
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});

both_engines!(the_documents_of_a_month_stay_as_they_were_drawn, |bench| async move {
    let buyer = bench.served(2, "company.example", Scenario::Approve).await;
    let of = buyer.customer;
    let invoice = bench.commerce.list_invoices(of).await.unwrap().remove(0);
    let asked = vec![(1, 100)];
    let note = bench.commerce.refund_invoice(bench.staff, invoice.id, asked, false).await.unwrap().0;
    // The program draws it although nothing is owed, and only once.
    bench.commerce.render_credit_notes(invoice.id).await.unwrap();
    let (actor, fact) = (Actor::Person(buyer.person), Fact::OwnSession(SessionId::new(&*bench.clock)));
    let (_, first) = bench.commerce.credit_note_pdf(actor, fact, invoice.id, note.id).await.unwrap();
    let month = ("2026-03-01".parse().unwrap(), "2026-04-01".parse().unwrap());
    let statement = bench.commerce.statement_pdf(actor, fact, of, month).await.unwrap();
    bench.days(40);
    let (_, again) = bench.commerce.credit_note_pdf(actor, fact, invoice.id, note.id).await.unwrap();
    assert_eq!(first.in_test(), again.in_test());
    let later = bench.commerce.statement_pdf(actor, fact, of, month).await.unwrap();
    assert!(statement.in_test().starts_with(b"%PDF-"));
    let sql = "SELECT pdf FROM credit_note_documents";
    let kept: Vec<Vec<u8>> = bench
        .db
        .read(move |tx| -> Result<_, SqlError> { tx.query(sql, params![], |row| row.get(0)) })
        .await
        .unwrap();
    assert!(kept.len() == 1 && !kept[0].windows(5).any(|part| part == b"%PDF-"), "sealed at rest");
    assert_eq!(statement.in_test(), later.in_test());
    // Nobody else's invoice leads to it, and no fact of staff opens it once nothing is owed.
    let other = bench.served(1, "other.example", Scenario::Approve).await;
    let foreign = bench.commerce.list_invoices(other.customer).await.unwrap().remove(0);
    let none = bench.commerce.credit_note_pdf(actor, fact, foreign.id, note.id).await;
    assert!(matches!(none, Err(CommerceError::NotFound(_))), "{:?}", none.err());
    let (actor, fact) = (Actor::Staff(bench.staff), Fact::DueInvoice(invoice.id));
    let refused = bench.commerce.credit_note_pdf(actor, fact, invoice.id, note.id).await;
    assert!(matches!(refused, Err(CommerceError::Refused(_))), "{:?}", refused.err());
});
