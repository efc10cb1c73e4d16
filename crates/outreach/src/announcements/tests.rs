use mailkeep_policy::outbound::Manner;
use mailkeep_types::{AnnouncementId, StaffId};
use uuid::Uuid;

use super::{AnnouncementState, Draft};
use crate::OutreachError;
use crate::testing::{House, on_both_engines};

fn draft(topic: &str) -> Draft {
    Draft {
        topic: topic.to_owned(),
        language: "en".to_owned(),
        title: "Hello".to_owned(),
        body: "There *is* news.".to_owned(),
    }
}

async fn write(house: &House, topic: &str) -> AnnouncementId {
    let writer = StaffId::from_uuid(Uuid::nil());
    house.outreach.write_announcement(writer, None, draft(topic)).await.unwrap()
}

async fn state(house: &House, id: AnnouncementId) -> AnnouncementState {
    house.outreach.announcement(id).await.unwrap().state
}

#[test]
fn who_chose_it_gets_it_once_and_nobody_else() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        let (_, ben) = house.person("Ben Example").await;
        let (_, cy) = house.person("Cy Example").await;
        for person in [ada, ben, cy] {
            house.says(person, &[("special_offers", "email", true), ("newsletter", "email", true)]).await;
        }
        house.later(1);
        house.outreach.stop_offers(ben, None, Manner::default()).await.unwrap();
        // The same address once more, as a subscriber.
        let lines = ["ada.example@example.com", "vera@visitor.example"];
        house.outreach.import_subscribers(lines, "special_offers", "en", "list of 3 March").await.unwrap();
        let id = write(&house, "special_offers").await;
        assert_eq!(house.outreach.count_audience("special_offers").await.unwrap(), 3);
        house.outreach.begin_announcement(id).await.unwrap();
        let again = house.outreach.begin_announcement(id).await;
        assert!(matches!(again, Err(OutreachError::State(_))), "{again:?}");
        // Declines while it waits.
        house.outreach.send_announcement(id).await.unwrap();
        house.later(1);
        house.outreach.stop_topic(cy, "special_offers", None, Manner::default()).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        let sent = house.sent("outreach/announcement_marketing").await;
        assert_eq!(sent, ["ada.example@example.com", "vera@visitor.example"]);
        let done = house.outreach.announcement(id).await.unwrap();
        assert_eq!((done.state, done.queued, done.considered), (AnnouncementState::Sent, 3, 5));
        let changed = house.outreach.write_announcement(done.written_by, Some(id), draft("blog")).await;
        assert!(matches!(changed, Err(OutreachError::State(_))), "what was sent is not changed");
    });
}

#[test]
fn a_question_goes_to_everybody_who_did_not_decline_once_in_a_quarter() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        let (_, ben) = house.person("Ben Example").await;
        house.says(ben, &[("feedback", "email", false)]).await;
        let ask = async || {
            let id = write(&house, "feedback").await;
            house.outreach.begin_announcement(id).await.unwrap();
            house.outreach.send_announcement(id).await.unwrap();
            house.sent("outreach/announcement_feedback").await
        };
        assert_eq!(house.outreach.count_audience("feedback").await.unwrap(), 1);
        assert_eq!(ask().await, ["ada.example@example.com"]);
        assert_eq!(house.outreach.count_audience("feedback").await.unwrap(), 0);
        assert_eq!(ask().await, Vec::<String>::new());
        house.later(90 * 86_400 + 1);
        assert_eq!(ask().await, ["ada.example@example.com"]);
        assert_eq!(house.comes(ada).await, ["feedback:email"]);
    });
}

#[test]
fn a_pause_holds_and_a_stop_is_for_good() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        house.says(ada, &[("newsletter", "email", true)]).await;
        let id = write(&house, "newsletter").await;
        assert!(house.outreach.pause_announcement(id).await.is_err(), "not being sent yet");
        house.outreach.begin_announcement(id).await.unwrap();
        house.outreach.pause_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(state(&house, id).await, AnnouncementState::Paused);
        assert_eq!(house.sent("outreach/announcement_subscribed").await, Vec::<String>::new());
        house.outreach.resume_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(house.sent("outreach/announcement_subscribed").await.len(), 1);

        let id = write(&house, "newsletter").await;
        house.outreach.begin_announcement(id).await.unwrap();
        house.outreach.cancel_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(state(&house, id).await, AnnouncementState::Cancelled);
        assert_eq!(house.sent("outreach/announcement_subscribed").await, Vec::<String>::new());
        assert!(house.outreach.resume_announcement(id).await.is_err());
        let id = write(&house, "newsletter").await;
        house.outreach.discard_announcement(id).await.unwrap();
        assert!(matches!(house.outreach.announcement(id).await, Err(OutreachError::NotFound)));
    });
}

#[test]
fn a_draft_is_looked_at_before_it_is_kept() {
    on_both_engines(async |house| {
        let writer = StaffId::from_uuid(Uuid::nil());
        for (field, draft) in [
            ("topic", Draft { topic: "nothing".to_owned(), ..draft("blog") }),
            ("title", Draft { title: " ".to_owned(), ..draft("blog") }),
            ("title", Draft { title: "a\nBcc: b@example.com".to_owned(), ..draft("blog") }),
            ("body", Draft { body: String::new(), ..draft("blog") }),
        ] {
            let refused = house.outreach.write_announcement(writer, None, draft).await;
            assert!(matches!(refused, Err(OutreachError::Field { field: f, .. }) if f == field), "{field}");
        }
    });
}
