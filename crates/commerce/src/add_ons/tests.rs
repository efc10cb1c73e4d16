//! Add-ons from the cart to the end: what is previewed is billed, what is granted takes effect and goes.

use jiff::civil::Date;
use mailkeep_types::{CustomerId, SubscriptionId};

use super::add::AddOnPreview;
use super::store;
use crate::carts::change::NewLine;
use crate::catalogue::pricing::LineKind;
use crate::changes::{AskedBy, When, Wish};
use crate::error::CommerceError;
use crate::invoices::{Invoice, InvoiceLine};
use crate::orders::OrderStatus;
use crate::periods::Interval;
use crate::periods::calendar::MonthCalendar;
use crate::processor::sandbox::Scenario;
use crate::taxes::TaxParty;
use crate::testing::{Bench, Buyer, both_engines};

const ARCHIVE: &str = "archive";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The bench with the days of the trade.
async fn trade(bench: &Bench) -> Bench {
    bench.reopened(|config| config.month = MonthCalendar::default()).await
}

async fn live(bench: &Bench, days: u64) {
    for _ in 0..days {
        bench.days(1);
        assert_eq!(bench.commerce.run_billing().await.unwrap().failed, 0);
    }
}

/// A customer with so many mailboxes of the business plan, and what was ordered besides.
async fn customer(
    bench: &Bench,
    interval: Interval,
    mailboxes: u32,
    add_ons: &[&str],
) -> (Buyer, SubscriptionId) {
    let buyer = bench.customer();
    let line = NewLine {
        plan_key: "business".to_owned(),
        interval,
        mailboxes,
        domain: format!("c{}.example", buyer.customer.uuid().simple()),
        add_ons: add_ons.iter().map(|key| (*key).to_owned()).collect(),
    };
    let cart = bench.commerce.add_to_cart(None, line).await.unwrap();
    let order = bench.commerce.place_order(buyer.order_of(cart)).await.unwrap();
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
    let subscription = bench.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
    hold(bench, buyer.customer, mailboxes).await;
    (buyer, subscription.id)
}

async fn hold(bench: &Bench, of: CustomerId, mailboxes: u32) {
    let service = bench.commerce.list_services(of).await.unwrap().remove(0);
    bench.usage.0.lock().insert(service.id, mailboxes);
}

async fn preview(bench: &Bench, of: CustomerId, id: SubscriptionId) -> Result<AddOnPreview, CommerceError> {
    let party = TaxParty { region: "IL", ..TaxParty::in_country("US") };
    bench.commerce.preview_add_on(of, id, ARCHIVE, party).await
}

/// Previews, adds what was previewed, and gives its net.
async fn add(bench: &Bench, of: CustomerId, id: SubscriptionId) -> i64 {
    let said = preview(bench, of, id).await.unwrap().now.totals;
    let confirmed = Some(said.total_minor);
    let added = bench.commerce.add_add_on(of, id, ARCHIVE, AskedBy::Customer, confirmed).await.unwrap();
    if let Some(invoice) = added.invoice {
        let (invoice, lines) = bench.commerce.show_invoice(of, invoice).await.unwrap();
        assert_eq!((invoice.net_minor, invoice.total_minor), (said.net_minor, said.total_minor));
        assert_eq!(lines.iter().map(|line| line.total).collect::<Vec<_>>(), said.lines);
    }
    assert_eq!(added.invoice.is_some(), said.total_minor != 0);
    said.net_minor
}

async fn newest(bench: &Bench, of: CustomerId) -> (Invoice, Vec<InvoiceLine>) {
    let id = bench.commerce.list_invoices(of).await.unwrap()[0].id;
    bench.commerce.show_invoice(of, id).await.unwrap()
}

fn nets(lines: &[InvoiceLine]) -> Vec<(LineKind, i64)> {
    lines.iter().map(|line| (line.kind, line.total.net_minor)).collect()
}

/// What the mail side is to grant, and whether it was told since.
async fn granted(bench: &Bench, of: CustomerId) -> (u32, Option<u16>, bool) {
    let service = bench.commerce.list_services(of).await.unwrap().remove(0);
    let desired = bench.commerce.desired_service(service.id).await.unwrap();
    bench.commerce.mark_provisioned(service.id, service.generation).await.unwrap();
    (desired.more_quota_mb, desired.limits.undelete_days, !service.is_provisioned())
}

both_engines!(ordered_with_a_plan_it_is_billed_granted_and_billed_again, |bench| async move {
    let bench = trade(&bench).await;
    let personal = NewLine {
        plan_key: "personal".to_owned(),
        interval: Interval::Monthly,
        mailboxes: 1,
        domain: "company.example".to_owned(),
        add_ons: vec![ARCHIVE.to_owned()],
    };
    for (line, said) in [
        (personal.clone(), "Personal is not sold with"),
        (
            NewLine {
                plan_key: "business".to_owned(),
                add_ons: vec![ARCHIVE.to_owned(), ARCHIVE.to_owned()],
                ..personal
            },
            "once",
        ),
    ] {
        match bench.commerce.add_to_cart(None, line).await {
            Err(CommerceError::Invalid { field: "add_ons", message }) => assert!(message.contains(said)),
            other => panic!("{said}: {other:?}"),
        }
    }
    let (buyer, id) = customer(&bench, Interval::Monthly, 5, &[ARCHIVE]).await;
    let of = buyer.customer;
    let (_, lines) = newest(&bench, of).await;
    assert_eq!(nets(&lines), [(LineKind::Mailboxes, 3000), (LineKind::AddOn, 3000)]);
    assert_eq!(granted(&bench, of).await, (7000, Some(365), true));
    let held = bench.commerce.list_add_ons(of).await.unwrap();
    assert_eq!((held[0].name.as_str(), held[0].since, held[0].until), ("Archive", date("2026-03-01"), None));
    assert!(preview(&bench, of, id).await.unwrap_err().to_string().contains("already"));
    // A mailbox that is added brings its archive along, one that goes takes it.
    hold(&bench, of, 7).await;
    live(&bench, 31).await;
    let (_, lines) = newest(&bench, of).await;
    assert_eq!(nets(&lines), [(LineKind::Mailboxes, 4200), (LineKind::AddOn, 4200)]);
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(added_at_once_and_removed_with_the_end_of_the_term, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, id) = customer(&bench, Interval::Monthly, 5, &[]).await;
    let of = buyer.customer;
    assert_eq!(granted(&bench, of).await, (0, None, true));
    live(&bench, 10).await;
    // 11 March, 21 of 31 days: 30.00 − 9.68.
    let said = preview(&bench, of, id).await.unwrap();
    assert_eq!((said.mailboxes, said.now.totals.net_minor), (5, 2032));
    assert_eq!((said.later.unwrap().totals.net_minor, said.next_billing), (3000, date("2026-04-01")));
    let other = bench.commerce.add_add_on(of, id, ARCHIVE, AskedBy::Customer, Some(1)).await;
    assert!(matches!(other, Err(CommerceError::Invalid { field: "total", .. })), "{other:?}");
    assert_eq!(add(&bench, of, id).await, 2032);
    assert!(bench.commerce.add_add_on(of, id, ARCHIVE, AskedBy::Customer, None).await.is_err());
    assert_eq!(granted(&bench, of).await, (7000, Some(365), true));
    live(&bench, 21).await;
    let (_, lines) = newest(&bench, of).await;
    assert_eq!(nets(&lines), [(LineKind::Mailboxes, 3000), (LineKind::AddOn, 3000)]);
    // Removed with the term; taken back; removed again.
    let commerce = &bench.commerce;
    for _ in 0..2 {
        let until = commerce.remove_add_on(of, id, ARCHIVE, AskedBy::Customer).await.unwrap();
        assert_eq!(until, date("2026-05-01"));
        let again = commerce.remove_add_on(of, id, ARCHIVE, AskedBy::Customer).await.unwrap();
        assert_eq!(again, until, "asked for twice");
        let held = commerce.list_add_ons(of).await.unwrap();
        assert_eq!((held[0].until, held[0].can_keep), (Some(until), true));
        assert!(preview(&bench, of, id).await.unwrap_err().to_string().contains("2026-05-01"));
        commerce.keep_add_on(of, id, ARCHIVE).await.unwrap();
        assert_eq!(commerce.list_add_ons(of).await.unwrap()[0].until, None);
    }
    commerce.remove_add_on(of, id, ARCHIVE, AskedBy::Customer).await.unwrap();
    live(&bench, 29).await;
    assert_eq!(granted(&bench, of).await.0, 7000, "until its last day");
    live(&bench, 1).await;
    assert_eq!(granted(&bench, of).await, (0, None, true));
    assert_eq!(nets(&newest(&bench, of).await.1), [(LineKind::Mailboxes, 3000)]);
    assert!(commerce.list_add_ons(of).await.unwrap().is_empty());
    assert!(matches!(commerce.keep_add_on(of, id, ARCHIVE).await, Err(CommerceError::NotFound(_))));
    // Whoever wants it again has it again.
    assert_eq!(add(&bench, of, id).await, 3000);
    let stranger = bench.customer().customer;
    assert!(matches!(preview(&bench, stranger, id).await, Err(CommerceError::NotFound(_))));
    assert!(commerce.check_journal().await.unwrap().holds());
});

both_engines!(a_year_is_prorated_to_its_renewal_and_later_mailboxes_bring_theirs, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, id) = customer(&bench, Interval::Annual, 4, &[]).await;
    let of = buyer.customer;
    live(&bench, 92).await;
    // 1 June, 273 of 365 days of 4 × 60.00.
    assert_eq!(add(&bench, of, id).await, 24_000 - 6049);
    hold(&bench, of, 6).await;
    live(&bench, 30).await;
    // 1 July, 243 of 365 days of two mailboxes and their archives.
    let (_, lines) = newest(&bench, of).await;
    assert_eq!(nets(&lines), [(LineKind::Mailboxes, 7989), (LineKind::AddOn, 7989)]);
    bench.commerce.remove_add_on(of, id, ARCHIVE, AskedBy::Customer).await.unwrap();
    live(&bench, 244).await;
    let (_, lines) = newest(&bench, of).await;
    assert_eq!(nets(&lines), [(LineKind::Mailboxes, 36_000)]);
});

both_engines!(what_is_billed_ahead_is_paid_for_to_its_end, |bench| async move {
    let bench = trade(&bench).await;
    bench.days(14);
    let (buyer, id) = customer(&bench, Interval::Annual, 2, &[]).await;
    let of = buyer.customer;
    // The year from 15 March 2027 is invoiced on the first of its month.
    live(&bench, 360).await;
    let subscription = bench.commerce.show_subscription(of, id).await.unwrap();
    assert_eq!(subscription.next_on, date("2028-03-15"));
    // 10 March 2027: 5 of 365 days of the year that ends, and the whole one after it.
    assert_eq!(add(&bench, of, id).await, 12_000 - 11_836 + 12_000);
});

both_engines!(another_plan_takes_along_what_it_sells_and_ends_the_rest, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, id) = customer(&bench, Interval::Monthly, 5, &[ARCHIVE]).await;
    let of = buyer.customer;
    live(&bench, 10).await;
    let wish = |plan: &str, mailboxes, when| Wish {
        plan_key: plan.to_owned(),
        interval: Interval::Monthly,
        mailboxes,
        when,
    };
    let party = TaxParty { region: "IL", ..TaxParty::in_country("US") };
    let change = async |wish: Wish| {
        let commerce = &bench.commerce;
        let said = commerce.preview_change(of, id, wish.clone(), AskedBy::Customer, party).await.unwrap();
        let total = said.now.as_ref().map(|now| now.totals.total_minor);
        commerce.change_subscription(of, id, wish, AskedBy::Customer, total).await.unwrap();
        said
    };
    // Three mailboxes more, with their archives: what is unused comes back, and all is charged anew.
    let said = change(wish("business", 8, When::Now)).await;
    let (_, lines) = newest(&bench, of).await;
    let (credit, charge) = (LineKind::Unused, 3252);
    let expected =
        [(credit, -2032), (credit, -2032), (LineKind::Mailboxes, charge), (LineKind::AddOn, charge)];
    assert_eq!(nets(&lines), expected);
    assert_eq!(said.later.totals.net_minor, 9600);
    assert_eq!(bench.commerce.list_add_ons(of).await.unwrap().len(), 1);
    // A plan without it: it ends today, and what is unused of it comes back.
    let said = change(wish("enterprise", 12, When::Now)).await;
    assert_eq!(said.ends, ["Archive"]);
    let (_, lines) = newest(&bench, of).await;
    assert_eq!(nets(&lines), [(credit, -3252), (credit, -3252), (LineKind::Mailboxes, 8942)]);
    assert!(bench.commerce.list_add_ons(of).await.unwrap().is_empty());
    assert_eq!(granted(&bench, of).await.1, None);
    live(&bench, 22).await;
    assert_eq!(nets(&newest(&bench, of).await.1), [(LineKind::Mailboxes, 13_200)]);

    // One that waits for the next billing ends it there.
    let (buyer, id) = customer(&bench, Interval::Monthly, 5, &[ARCHIVE]).await;
    let commerce = &bench.commerce;
    let later = wish("enterprise", 5, When::NextBilling);
    commerce.change_subscription(buyer.customer, id, later, AskedBy::Customer, None).await.unwrap();
    live(&bench, 29).await;
    let (_, lines) = newest(&bench, buyer.customer).await;
    assert_eq!(nets(&lines)[0].0, LineKind::Mailboxes);
    assert_eq!(lines.len(), 1, "{lines:?}");
    let had = bench.db.read(move |tx| store::of_subscription(tx, id)).await.unwrap();
    assert_eq!(had[0].until, Some(lines[0].period.start));
    live(&bench, 4).await;
    assert_eq!(granted(&bench, buyer.customer).await.1, None);
});

both_engines!(nothing_is_billed_while_the_first_days_cost_nothing, |bench| async move {
    let bench = trade(&bench).await;
    let bench = bench.reopened(|config| config.plans.iter_mut().for_each(|plan| plan.trial_days = 30)).await;
    let (buyer, id) = customer(&bench, Interval::Monthly, 2, &[]).await;
    let of = buyer.customer;
    live(&bench, 5).await;
    assert_eq!(add(&bench, of, id).await, 0);
    assert_eq!(granted(&bench, of).await.1, Some(365));
    assert!(bench.commerce.list_invoices(of).await.unwrap().is_empty());
    live(&bench, 25).await;
    let (_, lines) = newest(&bench, of).await;
    assert!(lines.iter().any(|line| line.kind == LineKind::AddOn), "{lines:?}");
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(a_price_that_is_to_come_is_said_with_it, |bench| async move {
    let bench = trade(&bench).await;
    let (_, with) = customer(&bench, Interval::Monthly, 5, &[ARCHIVE]).await;
    bench.days(8);
    customer(&bench, Interval::Monthly, 5, &[]).await;
    let mut plan = bench.commerce.config().plans.iter().find(|plan| plan.key == "business").unwrap().clone();
    plan.add_ons[0].prices.monthly = Some("7.00".to_owned());
    let impact = bench.commerce.preview_plan(&plan).await.unwrap();
    assert_eq!((impact.subscriptions, impact.dearer), (2, 1), "whoever has none pays what they paid");
    let row = impact.rows.iter().find(|row| row.subscription == with).unwrap();
    assert_eq!((row.old_minor, row.new_minor), (6000, Some(6500)));
});
