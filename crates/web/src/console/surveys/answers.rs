//! Who answered what, where a survey keeps names; and the answers as a file for spreadsheets.

use mailkeep_commerce::hosting_reports::csv::cell;
use mailkeep_outreach::surveys::{KeptAnswer, Kind, Mode, Results};
use mailkeep_policy::Shown;
use mailkeep_types::{RegistrationId, StaffId, SurveyId, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

const ON_A_PAGE: i64 = 20;
/// How many are opened at a time for a file.
const BATCH: i64 = 500;
const MEDIA: &str = "text/csv; charset=utf-8";

/// Who answered what.
#[derive(Debug, Serialize)]
pub struct AnswersPage {
    /// The number of the survey.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The answers.
    pub answers: Vec<AnswersRow>,
    /// Which page of them.
    pub paging: Paging,
}

/// What somebody answered.
#[derive(Debug, Serialize)]
pub struct AnswersRow {
    /// The public number of their profile.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// The answers.
    pub answers: Shown<Vec<KeptAnswer>>,
}

impl Page for AnswersPage {
    const TEMPLATE: &'static str = "console/surveys/answers.html";

    fn samples() -> Vec<Self> {
        let kept = |number: u32, question: &str, answer: &str| KeptAnswer {
            number,
            question: question.to_owned(),
            answer: answer.to_owned(),
        };
        let row = |who: &str, days, score: &str, text: &str| AnswersRow {
            who: who.to_owned(),
            at: samples::days_ago(days),
            answers: Shown::from(vec![
                kept(1, "Would you recommend us to a friend or a colleague?", score),
                kept(6, "What went wrong?", text),
            ]),
        };
        let rows = vec![
            row("R-7F3K-2Q9M-X", 1, "3 / 10", "The move took a day.\nNobody told us."),
            row("R-0A1B-2C3D-E", 2, "10 / 10", "<b>Nothing</b>"),
        ];
        let page = |answers: Vec<AnswersRow>, total| AnswersPage {
            id: "a".to_owned(),
            title: "How did we do this year?".to_owned(),
            answers,
            paging: Paging::asked("1", ON_A_PAGE).of(total),
        };
        vec![page(rows, 97), page(Vec::new(), 0)]
    }
}

fn number_of(registration_id: Option<RegistrationId>) -> String {
    registration_id.map(|number| number.to_string()).unwrap_or_default()
}

/// `GET /console/surveys/{survey}/answers`; what is anonymous has figures only.
pub async fn show(ctx: Ctx) -> Answer {
    let (staff, id): (StaffId, SurveyId) = (ctx.who.staff()?.staff, ctx.param("survey")?);
    let survey = ctx.state.outreach.survey(id).await?;
    if survey.mode != Mode::Named {
        return Ok(ctx.redirect(&format!("/console/surveys/{id}/results")));
    }
    let paging = Paging::asked(ctx.query.get("page"), ON_A_PAGE);
    let (found, total) = ctx.state.outreach.named_answers(staff, id, paging.skip(), paging.size).await?;
    let answers = found.into_iter().map(|one| AnswersRow {
        who: number_of(one.registration_id),
        at: one.at,
        answers: one.answers,
    });
    ctx.page(&AnswersPage {
        id: id.to_string(),
        title: survey.title,
        answers: answers.collect(),
        paging: paging.of(total),
    })
}

/// `GET /console/surveys/{survey}/file`: with names a line for each who answered, which each finds in their record; without, how often
/// each answer was given, and the texts.
pub async fn file(ctx: Ctx) -> Answer {
    let (staff, id): (StaffId, SurveyId) = (ctx.who.staff()?.staff, ctx.param("survey")?);
    let results = ctx.state.outreach.survey_results(id).await?;
    let sheet = match results.survey.mode {
        Mode::Named => named(&ctx, staff, &results).await?,
        Mode::Anonymous => anonymous(&ctx, &results).await?,
    };
    ctx.file(&sheet.reshape(|text| text.clone().into_bytes()), MEDIA, "survey.csv")
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// How often each answer was given; each text in a line of its own.
async fn anonymous(ctx: &Ctx, results: &Results) -> Result<Shown<String>, WebError> {
    let mut sheet = "question,kind,answer,count\r\n".to_owned();
    for figures in results.questions.iter().filter(|figures| !figures.withheld) {
        let question = &figures.question;
        let mut row = |answer: String, count: i64| {
            let kind = question.kind.word().to_owned();
            sheet.push_str(&line(&[question.text.clone(), kind, answer, count.to_string()]));
        };
        figures.values.iter().for_each(|(value, count)| row(question.word(*value), *count));
        if question.kind == Kind::Text {
            let all = figures.answered;
            let texts = ctx.state.outreach.survey_texts(results.survey.id, question.id, 0, all).await?;
            texts.into_iter().for_each(|text| row(text, 1));
        }
    }
    Ok(Shown::from(sheet))
}

/// Before the answers of a line: whose they are, and for which questions there are columns.
struct Head {
    who: String,
    at: String,
    questions: Vec<u32>,
}

async fn named(ctx: &Ctx, staff: StaffId, results: &Results) -> Result<Shown<String>, WebError> {
    let asked = &results.survey.questions;
    let questions: Vec<u32> = asked.iter().map(|question| question.id).collect();
    let titles = ["registration_id".to_owned(), "answered_at".to_owned()];
    let titles: Vec<String> = titles.into_iter().chain(asked.iter().map(|one| one.text.clone())).collect();
    let mut lines = vec![Shown::from(line(&titles))];
    for skip in (0..).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let (found, total) = ctx.state.outreach.named_answers(staff, results.survey.id, skip, BATCH).await?;
        for one in found {
            let (who, at) = (number_of(one.registration_id), one.at.to_string());
            let head = Head { who, at, questions: questions.clone() };
            lines.push(one.answers.join(&Shown::from(head), |answers, head| row(answers, head)));
        }
        if skip + BATCH >= total {
            break;
        }
    }
    Ok(joined(lines))
}

fn row(answers: &[KeptAnswer], head: &Head) -> String {
    let answer = |id: &u32| answers.iter().find(|one| one.number == *id).map(|one| one.answer.clone());
    let cells = head.questions.iter().map(|id| answer(id).unwrap_or_default());
    line(&[head.who.clone(), head.at.clone()].into_iter().chain(cells).collect::<Vec<_>>())
}

/// One text of many, two by two, so that none is copied more often than the number of lines has digits.
fn joined(mut lines: Vec<Shown<String>>) -> Shown<String> {
    while lines.len() > 1 {
        let pair = |pair: &[Shown<String>]| match pair {
            [one, two] => one.join(two, |one, two| format!("{one}{two}")),
            [one, ..] => one.clone(),
            [] => Shown::from(""),
        };
        lines = lines.chunks(2).map(pair).collect();
    }
    lines.into_iter().next().unwrap_or_else(|| Shown::from(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_runs_nothing() {
        let kept =
            |answer: &str| KeptAnswer { number: 2, question: "?".to_owned(), answer: answer.to_owned() };
        let head = Head { who: "R-1".to_owned(), at: "2026-03-01".to_owned(), questions: vec![1, 2] };
        let text = row(&[kept("=HYPERLINK(\"http://a.example\")")], &head);
        assert_eq!(text, "R-1,2026-03-01,,\"'=HYPERLINK(\"\"http://a.example\"\")\"\r\n");
        let lines: Vec<Shown<String>> = (0..7).map(|at| Shown::from(format!("{at};"))).collect();
        assert_eq!(joined(lines).in_test(), "0;1;2;3;4;5;6;");
    }
}
