//! Answering a survey by the link of a message. Pages follow one another without a script: what was answered before comes along in
//! the form, what is asked next is decided here, and nothing is kept before the end. Opening the link changes nothing.

mod walk;

use mailkeep_outreach::OutreachError;
use mailkeep_outreach::surveys::{Fault, Given, Kind, Mode, Question, Sheet, Standing, Survey};
use mailkeep_policy::{CategoryId, Shown};
use serde::Serialize;

pub(crate) use walk::{Asking, Turn, Walk, step_words};

use super::account::outcome::OutcomePage;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;

/// A page of a survey.
#[derive(Debug, Serialize)]
pub struct SurveyPage {
    /// Where the form goes.
    pub action: String,
    /// The secret of the link; empty in a preview.
    pub token: String,
    /// Where whoever looks at a preview goes back to; empty for readers.
    pub back: String,
    /// The title of the survey.
    pub title: String,
    /// Its language.
    pub language: String,
    /// What it is about; on the first page only.
    pub introduction: String,
    /// Whether answers are kept with names.
    pub mode: Mode,
    /// How many days answers with names are kept.
    pub days: u32,
    /// The step.
    pub step: usize,
    /// How much of it is done, in hundredths; nothing where there is one page.
    pub done: Option<usize>,
    /// Whether the answers are sent from here.
    pub sends: bool,
    /// What is asked.
    pub questions: Vec<Asked>,
    /// What was answered, before it is sent; nothing on other pages.
    pub given: Vec<GivenRow>,
    /// What comes along from other pages.
    pub carried: Vec<Carried>,
    /// What is wrong with the whole.
    pub wrong: Option<Msg>,
}

/// A question on a page.
#[derive(Debug, Serialize)]
pub struct Asked {
    /// The name of its field.
    pub field: String,
    /// How it is answered.
    pub kind: Kind,
    /// The question.
    pub text: String,
    /// Whether it must be answered.
    pub required: bool,
    /// What can be chosen.
    pub choices: Vec<ChoiceBox>,
    /// What was written.
    pub words: Shown<String>,
    /// What is wrong with the answer.
    pub wrong: Option<Msg>,
}

/// Something to choose.
#[derive(Debug, Serialize)]
pub struct ChoiceBox {
    /// Its value.
    pub value: u32,
    /// What it says.
    pub label: String,
    /// Whether it is chosen.
    pub picked: bool,
}

/// An answer, to be looked at before it is sent.
#[derive(Debug, Serialize)]
pub struct GivenRow {
    /// The question.
    pub question: String,
    /// The answer; empty for none.
    pub answer: Shown<String>,
    /// The answer, where it is a step that has a name.
    pub words: Option<Msg>,
}

/// A field of another page.
#[derive(Debug, Serialize)]
pub struct Carried {
    /// Its name.
    pub field: String,
    /// What was answered.
    pub value: Shown<String>,
}

impl Page for SurveyPage {
    const TEMPLATE: &'static str = "site/survey.html";

    fn samples() -> Vec<Self> {
        let page = |mode, step, sheet: &Sheet| {
            let survey = Walk { action: "/survey", token: "sample", back: "", days: 730 };
            let mut page = survey.page(&sample(), sheet, step);
            page.mode = mode;
            page
        };
        let sad = Sheet::from([(1, Given::Values(vec![3])), (2, Given::Values(vec![4]))]);
        let mut wrong = page(Mode::Named, 0, &Sheet::new());
        wrong.refuse(&[(1, Fault::Missing)]);
        let preview =
            Walk { action: "/console/surveys/a/preview", token: "", back: "/console/surveys/a", days: 730 };
        let mut late = page(Mode::Named, 2, &sad);
        late.wrong = Some(msg("survey-nothing"));
        vec![
            page(Mode::Anonymous, 0, &Sheet::new()),
            wrong,
            page(Mode::Anonymous, 1, &sad),
            late,
            preview.page(&sample(), &sad, 0),
        ]
    }
}

/// Questions of every kind.
pub(crate) fn sample() -> Asking {
    let question = |id, kind: Kind, text: &str, options: &[&str]| Question {
        id,
        kind,
        text: text.to_owned(),
        required: kind == Kind::Nps,
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        shown_if: None,
    };
    let when = mailkeep_outreach::surveys::Condition { question: 1, values: (0..=6).collect() };
    Asking {
        title: "How did we do this year?".to_owned(),
        language: "en".to_owned(),
        introduction: "Two minutes of yours decide what we build **next**.".to_owned(),
        mode: Mode::Anonymous,
        questions: vec![
            question(1, Kind::Nps, "Would you recommend us to a friend or a colleague?", &[]),
            question(2, Kind::Csat, "How satisfied are you with our support?", &[]),
            question(3, Kind::Ces, "How easy was it to move your mail to us?", &[]),
            question(
                4,
                Kind::Several,
                "Where do you read your mail?",
                &["In the webmail", "In a program on the computer", "On the telephone"],
            ),
            question(5, Kind::One, "How did you find us?", &["A friend", "A search engine", "An article"]),
            Question { shown_if: Some(when), ..question(6, Kind::Text, "What went wrong?", &[]) },
        ],
    }
}

/// How many days answers with names are kept.
pub(crate) fn days(ctx: &Ctx) -> u32 {
    ctx.state.policy.compiled().terms(CategoryId::SurveyAnswer).keep_days
}

/// Why a link cannot be answered by.
fn outcome(ctx: &Ctx, survey: &Survey, standing: Standing) -> OutcomePage {
    match standing {
        Standing::Answered => match survey.mode {
            Mode::Named => OutcomePage::good("survey-done-title", "survey-done-named"),
            Mode::Anonymous => OutcomePage::good("survey-done-title", "survey-done-anonymous"),
        },
        Standing::NotYet(at) => {
            let mut page = OutcomePage::bad("survey-early-title", "survey-early-text");
            if let Some(at) = at {
                let format =
                    crate::format::Format::new(&ctx.language, &ctx.chrome().time_zone, ctx.state.clock.now());
                page.text = msg("survey-early-at").with("at", format.time(at.as_micros()));
            }
            page
        }
        Standing::Open | Standing::Closed => OutcomePage::bad("survey-closed-title", "survey-closed-text"),
    }
}

async fn invited(ctx: &Ctx, token: &str) -> Result<Result<Asking, OutcomePage>, WebError> {
    match ctx.state.outreach.invited(token).await {
        Ok(found) if found.standing == Standing::Open => Ok(Ok(found.survey.into())),
        Ok(found) => Ok(Err(outcome(ctx, &found.survey, found.standing))),
        Err(OutreachError::LinkInvalid) => {
            Ok(Err(OutcomePage::bad("survey-unknown-title", "survey-unknown-text")))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /survey?token=…`: looking changes nothing.
pub async fn show(ctx: Ctx) -> Answer {
    let token = ctx.query.get("token");
    match invited(&ctx, token).await? {
        Ok(asking) => {
            let walk = Walk { action: "/survey", token, back: "", days: days(&ctx) };
            ctx.page(&walk.page(&asking, &Sheet::new(), 0))
        }
        Err(page) => ctx.page(&page),
    }
}

/// `POST /survey`
pub async fn submit(ctx: Ctx) -> Answer {
    let token = ctx.form.get("token");
    let asking = match invited(&ctx, token).await? {
        Ok(asking) => asking,
        Err(page) => return ctx.refused(&page),
    };
    let walk = Walk { action: "/survey", token, back: "", days: days(&ctx) };
    match walk.turn(&asking, &ctx.form) {
        Turn::Page(page, false) => ctx.page(&*page),
        Turn::Page(page, true) => ctx.refused(&*page),
        Turn::Send(sheet) => match ctx.state.outreach.answer_survey(token, sheet).await {
            // The page that follows says how it stands, also when somebody was faster or it closed at this moment.
            Ok(()) | Err(OutreachError::State(_) | OutreachError::LinkInvalid) => {
                Ok(ctx.redirect(&format!("/survey?token={}", crate::ctx::encode(token))))
            }
            Err(error) => Err(error.into()),
        },
    }
}
