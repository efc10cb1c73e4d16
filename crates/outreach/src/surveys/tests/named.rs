use mailkeep_identity::StaffRole;
use mailkeep_identity::testing::create_staff;
use mailkeep_policy::ledger::list_for_subject;
use mailkeep_policy::records::export;
use mailkeep_policy::{Act, Actor, Fact, PolicyError, Refusal, Use, purpose};

use super::*;
use crate::OutreachError;
use crate::testing::on_both_engines;

#[test]
fn answers_belong_to_whoever_gave_them() {
    on_both_engines(async |house| {
        let (ada, subject) = house.person("Ada Example").await;
        let (_, ben) = house.person("Ben Example").await;
        let id = survey(&house, Mode::Named).await;
        let links = send(&house, id).await;
        let answers = [(1, value(3)), (2, text("The marker of Ada")), (3, Given::Values(vec![3, 1, 3]))];
        house.outreach.answer_survey(&links["ada.example@example.com"], sheet(&answers)).await.unwrap();
        let answers = [(1, value(10)), (2, text("never asked")), (3, value(2))];
        house.outreach.answer_survey(&links["ben.example@example.com"], sheet(&answers)).await.unwrap();
        let again = house.outreach.answer_survey(&links["ada.example@example.com"], sheet(&answers)).await;
        assert!(matches!(again, Err(OutreachError::State(_))), "{again:?}");
        // Counts show at once; nothing of them is withheld.
        let found = house.outreach.survey_results(id).await.unwrap();
        assert_eq!((found.survey.answered, found.questions[1].answered), (2, 1));
        assert!(found.questions.iter().all(|one| !one.withheld));

        let writer = create_staff(&house.identity, "wilma", &[StaffRole::Writer]).await.staff;
        let (read, total) = house.outreach.named_answers(writer, id, 0, 20).await.unwrap();
        assert_eq!(total, 2);
        let of = |number: Option<_>| read.iter().find(|one| one.registration_id == number).unwrap();
        let words: Vec<String> =
            of(Some(ada.registration_id)).answers.in_test().iter().map(|one| one.answer.clone()).collect();
        assert_eq!(words, ["3 / 10", "The marker of Ada", "Webmail; A phone"]);
        let other = read.iter().find(|one| one.registration_id != Some(ada.registration_id)).unwrap();
        assert_eq!(other.answers.in_test().len(), 2, "what was not asked is not kept");

        // Others are refused, and what is not an answer justifies nothing.
        for role in [StaffRole::Support, StaffRole::Operator] {
            let staff = create_staff(&house.identity, role.word(), &[role]).await.staff;
            let refused = house.outreach.named_answers(staff, id, 0, 20).await;
            let refused = matches!(refused, Err(OutreachError::Policy(PolicyError::Refused(_))));
            assert!(refused, "{role:?}");
        }
        let asked = Use {
            actor: Actor::Staff(writer),
            subject,
            act: Act::Read,
            fields: &["survey_answers.answers"],
            fact: Fact::SurveyAnswered(id.uuid()),
        };
        let refused = house.policy.grant::<purpose::Feedback>(asked).await;
        assert!(matches!(refused, Err(Refusal::NotJustified(_))), "{refused:?}");

        // Ada finds it in her record and in the copy of her data.
        let session = ada.access.person().unwrap().session;
        let (actor, fact) = (Actor::Person(ada.person), Fact::OwnSession(session));
        let asked = Use { actor, subject, act: Act::Read, fields: &["ledger_entries.payload"], fact };
        let grant = house.policy.grant::<purpose::Audit>(asked).await.unwrap();
        let record = list_for_subject(&house.policy, &grant, None, 50).await.unwrap();
        let read = record.entries.iter().filter(|entry| entry.fact == "survey_answered");
        assert!(read.count() >= 1);
        let copy =
            serde_json::to_string(&export(&house.policy, actor, fact, subject).await.unwrap()).unwrap();
        assert!(copy.contains("survey_answers") && !copy.contains("marker of Ben"), "{copy}");

        // Who is erased is read by nobody; the counts name nobody and stay.
        house.policy.erase(ben).await.unwrap();
        let (read, _) = house.outreach.named_answers(writer, id, 0, 20).await.unwrap();
        assert_eq!(
            read.iter().map(|one| one.registration_id).collect::<Vec<_>>(),
            [Some(ada.registration_id)]
        );
        assert_eq!(house.outreach.survey(id).await.unwrap().answered, 2);
    });
}

#[test]
fn what_was_answered_is_sealed_and_goes_after_its_term() {
    on_both_engines(async |house| {
        house.person("Ada Example").await;
        let id = survey(&house, Mode::Named).await;
        let link = send(&house, id).await.into_values().next().unwrap();
        let answers = [(1, value(3)), (2, text("The marker of Ada")), (3, value(1))];
        house.outreach.answer_survey(&link, sheet(&answers)).await.unwrap();
        let found = house.db.read(move |tx| crate::surveys::store::answers(tx, id, 0, 5)).await.unwrap();
        assert!(!String::from_utf8_lossy(&found[0].answers).contains("marker"));
        assert_eq!(count(&house, "survey_texts", id).await, 0, "no text stands outside the sealed answer");
        house.later(729 * 86_400);
        mailkeep_policy::retention::run(&house.policy).await.unwrap();
        assert_eq!(count(&house, "survey_answers", id).await, 1);
        house.later(2 * 86_400);
        mailkeep_policy::retention::run(&house.policy).await.unwrap();
        assert_eq!(count(&house, "survey_answers", id).await, 0);
    });
}

#[test]
fn an_anonymous_survey_names_nobody() {
    on_both_engines(async |house| {
        let id = survey(&house, Mode::Anonymous).await;
        let writer = create_staff(&house.identity, "wilma", &[StaffRole::Writer]).await.staff;
        let refused = house.outreach.named_answers(writer, id, 0, 20).await;
        assert!(matches!(refused, Err(OutreachError::NotFound)));
    });
}
