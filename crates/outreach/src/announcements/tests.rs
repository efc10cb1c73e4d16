use mailkeep_policy::Subject;
use mailkeep_policy::outbound::Manner;
use mailkeep_types::{AnnouncementId, DomainName, StaffId};
use uuid::Uuid;

use super::{AnnouncementState, Draft, Readers, TEST};
use crate::OutreachError;
use crate::returns::StopReason;
use crate::testing::{House, on_both_engines};

fn draft(topic: &str) -> Draft {
    Draft {
        topic: topic.to_owned(),
        language: "en".to_owned(),
        title: "Hello".to_owned(),
        body: "There *is* news.".to_owned(),
        ..Draft::default()
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
fn of_those_who_want_it_only_those_get_it_for_whom_it_is() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        let (_, ben) = house.person("Ben Example").await;
        for person in [ada, ben] {
            house.says(person, &[("newsletter", "email", true)]).await;
        }
        house
            .outreach
            .import_subscribers(["vera@visitor.example"], "newsletter", "en", "a list")
            .await
            .unwrap();
        house.outreach.register_plans(move |_, reader| {
            let has = reader == ada;
            Ok(if has { vec!["business".to_owned()] } else { Vec::new() })
        });
        let writer = StaffId::from_uuid(Uuid::nil());
        for (readers, count) in [
            (Readers::All, 3),
            (Readers::Customers, 1),
            (Readers::Others, 2),
            (Readers::Plan("business".to_owned()), 1),
            (Readers::Plan("archive".to_owned()), 0),
        ] {
            let draft = Draft { readers: readers.clone(), ..draft("newsletter") };
            let id = house.outreach.write_announcement(writer, None, draft).await.unwrap();
            let written = house.outreach.announcement(id).await.unwrap();
            assert_eq!(written.readers, readers);
            assert_eq!(house.outreach.count_readers(&written).await.unwrap(), count, "{readers:?}");
            if count > 0 {
                house.outreach.begin_announcement(id).await.unwrap();
                house.outreach.send_announcement(id).await.unwrap();
                let sent = house.outreach.announcement(id).await.unwrap();
                assert_eq!(
                    (sent.state, sent.queued),
                    (AnnouncementState::Sent, i64::try_from(count).unwrap())
                );
            }
        }
    });
}

#[test]
fn what_was_sent_stands_in_the_archive_where_its_writer_puts_it() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        house.says(ada, &[("newsletter", "email", true), ("product_updates", "email", true)]).await;
        let writer = StaffId::from_uuid(Uuid::nil());
        let outreach = &house.outreach;
        let listed = async |topic: &str, listed| {
            let draft = Draft { listed, ..draft(topic) };
            outreach.write_announcement(writer, None, draft).await
        };
        let refused = listed("feedback", true).await;
        assert!(matches!(refused, Err(OutreachError::Field { field: "listed", .. })), "{refused:?}");
        let hidden = listed("newsletter", false).await.unwrap();
        let news = listed("newsletter", true).await.unwrap();
        let update = listed("product_updates", true).await.unwrap();
        assert!(matches!(outreach.archived(news).await, Err(OutreachError::NotFound)), "nobody has it yet");
        let early = outreach.list_announcement(hidden, true).await;
        assert!(matches!(early, Err(OutreachError::State(_))), "{early:?}");
        for id in [hidden, news, update] {
            outreach.begin_announcement(id).await.unwrap();
            let (page, _) = outreach.archive(None, 0, 10).await.unwrap();
            assert!(page.iter().all(|found| found.id != id), "it is not sent yet");
            assert_eq!(outreach.archived(id).await.is_ok(), id != hidden, "letters lead there at once");
            outreach.send_announcement(id).await.unwrap();
            house.later(60);
        }
        let ids = async |topic, skip, limit| {
            let (page, total) = outreach.archive(topic, skip, limit).await.unwrap();
            (page.into_iter().map(|found| found.id).collect::<Vec<_>>(), total)
        };
        assert_eq!(ids(None, 0, 10).await, (vec![update, news], 2));
        assert_eq!(ids(None, 1, 1).await, (vec![news], 2));
        assert_eq!(ids(Some("newsletter"), 0, 10).await, (vec![news], 1));
        assert_eq!(outreach.archive_topics().await.unwrap(), ["newsletter", "product_updates"]);
        outreach.list_announcement(update, false).await.unwrap();
        outreach.list_announcement(hidden, true).await.unwrap();
        assert_eq!(ids(None, 0, 10).await, (vec![news, hidden], 2));
        assert!(matches!(outreach.archived(update).await, Err(OutreachError::NotFound)));
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

#[test]
fn what_is_scheduled_begins_at_its_time_and_not_before() {
    on_both_engines(async |house| {
        house.readers("newsletter", 0..2).await;
        let id = write(&house, "newsletter").await;
        let now = house.outreach.now();
        let at = now.plus(std::time::Duration::from_secs(3600));
        let over = house.outreach.schedule_announcement(id, now).await;
        assert!(matches!(over, Err(OutreachError::Field { field: "send_at", .. })), "{over:?}");
        house.outreach.schedule_announcement(id, at).await.unwrap();
        let writer = StaffId::from_uuid(Uuid::nil());
        let changed = house.outreach.write_announcement(writer, Some(id), draft("blog")).await;
        assert!(matches!(changed, Err(OutreachError::State(_))), "{changed:?}");
        // The job of a time that it had before comes too early.
        house.later(60);
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(state(&house, id).await, AnnouncementState::Scheduled);
        house.outreach.unschedule_announcement(id).await.unwrap();
        house.later(3600);
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(state(&house, id).await, AnnouncementState::Draft);
        let at = house.outreach.now().plus(std::time::Duration::from_secs(60));
        house.outreach.schedule_announcement(id, at).await.unwrap();
        house.later(60);
        house.outreach.send_announcement(id).await.unwrap();
        let done = house.outreach.announcement(id).await.unwrap();
        assert_eq!((done.state, done.queued, done.begun_at), (AnnouncementState::Sent, 2, Some(at)));
        assert!(house.outreach.unschedule_announcement(id).await.is_err(), "it went out");
    });
}

#[test]
fn somebody_else_looks_at_what_goes_to_many() {
    on_both_engines(async |house| {
        house.readers("newsletter", 0..5).await;
        let (writer, other) = (StaffId::from_uuid(Uuid::nil()), StaffId::from_uuid(Uuid::from_u128(2)));
        let id = write(&house, "newsletter").await;
        let later = house.outreach.now().plus(std::time::Duration::from_secs(60));
        assert!(matches!(house.outreach.begin_announcement(id).await, Err(OutreachError::State(_))));
        let scheduled = house.outreach.schedule_announcement(id, later).await;
        assert!(matches!(scheduled, Err(OutreachError::State(_))), "{scheduled:?}");
        house.outreach.ask_for_approval(id).await.unwrap();
        let seen = house.outreach.announcement(id).await.unwrap().changed_at;
        let own = house.outreach.approve_announcement(writer, id, seen).await;
        assert!(matches!(own, Err(OutreachError::State(_))), "{own:?}");
        // The words change while the other looks.
        house.later(1);
        house.outreach.write_announcement(writer, Some(id), draft("newsletter")).await.unwrap();
        let unseen = house.outreach.approve_announcement(other, id, seen).await;
        assert!(matches!(unseen, Err(OutreachError::State(_))), "{unseen:?}");
        house.approve(id).await;
        // A change wants it anew, and whoever made it is not somebody else.
        house.outreach.write_announcement(other, Some(id), draft("newsletter")).await.unwrap();
        assert!(house.outreach.begin_announcement(id).await.is_err());
        let seen = house.outreach.announcement(id).await.unwrap().changed_at;
        assert!(house.outreach.approve_announcement(other, id, seen).await.is_err());
        house.outreach.approve_announcement(writer, id, seen).await.unwrap();
        house.outreach.begin_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(house.sent("outreach/announcement_subscribed").await.len(), 5);
    });
}

#[test]
fn nobody_alone_writes_to_more_however_many_come_meanwhile() {
    on_both_engines(async |house| {
        house.readers("newsletter", 0..3).await;
        let id = write(&house, "newsletter").await;
        house.outreach.begin_announcement(id).await.unwrap();
        house.readers("newsletter", 3..6).await;
        for _ in 0..2 {
            house.outreach.send_announcement(id).await.unwrap();
            let found = house.outreach.announcement(id).await.unwrap();
            assert_eq!((found.state, found.queued), (AnnouncementState::Paused, 3));
            assert_eq!(found.stopped_because, Some(StopReason::Unapproved));
            house.outreach.resume_announcement(id).await.unwrap();
        }
        house.outreach.pause_announcement(id).await.unwrap();
        house.approve(id).await;
        house.outreach.resume_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        let done = house.outreach.announcement(id).await.unwrap();
        assert_eq!((done.state, done.queued), (AnnouncementState::Sent, 6));
    });
}

#[test]
fn a_test_goes_to_the_house_alone_and_counts_nowhere() {
    on_both_engines(async |house| {
        let staff = StaffId::from_uuid(Uuid::from_u128(7));
        house.policy.create_key(Subject::staff(staff)).await.unwrap();
        let domain = DomainName::parse("mailkeep.example").unwrap();
        let id = write(&house, "special_offers").await;
        let to = async |to: &str| house.outreach.try_announcement(staff, id, to, &domain, None).await;
        for elsewhere in ["ada.example@example.com", "ada@sub.mailkeep.example", "nobody"] {
            let refused = to(elsewhere).await;
            assert!(matches!(refused, Err(OutreachError::Field { field: "to", .. })), "{refused:?}");
        }
        to("wilma@mailkeep.example").await.unwrap();
        assert_eq!(house.sent(TEST).await, ["wilma@mailkeep.example"]);
        let found = house.outreach.announcement(id).await.unwrap();
        assert_eq!((found.state, found.queued), (AnnouncementState::Draft, 0));
    });
}

#[test]
fn every_other_reader_gets_the_other_subject_and_links_are_counted_by_it() {
    on_both_engines(async |house| {
        let lines: Vec<String> = (0..7).map(|number| format!("reader{number}@visitor.example")).collect();
        let lines = lines.iter().map(String::as_str);
        house.outreach.import_subscribers(lines, "newsletter", "en", "list of 3 March").await.unwrap();
        let writer = StaffId::from_uuid(Uuid::nil());
        let write = async |other: &str| {
            let draft =
                Draft { other_title: Some(other.to_owned()), counts_links: true, ..draft("newsletter") };
            house.outreach.write_announcement(writer, None, draft).await
        };
        for wrong in ["Hello ", "", "two\nlines"] {
            let refused = write(wrong).await;
            assert!(
                matches!(refused, Err(OutreachError::Field { field: "other_title", .. })),
                "{wrong:?} {refused:?}"
            );
        }
        let id = write("Good day").await.unwrap();
        let early = house.outreach.announcement_with_links(id).await;
        assert!(matches!(early, Err(OutreachError::NotFound)), "nobody has it yet: {early:?}");
        house.approve(id).await;
        house.outreach.begin_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        let done = house.outreach.announcement(id).await.unwrap();
        assert_eq!((done.queued, done.queued_other), (7, 3));
        assert_eq!((done.subject(false), done.subject(true)), ("Hello", "Good day"));
        for (link, other) in [(0, false), (1, true), (1, true)] {
            let sent = house.outreach.announcement_with_links(id).await.unwrap();
            house.outreach.note_click(&sent, link, other).await.unwrap();
        }
        let clicks: Vec<_> = house.outreach.clicks_of(id).await.unwrap();
        let clicks: Vec<_> = clicks.into_iter().map(|one| (one.link, one.other, one.clicks)).collect();
        assert_eq!(clicks, [(0, false, 1), (1, true, 2)]);

        let plain = self::write(&house, "newsletter").await;
        house.approve(plain).await;
        house.outreach.begin_announcement(plain).await.unwrap();
        house.outreach.send_announcement(plain).await.unwrap();
        let uncounted = house.outreach.announcement_with_links(plain).await;
        assert!(matches!(uncounted, Err(OutreachError::NotFound)), "{uncounted:?}");
    });
}
