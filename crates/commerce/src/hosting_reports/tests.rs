use mailkeep_types::MailboxId;
use uuid::Uuid;

use super::*;

fn report() -> Report {
    let row = |n, basis, new, closed| ReportRow {
        mailbox: MailboxId::from_uuid(Uuid::from_u128(n)),
        quota_bytes: 0,
        used_bytes: 22_000_000_000,
        basis,
        amount_minor: 600,
        new,
        closed,
    };
    let date = |text: &str| text.parse().unwrap();
    Report {
        subscription: SubscriptionId::from_uuid(Uuid::from_u128(9)),
        invoice_on: date("2026-04-01"),
        generated_on: date("2026-04-01"),
        counted_on: date("2026-03-28"),
        plan: "Business".to_owned(),
        interval: Interval::Monthly,
        next_billing: date("2026-05-01"),
        renewal: date("2026-05-01"),
        currency: Currency::USD,
        domains: vec![ReportDomain {
            name: "company.example".to_owned(),
            aliases: vec!["company.test".to_owned()],
            rows: vec![row(1, Basis::Use, true, false), row(2, Basis::Included, false, true)],
        }],
        lines: Vec::new(),
        net_minor: 1200,
    }
}

#[test]
fn the_table_has_a_row_for_each_mailbox_and_no_formula() {
    let report = report();
    let id = MailboxId::from_uuid(Uuid::from_u128(1)).to_string();
    let text = csv::named(&csv::table(&report), &id, "=SUM(A1),\"x\"@company.example");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    let first = "company.example,\"'=SUM(A1),\"\"x\"\"@company.example\",0,22000000000,use,yes,no,6.00,USD,2026-04-01";
    assert_eq!(lines[1], first);
    // An address that was not opened is the identifier.
    assert!(lines[2].contains("00000000-0000-0000-0000-000000000002,0,22000000000,included,no,yes,6.00"));
    assert_eq!(csv::cell("-12.50"), "-12.50", "a number stays one");
}

#[test]
fn what_is_stored_is_read_back() {
    let report = report();
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    assert_eq!((report.mailboxes(), report.domains[0].amount_minor()), (2, 1200));
}
