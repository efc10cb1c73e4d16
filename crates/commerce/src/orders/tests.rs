use mailkeep_policy::{Actor, Fact, Refusal, Shown, purpose};
use mailkeep_types::{SessionId, StaffId, SystemClock};

use super::decide::Decision;
use super::*;
use crate::error::CommerceError;
use crate::payments::AttemptStatus;
use crate::processor::sandbox::{DELAY, Scenario};
use crate::screening::blocks::{BlockKind, BlockReason};
use crate::screening::{Decided, Method, Outcome, Replayed};
use crate::testing::{Bench, Buyer, both_engines};

/// A customer's attempts, sorted: on a clock that stands still none is newer.
async fn attempts(bench: &Bench, buyer: &Buyer) -> Vec<(&'static str, AttemptStatus)> {
    let list = bench.commerce.list_payments(buyer.customer).await.unwrap();
    let mut list: Vec<_> = list.into_iter().map(|attempt| (attempt.kind.word(), attempt.status)).collect();
    list.sort_by_key(|(kind, _)| *kind);
    list
}

both_engines!(an_ordinary_order_is_paid_billed_and_served, |bench| async move {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);

    let order = bench.commerce.show_order(buyer.customer, order).await.unwrap();
    assert_eq!((order.number.as_str(), order.total_minor), ("ORD-000001", 3188));
    let invoices = bench.commerce.list_invoices(buyer.customer).await.unwrap();
    assert_eq!(order.invoice, Some(invoices[0].id));
    assert_eq!(
        (invoices[0].number.as_str(), invoices[0].total_minor, invoices[0].open_minor),
        ("INV-000001", 3188, 0)
    );
    let subscriptions = bench.commerce.list_subscriptions(buyer.customer).await.unwrap();
    assert_eq!(subscriptions[0].next_on.to_string(), "2026-04-01");
    let service = &bench.commerce.list_services(buyer.customer).await.unwrap()[0];
    assert!(service.may_send() && !service.is_provisioned());
    assert_eq!(service.domain.as_str(), "company.example");
    let desired = bench.commerce.desired_service(service.id).await.unwrap();
    assert_eq!((desired.plan_key.as_str(), desired.limits.recipients_per_message), ("business", 250));
    bench.commerce.mark_provisioned(service.id, desired.service.generation).await.unwrap();
    assert!(bench.commerce.services_behind().await.unwrap().is_empty());

    assert_eq!(bench.sandbox.taken().await.unwrap(), (1, 3188));
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
    assert_eq!(check.entries, 2);
    // Advancing again changes nothing.
    assert_eq!(bench.commerce.advance_order(order.id).await.unwrap(), OrderStatus::Fulfilled);
    assert_eq!(bench.sandbox.taken().await.unwrap(), (1, 3188));
});

both_engines!(what_is_confirmed_is_what_is_billed, |bench| async move {
    let buyer = bench.customer();
    let line = |plan: &str, mailboxes, domain: &str, interval| crate::carts::change::NewLine {
        plan_key: plan.to_owned(),
        interval,
        mailboxes,
        domain: domain.to_owned(),
        add_ons: Vec::new(),
    };
    let cart =
        bench.commerce.add_to_cart(None, line("business", 7, "one.example", Interval::Annual)).await.unwrap();
    bench
        .commerce
        .add_to_cart(Some(&cart), line("personal", 1, "two.example", Interval::Monthly))
        .await
        .unwrap();
    let quote = bench.commerce.quote_cart(&cart, bench.commerce.unknown_buyer()).await.unwrap();
    let request = || place::PlaceOrder {
        network: None,
        device: None,
        time_zone: Some("Asia/Tokyo".to_owned()),
        keep_card: false,
        ..buyer.order_of(cart.clone())
    };
    let order = bench.commerce.place_order(request()).await.unwrap();
    // The button pressed twice places one order, and nobody else gets it.
    assert_eq!(bench.commerce.place_order(request()).await.unwrap(), order);
    let other = bench.customer();
    let stolen = place::PlaceOrder { customer: other.customer, person: other.person, ..request() };
    assert!(matches!(bench.commerce.place_order(stolen).await, Err(CommerceError::NotFound("cart"))));

    // An unknown network is a missing fact: a person decides.
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::InReview);
    let status = bench.commerce.decide_order(order, bench.staff, Decision::Approve, None).await.unwrap();
    assert_eq!(status, OrderStatus::Fulfilled);
    let invoice = bench.commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    assert_eq!(invoice.total_minor, quote.totals().total_minor);
    let (_, lines) = bench.commerce.show_invoice(buyer.customer, invoice.id).await.unwrap();
    assert_eq!(lines.iter().map(|l| l.total).collect::<Vec<_>>(), quote.totals().lines);
    // Noon in UTC is the same day in Tokyo; the annual line runs to the same day of next year.
    assert_eq!(lines[0].period.end.to_string(), "2027-03-01");
    assert!(bench.commerce.show_invoice(other.customer, invoice.id).await.is_err());
});

both_engines!(a_held_order_serves_nothing_until_a_person_approves, |bench| async move {
    let mut buyer = bench.customer();
    buyer.applicant.email = "someone@mailinator.com".to_owned();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;

    // Before it is in review nobody may look.
    let early = bench.commerce.open_review_file(bench.staff, order).await;
    assert!(matches!(early, Err(CommerceError::Refused(Refusal::NotJustified(_)))), "{early:?}");

    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::InReview);
    assert!(bench.commerce.list_services(buyer.customer).await.unwrap().is_empty());
    assert!(bench.commerce.list_invoices(buyer.customer).await.unwrap().is_empty());
    assert_eq!(bench.sandbox.taken().await.unwrap(), (0, 0));
    let held = bench.commerce.list_orders_in_review().await.unwrap();
    assert_eq!(held.iter().map(|o| o.id).collect::<Vec<_>>(), [order]);

    let file = bench.commerce.open_review_file(bench.staff, order).await.unwrap();
    let codes: Vec<&str> = file.assessment.in_test().reasons.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(codes, ["disposable_domain", "first_order"]);
    assert_eq!((file.billing.in_test().name.as_str(), file.replays), ("Robin Sample", true));
    // Staff without a role are refused, and the applicant can read both in the ledger.
    let nobody = StaffId::new(&SystemClock);
    assert!(bench.commerce.open_review_file(nobody, order).await.is_err());

    let asked = bench
        .commerce
        .decide_order(order, bench.staff, Decision::AskForMore, Some("a scan".to_owned()))
        .await;
    assert_eq!(asked.unwrap(), OrderStatus::MoreAsked);
    let approved = bench.commerce.decide_order(order, bench.staff, Decision::Approve, None).await;
    assert_eq!(approved.unwrap(), OrderStatus::Fulfilled);
    assert_eq!(bench.commerce.list_services(buyer.customer).await.unwrap().len(), 1);
    assert_eq!(bench.commerce.show_order(buyer.customer, order).await.unwrap().decided_by, Some(bench.staff));
    // Decided is decided, and the fact that opened the file is gone.
    let again = bench.commerce.decide_order(order, bench.staff, Decision::Refuse, None).await;
    assert!(matches!(again, Err(CommerceError::Staff(_))), "{again:?}");
    assert!(bench.commerce.open_review_file(bench.staff, order).await.is_err());
});

both_engines!(those_who_take_an_order_on_at_once_all_see_where_it_stands, |bench| async move {
    for n in 0..8 {
        let mut buyer = bench.customer();
        buyer.network = Some(format!("10.{n}.0.1").parse().unwrap());
        let domain = format!("race{n}.example");
        let order = bench.order(&buyer, "business", Interval::Monthly, 5, &domain).await;
        let url = bench.commerce.start_payment(buyer.customer, order, "https://x.example").await.unwrap();
        bench.sandbox.choose(url.rsplit('/').next().unwrap(), Scenario::Approve).await.unwrap();
        // The payer comes back, the webhook arrives, and the job runs.
        let go_on = || {
            let commerce = bench.commerce.clone();
            tokio::spawn(async move { commerce.advance_order(order).await })
        };
        for seen in futures_util::future::join_all([go_on(), go_on(), go_on(), go_on()]).await {
            let seen = seen.unwrap();
            assert!(seen.is_ok(), "order {n}: {seen:?}");
        }
        let order = bench.commerce.find_order(order).await.unwrap();
        assert_eq!(order.status, OrderStatus::Fulfilled, "order {n}");
        assert_eq!(bench.commerce.list_invoices(buyer.customer).await.unwrap().len(), 1, "order {n}");
    }
});

both_engines!(a_question_reaches_the_applicant_and_the_answer_the_reviewer, |bench| async move {
    let mut buyer = bench.customer();
    buyer.applicant.email = "someone@mailinator.com".to_owned();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::InReview);
    let (commerce, staff) = (&bench.commerce, bench.staff);
    let unasked = commerce.decide_order(order, staff, Decision::AskForMore, Some(" ".to_owned())).await;
    assert!(matches!(unasked, Err(CommerceError::Invalid { field: "note", .. })), "{unasked:?}");
    let answer = async |text: &str| commerce.answer_question(buyer.customer, order, text.to_owned()).await;
    assert!(matches!(answer("too early").await, Err(CommerceError::State(_))));
    let question = Some("Who are you?".to_owned());
    commerce.decide_order(order, staff, Decision::AskForMore, question).await.unwrap();

    let (actor, fact) = (Actor::Person(buyer.person), Fact::OwnSession(SessionId::new(&SystemClock)));
    let read = async || {
        let open =
            commerce.open_questions::<purpose::Rights>(actor, fact, buyer.customer, order).await.unwrap();
        let text = |shown: Shown<String>| shown.in_test().clone();
        open.into_iter().map(|one| (text(one.question), one.answer.map(text))).collect::<Vec<_>>()
    };
    assert_eq!(read().await, [("Who are you?".to_owned(), None)]);
    assert!(matches!(answer("").await, Err(CommerceError::Invalid { field: "answer", .. })));
    let other = bench.customer();
    let foreign = commerce.answer_question(other.customer, order, "hm".to_owned()).await;
    assert!(matches!(foreign, Err(CommerceError::NotFound(_))), "{foreign:?}");
    answer("Robin.").await.unwrap();
    assert!(matches!(answer("Again.").await, Err(CommerceError::State(_))));
    assert_eq!(commerce.show_order(buyer.customer, order).await.unwrap().status, OrderStatus::InReview);
    assert_eq!(read().await, [("Who are you?".to_owned(), Some("Robin.".to_owned()))]);

    let (reviewer, fact) = (Actor::Staff(staff), Fact::OrderInReview(order));
    let open =
        async || commerce.open_questions::<purpose::Protect>(reviewer, fact, buyer.customer, order).await;
    assert_eq!(*open().await.unwrap()[0].answer.as_ref().unwrap(), "Robin.");
    commerce.decide_order(order, staff, Decision::Approve, None).await.unwrap();
    assert!(matches!(open().await, Err(CommerceError::Refused(_))), "the fact is gone");
});

both_engines!(a_refused_order_is_released_and_nothing_is_taken, |bench| async move {
    let mut buyer = bench.customer();
    buyer.applicant.email = "someone@yopmail.com".to_owned();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::WrongCode).await, OrderStatus::Refused);
    let (outcome, score, _) = bench.commerce.screening_outcome(order).await.unwrap().unwrap();
    assert_eq!((outcome, score), (Outcome::Refuse, 110));
    assert_eq!(bench.sandbox.taken().await.unwrap(), (0, 0));
    assert_eq!(
        attempts(&bench, &buyer).await,
        [("authorise", AttemptStatus::Succeeded), ("release", AttemptStatus::Succeeded)]
    );

    // By a person, the same.
    let mut buyer = bench.customer();
    buyer.applicant.email = "someone@no-mx.example".to_owned();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "other.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::InReview);
    let refused = bench.commerce.decide_order(order, bench.staff, Decision::Refuse, None).await.unwrap();
    assert_eq!(refused, OrderStatus::Refused);
    assert!(bench.commerce.list_services(buyer.customer).await.unwrap().is_empty());
});

both_engines!(a_look_up_that_fails_never_approves, |bench| async move {
    let mut buyer = bench.customer();
    buyer.applicant.email = "robin@broken.example".to_owned();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::InReview);
});

both_engines!(a_declined_card_can_be_followed_by_another, |bench| async move {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::DeclineHard).await, OrderStatus::Placed);
    assert_eq!(bench.pay(&buyer, order, Scenario::DeclineSoft).await, OrderStatus::Placed);
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
    assert_eq!(bench.sandbox.taken().await.unwrap(), (1, 3188));
    assert!(matches!(
        bench.commerce.start_payment(buyer.customer, order, "https://x.example").await,
        Err(CommerceError::State(_))
    ));
});

both_engines!(a_challenge_is_answered_on_the_processors_page, |bench| async move {
    let buyer = bench.customer();
    for (confirmed, expected) in [(false, OrderStatus::Placed), (true, OrderStatus::Fulfilled)] {
        let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
        let url = bench
            .commerce
            .start_payment(buyer.customer, order, "https://www.mailkeep.example/back")
            .await
            .unwrap();
        // The same page again, not a second attempt.
        assert_eq!(
            bench.commerce.start_payment(buyer.customer, order, "https://x.example").await.unwrap(),
            url
        );
        let token = url.rsplit('/').next().unwrap();
        bench.sandbox.choose(token, Scenario::Challenge).await.unwrap();
        assert_eq!(bench.commerce.advance_order(order).await.unwrap(), OrderStatus::Placed);
        bench.sandbox.answer_challenge(token, confirmed).await.unwrap();
        assert_eq!(bench.commerce.advance_order(order).await.unwrap(), expected);
    }
});

both_engines!(a_lost_answer_is_found_and_charged_once, |bench| async move {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::TimeoutAfterCharging).await, OrderStatus::Fulfilled);
    bench.commerce.advance_order(order).await.unwrap();
    assert_eq!(bench.sandbox.taken().await.unwrap(), (1, 3188));
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(a_delayed_answer_comes_by_webhook_in_any_order_and_number, |bench| async move {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::DelayedAnswer).await, OrderStatus::Placed);
    assert!(bench.sandbox.due_webhooks(false).await.unwrap().is_empty());
    bench.clock.advance(DELAY);
    // Three times, shuffled by reversing every other round; the job that a webhook leaves is run as the runner would.
    for round in 0..3 {
        let mut due = bench.sandbox.due_webhooks(true).await.unwrap();
        if round % 2 == 1 {
            due.reverse();
        }
        assert!(!due.is_empty());
        for delivery in due {
            bench.commerce.receive_webhook(&delivery.body, &delivery.signature).await.unwrap();
            bench.sandbox.mark_delivered(delivery.id).await.unwrap();
        }
        bench.commerce.reconcile_open_attempts().await.unwrap();
        bench.commerce.advance_order(order).await.unwrap();
    }
    assert_eq!(
        bench.commerce.show_order(buyer.customer, order).await.unwrap().status,
        OrderStatus::Fulfilled
    );
    assert_eq!(bench.sandbox.taken().await.unwrap(), (1, 3188));
    assert_eq!(bench.commerce.list_invoices(buyer.customer).await.unwrap().len(), 1);
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(orders_from_one_network_are_counted, |bench| async move {
    let mut statuses = Vec::new();
    for n in 0..5 {
        let mut buyer = bench.customer();
        buyer.network = Some(format!("192.0.2.{n}").parse().unwrap());
        let order = bench.order(&buyer, "personal", Interval::Monthly, 1, &format!("d{n}.example")).await;
        statuses.push(bench.pay(&buyer, order, Scenario::Approve).await);
    }
    assert_eq!(statuses[..3], [OrderStatus::Fulfilled; 3]);
    assert_eq!(statuses[3..], [OrderStatus::InReview; 2]);
    // A day later the network is quiet again.
    bench.days(2);
    let mut buyer = bench.customer();
    buyer.applicant.email = "robin@another.example".to_owned();
    let order = bench.order(&buyer, "personal", Interval::Monthly, 1, "later.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
});

both_engines!(every_personal_column_holds_ciphertext, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    let order = bench.commerce.list_orders(buyer.customer).await.unwrap().remove(0);
    let (id, customer) = (order.id, buyer.customer);
    let columns = bench
        .db
        .read(move |tx| -> Result<_, CommerceError> {
            let parts = store::sealed_parts(tx, id)?;
            let screening = store::screening(tx, id)?.expect("screened");
            let mut all = vec![parts.billing, parts.applicant, screening.facts, screening.assessment];
            all.extend(parts.network);
            all.extend(store::profile(tx, customer)?);
            Ok(all)
        })
        .await
        .unwrap();
    assert_eq!(columns.len(), 6);
    for column in columns {
        for plain in ["Robin", "robin", "Nowhere", "192.0.2", "company", "first_order"] {
            assert!(!column.windows(plain.len()).any(|w| w == plain.as_bytes()), "{plain} stands in plain");
        }
    }
});

/// A buyer whose card's bank knows another postal code: asked to show who they are.
async fn asked_to_verify(bench: &Bench) -> (Buyer, OrderId) {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    assert_eq!(bench.pay(&buyer, order, Scenario::WrongPostalCode).await, OrderStatus::Verifying);
    (buyer, order)
}

both_engines!(case_20_a_code_lets_an_order_on_and_wrong_ones_end_it, |bench| async move {
    let (buyer, order) = asked_to_verify(&bench).await;
    let commerce = &bench.commerce;
    assert!(commerce.list_services(buyer.customer).await.unwrap().is_empty());
    let state = commerce.verification_state(buyer.customer, order).await.unwrap();
    assert_eq!(
        (state.methods, state.waiting, state.tries_left),
        (vec![Method::Mail, Method::Phone], None, 10)
    );
    let give = async |code: &str| commerce.give_code(buyer.customer, order, code).await;
    assert!(matches!(give("12345678").await, Err(CommerceError::Invalid { field: "code", .. })));

    commerce.send_code(buyer.customer, order, Method::Phone).await.unwrap();
    let code = bench.phones.0.lock()["+12175550100"].clone();
    let wrong = if code == "12345678" { "87654321" } else { "12345678" };
    assert!(matches!(give(wrong).await, Err(CommerceError::Invalid { field: "code", .. })));
    // Another customer cannot give it.
    let other = bench.customer();
    assert!(commerce.give_code(other.customer, order, &code).await.is_err());
    // As it is read out: in groups.
    assert_eq!(give(&format!("{} {}", &code[..4], &code[4..])).await.unwrap(), OrderStatus::Fulfilled);
    assert!(matches!(give(&code).await, Err(CommerceError::State(_))));
    let (outcome, score, _) = commerce.screening_outcome(order).await.unwrap().unwrap();
    assert_eq!((outcome, score), (Outcome::Accept, 0));
    assert!(matches!(commerce.replay_screening(order).await.unwrap(), Replayed::Same { .. }));

    let (buyer, order) = asked_to_verify(&bench).await;
    bench.commerce.send_code(buyer.customer, order, Method::Mail).await.unwrap();
    for n in 1..=10 {
        let given = bench.commerce.give_code(buyer.customer, order, "wrong").await;
        match n {
            10 => assert_eq!(given.unwrap(), OrderStatus::Refused),
            _ => assert!(given.is_err()),
        }
    }
    assert_eq!(bench.sandbox.taken().await.unwrap().0, 1);
});

both_engines!(who_does_not_verify_in_time_is_refused_or_meets_a_person, |bench| async move {
    let (buyer, order) = asked_to_verify(&bench).await;
    let (patient, held) = asked_to_verify(&bench).await;
    bench.commerce.ask_for_a_person(patient.customer, held).await.unwrap();
    for _ in 0..5 {
        bench.commerce.send_code(buyer.customer, order, Method::Mail).await.unwrap();
    }
    let sixth = bench.commerce.send_code(buyer.customer, order, Method::Mail).await;
    assert!(matches!(sixth, Err(CommerceError::State(_))), "{sixth:?}");
    bench.days(13);
    bench.commerce.end_verifications().await.unwrap();
    assert_eq!(bench.commerce.find_order(order).await.unwrap().status, OrderStatus::Verifying);
    bench.days(2);
    bench.commerce.end_verifications().await.unwrap();
    assert_eq!(bench.commerce.advance_order(order).await.unwrap(), OrderStatus::Refused);
    assert_eq!(bench.commerce.find_order(held).await.unwrap().status, OrderStatus::InReview);
});

both_engines!(case_20_a_refused_person_appeals_and_a_colleague_looks_again, |bench| async move {
    let mut buyer = bench.customer();
    buyer.applicant.email = "someone@mailinator.com".to_owned();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    bench.pay(&buyer, order, Scenario::Approve).await;
    let commerce = &bench.commerce;
    let early = commerce.appeal(buyer.customer, order, "Why?".to_owned()).await;
    assert!(matches!(early, Err(CommerceError::State(_))), "{early:?}");
    commerce.decide_order(order, bench.staff, Decision::Refuse, None).await.unwrap();
    commerce.appeal(buyer.customer, order, "It is my only address.".to_owned()).await.unwrap();
    assert!(commerce.appeal(buyer.customer, order, "Again.".to_owned()).await.is_err());
    assert_eq!(commerce.list_orders_in_review().await.unwrap().len(), 1);

    // The reviewer reads it under the fact that it waits; the answer is a colleague's.
    let (actor, fact) = (Actor::Staff(bench.staff), Fact::OrderInReview(order));
    let read = async || commerce.open_appeals::<purpose::Protect>(actor, fact, buyer.customer, order).await;
    assert_eq!(read().await.unwrap()[0].appeal, "It is my only address.");
    let own = commerce.settle_appeal(order, bench.staff, true, "Yes.".to_owned()).await;
    assert!(matches!(own, Err(CommerceError::Staff(_))), "{own:?}");
    let colleague = StaffId::new(&SystemClock);
    commerce.settle_appeal(order, colleague, true, "Please pay again.".to_owned()).await.unwrap();
    assert!(commerce.settle_appeal(order, colleague, false, "No.".to_owned()).await.is_err());
    assert!(read().await.is_err(), "the fact is gone");
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
    assert_eq!(commerce.list_services(buyer.customer).await.unwrap().len(), 1);
});

both_engines!(a_block_takes_two_people_and_holds_until_it_ends, |bench| async move {
    let held = async |domain: &str| {
        let mut buyer = bench.customer();
        buyer.applicant.email = "someone@burner.example".to_owned();
        let order = bench.order(&buyer, "business", Interval::Monthly, 5, domain).await;
        let status = bench.pay(&buyer, order, Scenario::Approve).await;
        (order, status)
    };
    let (order, status) = held("one.example").await;
    assert_eq!(status, OrderStatus::InReview, "its mail goes where that of yopmail.com goes");
    let (commerce, staff, colleague) = (&bench.commerce, bench.staff, StaffId::new(&SystemClock));
    let kinds = vec![BlockKind::MailDomain, BlockKind::Card];
    commerce
        .propose_block(order, staff, kinds.clone(), BlockReason::CardTesting, Some("Seen before.".to_owned()))
        .await
        .unwrap();
    assert!(commerce.propose_block(order, colleague, kinds, BlockReason::Spam, None).await.is_err());
    assert!(commerce.decide_order(order, colleague, Decision::Approve, None).await.is_err());
    assert!(commerce.settle_block(order, staff, true).await.is_err(), "not by whoever proposed it");
    assert!(commerce.list_blocks().await.unwrap().is_empty());
    assert_eq!(commerce.settle_block(order, colleague, true).await.unwrap(), OrderStatus::Refused);
    let blocks = commerce.list_blocks().await.unwrap();
    assert_eq!(blocks.len(), 2, "{blocks:?}");
    assert!(blocks.iter().all(|block| block.reason == BlockReason::CardTesting && block.domain.is_none()));

    let (_, status) = held("two.example").await;
    assert_eq!(status, OrderStatus::Refused, "the mail domain is blocked");
    let domain = blocks.iter().find(|block| block.kind == BlockKind::MailDomain).unwrap().id;
    commerce.unblock(domain).await.unwrap();
    assert_eq!(held("three.example").await.1, OrderStatus::InReview);
    // By hand, and then it ends by itself.
    assert!(commerce.block_domain(staff, "gmail.com", BlockReason::Spam).await.is_err());
    commerce.block_domain(staff, "Burner.example", BlockReason::Spam).await.unwrap();
    bench.days(2);
    assert_eq!(held("four.example").await.1, OrderStatus::Refused);
    bench.days(400);
    assert_eq!(held("five.example").await.1, OrderStatus::InReview);
});

both_engines!(documents_are_seen_while_the_order_waits_and_go_after, |bench| async move {
    let mut buyer = bench.customer();
    buyer.applicant.email = "someone@mailinator.com".to_owned();
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, "company.example").await;
    bench.pay(&buyer, order, Scenario::Approve).await;
    let (commerce, staff) = (&bench.commerce, bench.staff);
    commerce
        .decide_order(order, staff, Decision::AskForMore, Some("An identity card?".to_owned()))
        .await
        .unwrap();
    let send = async |bytes: &[u8]| commerce.add_document(buyer.customer, order, bytes.to_vec()).await;
    assert!(matches!(send(b"MZ").await, Err(CommerceError::Invalid { field: "document", .. })));
    send(b"%PDF-1.7 an identity card").await.unwrap();
    let document = commerce.list_documents(order).await.unwrap().remove(0);
    let kept =
        bench.db.read(move |tx| held::store::document(tx, order, document.id)).await.unwrap().unwrap().1;
    assert!(!kept.windows(8).any(|part| part == b"identity"), "it is sealed");
    let (seen, media) = commerce.open_document(staff, order, document.id).await.unwrap();
    assert_eq!(
        (seen.in_test().as_slice(), media.as_str()),
        (b"%PDF-1.7 an identity card".as_slice(), "application/pdf")
    );
    commerce.decide_order(order, staff, Decision::Refuse, None).await.unwrap();
    assert!(commerce.open_document(staff, order, document.id).await.is_err(), "the fact is gone");
    bench.days(31);
    commerce.forget_refused().await.unwrap();
    assert!(commerce.list_documents(order).await.unwrap().is_empty());
    // Later the order itself forgets who placed it.
    assert!(
        commerce
            .open_billing_details(buyer.person, SessionId::new(&SystemClock), buyer.customer)
            .await
            .unwrap()
            .is_some()
    );
    bench.days(60);
    commerce.forget_refused().await.unwrap();
    let known =
        commerce.open_billing_details(buyer.person, SessionId::new(&SystemClock), buyer.customer).await;
    assert!(known.unwrap().is_none());
    assert!(matches!(
        commerce.appeal(buyer.customer, order, "Late.".to_owned()).await,
        Err(CommerceError::State(_))
    ));
    commerce.forget_refused().await.unwrap();
});

both_engines!(of_fifty_cards_on_one_network_three_are_served, |bench| async move {
    let mut served = 0;
    for n in 0..50 {
        let mut buyer = bench.customer();
        buyer.applicant.email = format!("person{n}@gmail.com");
        buyer.billing.name = format!("Person {n}");
        let order = bench.order(&buyer, "business", Interval::Monthly, 1, &format!("c{n}.example")).await;
        served += usize::from(bench.pay(&buyer, order, Scenario::Approve).await == OrderStatus::Fulfilled);
        bench.clock.advance(std::time::Duration::from_secs(60));
    }
    assert_eq!(served, 3);
    // Another network each, the same kind of device.
    let mut served = 0;
    for n in 0..50u8 {
        let mut buyer = bench.customer();
        buyer.applicant.email = format!("somebody{n}@gmail.com");
        buyer.billing.name = format!("Somebody {n}");
        buyer.network = Some(std::net::Ipv4Addr::new(198, 51, n, 7).into());
        buyer.device = Some("Browser/1.0".to_owned());
        let order = bench.order(&buyer, "business", Interval::Monthly, 1, &format!("d{n}.example")).await;
        served += usize::from(bench.pay(&buyer, order, Scenario::Approve).await == OrderStatus::Fulfilled);
    }
    assert_eq!(served, 3);

    // Every decision replays, and other weights are tried on them without changing anything.
    for order in bench.commerce.list_screened().await.unwrap() {
        assert!(matches!(bench.commerce.replay_screening(order).await.unwrap(), Replayed::Same { .. }));
    }
    let mut config = bench.commerce.config().screening.clone();
    let same = bench.commerce.backtest_screening(&config).await.unwrap();
    assert_eq!((same.shifts.len(), same.then.clone()), (0, same.now));
    config.weights.first_order = 60;
    let stricter = bench.commerce.backtest_screening(&config).await.unwrap();
    assert_eq!(stricter.shifts.len(), 6);
    assert!(
        stricter
            .shifts
            .iter()
            .all(|shift| shift.would_be.1 == Outcome::Review && shift.ended == Decided::Served)
    );
    config.verify_from = 0;
    assert!(matches!(bench.commerce.backtest_screening(&config).await, Err(CommerceError::Config(_))));
});
