//! A macro is looked at as it would change a ticket, and used.

use mailkeep_helpdesk::macros::{Effect, Ending, Macro};
use mailkeep_helpdesk::tickets::{Ticket, TicketError};
use serde::Serialize;

use super::show::{Opened, opened};
use super::{act, canned};
use crate::console::macros::acts;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;

/// Those that the department of a ticket uses, by title.
///
/// # Errors
/// A failure of the store.
pub(super) async fn offered(ctx: &Ctx, ticket: &Ticket) -> Result<Vec<Choose>, WebError> {
    let all = ctx.state.desk.list_macros().await?;
    let theirs = all.into_iter().filter(|one| one.is_for(&ticket.department));
    Ok(theirs.map(|one| Choose::new(one.id.to_string(), one.title)).collect())
}

/// What a macro would do with a ticket.
#[derive(Debug, Serialize)]
pub struct UseMacroPage {
    /// The ticket.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its version, for the form.
    pub version: i64,
    /// The macro.
    pub macro_id: String,
    /// Its title.
    pub title: String,
    /// What would change.
    pub does: Vec<Msg>,
    /// Whether words go with it.
    pub speaks: bool,
    /// How many parts of the ticket are open, where it would be over.
    pub open_parts: usize,
    /// Why it cannot be used.
    pub cannot: Option<Msg>,
    /// The words.
    pub form: Form,
}

impl Page for UseMacroPage {
    const TEMPLATE: &'static str = "console/tickets/macro.html";

    fn samples() -> Vec<Self> {
        let page = |does, speaks, cannot, form| UseMacroPage {
            id: "t".to_owned(),
            number: "T-7K2M-Q9XA".to_owned(),
            version: 4,
            macro_id: "a".to_owned(),
            title: "Ask which invoice".to_owned(),
            does,
            speaks,
            open_parts: usize::from(!speaks),
            cannot,
            form,
        };
        let does = vec![
            msg("ticket-did-department").with("name", "billing"),
            msg("ticket-did-tag").with("tag", "refund"),
            msg("macro-ending-ask"),
        ];
        let words = Form::new().with("words", "Good day Ada,\n\nwhich invoice do you mean?\n\nrosalind");
        let cannot =
            msg("verbatim").with("text", "The ticket is solved or closed, so this cannot be done with it.");
        vec![
            page(does, true, None, words),
            page(vec![msg("ticket-did-close")], false, None, Form::new()),
            page(Vec::new(), false, Some(cannot), Form::new()),
        ]
    }
}

/// The words that the macro brings, filled in; nothing where its canned reply is gone.
async fn words(ctx: &Ctx, opened: &Opened, kept: &Macro, form: &mut Form) -> Result<Option<Msg>, WebError> {
    let Some(id) = kept.acts.canned else { return Ok(None) };
    let reply = match ctx.state.desk.show_canned(id).await {
        Ok(reply) => reply,
        Err(TicketError::NotFound) => return Ok(Some(msg("macro-canned-gone"))),
        Err(error) => return Err(error.into()),
    };
    let subject = opened.thread.as_ref().ok().map(|thread| thread.subject.clone());
    let filled = canned::filled(ctx, subject, &opened.ticket, &reply).await?;
    form.values.insert("words".to_owned(), filled.words);
    if let Some(variable) = filled.missing.first() {
        form.refuse("words", msg("canned-missing").with("name", variable.word()));
    }
    Ok(None)
}

async fn page(ctx: &Ctx, kept: Macro, typed: Option<Form>) -> Result<UseMacroPage, WebError> {
    let opened = opened(ctx).await?;
    let me = ctx.who.staff()?.staff;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let (does, mut cannot) = match ctx.state.desk.preview_macro(opened.seen, me, kept.acts.clone()).await {
        Ok(effects) => (effects, None),
        Err(TicketError::State(text)) => (Vec::new(), Some(msg("verbatim").with("text", sentence(text)))),
        Err(error) => return Err(error.into()),
    };
    let speaks = does.iter().any(|effect| matches!(effect, Effect::Speak(..)));
    let mut form = Form::new();
    match typed {
        Some(typed) => form = typed,
        None if speaks => cannot = words(ctx, &opened, &kept, &mut form).await?.or(cannot),
        None => {}
    }
    let ends = |effect: &Effect| match effect {
        Effect::Move(..) => true,
        Effect::Speak(ending, _) => *ending == Ending::AnswerSolve,
        _ => false,
    };
    let open_parts = match does.iter().any(ends) {
        true => ctx.state.desk.list_links(opened.seen).await?.open_parts(),
        false => 0,
    };
    if does.is_empty() && cannot.is_none() {
        cannot = Some(msg("macro-nothing"));
    }
    Ok(UseMacroPage {
        id: opened.ticket.id.to_string(),
        number: opened.ticket.number,
        version: opened.ticket.version,
        macro_id: kept.id.to_string(),
        title: kept.title,
        does: does.iter().map(|effect| acts::said(effect, &names)).collect(),
        speaks,
        open_parts,
        cannot,
        form,
    })
}

/// `GET /console/tickets/{ticket}/macros/{desk_macro}`: what it would do. Nothing is done.
pub async fn show(ctx: Ctx) -> Answer {
    let kept = ctx.state.desk.show_macro(ctx.param("desk_macro")?).await?;
    let page = page(&ctx, kept, None).await?;
    ctx.page(&page)
}

/// `POST /console/tickets/{ticket}/macros/{desk_macro}`: does it, with `words` where it speaks.
pub async fn apply(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    let kept = ctx.state.desk.show_macro(ctx.param("desk_macro")?).await?;
    let acts = (kept.title.clone(), kept.acts.clone());
    let mut form = Form::of(&ctx.form);
    if form.good() {
        match ctx.state.desk.use_macro(seen, me, acts, ctx.form.get("words")).await {
            Ok(_) => return ctx.done(&act::back(seen), msg("macro-used").with("title", kept.title)),
            Err(TicketError::Changed) => form.refuse_all(msg("ticket-changed")),
            Err(error) => form.take(error, &["words"])?,
        }
    }
    let page = page(&ctx, kept, Some(form)).await?;
    ctx.refused(&page)
}

/// `POST /console/tickets/{ticket}/department`: to the department `to` of support.
pub async fn send(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    let to = acts::read_department(&ctx, "to")?.ok_or(WebError::NotFound)?;
    act::outcome(&ctx, seen, ctx.state.desk.send_to_department(seen, me, &to).await, "ticket-sent")
}
