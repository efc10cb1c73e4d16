use mailkeep_types::{PaymentAttemptId, StaffId, new_uuid};

use super::claim::NewClaim;
use super::decide::CoverClaim;
use super::{ClaimStatus, How, RefusedBecause};
use crate::error::CommerceError;
use crate::payments::AttemptKind;
use crate::processor::sandbox::Scenario;
use crate::testing::both_engines;

// Case 17: at most 50.00, only with no customer fault and a payment that was made here.
both_engines!(case_17_cover_of_a_misused_card_is_bounded_and_approved_by_another, |bench| async move {
    let buyer = bench.served(50, "company.example", Scenario::Approve).await;
    let payment = bench.commerce.list_payments(buyer.customer).await.unwrap();
    let payment = payment.iter().find(|attempt| attempt.kind == AttemptKind::Capture).unwrap().id;
    let claim = |amount_minor, customer_at_fault, payment| CoverClaim {
        payment,
        amount_minor,
        customer_at_fault,
        findings: "the bank leaves it to the customer".to_owned(),
    };
    let elsewhere = PaymentAttemptId::new(&*bench.clock);
    for refused in [claim(5001, false, payment), claim(1000, true, payment), claim(1000, false, elsewhere)] {
        let answer = bench.commerce.claim_cover(bench.staff, refused).await;
        assert!(matches!(answer, Err(CommerceError::Staff(_))), "{answer:?}");
    }
    let case = bench.commerce.claim_cover(bench.staff, claim(5000, false, payment)).await.unwrap();
    assert_eq!(bench.commerce.account_credit(buyer.customer).await.unwrap().minor, 0, "not approved yet");
    let second = bench.commerce.claim_cover(bench.staff, claim(5000, false, payment)).await;
    assert!(matches!(second, Err(CommerceError::Staff(_))), "one case for a payment: {second:?}");
    let own = bench.commerce.approve_cover(bench.staff, case).await;
    assert!(matches!(own, Err(CommerceError::Staff(_))), "{own:?}");
    let other = StaffId::new(&*bench.clock);
    assert_eq!(bench.commerce.approve_cover(other, case).await.unwrap().minor, 5000);
    assert!(bench.commerce.approve_cover(other, case).await.is_err(), "once");
    assert_eq!(bench.commerce.account_credit(buyer.customer).await.unwrap().minor, 5000);
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});

both_engines!(what_a_customer_tells_is_looked_at_by_one_and_decided_by_another, |bench| async move {
    let commerce = &bench.commerce;
    let buyer = bench.served(50, "company.example", Scenario::Approve).await;
    let payment = commerce.claimable_payments(buyer.customer).await.unwrap().remove(0);
    let new = |amount_minor, not_at_fault| NewClaim {
        id: new_uuid(&*bench.clock),
        payment: payment.id,
        amount_minor,
        how: How::Copied,
        reported_on: payment.local_day,
        not_at_fault,
    };
    let tell = |new| commerce.open_cover_claim(buyer.customer, buyer.person, new);
    for (wrong, field) in [
        (new(5001, true), "amount"),
        (new(5000, false), "not_at_fault"),
        (NewClaim { payment: PaymentAttemptId::new(&*bench.clock), ..new(5000, true) }, "payment"),
        (NewClaim { reported_on: "2027-01-01".parse().unwrap(), ..new(5000, true) }, "reported_on"),
    ] {
        match tell(wrong).await {
            Err(CommerceError::Invalid { field: got, .. }) => assert_eq!(got, field),
            other => panic!("{field}: {other:?}"),
        }
    }
    // Refused by the first who looks, the customer may tell again.
    let first = tell(new(5000, true)).await.unwrap();
    assert!(commerce.claimable_payments(buyer.customer).await.unwrap().is_empty());
    commerce.refuse_cover(bench.staff, first, RefusedBecause::BankPays).await.unwrap();
    assert!(commerce.refuse_cover(bench.staff, first, RefusedBecause::BankPays).await.is_err());

    let told = new(4000, true);
    let second = tell(told.clone()).await.unwrap();
    assert_eq!(tell(told).await.unwrap(), second, "sent twice it is one");
    assert!(commerce.grant_cover(bench.staff, second).await.is_err(), "nothing was found yet");
    let short = commerce.record_cover_findings(bench.staff, second, "ok".to_owned()).await;
    assert!(matches!(short, Err(CommerceError::Invalid { field: "findings", .. })), "{short:?}");
    let found = || "The bank confirms what it leaves.".to_owned();
    commerce.record_cover_findings(bench.staff, second, found()).await.unwrap();
    assert!(commerce.record_cover_findings(bench.staff, second, found()).await.is_err(), "once");
    let own = commerce.grant_cover(bench.staff, second).await;
    assert!(matches!(own, Err(CommerceError::Staff(_))), "{own:?}");
    let colleague = StaffId::new(&*bench.clock);
    assert_eq!(commerce.grant_cover(colleague, second).await.unwrap().minor, 4000);
    assert!(commerce.grant_cover(colleague, second).await.is_err());
    assert!(commerce.refuse_cover(colleague, second, RefusedBecause::AtFault).await.is_err());
    let claims = commerce.list_cover_claims_of(buyer.customer).await.unwrap();
    let states: Vec<ClaimStatus> = claims.iter().map(|claim| claim.status).collect();
    assert_eq!(states.len(), 2);
    assert!(states.contains(&ClaimStatus::Granted) && states.contains(&ClaimStatus::Refused));
    assert_eq!(commerce.account_credit(buyer.customer).await.unwrap().minor, 4000);

    // The second person may refuse what the first found; another payment's claim is not touched.
    let other = bench.served(50, "other.example", Scenario::Approve).await;
    let payment = commerce.claimable_payments(other.customer).await.unwrap().remove(0);
    let third = NewClaim { payment: payment.id, ..new(1000, true) };
    let third = commerce.open_cover_claim(other.customer, other.person, third).await.unwrap();
    commerce.record_cover_findings(bench.staff, third, found()).await.unwrap();
    commerce.refuse_cover(colleague, third, RefusedBecause::NotShown).await.unwrap();
    assert_eq!(commerce.account_credit(other.customer).await.unwrap().minor, 0);
    let told = "SELECT COUNT(*) FROM outbound_messages WHERE template LIKE 'commerce/cover_%'";
    let none = || mailkeep_storage::sql::params![];
    let told = commerce.read(move |tx| Ok(tx.query_one(told, none(), |row| row.get::<i64>(0))?));
    assert_eq!(told.await.unwrap(), 3);
    let check = commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});
