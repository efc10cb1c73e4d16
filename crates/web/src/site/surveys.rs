//! Answering a survey by the link of a message. Pages follow one another without a script: what was answered before comes along in
//! the form, what is asked next is decided here, and nothing is kept before the end. Opening the link changes nothing.

use mailkeep_outreach::OutreachError;
use mailkeep_outreach::surveys::{
    Fault, Given, Kind, Mode, Question, Sheet, Standing, Survey, asked, faults, next_step, step_before, steps,
};
use mailkeep_policy::{CategoryId, Shown};
use serde::Serialize;

use super::account::outcome::OutcomePage;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::markdown;
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

/// What is asked of a survey.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub(crate) title: String,
    pub(crate) language: String,
    pub(crate) introduction: String,
    pub(crate) mode: Mode,
    pub(crate) questions: Vec<Question>,
}

impl From<Survey> for Asking {
    fn from(survey: Survey) -> Self {
        Asking {
            title: survey.title,
            language: survey.language,
            introduction: survey.introduction,
            mode: survey.mode,
            questions: survey.questions,
        }
    }
}

/// Where a survey is walked through: by a link, or as a preview.
pub(crate) struct Walk<'a> {
    pub(crate) action: &'a str,
    pub(crate) token: &'a str,
    pub(crate) back: &'a str,
    pub(crate) days: u32,
}

/// Where a form leads.
pub(crate) enum Turn {
    /// To a page, because something is wrong with this one or because it comes next.
    Page(Box<SurveyPage>, bool),
    /// To the end.
    Send(Sheet),
}

impl Walk<'_> {
    /// The page of a step; that after the last one shows what was answered.
    pub(crate) fn page(&self, asking: &Asking, sheet: &Sheet, step: usize) -> SurveyPage {
        let all = steps(&asking.questions);
        let here = all.get(step).cloned().unwrap_or(0..0);
        let is_asked = asked(&asking.questions, sheet);
        let on_page = |at: usize| here.contains(&at) && is_asked.get(at) == Some(&true);
        let (mut questions, mut carried, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for (at, question) in asking.questions.iter().enumerate() {
            let answer = sheet.get(&question.id);
            if on_page(at) {
                questions.push(question_box(question, answer));
            } else if let Some(answer) = answer {
                carried.extend(carry(question.id, answer));
            }
            if step >= all.len() && is_asked.get(at) == Some(&true) {
                let words = answer.map(|answer| question.in_words(answer)).unwrap_or_default();
                let (question, answer, words) =
                    (question.text.clone(), words.into(), step_of(question, answer));
                given.push(GivenRow { question, answer, words });
            }
        }
        SurveyPage {
            action: self.action.to_owned(),
            token: self.token.to_owned(),
            back: self.back.to_owned(),
            title: asking.title.clone(),
            language: asking.language.clone(),
            introduction: if step == 0 { markdown::render(&asking.introduction).html } else { String::new() },
            mode: asking.mode,
            days: self.days,
            step,
            done: (all.len() > 1).then(|| step * 100 / all.len()),
            sends: all.len() < 2 || step >= all.len(),
            questions,
            given,
            carried,
            wrong: None,
        }
    }

    /// Where the form leads that was sent.
    pub(crate) fn turn(&self, asking: &Asking, form: &Submitted) -> Turn {
        let sheet = read(asking, form);
        let (all, questions) = (steps(&asking.questions), &asking.questions);
        let step = form.get("step").parse::<usize>().unwrap_or(0).min(all.len());
        let page = |step| Turn::Page(Box::new(self.page(asking, &sheet, step)), false);
        if form.get("go") == "back" {
            return page(step_before(questions, &sheet, step).unwrap_or(0));
        }
        let cards = Form::of(form).errors;
        // What comes along may have been changed: everything is looked at before it is sent.
        let sends = step >= all.len() || all.len() == 1;
        let looked_at: Vec<usize> = if sends { (0..all.len()).collect() } else { vec![step] };
        for at in looked_at {
            let range = all.get(at).cloned().unwrap_or(0..0);
            let wrong = faults(questions, &sheet, range.clone());
            let here = questions.get(range).unwrap_or_default();
            let carded = here.iter().any(|one| cards.contains_key(&field(one.id)));
            if !wrong.is_empty() || carded {
                let mut page = self.page(asking, &sheet, at);
                page.refuse(&wrong);
                page.refuse_cards(&cards);
                return Turn::Page(Box::new(page), true);
            }
        }
        if !sends {
            return page(next_step(questions, &sheet, Some(step)).unwrap_or(all.len()));
        }
        if sheet.is_empty() {
            let mut page = self.page(asking, &sheet, step);
            page.wrong = Some(msg("survey-nothing"));
            return Turn::Page(Box::new(page), true);
        }
        Turn::Send(sheet)
    }
}

impl SurveyPage {
    fn refuse(&mut self, faults: &[(u32, Fault)]) {
        for question in &mut self.questions {
            let fault = faults.iter().find(|(id, _)| field(*id) == question.field);
            question.wrong = fault.map(|(_, fault)| match fault {
                Fault::Missing if question.kind == Kind::Text => msg("survey-missing-text"),
                Fault::Missing => msg("survey-missing"),
                Fault::Unknown => msg("survey-unknown"),
                Fault::TooLong => msg("survey-too-long"),
            });
        }
    }

    fn refuse_cards(&mut self, cards: &std::collections::BTreeMap<String, Msg>) {
        for question in &mut self.questions {
            if let Some(wrong) = cards.get(&question.field) {
                question.wrong = Some(wrong.clone());
            }
        }
    }
}

fn field(question: u32) -> String {
    format!("q{question}")
}

fn question_box(question: &Question, answer: Option<&Given>) -> Asked {
    let picked: &[u32] = match answer {
        Some(Given::Values(values)) => values,
        _ => &[],
    };
    let words = match answer {
        Some(Given::Text(text)) => text.as_str(),
        _ => "",
    };
    let choice =
        |value: u32| ChoiceBox { value, label: question.word(value), picked: picked.contains(&value) };
    Asked {
        field: field(question.id),
        kind: question.kind,
        text: question.text.clone(),
        required: question.required,
        choices: question.values().into_iter().map(choice).collect(),
        words: words.into(),
        wrong: None,
    }
}

/// The name of a step of satisfaction.
fn step_of(question: &Question, answer: Option<&Given>) -> Option<Msg> {
    match (question.kind, answer?) {
        (Kind::Csat, Given::Values(values)) => step_words(Kind::Csat, *values.first()?),
        _ => None,
    }
}

/// What a step of a scale is called, where it has a name.
pub(crate) fn step_words(kind: Kind, value: u32) -> Option<Msg> {
    let words = match (kind, value) {
        (Kind::Csat, 1) => "survey-csat-1",
        (Kind::Csat, 2) => "survey-csat-2",
        (Kind::Csat, 3) => "survey-csat-3",
        (Kind::Csat, 4) => "survey-csat-4",
        (Kind::Csat, 5) => "survey-csat-5",
        (Kind::Nps, 0) => "survey-nps-low",
        (Kind::Nps, 10) => "survey-nps-high",
        (Kind::Ces, 1) => "survey-ces-low",
        (Kind::Ces, 7) => "survey-ces-high",
        _ => return None,
    };
    Some(msg(words))
}

fn carry(question: u32, answer: &Given) -> Vec<Carried> {
    let one = |value: String| Carried { field: field(question), value: value.into() };
    match answer {
        Given::Values(values) => values.iter().map(|value| one(value.to_string())).collect(),
        Given::Text(text) => vec![one(text.clone())],
    }
}

/// The answers of a form. What is no number among the values is one that cannot be given.
fn read(asking: &Asking, form: &Submitted) -> Sheet {
    let answers = asking.questions.iter().filter_map(|question| {
        let name = field(question.id);
        let given = match question.kind {
            Kind::Text => {
                let text = form.raw(&name).replace("\r\n", "\n").trim().to_owned();
                (!text.is_empty()).then_some(Given::Text(text))
            }
            _ => {
                let typed = form.all(&name).filter(|value| !value.is_empty());
                let values: Vec<u32> = typed.map(|value| value.parse().unwrap_or(u32::MAX)).collect();
                (!values.is_empty()).then_some(Given::Values(values))
            }
        };
        Some((question.id, given?))
    });
    answers.collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn walk() -> Walk<'static> {
        Walk { action: "/survey", token: "t", back: "", days: 730 }
    }

    fn turn(form: &str) -> Turn {
        walk().turn(&sample(), &Submitted::parse(form.as_bytes()))
    }

    fn page(form: &str) -> (SurveyPage, bool) {
        match turn(form) {
            Turn::Page(page, wrong) => (*page, wrong),
            Turn::Send(sheet) => panic!("it sends {sheet:?}"),
        }
    }

    #[test]
    fn what_is_asked_follows_from_what_was_answered() {
        let (happy, wrong) = page("step=0&q1=10&q4=1&q4=3&go=next");
        assert!(!wrong && happy.sends && happy.given.len() == 5, "{happy:?}");
        let fields: Vec<&str> = happy.carried.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["q1", "q4", "q4"]);
        let (sad, _) = page("step=0&q1=2&go=next");
        assert_eq!((sad.step, sad.questions.len(), sad.questions[0].kind), (1, 1, Kind::Text));
        let (back, _) = page("step=1&q1=2&q6=never+mind&go=back");
        assert_eq!((back.step, back.questions.len()), (0, 5));
        assert!(back.questions[0].choices[2].picked && back.carried[0].field == "q6");
    }

    #[test]
    fn nothing_is_sent_that_was_not_looked_at() {
        let (missing, wrong) = page("step=0&q2=3&go=next");
        assert!(wrong && missing.questions[0].wrong.is_some() && missing.questions[1].choices[2].picked);
        // A form that jumps to the end leads back to what is missing.
        let (jumped, wrong) = page("step=2&q2=3&go=send");
        assert!(wrong && jumped.step == 0);
        let (unknown, wrong) = page("step=7&q1=eleven&go=send");
        assert!(wrong && unknown.step == 0);
        let Turn::Send(sheet) = turn("step=2&q1=9&q3=&q6=not+asked&go=send") else {
            panic!("it is complete")
        };
        assert_eq!(sheet.len(), 2, "what was not asked is left out when it is kept");
    }

    #[test]
    fn a_number_of_a_card_is_refused() {
        let form = Submitted::parse(b"step=1&q1=2&q6=4111+1111+1111+1111&go=next").without_card_numbers();
        let Turn::Page(page, true) = walk().turn(&sample(), &form) else { panic!("it was taken") };
        assert_eq!(page.questions[0].wrong, Some(msg("form-card-number")));
    }
}
