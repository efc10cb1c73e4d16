//! What is done with an article besides writing it.

use mailkeep_helpdesk::articles::{ArticleError, Move};
use mailkeep_types::ArticleTextId;

use crate::ctx::Ctx;
use crate::messages::msg;
use crate::routes::Answer;

/// Back to the article; what was refused is said above it.
fn back(ctx: &Ctx, outcome: Result<(), ArticleError>, done: &'static str) -> Answer {
    let at = format!("/console/articles/{}", ctx.param::<ArticleTextId>("text")?);
    match outcome {
        Ok(()) => ctx.done(&at, msg(done)),
        Err(ArticleError::State(sentence)) => ctx.sorry(&at, msg("verbatim").with("text", sentence)),
        Err(error) => Err(error.into()),
    }
}

async fn make(ctx: &Ctx, act: Move, done: &'static str) -> Answer {
    let outcome = ctx.state.articles.move_article(ctx.param("text")?, act).await;
    back(ctx, outcome, done)
}

/// `POST /console/articles/{text}/submit`
pub async fn submit(ctx: Ctx) -> Answer {
    make(&ctx, Move::Submit, "article-submitted").await
}

/// `POST /console/articles/{text}/return`
pub async fn give_back(ctx: Ctx) -> Answer {
    make(&ctx, Move::Return, "article-returned").await
}

/// `POST /console/articles/{text}/publish`
pub async fn publish(ctx: Ctx) -> Answer {
    make(&ctx, Move::Publish, "article-published").await
}

/// `POST /console/articles/{text}/retire`
pub async fn retire(ctx: Ctx) -> Answer {
    make(&ctx, Move::Retire, "article-retired").await
}

/// `POST /console/articles/{text}/confirm`: it still holds.
pub async fn confirm(ctx: Ctx) -> Answer {
    let outcome = ctx.state.articles.confirm_article(ctx.param("text")?).await;
    back(&ctx, outcome, "article-confirmed")
}

/// `POST /console/articles/{text}/renew`: the newer words of the program are taken.
pub async fn renew(ctx: Ctx) -> Answer {
    let outcome = ctx.state.articles.take_shipped(ctx.param("text")?).await;
    back(&ctx, outcome, "article-renewed")
}
