//! What is done with a survey: it is published, sent, closed, and deleted with all that was answered.

use mailkeep_outreach::OutreachError;
use mailkeep_types::SurveyId;

use crate::ctx::Ctx;
use crate::messages::msg;
use crate::routes::Answer;

/// Back to the page, which says what was done, or why it was not.
fn steered(ctx: &Ctx, id: SurveyId, outcome: Result<(), OutreachError>, done: &'static str) -> Answer {
    let at = format!("/console/surveys/{id}");
    match outcome {
        Ok(()) => ctx.done(&at, msg(done)),
        Err(OutreachError::State(text) | OutreachError::Field { sentence: text, .. }) => {
            ctx.sorry(&at, msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/surveys/{survey}/publish`
pub async fn publish(ctx: Ctx) -> Answer {
    let id = ctx.param("survey")?;
    steered(&ctx, id, ctx.state.outreach.publish_survey(id).await, "survey-published")
}

/// `POST /console/surveys/{survey}/withdraw`
pub async fn withdraw(ctx: Ctx) -> Answer {
    let id = ctx.param("survey")?;
    steered(&ctx, id, ctx.state.outreach.withdraw_survey(id).await, "survey-withdrawn")
}

/// `POST /console/surveys/{survey}/announce`: leads to the draft of an announcement, where it is looked at and sent.
pub async fn announce(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<SurveyId>("survey")?);
    let survey = ctx.state.outreach.survey(id).await?;
    let told = match survey.mode {
        mailkeep_outreach::surveys::Mode::Named => "survey-letter-named",
        mailkeep_outreach::surveys::Mode::Anonymous => "survey-letter-anonymous",
    };
    let words = ctx.state.renderer.text(&survey.language, &msg(told));
    match ctx.state.outreach.announce_survey(staff, id, &words).await {
        Ok(made) => ctx.done(&format!("/console/announcements/{made}"), msg("survey-announced")),
        Err(error) => steered(&ctx, id, Err(error), "survey-announced"),
    }
}

/// `POST /console/surveys/{survey}/close`
pub async fn close(ctx: Ctx) -> Answer {
    let id = ctx.param("survey")?;
    steered(&ctx, id, ctx.state.outreach.close_survey(id).await, "survey-was-closed")
}

/// `POST /console/surveys/{survey}/delete`
pub async fn delete(ctx: Ctx) -> Answer {
    ctx.state.outreach.delete_survey(ctx.param("survey")?).await?;
    ctx.done("/console/surveys", msg("survey-deleted"))
}
