//! What a reviewer does with an order: approve, ask, refuse, block, answer an appeal.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::orders::decide::Decision;
use mailkeep_commerce::screening::blocks::{BlockKind, BlockReason};
use mailkeep_types::OrderId;

use super::closed;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::Answer;

/// `POST /console/orders/{order}/approve`
pub async fn approve(ctx: Ctx) -> Answer {
    decide(&ctx, Decision::Approve, None, "decide-approved").await
}

/// `POST /console/orders/{order}/ask`
pub async fn ask(ctx: Ctx) -> Answer {
    noted(&ctx, "question", Decision::AskForMore, "decide-asked").await
}

/// `POST /console/orders/{order}/refuse`
pub async fn refuse(ctx: Ctx) -> Answer {
    noted(&ctx, "reason", Decision::Refuse, "decide-refused").await
}

/// `POST /console/orders/{order}/block`: proposes to refuse and block; a colleague agrees or does not.
pub async fn propose_block(ctx: Ctx) -> Answer {
    let (id, staff): (OrderId, _) = (ctx.param("order")?, ctx.who.staff()?.staff);
    let mut form = Form::of(&ctx.form);
    let kinds: Vec<BlockKind> = ctx.form.all("kinds").filter_map(BlockKind::from_word).collect();
    let note = Some(ctx.form.get("note").to_owned()).filter(|note| !note.is_empty());
    let Some(reason) = BlockReason::from_word(ctx.form.get("cause")) else {
        form.refuse("cause", msg("form-required"));
        let page = closed(&ctx, form).await?;
        return ctx.refused(&page);
    };
    match ctx.state.commerce.propose_block(id, staff, kinds, reason, note).await {
        Ok(()) => ctx.done(&format!("/console/orders/{id}"), msg("decide-block-proposed")),
        Err(CommerceError::Staff(_)) => ctx.sorry(&format!("/console/orders/{id}"), msg("decide-late")),
        Err(error) => {
            form.take(error, &["kinds"])?;
            let page = closed(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/orders/{order}/block/agree`
pub async fn agree_block(ctx: Ctx) -> Answer {
    settle_block(&ctx, true, "decide-blocked").await
}

/// `POST /console/orders/{order}/block/disagree`
pub async fn disagree_block(ctx: Ctx) -> Answer {
    settle_block(&ctx, false, "decide-block-undone").await
}

async fn settle_block(ctx: &Ctx, agreed: bool, done: &'static str) -> Answer {
    let (id, staff): (OrderId, _) = (ctx.param("order")?, ctx.who.staff()?.staff);
    let order = format!("/console/orders/{id}");
    match ctx.state.commerce.settle_block(id, staff, agreed).await {
        Ok(_) => ctx.done(&order, msg(done)),
        Err(CommerceError::Staff(_)) => ctx.sorry(&order, msg("decide-not-yours")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/orders/{order}/appeal`: answers an appeal, with `granted` one way or the other.
pub async fn settle_appeal(ctx: Ctx) -> Answer {
    let (id, staff): (OrderId, _) = (ctx.param("order")?, ctx.who.staff()?.staff);
    let (granted, answer) = (ctx.form.get("granted") == "yes", ctx.form.get("answer").to_owned());
    let order = format!("/console/orders/{id}");
    match ctx.state.commerce.settle_appeal(id, staff, granted, answer).await {
        Ok(()) => ctx.done(&order, msg(if granted { "appeal-granted" } else { "appeal-declined" })),
        Err(CommerceError::Staff(_)) => ctx.sorry(&order, msg("decide-not-yours")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, &["answer"])?;
            let page = closed(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/orders/{order}/documents/{document}`: opens a document for this review.
pub async fn open_document(ctx: Ctx) -> Answer {
    let (id, staff): (OrderId, _) = (ctx.param("order")?, ctx.who.staff()?.staff);
    let (document, media) = ctx.state.commerce.open_document(staff, id, ctx.param("document")?).await?;
    let (media, name) = match media.as_str() {
        "application/pdf" => ("application/pdf", "document.pdf"),
        "image/png" => ("image/png", "document.png"),
        _ => ("image/jpeg", "document.jpg"),
    };
    ctx.file(&document, media, name)
}

/// A decision that needs words.
async fn noted(ctx: &Ctx, field: &str, decision: Decision, done: &'static str) -> Answer {
    let mut form = Form::of(&ctx.form);
    let note = form.required(&ctx.form, field).to_owned();
    if !form.good() {
        let page = closed(ctx, form).await?;
        return ctx.refused(&page);
    }
    decide(ctx, decision, Some(note), done).await
}

async fn decide(ctx: &Ctx, decision: Decision, note: Option<String>, done: &'static str) -> Answer {
    let (id, staff): (OrderId, _) = (ctx.param("order")?, ctx.who.staff()?.staff);
    match ctx.state.commerce.decide_order(id, staff, decision, note).await {
        Ok(_) => ctx.done("/console/orders", msg(done)),
        Err(CommerceError::Staff(_)) => ctx.sorry(&format!("/console/orders/{id}"), msg("decide-late")),
        Err(error) => Err(error.into()),
    }
}
