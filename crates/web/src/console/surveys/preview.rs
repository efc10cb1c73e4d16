//! A survey as readers see it, page by page. Nothing is kept.

use mailkeep_outreach::surveys::Sheet;

use crate::ctx::Ctx;
use crate::messages::msg;
use crate::routes::Answer;
use crate::site::surveys::{Asking, Turn, Walk, days};

/// `GET /console/surveys/{survey}/preview`
pub async fn show(ctx: Ctx) -> Answer {
    let survey = ctx.state.outreach.survey(ctx.param("survey")?).await?;
    let back = format!("/console/surveys/{}", survey.id);
    if survey.questions.is_empty() {
        return ctx.sorry(&back, msg("survey-asks-nothing"));
    }
    let action = format!("{back}/preview");
    let walk = Walk { action: &action, token: "", back: &back, days: days(&ctx) };
    ctx.page(&walk.page(&Asking::from(survey), &Sheet::new(), 0))
}

/// `POST /console/surveys/{survey}/preview`
pub async fn walk(ctx: Ctx) -> Answer {
    let survey = ctx.state.outreach.survey(ctx.param("survey")?).await?;
    let back = format!("/console/surveys/{}", survey.id);
    let action = format!("{back}/preview");
    let walk = Walk { action: &action, token: "", back: &back, days: days(&ctx) };
    match walk.turn(&Asking::from(survey), &ctx.form) {
        Turn::Page(page, false) => ctx.page(&*page),
        Turn::Page(page, true) => ctx.refused(&*page),
        Turn::Send(_) => ctx.done(&back, msg("survey-preview-over")),
    }
}
