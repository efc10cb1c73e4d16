//! A question as it is written: how it is answered, and after which answers it is asked.

use mailkeep_outreach::OutreachError;
use mailkeep_outreach::surveys::{Condition, Kind, Question, Survey};
use mailkeep_types::SurveyId;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::site::surveys::{ChoiceBox, sample};

const FIELDS: &[&str] = &["text", "kind", "options", "after"];

/// A question.
#[derive(Debug, Serialize)]
pub struct QuestionPage {
    /// The number of the survey.
    pub survey: String,
    /// Its title.
    pub title: String,
    /// The number of the question; 0 for a new one.
    pub id: u32,
    /// What was typed.
    pub form: Form,
    /// How a question can be answered.
    pub kinds: &'static [Kind],
    /// Earlier questions on whose answers this one may depend.
    pub earlier: Vec<Earlier>,
}

/// A question on whose answer another may depend.
#[derive(Debug, Serialize)]
pub struct Earlier {
    /// Its number.
    pub id: u32,
    /// Its place, from 1.
    pub place: usize,
    /// The question.
    pub text: String,
    /// Whether this one depends on it.
    pub picked: bool,
    /// Its answers.
    pub values: Vec<ChoiceBox>,
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "console/surveys/question.html";

    fn samples() -> Vec<Self> {
        let asking = sample();
        let page = |id: u32, form| QuestionPage {
            survey: "a".to_owned(),
            title: asking.title.clone(),
            id,
            form,
            kinds: Kind::ALL,
            earlier: earlier(
                &asking.questions,
                id,
                asking.questions.last().and_then(|one| one.shown_if.as_ref()),
            ),
        };
        let new = Form::new().with("kind", "nps").with("required", "yes");
        let wrong = Form::new()
            .with("kind", "one")
            .with("text", "How did you find us?")
            .with("options", "A friend")
            .wrong("options", msg("form-required"))
            .wrong("after", msg("form-required"));
        let mut first = page(1, new);
        first.earlier = Vec::new();
        vec![first, page(0, wrong), page(6, filled(&asking.questions[5]))]
    }
}

/// The questions before this one that have values.
fn earlier(questions: &[Question], id: u32, when: Option<&Condition>) -> Vec<Earlier> {
    let before = questions.iter().enumerate().take_while(|(_, one)| one.id != id);
    let earlier = before.filter(|(_, one)| one.kind != Kind::Text).map(|(at, one)| {
        let when = when.filter(|when| when.question == one.id);
        let value = |value: u32| ChoiceBox {
            value,
            label: one.word(value),
            picked: when.is_some_and(|when| when.values.contains(&value)),
        };
        Earlier {
            id: one.id,
            place: at + 1,
            text: one.text.clone(),
            picked: when.is_some(),
            values: one.values().into_iter().map(value).collect(),
        }
    });
    earlier.collect()
}

fn filled(question: &Question) -> Form {
    Form::new()
        .with("kind", question.kind.word())
        .with("text", question.text.clone())
        .with("options", question.options.join("\n"))
        .with("required", if question.required { "yes" } else { "" })
}

fn page(survey: &Survey, id: u32, when: Option<&Condition>, form: Form) -> QuestionPage {
    QuestionPage {
        survey: survey.id.to_string(),
        title: survey.title.clone(),
        id,
        form,
        kinds: Kind::ALL,
        earlier: earlier(&survey.questions, id, when),
    }
}

async fn survey(ctx: &Ctx) -> Result<Survey, WebError> {
    Ok(ctx.state.outreach.survey(ctx.param("survey")?).await?)
}

/// `GET /console/surveys/{survey}/questions/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let survey = survey(&ctx).await?;
    let form = Form::new().with("kind", Kind::Nps.word()).with("required", "yes");
    ctx.page(&page(&survey, 0, None, form))
}

/// `GET /console/surveys/{survey}/questions/{question}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let survey = survey(&ctx).await?;
    let question = survey.question(ctx.param("question")?).ok_or(WebError::NotFound)?;
    ctx.page(&page(&survey, question.id, question.shown_if.as_ref(), filled(question)))
}

/// What was typed.
fn typed(ctx: &Ctx, id: u32) -> Option<Question> {
    let kind = Kind::from_word(ctx.form.get("kind"))?;
    let options = match kind.has_options() {
        true => ctx.form.raw("options").lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
        false => Vec::new(),
    };
    let after = ctx.form.get("after");
    let shown_if = after.parse().ok().map(|question: u32| Condition {
        question,
        values: ctx.form.all(&format!("value{question}")).filter_map(|value| value.parse().ok()).collect(),
    });
    Some(Question {
        id,
        kind,
        text: ctx.form.get("text").to_owned(),
        required: ctx.form.ticked("required"),
        options: options.into_iter().map(str::to_owned).collect(),
        shown_if,
    })
}

async fn put(ctx: &Ctx, id: u32) -> Answer {
    let survey = survey(ctx).await?;
    if id != 0 && survey.question(id).is_none() {
        return Err(WebError::NotFound);
    }
    let mut form = Form::of(&ctx.form);
    let Some(question) = typed(ctx, id) else {
        form.refuse("kind", msg("form-required"));
        return ctx.refused(&page(&survey, id, None, form));
    };
    let when = question.shown_if.clone();
    if form.good() {
        match ctx.state.outreach.put_question(survey.id, question).await {
            Ok(_) => {
                return ctx.done(&format!("/console/surveys/{}", survey.id), msg("survey-question-saved"));
            }
            Err(error) => form.take(error, FIELDS)?,
        }
    }
    ctx.refused(&page(&survey, id, when.as_ref(), form))
}

/// `POST /console/surveys/{survey}/questions`
pub async fn add(ctx: Ctx) -> Answer {
    put(&ctx, 0).await
}

/// `POST /console/surveys/{survey}/questions/{question}`
pub async fn change(ctx: Ctx) -> Answer {
    let id = ctx.param("question")?;
    put(&ctx, id).await
}

fn back(ctx: &Ctx, survey: SurveyId, outcome: Result<(), OutreachError>, done: &'static str) -> Answer {
    let at = format!("/console/surveys/{survey}");
    match outcome {
        Ok(()) => ctx.done(&at, msg(done)),
        Err(OutreachError::State(text) | OutreachError::Field { sentence: text, .. }) => {
            ctx.sorry(&at, msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/surveys/{survey}/questions/{question}/move`
pub async fn shift(ctx: Ctx) -> Answer {
    let (survey, question) = (ctx.param("survey")?, ctx.param("question")?);
    let outcome = ctx.state.outreach.move_question(survey, question, ctx.form.get("to") == "up").await;
    back(&ctx, survey, outcome, "survey-question-moved")
}

/// `POST /console/surveys/{survey}/questions/{question}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let (survey, question) = (ctx.param("survey")?, ctx.param("question")?);
    let outcome = ctx.state.outreach.remove_question(survey, question).await;
    back(&ctx, survey, outcome, "survey-question-removed")
}
