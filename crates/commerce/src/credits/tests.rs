use mailkeep_types::{PaymentAttemptId, StaffId};

use super::cover::CoverClaim;
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
