//! What was answered: how many, the score of each scale, and how often each answer was given, as bars in the table of the same
//! numbers. Nobody's data is opened for it.

use mailkeep_outreach::surveys::{Figures, Kind, Mode, Results, Score, SurveyState, TOGETHER, rounded};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;
use crate::site::surveys::{sample, step_words};

/// How many texts stand on a page, and how many below their question.
const TEXTS: i64 = 50;
const FIRST_TEXTS: i64 = 3;

/// What a survey comes to.
#[derive(Debug, Serialize)]
pub struct ResultsPage {
    /// The number of the survey.
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
    /// How many of a hundred answered.
    pub rate: Option<i64>,
    /// From how many answers on they are shown.
    pub least: i64,
    /// When it closes, or did.
    pub closes: Option<Timestamp>,
    /// Each question.
    pub questions: Vec<QuestionResult>,
}

/// What a question was answered.
#[derive(Debug, Serialize)]
pub struct QuestionResult {
    /// Its number.
    pub id: u32,
    /// The question.
    pub text: String,
    /// How it is answered.
    pub kind: Kind,
    /// How many answered it.
    pub answered: i64,
    /// Whether too few did for the answers to be shown.
    pub withheld: bool,
    /// The score, as it is read.
    pub score: Option<ScoreView>,
    /// Each answer.
    pub bars: Vec<BarRow>,
    /// The first of the texts.
    pub texts: Vec<String>,
}

/// A score.
#[derive(Debug, Serialize)]
pub struct ScoreView {
    /// The number, as the reader writes it.
    pub value: String,
    /// What it is.
    pub name: Msg,
    /// How it comes about.
    pub about: Msg,
    /// Parts of a bar of a hundred: where each begins, how wide it is, its tone, its name, how many.
    pub parts: Vec<Part>,
}

/// A part of the bar of a score.
#[derive(Debug, Serialize)]
pub struct Part {
    /// From the left, in hundredths.
    pub x: i64,
    /// In hundredths.
    pub width: i64,
    /// `bad`, `warn` or `good`.
    pub tone: &'static str,
    /// What it is.
    pub name: Msg,
    /// How many.
    pub count: i64,
}

/// How often an answer was given.
#[derive(Debug, Serialize)]
pub struct BarRow {
    /// The answer.
    pub label: String,
    /// The words of a step of a scale, where it has some.
    pub words: Option<Msg>,
    /// How often.
    pub count: i64,
    /// Of a hundred who answered the question.
    pub percent: i64,
    /// How long the bar is, in hundredths: the longest is a hundred.
    pub length: i64,
    /// `good`, `warn`, `bad`; nothing for an option.
    pub tone: &'static str,
}

/// All texts of a question.
#[derive(Debug, Serialize)]
pub struct TextsPage {
    /// The number of the survey.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// The texts.
    pub texts: Vec<String>,
    /// Which page of them.
    pub paging: Paging,
}

impl Page for ResultsPage {
    const TEMPLATE: &'static str = "console/surveys/results.html";

    fn samples() -> Vec<Self> {
        let counts: [&[i64]; 6] = [
            &[3, 1, 4, 9, 6, 18, 22, 61, 84, 96, 111],
            &[11, 19, 60, 148, 170],
            &[2, 4, 12, 30, 66, 98, 41],
            &[301, 188, 254],
            &[204, 92, 17],
            &[],
        ];
        let texts =
            ["The move took a day.", "Search in the webmail is slow.\nOtherwise fine.", "Nothing, really."];
        let questions = |scale: i64| {
            sample().questions.into_iter().zip(counts).map(move |(question, counts)| {
                let values = question.values().into_iter().zip(counts.iter().map(|count| count / scale));
                let values: Vec<(u32, i64)> = values.collect();
                let answered = values.iter().map(|(_, count)| count).sum::<i64>().max(41 / scale);
                let score = sample_score(question.kind);
                let figures = Figures { question, answered, values, score, withheld: false };
                let mut result = result(&figures, "en");
                if result.kind == Kind::Text {
                    result.texts = texts.iter().map(|text| (*text).to_owned()).collect();
                }
                result
            })
        };
        let page = |state, mode, invited, answered, questions| ResultsPage {
            id: "a".to_owned(),
            title: "How did we do this year?".to_owned(),
            state,
            mode,
            invited,
            answered,
            rate: rate(answered, invited),
            least: TOGETHER,
            closes: Some(samples::days_ago(-9)),
            questions,
        };
        let mut few: Vec<QuestionResult> = questions(1).collect();
        for one in &mut few {
            (one.withheld, one.answered, one.score) = (true, 0, None);
            (one.bars, one.texts) = (Vec::new(), Vec::new());
        }
        vec![
            page(SurveyState::Open, Mode::Anonymous, 1284, 415, questions(1).collect()),
            page(SurveyState::Open, Mode::Anonymous, 1284, 0, few),
            page(SurveyState::Closed, Mode::Named, 212, 97, questions(4).collect()),
        ]
    }
}

fn sample_score(kind: Kind) -> Option<Score> {
    match kind {
        Kind::Nps => Some(Score::Nps { score: 35, promoters: 207, passives: 145, detractors: 63 }),
        Kind::Csat => Some(Score::Csat { percent: 78, satisfied: 318 }),
        Kind::Ces => Some(Score::Ces { hundredths: 542 }),
        _ => None,
    }
}

impl Page for TextsPage {
    const TEMPLATE: &'static str = "console/surveys/texts.html";

    fn samples() -> Vec<Self> {
        let texts = [
            "The move took a day.",
            "Search in the webmail is slow.\nOtherwise fine.",
            "<b>Nothing</b>, really.",
        ];
        let page = |texts: &[&str], total| TextsPage {
            id: "a".to_owned(),
            title: "How did we do this year?".to_owned(),
            question: "What went wrong?".to_owned(),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
            paging: Paging::asked("1", TEXTS).of(total),
        };
        vec![page(&texts, 141), page(&[], 0)]
    }
}

/// How many of a hundred.
fn rate(part: i64, all: i64) -> Option<i64> {
    (all > 0).then(|| rounded(part * 100, all))
}

fn result(figures: &Figures, language: &str) -> QuestionResult {
    let (question, most) =
        (&figures.question, figures.values.iter().map(|(_, count)| *count).max().unwrap_or(0));
    let bars = figures.values.iter().map(|(value, count)| BarRow {
        label: question.word(*value),
        words: step_words(question.kind, *value),
        count: *count,
        percent: rate(*count, figures.answered).unwrap_or(0),
        length: rate(*count, most).unwrap_or(0),
        tone: tone(question.kind, *value),
    });
    QuestionResult {
        id: question.id,
        text: question.text.clone(),
        kind: question.kind,
        answered: figures.answered,
        withheld: figures.withheld,
        score: figures.score.map(|score| view(score, figures.answered, language)),
        bars: bars.collect(),
        texts: Vec::new(),
    }
}

const fn tone(kind: Kind, value: u32) -> &'static str {
    match (kind, value) {
        (Kind::Nps, 9..) | (Kind::Csat, 4..) => "good",
        (Kind::Nps, 7..) | (Kind::Csat, 3) => "warn",
        (Kind::Nps | Kind::Csat, _) => "bad",
        _ => "",
    }
}

fn view(score: Score, answered: i64, language: &str) -> ScoreView {
    match score {
        Score::Nps { score, promoters, passives, detractors } => {
            let mut x = 0;
            let mut part = |tone, name, count| {
                let width = rate(count, answered).unwrap_or(0).min(100 - x);
                let part = Part { x, width, tone, name: msg(name), count };
                x += width;
                part
            };
            ScoreView {
                // A sign says that it is no share.
                value: if score > 0 { format!("+{score}") } else { score.to_string().replace('-', "−") },
                name: msg("survey-score-nps"),
                about: msg("survey-score-nps-about"),
                parts: vec![
                    part("bad", "survey-detractors", detractors),
                    part("warn", "survey-passives", passives),
                    part("good", "survey-promoters", promoters),
                ],
            }
        }
        Score::Csat { percent, satisfied } => ScoreView {
            value: format!("{percent} %"),
            name: msg("survey-score-csat"),
            about: msg("survey-score-csat-about").with("n", satisfied),
            parts: Vec::new(),
        },
        Score::Ces { hundredths } => {
            let point = if language == "en" { '.' } else { ',' };
            ScoreView {
                value: format!("{}{point}{:02}", hundredths / 100, hundredths % 100),
                name: msg("survey-score-ces"),
                about: msg("survey-score-ces-about"),
                parts: Vec::new(),
            }
        }
    }
}

/// `GET /console/surveys/{survey}/results`
pub async fn show(ctx: Ctx) -> Answer {
    let Results { survey, state, questions } =
        ctx.state.outreach.survey_results(ctx.param("survey")?).await?;
    let mut results = Vec::new();
    for figures in &questions {
        let mut one = result(figures, &ctx.language);
        if one.kind == Kind::Text && survey.mode == Mode::Anonymous && !one.withheld {
            one.texts = ctx.state.outreach.survey_texts(survey.id, one.id, 0, FIRST_TEXTS).await?;
        }
        results.push(one);
    }
    ctx.page(&ResultsPage {
        id: survey.id.to_string(),
        title: survey.title,
        state,
        mode: survey.mode,
        invited: survey.invited,
        answered: survey.answered,
        rate: rate(survey.answered, survey.invited),
        least: TOGETHER,
        closes: survey.closed_at.or(survey.closes_at),
        questions: results,
    })
}

/// `GET /console/surveys/{survey}/texts/{question}`; texts with names stand among the other answers of whoever wrote them.
pub async fn texts(ctx: Ctx) -> Answer {
    let found = ctx.state.outreach.survey_results(ctx.param("survey")?).await?;
    let number: u32 = ctx.param("question")?;
    let figures =
        found.questions.iter().find(|one| one.question.id == number && one.question.kind == Kind::Text);
    let figures = figures.ok_or(WebError::NotFound)?;
    if found.survey.mode == Mode::Named {
        return Ok(ctx.redirect(&format!("/console/surveys/{}/answers", found.survey.id)));
    }
    let paging = Paging::asked(ctx.query.get("page"), TEXTS);
    let texts = ctx.state.outreach.survey_texts(found.survey.id, number, paging.skip(), paging.size).await?;
    ctx.page(&TextsPage {
        id: found.survey.id.to_string(),
        title: found.survey.title,
        question: figures.question.text.clone(),
        texts,
        paging: paging.of(if figures.withheld { 0 } else { figures.answered }),
    })
}
