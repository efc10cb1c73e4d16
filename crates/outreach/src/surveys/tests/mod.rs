mod anonymous;
mod asking;
mod flow;
mod named;

use std::collections::BTreeMap;

use mailkeep_types::{StaffId, SurveyId};
use uuid::Uuid;

use super::{Condition, Given, Kind, Mode, Question, Sheet, SurveyDraft};
use crate::testing::{ALONE, House, numbers};

/// The template by which surveys are sent.
const TEMPLATE: &str = "outreach/announcement_feedback";

fn writer() -> StaffId {
    StaffId::from_uuid(Uuid::nil())
}

fn draft(mode: Mode) -> SurveyDraft {
    SurveyDraft {
        mode,
        language: "en".to_owned(),
        title: "How did we do?".to_owned(),
        introduction: "Two minutes, *promised*.".to_owned(),
        opens_at: None,
        closes_at: None,
    }
}

fn question(kind: Kind, text: &str) -> Question {
    let options: &[&str] = if kind.has_options() { &["Webmail", "A program", "A phone"] } else { &[] };
    Question {
        id: 0,
        kind,
        text: text.to_owned(),
        required: kind != Kind::Text,
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        shown_if: None,
    }
}

fn after(question: Question, number: u32, values: &[u32]) -> Question {
    Question { shown_if: Some(Condition { question: number, values: values.to_vec() }), ..question }
}

fn sheet(answers: &[(u32, Given)]) -> Sheet {
    answers.iter().cloned().collect()
}

fn value(value: u32) -> Given {
    Given::Values(vec![value])
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

/// A survey as it is usually asked: would one recommend us, and why not.
async fn survey(house: &House, mode: Mode) -> SurveyId {
    let id = house.outreach.write_survey(writer(), None, draft(mode)).await.unwrap();
    let put = async |question| house.outreach.put_question(id, question).await.unwrap();
    assert_eq!(put(question(Kind::Nps, "Would you recommend us?")).await, 1);
    assert_eq!(put(after(question(Kind::Text, "What went wrong?"), 1, &[0, 1, 2, 3, 4, 5, 6])).await, 2);
    assert_eq!(put(question(Kind::Several, "Where do you read mail?")).await, 3);
    id
}

/// Publishes it and sends it to everybody; gives the links by address.
async fn send(house: &House, id: SurveyId) -> BTreeMap<String, String> {
    house.outreach.publish_survey(id).await.unwrap();
    let announcement = house.outreach.announce_survey(writer(), id, "").await.unwrap();
    if house.outreach.count_audience(super::TOPIC).await.unwrap() > usize::try_from(ALONE).unwrap() {
        house.approve(announcement).await;
    }
    house.outreach.begin_announcement(announcement).await.unwrap();
    house.outreach.send_announcement(announcement).await.unwrap();
    links(house).await
}

async fn links(house: &House) -> BTreeMap<String, String> {
    let mut links = BTreeMap::new();
    for message in house.waiting(TEMPLATE).await {
        let gate = house.policy.outbound();
        let read = gate.deliver(message, |opened| {
            (opened.to.to_string(), opened.context["survey"].as_str().unwrap().to_owned())
        });
        let (to, token) = read.await.unwrap();
        links.insert(to, token);
    }
    links
}

async fn persons(house: &House, count: usize) {
    for number in 0..count {
        house.person(&format!("P{number} Example")).await;
    }
}

async fn rows(house: &House, sql: &'static str, id: SurveyId) -> Vec<i64> {
    house.db.read(move |tx| numbers(tx, sql, id.uuid())).await.unwrap()
}

async fn count(house: &House, table: &'static str, id: SurveyId) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE survey_id = $1");
    house.db.read(move |tx| numbers(tx, &sql, id.uuid())).await.unwrap()[0]
}
