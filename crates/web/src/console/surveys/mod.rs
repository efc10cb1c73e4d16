//! Surveys for staff: all of them, one as it is written, its questions, how readers see it, and what was answered.

pub mod act;
pub mod answers;
pub mod preview;
pub mod questions;
pub mod results;

use mailkeep_outreach::surveys::{Kind, Mode, Question, Survey, SurveyDraft, SurveyState};
use mailkeep_types::{SurveyId, Timestamp};
use serde::Serialize;

use super::incidents::write::{time, typed};
use super::incidents::zone;
use crate::center::profile::{language_of, languages};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;
use crate::site::surveys::sample;

const FIELDS: &[&str] = &["title", "introduction", "mode", "opens_at", "closes_at"];

/// Declares the pages of surveys.
pub(super) fn routes(routes: &mut Routes) {
    let write = Permission::Staff(StaffPermission::Articles);
    routes.get("/console/surveys", write, show);
    routes.post("/console/surveys", write, submit);
    routes.get("/console/surveys/new", write, show_new);
    routes.get("/console/surveys/{survey}", write, show_one);
    routes.post("/console/surveys/{survey}", write, change);
    routes.get("/console/surveys/{survey}/questions/new", write, questions::show_new);
    routes.post("/console/surveys/{survey}/questions", write, questions::add);
    routes.get("/console/surveys/{survey}/questions/{question}", write, questions::show_one);
    routes.post("/console/surveys/{survey}/questions/{question}", write, questions::change);
    routes.post("/console/surveys/{survey}/questions/{question}/move", write, questions::shift);
    routes.post("/console/surveys/{survey}/questions/{question}/remove", write, questions::remove);
    routes.get("/console/surveys/{survey}/preview", write, preview::show);
    routes.post("/console/surveys/{survey}/preview", write, preview::walk);
    routes.post("/console/surveys/{survey}/publish", write, act::publish);
    routes.post("/console/surveys/{survey}/withdraw", write, act::withdraw);
    routes.post("/console/surveys/{survey}/announce", write, act::announce);
    routes.post("/console/surveys/{survey}/close", write, act::close);
    routes.post("/console/surveys/{survey}/delete", write, act::delete);
    routes.get("/console/surveys/{survey}/results", write, results::show);
    routes.get("/console/surveys/{survey}/texts/{question}", write, results::texts);
    routes.get("/console/surveys/{survey}/answers", write, answers::show);
    routes.get("/console/surveys/{survey}/file", write, answers::file);
}

/// All surveys.
#[derive(Debug, Serialize)]
pub struct SurveysPage {
    /// The surveys, newest first.
    pub surveys: Vec<SurveyRow>,
}

/// A survey in the list.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyRow {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: SurveyState,
    /// Whether answers are kept with names.
    pub mode: Mode,
    /// How many were asked.
    pub invited: i64,
    /// How many answered.
    pub answered: i64,
    /// When it was changed last.
    pub at: Timestamp,
    /// When it closes.
    pub closes_at: Option<Timestamp>,
}

/// One survey: a draft to write, or how it stands.
#[derive(Debug, Serialize)]
pub struct SurveyEditPage {
    /// Its number; empty for a new one.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: SurveyState,
    /// Whether answers are kept with names.
    pub mode: Mode,
    /// What was typed.
    pub form: Form,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
    /// What is asked.
    pub questions: Vec<QuestionRow>,
    /// The announcement by which it is sent; empty for none.
    pub announcement: String,
    /// How many were asked.
    pub invited: i64,
    /// How many answered.
    pub answered: i64,
    /// From when on it is answered.
    pub opens_at: Option<Timestamp>,
    /// Until when.
    pub closes_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The time zone of the house, in which times are typed.
    pub zone: String,
}

/// A question in the list.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionRow {
    /// Its number in the survey.
    pub id: u32,
    /// The question.
    pub text: String,
    /// How it is answered.
    pub kind: Kind,
    /// Whether it must be answered.
    pub required: bool,
    /// Its options.
    pub options: Vec<String>,
    /// When it is asked; always when empty.
    pub when: Option<Msg>,
}

impl Page for SurveysPage {
    const TEMPLATE: &'static str = "console/surveys/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, state, mode, invited, answered, days| SurveyRow {
            id: "a".to_owned(),
            title: title.to_owned(),
            state,
            mode,
            invited,
            answered,
            at: samples::days_ago(days),
            closes_at: (state == SurveyState::Open).then(|| samples::days_ago(-9)),
        };
        let surveys = vec![
            row("What shall we build next?", SurveyState::Draft, Mode::Named, 0, 0, 0),
            row("How did we do this year?", SurveyState::Open, Mode::Anonymous, 1284, 415, 3),
            row("The move to the new servers", SurveyState::Closed, Mode::Named, 212, 97, 81),
        ];
        vec![SurveysPage { surveys }, SurveysPage { surveys: Vec::new() }]
    }
}

impl Page for SurveyEditPage {
    const TEMPLATE: &'static str = "console/surveys/one.html";

    fn samples() -> Vec<Self> {
        let asking = sample();
        let written = Form::new()
            .with("title", asking.title.clone())
            .with("introduction", asking.introduction.clone())
            .with("mode", "anonymous")
            .with("language", "en");
        let page = |id: &str, state, form: Form, announcement: &str| SurveyEditPage {
            id: id.to_owned(),
            title: if id.is_empty() { String::new() } else { asking.title.clone() },
            state,
            mode: Mode::Anonymous,
            form,
            languages: languages(),
            questions: if id.is_empty() { Vec::new() } else { rows(&asking.questions) },
            announcement: announcement.to_owned(),
            invited: if announcement.is_empty() { 0 } else { 1284 },
            answered: if announcement.is_empty() { 0 } else { 415 },
            opens_at: (state == SurveyState::Scheduled).then(|| samples::days_ago(-2)),
            closes_at: Some(samples::days_ago(-16)),
            closed_at: (state == SurveyState::Closed).then(|| samples::days_ago(1)),
            zone: "America/New_York".to_owned(),
        };
        let blank =
            Form::new().with("language", "en").with("mode", "anonymous").wrong("title", msg("form-required"));
        let empty =
            SurveyEditPage { questions: Vec::new(), ..page("a", SurveyState::Draft, written.clone(), "") };
        vec![
            page("", SurveyState::Draft, blank, ""),
            empty,
            page("a", SurveyState::Draft, written.clone(), ""),
            page("a", SurveyState::Scheduled, written.clone(), ""),
            page("a", SurveyState::Open, written.clone(), ""),
            page("a", SurveyState::Open, written.clone(), "b"),
            page("a", SurveyState::Closed, written, "b"),
        ]
    }
}

/// The questions, each with the condition under which it is asked.
pub(super) fn rows(questions: &[Question]) -> Vec<QuestionRow> {
    let row = |question: &Question| QuestionRow {
        id: question.id,
        text: question.text.clone(),
        kind: question.kind,
        required: question.required,
        options: question.options.clone(),
        when: when(questions, question),
    };
    questions.iter().map(row).collect()
}

fn when(questions: &[Question], question: &Question) -> Option<Msg> {
    let when = question.shown_if.as_ref()?;
    let at = questions.iter().position(|one| one.id == when.question)?;
    let values = spans(questions.get(at)?, &when.values);
    let number = i64::try_from(at).unwrap_or(0) + 1;
    Some(msg("survey-asked-after").with("number", number).with("values", values))
}

/// Values in words; numbers that follow one another as `0–6`.
fn spans(question: &Question, values: &[u32]) -> String {
    if question.kind.has_options() {
        return values
            .iter()
            .map(|value| format!("“{}”", question.word(*value)))
            .collect::<Vec<_>>()
            .join(", ");
    }
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for value in values {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *value => *last = *value,
            _ => spans.push((*value, *value)),
        }
    }
    let span = |(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    spans.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// `GET /console/surveys`
pub async fn show(ctx: Ctx) -> Answer {
    let now = ctx.state.clock.now();
    let surveys = ctx.state.outreach.list_surveys().await?.into_iter().map(|survey| SurveyRow {
        id: survey.id.to_string(),
        state: survey.state(now),
        mode: survey.mode,
        invited: survey.invited,
        answered: survey.answered,
        at: survey.changed_at,
        closes_at: survey.closes_at.filter(|_| survey.closed_at.is_none()),
        title: survey.title,
    });
    ctx.page(&SurveysPage { surveys: surveys.collect() })
}

fn page(ctx: &Ctx, survey: Option<Survey>, form: Form) -> SurveyEditPage {
    let mut page = SurveyEditPage {
        id: String::new(),
        title: String::new(),
        state: SurveyState::Draft,
        mode: Mode::Anonymous,
        form,
        languages: languages(),
        questions: Vec::new(),
        announcement: String::new(),
        invited: 0,
        answered: 0,
        opens_at: None,
        closes_at: None,
        closed_at: None,
        zone: ctx.state.config.time_zone.clone(),
    };
    if let Some(survey) = survey {
        page.state = survey.state(ctx.state.clock.now());
        page.questions = rows(&survey.questions);
        page.announcement = survey.announcement.map(|id| id.to_string()).unwrap_or_default();
        (page.id, page.title, page.mode) = (survey.id.to_string(), survey.title, survey.mode);
        (page.invited, page.answered) = (survey.invited, survey.answered);
        (page.opens_at, page.closes_at, page.closed_at) =
            (survey.opens_at, survey.closes_at, survey.closed_at);
    }
    page
}

/// `GET /console/surveys/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let form = Form::new().with("language", ctx.language.clone()).with("mode", Mode::Anonymous.word());
    ctx.page(&page(&ctx, None, form))
}

/// `GET /console/surveys/{survey}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let mut survey = ctx.state.outreach.survey(ctx.param("survey")?).await?;
    // One that was thrown away is none.
    if let Some(announcement) = survey.announcement
        && ctx.state.outreach.announcement(announcement).await.is_err()
    {
        survey.announcement = None;
    }
    let time = |at: Option<Timestamp>| at.map(|at| typed(at, &zone(&ctx))).unwrap_or_default();
    let form = Form::new()
        .with("title", survey.title.clone())
        .with("introduction", survey.introduction.clone())
        .with("language", survey.language.clone())
        .with("mode", survey.mode.word())
        .with("opens_at", time(survey.opens_at))
        .with("closes_at", time(survey.closes_at));
    ctx.page(&page(&ctx, Some(survey), form))
}

/// What was typed; messages stand beside what is no time.
fn draft(ctx: &Ctx, form: &mut Form) -> SurveyDraft {
    let mut optional = |field| match ctx.form.get(field) {
        "" => None,
        _ => time(ctx, form, field),
    };
    SurveyDraft {
        opens_at: optional("opens_at"),
        closes_at: optional("closes_at"),
        mode: Mode::from_word(ctx.form.get("mode")).unwrap_or(Mode::Anonymous),
        language: language_of(ctx.form.get("language")),
        title: ctx.form.get("title").to_owned(),
        introduction: ctx.form.lines("introduction"),
    }
}

async fn write(ctx: &Ctx, id: Option<SurveyId>) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let mut form = Form::of(&ctx.form);
    let draft = draft(ctx, &mut form);
    if form.good() {
        match ctx.state.outreach.write_survey(staff, id, draft).await {
            Ok(id) => return ctx.done(&format!("/console/surveys/{id}"), msg("survey-saved")),
            Err(error) => form.take(error, FIELDS)?,
        }
    }
    let survey = match id {
        Some(id) => Some(ctx.state.outreach.survey(id).await?),
        None => None,
    };
    ctx.refused(&page(ctx, survey, form))
}

/// `POST /console/surveys`
pub async fn submit(ctx: Ctx) -> Answer {
    write(&ctx, None).await
}

/// `POST /console/surveys/{survey}`
pub async fn change(ctx: Ctx) -> Answer {
    let id: SurveyId = ctx.param("survey")?;
    write(&ctx, Some(id)).await
}
