//! What the walk finds of surveys and contests: one of each that is published, the survey with a question in own words.

use std::collections::HashMap;

use mailkeep_outreach::contests::{ContestDraft, Eligibility};
use mailkeep_outreach::surveys::{Kind, Mode, Question, SurveyDraft};
use mailkeep_types::StaffId;

use super::world::Builder;

impl Builder {
    pub(super) async fn survey(&self, writer: StaffId) -> HashMap<&'static str, String> {
        let outreach = &self.state.outreach;
        let draft = SurveyDraft {
            mode: Mode::Named,
            language: "en".to_owned(),
            title: "How did we do?".to_owned(),
            introduction: String::new(),
            opens_at: None,
            closes_at: None,
        };
        let survey = outreach.write_survey(writer, None, draft).await.unwrap();
        let question = Question {
            id: 0,
            kind: Kind::Text,
            text: "What shall we build next?".to_owned(),
            required: false,
            options: Vec::new(),
            shown_if: None,
        };
        let question = outreach.put_question(survey, question).await.unwrap();
        outreach.publish_survey(survey).await.unwrap();
        HashMap::from([("survey", survey.to_string()), ("question", question.to_string())])
    }

    pub(super) async fn contest(&self, writer: StaffId) -> HashMap<&'static str, String> {
        let (outreach, now) = (&self.state.outreach, self.state.clock.now());
        // Both customers' worlds are in one database, and an address is one contest's.
        let slug = format!("mail-{}", outreach.list_contests().await.unwrap().len());
        let draft = ContestDraft {
            slug: slug.clone(),
            language: "en".to_owned(),
            title: "Win a year of mail".to_owned(),
            introduction: "One of you gets a year of mail.".to_owned(),
            rules: "One entry for each of you.".to_owned(),
            eligibility: Eligibility::Customers,
            minimum_age: 18,
            places: 1,
            opens_at: now,
            closes_at: now.plus(std::time::Duration::from_secs(86_400)),
        };
        let contest = outreach.write_contest(writer, None, draft).await.unwrap();
        outreach.publish_contest(contest).await.unwrap();
        HashMap::from([("contest", contest.to_string()), ("contest_slug", slug)])
    }
}
