use mailkeep_identity::testing::waiting_mails;
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::Manner;

use super::{Asked, CONFIRM, Imported};
use crate::OutreachError;
use crate::testing::{House, on_both_engines};

fn asked(email: &str, topics: &[&str]) -> Asked {
    Asked {
        email: email.to_owned(),
        topics: topics.iter().map(|topic| (*topic).to_owned()).collect(),
        language: "en".to_owned(),
    }
}

async fn token(house: &House) -> String {
    waiting_mails(&house.identity, CONFIRM).await.pop().unwrap().token().to_owned()
}

async fn confirm(house: &House, token: &str) -> Result<Subject, OutreachError> {
    let wording = |topic: &str| format!("{topic}, please");
    let done = house.outreach.confirm_subscription(token, wording, Manner::default()).await;
    done.map(Subject::subscriber)
}

#[test]
fn nothing_comes_before_the_link_was_followed() {
    on_both_engines(async |house| {
        let email = "vera@visitor.example";
        house.outreach.ask_to_subscribe(asked(email, &["newsletter", "blog"]), None).await.unwrap();
        // The same again at once is one message.
        house.outreach.ask_to_subscribe(asked(email, &["newsletter"]), None).await.unwrap();
        let mails = waiting_mails(&house.identity, CONFIRM).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to.to_string(), email);
        let token = mails[0].token().to_owned();
        assert!(matches!(confirm(&house, "another").await, Err(OutreachError::LinkInvalid)));
        let vera = confirm(&house, &token).await.unwrap();
        assert_eq!(house.comes(vera).await, ["newsletter:email", "blog:email", "feedback:email"]);
        house.later(1);
        house.outreach.stop_topic(vera, "blog", None, Manner::default()).await.unwrap();
        // An old link brings nothing back.
        assert_eq!(confirm(&house, &token).await.unwrap(), vera);
        assert_eq!(house.comes(vera).await, ["newsletter:email", "feedback:email"]);
    });
}

#[test]
fn what_is_over_is_forgotten_and_what_was_declined_is_not() {
    on_both_engines(async |house| {
        house.outreach.ask_to_subscribe(asked("una@visitor.example", &["blog"]), None).await.unwrap();
        house.outreach.ask_to_subscribe(asked("vera@visitor.example", &["blog"]), None).await.unwrap();
        let mails = waiting_mails(&house.identity, CONFIRM).await;
        let of_vera = mails.iter().find(|mail| mail.to.to_string().starts_with("vera")).unwrap();
        let vera = confirm(&house, of_vera.token()).await.unwrap();
        assert_eq!(house.outreach.sweep_subscribers().await.unwrap(), 0);
        house.later(8 * 86_400);
        assert_eq!(house.outreach.sweep_subscribers().await.unwrap(), 1, "nobody confirmed the first");
        house.outreach.stop_topic(vera, "blog", None, Manner::default()).await.unwrap();
        assert_eq!(house.outreach.sweep_subscribers().await.unwrap(), 1);
        let lines = ["vera@visitor.example", "una@visitor.example", "no address"];
        let done = house.outreach.import_subscribers(lines, "blog", "en", "list of 3 March").await.unwrap();
        assert_eq!(done, Imported { subscribed: 1, declined: 1, unreadable: 1 });
        let anything = house.outreach.import_subscribers(lines, "newsletter", "en", "").await;
        assert!(matches!(anything, Err(OutreachError::Field { field: "proof", .. })));
    });
}

#[test]
fn a_network_cannot_ask_for_ever() {
    on_both_engines(async |house| {
        for number in 0..20 {
            let email = format!("v{number}@visitor.example");
            house.outreach.ask_to_subscribe(asked(&email, &["blog"]), Some("192.0.2.7")).await.unwrap();
        }
        let ask = async |network| {
            house.outreach.ask_to_subscribe(asked("w@visitor.example", &["blog"]), Some(network)).await
        };
        assert!(matches!(ask("192.0.2.7").await, Err(OutreachError::TooMany)));
        ask("192.0.2.8").await.unwrap();
        house.later(3600);
        ask("192.0.2.7").await.unwrap();
    });
}

#[test]
fn a_form_that_says_nothing_is_refused() {
    on_both_engines(async |house| {
        for (email, topics, field) in [
            ("ada@", &["blog"] as &[&str], "email"),
            ("ada@example.com", &[], "topics"),
            ("ada@example.com", &["feedback"], "topics"),
            ("ada@example.com", &["no such"], "topics"),
        ] {
            let refused = house.outreach.ask_to_subscribe(asked(email, topics), None).await;
            assert!(
                matches!(refused, Err(OutreachError::Field { field: f, .. }) if f == field),
                "{email} {topics:?}"
            );
        }
        house.outreach.ask_to_subscribe(asked("ada@example.com", &["blog", "no such"]), None).await.unwrap();
        assert!(!token(&house).await.is_empty());
    });
}
