use std::collections::BTreeSet;

use super::*;
use crate::error::CommerceError;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, both_engines};

/// The services that the mail side has to look at again.
async fn told(bench: &Bench) -> BTreeSet<mailkeep_types::ServiceId> {
    bench.commerce.services_behind().await.unwrap().into_iter().collect()
}

both_engines!(a_class_holds_for_everything_that_was_sold_under_it, |bench| async move {
    let one = bench.served(3, "larkspur.example", Scenario::Approve).await;
    let two = bench.served(2, "heron.example", Scenario::Approve).await;
    let staff = bench.staff;
    let services = async |customer| bench.commerce.list_services(customer).await.unwrap().remove(0);
    let (one, two) = (services(one.customer).await, services(two.customer).await);
    for service in [&one, &two] {
        bench.commerce.mark_provisioned(service.id, service.generation).await.unwrap();
    }
    assert!(told(&bench).await.is_empty());

    let (class, used) = bench.commerce.show_class("business").await.unwrap();
    assert_eq!((used.plans, used.services, used.mailboxes), (vec!["Business".to_owned()], 2, 5));
    let limits = ClassLimits { message_size_mb: 80, app_passwords_only: true, ..class.limits.clone() };
    bench.commerce.change_class(staff, &class, "Business", limits.clone()).await.unwrap();
    bench.commerce.announce_class("business").await.unwrap();
    assert_eq!(told(&bench).await, [one.id, two.id].into());
    assert_eq!(bench.commerce.desired_service(one.id).await.unwrap().limits, limits);

    // Who saw the class as it was before is told so, and nothing is changed.
    let late = bench.commerce.change_class(staff, &class, "Business", ClassLimits::default()).await;
    assert!(matches!(late, Err(CommerceError::Staff(_))), "{late:?}");
    let wrong = ClassLimits { message_size_mb: 0, ..ClassLimits::default() };
    let now = bench.commerce.show_class("business").await.unwrap().0;
    let refused = bench.commerce.change_class(staff, &now, "Business", wrong).await;
    assert!(matches!(refused, Err(CommerceError::Invalid { field: "message_size_mb", .. })), "{refused:?}");
    let said: Vec<_> = bench
        .commerce
        .class_history("business")
        .await
        .unwrap()
        .iter()
        .map(|c| (c.limits.message_size_mb, c.by))
        .collect();
    assert_eq!(said, [(80, Some(staff)), (50, None)]);

    // The configuration no longer changes what the console changed; it does change what is its own, and no plan gets
    // another version by it.
    let again = bench
        .reopened(|config| {
            config.classes[0].limits.message_size_mb = 30;
            config.classes[1].limits.message_size_mb = 99;
        })
        .await;
    let classes = again.commerce.list_classes().await.unwrap();
    assert_eq!(classes.iter().map(|class| class.limits.message_size_mb).collect::<Vec<_>>(), [30, 80, 100]);
    let plans = again.commerce.list_plans().await.unwrap();
    assert!(plans.iter().all(|plan| plan.version == 1));
    assert_eq!(plans[0].limits.message_size_mb, 30);
});

#[test]
fn mistakes_are_named_with_their_key() {
    let mut config = crate::CommerceConfig::example();
    config.classes[0].limits.most_quota_mb = Some(1);
    config.classes[1].limits.protocols.clear();
    config.classes[2].key = "business".to_owned();
    config.plans[0].limits = Some(ClassLimits::default());
    let keys: Vec<_> = config.check().into_iter().map(|problem| problem.key).collect();
    assert_eq!(
        keys,
        [
            "commerce.class.personal.limits.most_quota_mb",
            "commerce.class.business.limits.protocols",
            "commerce.class.business.key",
            "commerce.plan.personal.limits",
            "commerce.plan.enterprise.class",
        ]
    );
}
