//! Rates of the console: what is refused, which one counts, and that previews and bills agree.

use mailkeep_types::{StaffId, new_uuid};

use super::*;
use crate::taxes::TaxParty;
use crate::testing::both_engines;

fn typed(country: &str, percent: &str) -> NewRate {
    NewRate {
        country: country.to_owned(),
        name: "VAT".to_owned(),
        percent: percent.to_owned(),
        ..NewRate::default()
    }
}

both_engines!(a_rate_of_the_console_is_on_the_next_bill_and_not_on_the_last_one, |bench| async move {
    let bench = bench.reopened(|config| config.tax = TaxConfig::default()).await;
    let (commerce, staff) = (&bench.commerce, StaffId::new(&*bench.clock));
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", crate::periods::Interval::Monthly, 2, "one.example").await;
    bench.pay(&buyer, order, crate::processor::sandbox::Scenario::Approve).await;
    let untaxed = commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    assert_eq!(untaxed.tax_minor, 0);

    let new = typed("us", "8.25");
    let said = commerce.preview_tax_rate(&new).await.unwrap();
    assert_eq!(said.len(), 1);
    assert_eq!((said[0].customers, said[0].net.minor), (1, untaxed.net_minor));
    assert!(commerce.list_tax_rates().await.unwrap().is_empty(), "a preview makes nothing");
    let id = commerce.make_tax_rate(staff, &new).await.unwrap();
    let quote = |party: &'static str| async move {
        let to = crate::carts::QuotedTo { party: TaxParty::in_country(party), customer: None };
        let plan = ("business".to_owned(), crate::periods::Interval::Monthly, 2);
        commerce.quote_plan("", &plan.0, plan.1, plan.2, Vec::new(), to).await.unwrap().priced.totals
    };
    assert!(quote("US").await.tax_minor > 0);
    assert_eq!(quote("FR").await.tax_minor, 0);
    bench.days(31);
    commerce.run_billing().await.unwrap();
    let invoices = commerce.list_invoices(buyer.customer).await.unwrap();
    let taxed = invoices.iter().find(|invoice| invoice.id != untaxed.id).unwrap();
    assert_eq!(taxed.tax_minor, (taxed.net_minor * 825 + 5_000) / 10_000);
    let kept = invoices.iter().find(|invoice| invoice.id == untaxed.id).unwrap();
    assert_eq!(kept.tax_minor, 0);

    commerce.end_tax_rate(staff, id).await.unwrap();
    assert!(quote("US").await.tax_minor > 0, "it holds until the end of the day");
    bench.days(1);
    assert_eq!(quote("US").await.tax_minor, 0);
    assert!(matches!(commerce.end_tax_rate(staff, id).await, Err(CommerceError::NotFound(_))));
    assert!(matches!(
        commerce.end_tax_rate(staff, new_uuid(&*bench.clock)).await,
        Err(CommerceError::NotFound(_))
    ));
});

both_engines!(of_two_rates_the_newer_one_counts_and_one_of_a_state_before_its_country, |bench| async move {
    let (commerce, staff) = (&bench.commerce, StaffId::new(&*bench.clock));
    for (country, region, percent) in [("DE", "", "19"), ("DE", "", "20"), ("US", "NY", "4"), ("US", "", "1")]
    {
        let new = NewRate { region: region.to_owned(), ..typed(country, percent) };
        commerce.make_tax_rate(staff, &new).await.unwrap();
        bench.clock.advance(std::time::Duration::from_millis(5));
    }
    let config = commerce.config().tax.clone();
    let rules = commerce.read(move |tx| rules(tx, &config)).await.unwrap();
    let today = commerce.today();
    let rate = |party| rules.find(party, STANDARD, today).rate;
    let new_york = TaxParty { region: "NY", ..TaxParty::in_country("US") };
    assert_eq!(rate(TaxParty::in_country("DE")), TaxRate(2000));
    assert_eq!((rate(new_york), rate(TaxParty::in_country("US"))), (TaxRate(400), TaxRate(100)));
});

#[test]
fn what_does_not_fit_is_refused_with_its_field() {
    let today = "2026-03-10".parse().unwrap();
    let field = |new: NewRate| match read(&new, today) {
        Err(CommerceError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(typed("XX", "1")), "country");
    assert_eq!(field(NewRate { region: "Bavaria".to_owned(), ..typed("DE", "1") }), "region");
    assert_eq!(field(NewRate { class: "E Books".to_owned(), ..typed("DE", "1") }), "class");
    assert_eq!(field(NewRate { name: " ".to_owned(), ..typed("DE", "1") }), "name");
    assert_eq!(field(typed("DE", "19,5")), "percent");
    assert_eq!(field(typed("DE", "100.01")), "percent");
    assert_eq!(field(NewRate { from: "2026-03-09".to_owned(), ..typed("DE", "19") }), "from");
    let ends = NewRate { from: "2026-04-01".to_owned(), last: "2026-03-31".to_owned(), ..typed("DE", "19") };
    assert_eq!(field(ends), "last");
    assert_eq!(field(NewRate { inclusive: "maybe".to_owned(), ..typed("DE", "19") }), "inclusive");
    let (rate, number) =
        read(&NewRate { last: "2026-03-10".to_owned(), ..typed("de", "7.5") }, today).unwrap();
    assert_eq!(
        (rate.from.as_str(), rate.until.as_deref(), number),
        ("2026-03-10", Some("2026-03-11"), TaxRate(750))
    );
    assert_eq!(rate.percent, "7.50");
}
