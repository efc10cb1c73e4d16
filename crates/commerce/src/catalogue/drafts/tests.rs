use super::publish::ForExisting;
use crate::catalogue::config::PlanConfig;
use crate::catalogue::price_config::config_of;
use crate::error::CommerceError;
use crate::periods::Interval;
use crate::price_changes::NoticeMode;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, both_engines};

async fn dearer(bench: &Bench) -> PlanConfig {
    let mut plan = bench.commerce.plan_to_edit("business").await.unwrap();
    plan.prices.monthly = Some("7.00".to_owned());
    plan
}

both_engines!(a_draft_shows_whom_it_affects_before_it_is_published, |bench| async move {
    let commerce = &bench.commerce;
    bench.served(3, "one.example", Scenario::Approve).await;
    let buyer = bench.served(10, "two.example", Scenario::Approve).await;
    let plan = dearer(&bench).await;
    let impact = commerce.preview_plan(&plan).await.unwrap();
    assert_eq!((impact.subscriptions, impact.dearer, impact.cheaper), (2, 2, 0));
    let rows: Vec<_> = impact
        .rows
        .iter()
        .map(|row| (row.domains.join(""), row.mailboxes, row.old_minor, row.new_minor))
        .collect();
    // The largest difference first.
    assert_eq!(rows[0], ("two.example".to_owned(), 10, 6000, Some(7000)));
    assert_eq!(rows[1], ("one.example".to_owned(), 3, 1800, Some(2100)));
    assert_eq!(impact.monthly, [(mailkeep_types::Currency::USD, 7800, 9100)]);
    // Told on 1 March with thirty days, the April period begins on 1 April, after 31 March.
    assert_eq!(impact.rows[0].from.to_string(), "2026-04-01");

    // Nothing was changed by looking, nor by writing the draft.
    let before = commerce.list_plans().await.unwrap();
    let (_, problems) = commerce.write_plan_draft(bench.staff, plan.clone()).await.unwrap();
    assert_eq!(problems, []);
    assert_eq!(commerce.list_plans().await.unwrap(), before);
    assert_eq!(commerce.plan_to_edit("business").await.unwrap(), plan);
    commerce.publish_plan_draft(bench.staff, "business", ForExisting::Keep).await.unwrap();
    let history = commerce.plan_history("business").await.unwrap();
    let seen: Vec<_> = history.iter().map(|v| (v.plan.version, v.by, v.subscriptions)).collect();
    assert_eq!(seen, [(2, Some(bench.staff), 0), (1, None, 2)]);
    assert!(commerce.plan_draft("business").await.unwrap().is_none());
    // Who had the plan keeps it; the configuration no longer changes it.
    let again = bench.reopened(|config| config.plans[1].prices.monthly = Some("1.00".to_owned())).await;
    let plans = again.commerce.list_plans().await.unwrap();
    let offered = plans.iter().find(|plan| plan.key == "business").unwrap();
    assert_eq!((offered.version, offered.price(Interval::Monthly).unwrap().minor), (2, 700));
    let subscription = again.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
    assert_eq!(again.commerce.plan_version(subscription.plan_version).await.unwrap().version, 1);
});

both_engines!(a_draft_with_mistakes_or_over_another_version_is_not_published, |bench| async move {
    let commerce = &bench.commerce;
    let mut wrong = dearer(&bench).await;
    wrong.prices.annual = Some("six".to_owned());
    let (_, problems) = commerce.write_plan_draft(bench.staff, wrong).await.unwrap();
    assert_eq!(problems[0].key, "commerce.plan.business.prices.annual");
    let publish = || commerce.publish_plan_draft(bench.staff, "business", ForExisting::Keep);
    assert!(matches!(publish().await, Err(CommerceError::Staff(_))));
    commerce.discard_plan_draft("business").await.unwrap();
    assert!(matches!(publish().await, Err(CommerceError::NotFound("draft"))));

    // Another version comes into force while a draft is open.
    commerce.write_plan_draft(bench.staff, dearer(&bench).await).await.unwrap();
    let other = bench.reopened(|config| config.plans[1].prices.monthly = Some("9.00".to_owned())).await;
    let stale = other.commerce.publish_plan_draft(bench.staff, "business", ForExisting::Keep).await;
    assert!(matches!(stale, Err(CommerceError::Staff(_))), "{stale:?}");
});

both_engines!(a_plan_is_withdrawn_and_put_back_and_a_new_one_is_made, |bench| async move {
    let commerce = &bench.commerce;
    commerce.offer_plan("personal", false).await.unwrap();
    let keys = async || -> Vec<String> {
        commerce.list_plans().await.unwrap().into_iter().map(|plan| plan.key).collect()
    };
    assert_eq!(keys().await, ["business", "enterprise"]);
    // A start does not put it back.
    let again = bench.reopened(|_| {}).await;
    assert_eq!(again.commerce.list_plans().await.unwrap().len(), 2);
    commerce.offer_plan("personal", true).await.unwrap();
    let new = PlanConfig { key: "team".to_owned(), name: "Team".to_owned(), ..dearer(&bench).await };
    commerce.write_plan_draft(bench.staff, new).await.unwrap();
    commerce
        .publish_plan_draft(bench.staff, "team", ForExisting::Change(NoticeMode::DayAfter))
        .await
        .unwrap();
    assert_eq!(keys().await, ["personal", "business", "enterprise", "team"]);
});

both_engines!(what_is_written_out_is_what_was_read_in, |bench| async move {
    for (plan, config) in
        bench.commerce.list_plans().await.unwrap().iter().zip(&bench.commerce.config().plans)
    {
        assert_eq!(config_of(plan), *config);
    }
});
