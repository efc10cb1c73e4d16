use mailkeep_types::new_uuid;

use crate::carts::CartItem;
use crate::carts::change::NewLine;
use crate::catalogue::pricing::LineKind;
use crate::error::CommerceError;
use crate::orders::OrderStatus;
use crate::periods::Interval;
use crate::processor::sandbox::Scenario;
use crate::taxes::TaxParty;
use crate::testing::{Bench, both_engines};

async fn with_items(bench: &Bench) -> Bench {
    let items = [
        "key = \"migration\"\nname = \"Moving mail\"\nmeasure = \"piece\"\nprices = { USD = \"90.00\" }",
        "key = \"work\"\nname = \"Work\"\nmeasure = \"hour\"\nprices = { USD = \"120.00\" }",
    ];
    bench.reopened(|config| config.items = items.map(|item| toml::from_str(item).unwrap()).to_vec()).await
}

fn wanted(key: &str, quantity: u32) -> Vec<CartItem> {
    vec![CartItem { key: key.to_owned(), quantity }]
}

both_engines!(
    what_comes_once_is_quoted_ordered_and_billed_with_the_plan_and_never_again,
    |bench| async move {
        let bench = with_items(&bench).await;
        let (commerce, buyer) = (&bench.commerce, bench.customer());
        let line = NewLine {
            plan_key: "business".to_owned(),
            interval: Interval::Monthly,
            mailboxes: 5,
            domain: "company.example".to_owned(),
            add_ons: Vec::new(),
        };
        let cart = commerce.add_to_cart(None, line).await.unwrap();
        for (key, quantity) in [("nothing", 1), ("work", 1001)] {
            let refused = commerce.set_cart_item(&cart, key, quantity).await;
            assert!(matches!(refused, Err(CommerceError::Invalid { field: "item", .. })), "{refused:?}");
        }
        commerce.set_cart_item(&cart, "work", 7).await.unwrap();
        commerce.set_cart_item(&cart, "work", 2).await.unwrap();
        commerce.set_cart_item(&cart, "migration", 1).await.unwrap();
        commerce.set_cart_item(&cart, "migration", 0).await.unwrap();
        let quote = commerce.quote_cart(&cart, commerce.unknown_buyer()).await.unwrap();
        assert_eq!((quote.items.len(), quote.totals().net_minor), (1, 3000 + 24_000));
        let order = commerce.place_order(buyer.order_of(cart)).await.unwrap();
        assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
        let invoice = commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
        let (_, lines) = commerce.show_invoice(buyer.customer, invoice.id).await.unwrap();
        let kinds: Vec<_> = lines.iter().map(|line| (line.kind, line.total.net_minor)).collect();
        assert_eq!(kinds, [(LineKind::Mailboxes, 3000), (LineKind::Item, 24_000)]);
        assert_eq!(invoice.open_minor, 0);
        bench.days(31);
        commerce.run_billing().await.unwrap();
        assert_eq!(commerce.list_invoices(buyer.customer).await.unwrap()[0].net_minor, 3000, "once");
    }
);

both_engines!(extras_of_a_subscription_are_previewed_and_ordered_once, |bench| async move {
    let bench = with_items(&bench).await;
    let commerce = &bench.commerce;
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    let id = commerce.list_subscriptions(buyer.customer).await.unwrap()[0].id;
    let party = TaxParty { region: "IL", ..TaxParty::in_country("US") };
    let said = commerce.preview_extras(buyer.customer, id, wanted("migration", 2), party).await.unwrap();
    assert_eq!((said.totals.net_minor, said.totals.total_minor), (18_000, 19_125));
    let act = new_uuid(&*bench.clock);
    let other = commerce.order_extras(buyer.customer, id, wanted("migration", 2), act, 1).await;
    assert!(matches!(other, Err(CommerceError::Invalid { field: "total", .. })), "{other:?}");
    let order = || commerce.order_extras(buyer.customer, id, wanted("migration", 2), act, 19_125);
    let first = order().await.unwrap();
    assert_eq!(order().await.unwrap(), first, "pressed twice it is one");
    assert_eq!(commerce.list_invoices(buyer.customer).await.unwrap().len(), 2);
    commerce.collect_invoice(first).await.unwrap();
    assert_eq!(commerce.find_invoice(first).await.unwrap().open_minor, 0);
    for wrong in [wanted("nothing", 1), wanted("work", 0), wanted("work", 1001)] {
        let refused = commerce.preview_extras(buyer.customer, id, wrong, party).await;
        assert!(matches!(refused, Err(CommerceError::Invalid { field: "item", .. })), "{refused:?}");
    }
    let stranger = bench.customer();
    let refused = commerce.preview_extras(stranger.customer, id, wanted("work", 1), party).await;
    assert!(matches!(refused, Err(CommerceError::NotFound(_))), "{refused:?}");
    // It is no day of a period: a change of plan gives nothing of it back.
    let check = commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});
