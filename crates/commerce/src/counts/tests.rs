use mailkeep_types::{DomainName, ServiceId};
use uuid::Uuid;

use super::*;
use crate::ports::HeldMailbox;
use crate::testing::SetUsage;

fn held(mailboxes: Vec<HeldMailbox>) -> Vec<HeldDomain> {
    let name = |text: &str| DomainName::parse(text).unwrap();
    vec![HeldDomain { name: name("company.example"), aliases: vec![name("company.test")], mailboxes }]
}

fn count(mailboxes: Vec<HeldMailbox>, before: Option<&Count>) -> Count {
    let date: Date = "2026-03-28".parse().unwrap();
    let id = SubscriptionId::from_uuid(Uuid::from_u128(1));
    Count::of(id, "2026-04-01".parse().unwrap(), Stage::Final, date, held(mailboxes), before)
}

#[test]
fn what_was_not_there_before_is_new_and_the_first_count_marks_nothing() {
    let service = ServiceId::from_uuid(Uuid::from_u128(7));
    let first = count(vec![SetUsage::mailbox(service, 1)], None);
    assert!(first.mailboxes().all(|mailbox| !mailbox.new));
    let second = count(vec![SetUsage::mailbox(service, 1), SetUsage::mailbox(service, 2)], Some(&first));
    assert_eq!(second.mailboxes().map(|mailbox| mailbox.new).collect::<Vec<_>>(), [false, true]);
    // What is stored is read back as it was.
    let text = serde_json::to_string(&second.domains).unwrap();
    assert_eq!(serde_json::from_str::<Vec<CountedDomain>>(&text).unwrap(), second.domains);
}

#[test]
fn at_least_what_was_ordered_is_billed_and_closed_mailboxes_fill_the_order_too() {
    let service = ServiceId::from_uuid(Uuid::from_u128(7));
    let closed = HeldMailbox { closed: true, used_bytes: 3_000_000, ..SetUsage::mailbox(service, 3) };
    let counted = count(vec![SetUsage::mailbox(service, 1), closed], None);
    let had = counted.quantities(5, None);
    assert_eq!((had.open, had.closed, had.space_mb), (4, 1, 3));
    let had = counted.quantities(1, None);
    assert_eq!((had.open, had.closed), (1, 1));
}
