use super::OrderStatus;
use crate::periods::Interval;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};

/// A buyer who tries the business plan for thirty days, begun on 1 March.
async fn trying(bench: &Bench, domain: &str) -> Buyer {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Monthly, 3, domain).await;
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
    assert!(bench.commerce.list_invoices(buyer.customer).await.unwrap().is_empty());
    assert!(bench.commerce.list_services(buyer.customer).await.unwrap()[0].may_send());
    buyer
}

async fn nets(bench: &Bench, buyer: &Buyer) -> Vec<i64> {
    let mut invoices = bench.commerce.list_invoices(buyer.customer).await.unwrap();
    invoices.reverse();
    invoices.iter().map(|invoice| invoice.net_minor).collect()
}

both_engines!(
    case_16_cancelled_on_day_30_costs_nothing_and_from_day_31_what_is_paid_stays_paid,
    |bench| async move {
        let bench = bench.reopened(|config| config.plans[1].trial_days = 30).await;
        let (leaves, stays) = (trying(&bench, "leaves.example").await, trying(&bench, "stays.example").await);
        // Nothing is billed ahead, whatever the calendar says.
        bench.days(29);
        bench.commerce.run_billing().await.unwrap();
        assert!(nets(&bench, &leaves).await.is_empty() && nets(&bench, &stays).await.is_empty());
        // 30 March is day 30.
        let subscription = bench.commerce.list_subscriptions(leaves.customer).await.unwrap().remove(0);
        bench.commerce.cancel_subscription(leaves.customer, subscription.id).await.unwrap();
        for _ in 0..4 {
            bench.days(1);
            bench.commerce.run_billing().await.unwrap();
        }
        assert!(nets(&bench, &leaves).await.is_empty());
        // The last day of March as a part of the month, then April.
        assert_eq!(nets(&bench, &stays).await, [58, 1800]);

        // Cancelled from day 31 on it ends with what is paid for, and nothing comes back.
        let subscription = bench.commerce.list_subscriptions(stays.customer).await.unwrap().remove(0);
        bench.commerce.cancel_subscription(stays.customer, subscription.id).await.unwrap();
        bench.days(40);
        bench.commerce.run_billing().await.unwrap();
        assert_eq!(nets(&bench, &stays).await, [58, 1800]);
        let invoices = bench.commerce.list_invoices(stays.customer).await.unwrap();
        assert!(invoices.iter().all(|invoice| invoice.credited_minor == 0));
        let check = bench.commerce.check_journal().await.unwrap();
        assert!(check.holds(), "{check:?}");

        // Who was served before does not try again.
        let order = bench.order(&stays, "business", Interval::Monthly, 3, "again.example").await;
        assert_eq!(bench.commerce.show_order(stays.customer, order).await.unwrap().trial_days, 0);
    }
);
