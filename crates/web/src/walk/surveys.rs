//! What the walk finds of surveys: one that is published, with a question in own words.

use std::collections::HashMap;

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
}
