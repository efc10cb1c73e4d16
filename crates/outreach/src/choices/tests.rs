use mailkeep_policy::outbound::Manner;

use super::{GPC, STOP_OFFERS};
use crate::testing::on_both_engines;

const FEEDBACK: &str = "feedback:email";

#[test]
fn only_what_differs_leaves_a_receipt() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        assert_eq!(house.comes(ada).await, [FEEDBACK], "before anything was chosen");
        assert_eq!(house.says(ada, &[("feedback", "email", true), ("blog", "email", false)]).await, 0);
        assert_eq!(house.says(ada, &[("newsletter", "email", true), ("feedback", "email", false)]).await, 2);
        assert_eq!(house.comes(ada).await, ["newsletter:email"]);
        let receipts = house.outreach.receipts(ada).await.unwrap();
        assert_eq!(receipts.len(), 2);
        assert!(receipts.iter().any(|row| row.wording.as_deref() == Some("newsletter by email")));
        let refused = house
            .outreach
            .choose(
                ada,
                vec![super::Wanted {
                    topic: "newsletter".to_owned(),
                    channel: mailkeep_policy::outbound::Channel::Post,
                    yes: true,
                    wording: String::new(),
                }],
                Manner::from("test"),
            )
            .await;
        assert!(refused.is_err(), "the newsletter does not come by post");
    });
}

#[test]
fn one_click_ends_offers_everywhere_and_can_be_taken_back() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        let yes = [
            ("newsletter", "email", true),
            ("special_offers", "email", true),
            ("special_offers", "telephone", true),
            ("new_services", "post", true),
        ];
        house.says(ada, &yes).await;
        house.says(ada, &[("new_services", "post", false)]).await;
        house.later(1);
        house.outreach.stop_offers(ada, None, Manner::default()).await.unwrap();
        assert_eq!(house.comes(ada).await, ["newsletter:email", FEEDBACK]);
        let receipts = house.outreach.receipts(ada).await.unwrap();
        assert_eq!(
            receipts.iter().filter(|row| row.source == STOP_OFFERS).count(),
            3,
            "one for each channel"
        );
        house.later(1);
        assert_eq!(house.outreach.undo_stop(ada, Manner::default()).await.unwrap(), 2);
        let again = ["newsletter:email", "special_offers:email", "special_offers:telephone", FEEDBACK];
        assert_eq!(house.comes(ada).await, again, "what had been declined before stays declined");
        assert_eq!(house.outreach.undo_stop(ada, Manner::default()).await.unwrap(), 0, "once");

        house.later(1);
        house.outreach.stop_topic(ada, "special_offers", None, Manner::default()).await.unwrap();
        house.outreach.stop_topic(ada, "special_offers", None, Manner::default()).await.unwrap();
        assert_eq!(house.comes(ada).await, ["newsletter:email", "special_offers:telephone", FEEDBACK]);
        house.later(3601);
        assert_eq!(house.outreach.undo_stop(ada, Manner::default()).await.unwrap(), 0, "after the hour");
    });
}

#[test]
fn a_browsers_signal_is_a_no_once() {
    on_both_engines(async |house| {
        let (person, ada) = house.person("Ada Example").await;
        house.says(ada, &[("special_offers", "post", true), ("newsletter", "email", true)]).await;
        house.later(1);
        assert!(house.outreach.honour_gpc(person.person, Manner::default()).await.unwrap());
        assert_eq!(house.comes(ada).await, ["newsletter:email", FEEDBACK]);
        house.says(ada, &[("special_offers", "post", true)]).await;
        assert!(!house.outreach.honour_gpc(person.person, Manner::default()).await.unwrap());
        // Another node, which remembers nothing.
        let (db, policy, identity) = (house.db.clone(), house.policy.clone(), house.identity.clone());
        let (status, announcements) = Default::default();
        let other = crate::Outreach::open(db, policy, identity, status, announcements);
        assert!(!other.honour_gpc(person.person, Manner::default()).await.unwrap());
        assert!(
            house.comes(ada).await.contains(&"special_offers:post".to_owned()),
            "what they said since counts"
        );
        let receipts = house.outreach.receipts(ada).await.unwrap();
        assert_eq!(receipts.iter().filter(|row| row.source == GPC).count(), 3);
    });
}
