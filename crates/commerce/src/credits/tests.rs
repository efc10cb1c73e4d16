use mailkeep_types::new_uuid;

use super::grant::Grant;
use super::{CreditKind, GrantReason};
use crate::error::CommerceError;
use crate::processor::sandbox::Scenario;
use crate::testing::both_engines;

both_engines!(credit_is_given_once_and_taken_back_as_far_as_it_is_there, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    let grant = |amount_minor, reason| Grant {
        id: new_uuid(&*bench.clock),
        customer: buyer.customer,
        amount_minor,
        reason,
    };
    let given = grant(1250, GrantReason::Outage);
    for _ in 0..2 {
        assert_eq!(bench.commerce.grant_credit(bench.staff, given).await.unwrap().minor, 1250, "once");
    }
    let more = bench.commerce.grant_credit(bench.staff, grant(-1251, GrantReason::GivenInError)).await;
    assert!(matches!(more, Err(CommerceError::Invalid { field: "amount", .. })), "{more:?}");
    bench.days(1);
    let back = grant(-250, GrantReason::GivenInError);
    assert_eq!(bench.commerce.grant_credit(bench.staff, back).await.unwrap().minor, 1000);
    let nothing = bench.commerce.grant_credit(bench.staff, grant(0, GrantReason::GoodWill)).await;
    assert!(matches!(nothing, Err(CommerceError::Invalid { field: "amount", .. })), "{nothing:?}");
    let moved = bench.commerce.list_account_credits(buyer.customer).await.unwrap();
    let kinds: Vec<_> = moved.iter().map(|one| (one.kind, one.amount.minor, one.reason)).collect();
    assert_eq!(
        kinds,
        [
            (CreditKind::TakenBack, -250, Some(GrantReason::GivenInError)),
            (CreditKind::Granted, 1250, Some(GrantReason::Outage)),
        ]
    );
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});
