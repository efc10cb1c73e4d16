use std::time::Duration;

use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{Clock as _, ManualClock, PersonId, StaffId};

use super::{Band, report};
use crate::break_glass::{self, Cause};
use crate::disclosures::{self, Document, Ground, OpenDisclosure};
use crate::subject::Subject;
use crate::vocabulary::{Act, CategoryId};
use crate::{requests, testing};

const DAY: Duration = Duration::from_secs(86_400);

both_engines!(each_half_year_counts_what_happened_in_it, |db: Database| async move {
    let clock = ManualClock::at("2026-06-20");
    let policy = testing::policy_at(&db, clock.clone()).await;
    let (first, second) = (StaffId::new(&*clock), StaffId::new(&*clock));
    let subject = Subject::person(PersonId::new(&*clock));
    policy.create_key(subject).await.unwrap();
    let order = OpenDisclosure {
        subject,
        ground: Ground::LegalProcess,
        document: Document { bytes: b"The court orders".to_vec(), media_type: "text/plain".to_owned() },
        recipient: "District Court of Example".to_owned(),
        scope: vec![CategoryId::Identity],
        period_from: None,
        period_until: None,
        organisation: None,
        sealed_until: None,
        opened_by: first,
    };
    assert!(disclosures::open(&policy, OpenDisclosure { scope: vec![], ..order.clone() }).await.is_err());
    let open = disclosures::open(&policy, order.clone()).await.unwrap();
    disclosures::agree(&policy, open, second).await.unwrap();
    let sealed = OpenDisclosure { sealed_until: Some(clock.now().plus(DAY * 60)), ..order.clone() };
    let sealed = disclosures::open(&policy, sealed).await.unwrap();
    disclosures::agree(&policy, sealed, second).await.unwrap();
    let refused = disclosures::open(&policy, order).await.unwrap();
    disclosures::refuse(&policy, refused, second).await.unwrap();
    let reason = "The account seems to be used by a stranger; I must reach its owner.";
    break_glass::open(&policy, first, subject, Cause::AccountAtRisk, reason).await.unwrap();
    requests::record(&policy, subject, Act::Export, "rosalind", "letter 7").await.unwrap();

    let early = report(&policy).await.unwrap();
    assert_eq!(early.halves.len(), 1, "{early:?}");
    let half = &early.halves[0];
    assert_eq!((half.year, half.half, half.running), (2026, 1, true));
    assert_eq!((half.grounds[0].disclosed, half.grounds[0].refused), (1, 2), "{half:?}");
    assert_eq!(half.sealed, Band { from: 0, to: Some(9) });
    assert_eq!((half.break_glass.opened, half.break_glass.unseen), (1, 0));
    assert_eq!((half.requests[0].kind.as_str(), half.requests[0].received), ("export", 1));

    clock.advance(DAY * 61);
    assert_eq!(disclosures::reveal_due(&policy).await.unwrap(), 1);
    let late = report(&policy).await.unwrap();
    assert_eq!(late.halves.len(), 2);
    assert_eq!((late.halves[0].half, late.halves[0].grounds[0].disclosed), (2, 0));
    let half = &late.halves[1];
    assert_eq!(half.grounds[0].disclosed, 2, "once revealed it is counted where it was made");
    assert!(!half.running);
    assert_eq!(half.break_glass.unseen, 1);
});

#[test]
fn bands_hide_small_numbers() {
    assert_eq!(Band::of(0), Band::of(9));
    assert_ne!(Band::of(9), Band::of(10));
    assert_eq!(Band::of(1000).to, None);
}
