//! What the walk finds of what staff write to many: one of each, published where it can be, the survey with a question in own words.

use std::collections::HashMap;

use mailkeep_outreach::announcements::Draft;
use mailkeep_outreach::contests::{ContestDraft, Eligibility};
use mailkeep_outreach::incidents::Report;
use mailkeep_outreach::posts::PostDraft;
use mailkeep_outreach::surveys::{Kind, Mode, Question, SurveyDraft};
use mailkeep_types::{CustomerId, StaffId};

use super::world::Builder;

impl Builder {
    pub(super) async fn written(
        &self,
        customer: CustomerId,
        writer: StaffId,
    ) -> HashMap<&'static str, String> {
        let state = &self.state;
        let draft = Draft {
            topic: "newsletter".to_owned(),
            language: "en".to_owned(),
            title: "Hello".to_owned(),
            body: "There is news.".to_owned(),
            ..Draft::default()
        };
        let announcement = state.outreach.write_announcement(writer, None, draft).await.unwrap();
        let mut things = HashMap::from([("announcement", announcement.to_string())]);
        // Both customers' worlds are in one database, and an address is one post's.
        let post_slug = format!("hello-{customer}");
        let draft = PostDraft {
            slug: post_slug.clone(),
            language: "en".to_owned(),
            title: "Hello".to_owned(),
            summary: "There is news.".to_owned(),
            body: "There is *news*.".to_owned(),
            author: "Rosalind F.".to_owned(),
            tags: Vec::new(),
        };
        let post = state.outreach.write_post(writer, None, draft).await.unwrap();
        state.outreach.publish_post(post, None).await.unwrap();
        things.extend([("post", post.to_string()), ("post_slug", post_slug)]);
        things.extend(self.survey(writer).await);
        things.extend(self.contest(writer).await);
        let report = Report {
            title: "No mail comes in".to_owned(),
            text: "We look into it.".to_owned(),
            components: vec!["receiving".to_owned()],
            began_at: state.clock.now(),
        };
        let incident = state.outreach.report_outage(writer, report).await.unwrap();
        things.insert("incident", incident.to_string());
        things
    }

    async fn survey(&self, writer: StaffId) -> HashMap<&'static str, String> {
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

    async fn contest(&self, writer: StaffId) -> HashMap<&'static str, String> {
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
