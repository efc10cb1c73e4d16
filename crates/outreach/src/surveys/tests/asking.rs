use std::time::Duration;

use super::*;
use crate::OutreachError;
use crate::announcements::AnnouncementState;
use crate::surveys::{Standing, SurveyState};
use crate::testing::on_both_engines;

#[test]
fn what_is_asked_is_looked_at_and_stays_once_it_is_published() {
    on_both_engines(async |house| {
        let out = &house.outreach;
        let wrong = SurveyDraft { title: " ".to_owned(), ..draft(Mode::Named) };
        let refused = out.write_survey(writer(), None, wrong).await;
        assert!(matches!(refused, Err(OutreachError::Field { field: "title", .. })), "{refused:?}");
        let now = out.now();
        let wrong = SurveyDraft { opens_at: Some(now), closes_at: Some(now), ..draft(Mode::Named) };
        let refused = out.write_survey(writer(), None, wrong).await;
        assert!(matches!(refused, Err(OutreachError::Field { field: "closes_at", .. })), "{refused:?}");
        let id = out.write_survey(writer(), None, draft(Mode::Named)).await.unwrap();
        assert!(matches!(out.publish_survey(id).await, Err(OutreachError::State(_))), "asks nothing");
        let id = survey(&house, Mode::Named).await;
        let mut twice = question(Kind::One, "Which?");
        twice.options = vec!["a".to_owned(), "a".to_owned()];
        for (field, question) in [
            ("text", question(Kind::Nps, "")),
            ("text", question(Kind::Nps, "one\ntwo")),
            ("options", Question { options: vec!["a".to_owned()], ..question(Kind::One, "Which?") }),
            ("options", Question { options: vec!["a".to_owned()], ..question(Kind::Nps, "Which?") }),
            ("options", twice),
            ("after", after(question(Kind::Nps, "Later?"), 9, &[1])),
            ("after", after(question(Kind::Nps, "Later?"), 1, &[11])),
            ("after", after(question(Kind::Nps, "Later?"), 1, &[])),
            // A text has no values to depend on.
            ("after", after(question(Kind::Nps, "Later?"), 2, &[1])),
        ] {
            let refused = out.put_question(id, question.clone()).await;
            assert!(
                matches!(&refused, Err(OutreachError::Field { field: f, .. }) if *f == field),
                "{question:?}: {refused:?}"
            );
        }
        // The second depends on the first: they do not change places, and the first does not go.
        assert!(out.move_question(id, 2, true).await.is_err());
        assert!(out.remove_question(id, 1).await.is_err());
        let less = Question { id: 1, ..question(Kind::Csat, "Are you satisfied?") };
        assert!(out.put_question(id, less).await.is_err(), "0 is no answer any more");
        out.move_question(id, 3, true).await.unwrap();
        out.move_question(id, 3, true).await.unwrap();
        out.move_question(id, 3, true).await.unwrap();
        let ids = |survey: &crate::surveys::Survey| -> Vec<u32> {
            survey.questions.iter().map(|question| question.id).collect()
        };
        assert_eq!(ids(&out.survey(id).await.unwrap()), [3, 1, 2]);
        out.remove_question(id, 2).await.unwrap();
        assert_eq!(out.put_question(id, question(Kind::Text, "Anything else?")).await.unwrap(), 4);

        out.publish_survey(id).await.unwrap();
        assert!(out.put_question(id, question(Kind::Text, "And?")).await.is_err());
        assert!(out.write_survey(writer(), Some(id), draft(Mode::Anonymous)).await.is_err());
        out.withdraw_survey(id).await.unwrap();
        out.remove_question(id, 4).await.unwrap();
        out.publish_survey(id).await.unwrap();
        out.announce_survey(writer(), id, "").await.unwrap();
        assert!(out.withdraw_survey(id).await.is_err(), "an announcement leads to it");
    });
}

#[test]
fn it_is_sent_as_an_announcement_and_counts_as_the_one_question_in_a_quarter() {
    on_both_engines(async |house| {
        persons(&house, 2).await;
        let (_, ben) = house.person("Ben Example").await;
        house.says(ben, &[("feedback", "email", false)]).await;
        let first = survey(&house, Mode::Anonymous).await;
        let drafted = house.outreach.announce_survey(writer(), first, "").await;
        assert!(matches!(drafted, Err(OutreachError::State(_))), "{drafted:?}");
        let links = send(&house, first).await;
        assert_eq!(links.keys().collect::<Vec<_>>(), ["p0.example@example.com", "p1.example@example.com"]);
        let announced = house.outreach.survey(first).await.unwrap().announcement.unwrap();
        assert_eq!(house.outreach.announce_survey(writer(), first, "").await.unwrap(), announced);
        assert_eq!(house.outreach.survey_of(announced).await.unwrap(), Some(first));
        house.sent(TEMPLATE).await;
        let second = survey(&house, Mode::Named).await;
        assert!(send(&house, second).await.is_empty(), "asked lately");
        assert_eq!(house.outreach.survey(second).await.unwrap().invited, 0);
        house.later(90 * 86_400 + 1);
        let third = survey(&house, Mode::Named).await;
        assert_eq!(send(&house, third).await.len(), 2);
        // Other announcements of the topic have no link.
        assert_eq!(count(&house, "survey_invitations", third).await, 2);
    });
}

#[test]
fn it_opens_and_closes_at_its_times() {
    on_both_engines(async |house| {
        persons(&house, 1).await;
        let id = survey(&house, Mode::Anonymous).await;
        let now = house.outreach.now();
        let (opens, closes) = (now.plus(Duration::from_secs(3600)), now.plus(Duration::from_secs(7200)));
        let draft = SurveyDraft { opens_at: Some(opens), closes_at: Some(closes), ..draft(Mode::Anonymous) };
        house.outreach.write_survey(writer(), Some(id), draft).await.unwrap();
        let link = send(&house, id).await.into_values().next().unwrap();
        let answers = sheet(&[(1, value(9)), (3, value(2))]);
        let early = house.outreach.answer_survey(&link, answers.clone()).await;
        assert!(matches!(early, Err(OutreachError::State(_))), "{early:?}");
        assert_eq!(house.outreach.invited(&link).await.unwrap().standing, Standing::NotYet(Some(opens)));
        house.later(3600);
        house.outreach.close_due_survey(id).await.unwrap();
        house.outreach.answer_survey(&link, answers.clone()).await.unwrap();
        house.later(3600);
        let found = house.outreach.survey(id).await.unwrap();
        assert_eq!((found.state(house.outreach.now()), found.answered), (SurveyState::Closed, 0));
        // The job of the time takes what waited, once.
        for _ in 0..2 {
            house.outreach.close_due_survey(id).await.unwrap();
            let found = house.outreach.survey(id).await.unwrap();
            assert_eq!((found.answered, found.closed_at), (1, Some(closes)));
        }
        assert!(house.outreach.close_survey(id).await.is_err(), "it is closed");
    });
}

#[test]
fn closing_stops_what_is_still_sent() {
    on_both_engines(async |house| {
        persons(&house, 2).await;
        let id = survey(&house, Mode::Named).await;
        house.outreach.publish_survey(id).await.unwrap();
        let announcement = house.outreach.announce_survey(writer(), id, "").await.unwrap();
        house.outreach.begin_announcement(announcement).await.unwrap();
        house.outreach.close_survey(id).await.unwrap();
        house.outreach.send_announcement(announcement).await.unwrap();
        let found = house.outreach.announcement(announcement).await.unwrap();
        assert_eq!((found.state, found.queued), (AnnouncementState::Cancelled, 0));
    });
}
