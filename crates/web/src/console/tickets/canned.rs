//! A canned reply is put into the answer that is being written.

use mailkeep_helpdesk::canned::{CannedReply, Filled, Values, Variable};
use mailkeep_helpdesk::tickets::Ticket;
use mailkeep_policy::{Actor, Fact, Shown, purpose};

use super::act;
use super::show;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::routes::Answer;
use crate::tickets::attachments;

/// Those that the department of a ticket can choose from, by title.
///
/// # Errors
/// A failure of the store.
pub(super) async fn offered(ctx: &Ctx, ticket: &Ticket) -> Result<Vec<Choose>, WebError> {
    let heads = ctx.state.desk.list_canned().await?;
    let theirs = heads.into_iter().filter(|head| head.is_for(&ticket.department));
    let label = |category: &str, language: &str| {
        let parts = [category.to_owned(), language.to_uppercase()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    Ok(theirs.map(|head| Choose::new(head.title, label(&head.category, &head.language))).collect())
}

/// The name of the contact who opened the ticket: opened only where the text names it, and under the ticket.
async fn customer_name(ctx: &Ctx, ticket: &Ticket) -> Result<Option<Shown<String>>, WebError> {
    let Some(person) = ticket.person else { return Ok(None) };
    let (actor, fact) = (Actor::Staff(ctx.who.staff()?.staff), Fact::OpenTicket(ticket.id));
    Ok(Some(ctx.state.identity.read_contact_name::<purpose::Troubleshoot>(actor, person, fact).await?))
}

/// A canned reply filled in for a ticket called `subject`, which is nothing where its words are sealed.
///
/// # Errors
/// A failure of the store.
pub(super) async fn filled(
    ctx: &Ctx,
    subject: Option<Shown<String>>,
    ticket: &Ticket,
    canned: &CannedReply,
) -> Result<Filled, WebError> {
    // Where the words of the ticket are sealed, nothing justifies to open a name.
    let names = canned.template.has(Variable::CustomerName) && subject.is_some();
    Ok(canned.template.fill(&Values {
        customer_name: if names { customer_name(ctx, ticket).await? } else { None },
        ticket_subject: subject,
        ticket_number: ticket.number.clone(),
        agent_name: ctx.who.staff()?.login.clone(),
        provider_name: ctx.chrome().brand.name,
    }))
}

/// `POST /console/tickets/{ticket}/canned`: the answer as typed with the words of `canned` behind it. Nothing is sent.
pub async fn insert(ctx: Ctx) -> Answer {
    let seen = act::seen(&ctx)?;
    let mut page = show::page(&ctx, Form::of(&ctx.form)).await?;
    let now = act::newest(seen);
    let ticket = ctx.state.desk.look_at(now).await?;
    if seen.version != Some(ticket.version) {
        page.form.refuse_all(msg("ticket-changed"));
    }
    match ctx.state.desk.choose_canned(&ticket.department, ctx.form.get("canned")).await {
        Ok(canned) => {
            let Filled { words, missing } = filled(&ctx, page.subject.clone(), &ticket, &canned).await?;
            let typed = page.form.values.remove("words").unwrap_or_else(|| Shown::from(""));
            let both = typed.join(&words, |typed, words| match typed.trim() {
                "" => words.clone(),
                _ => format!("{typed}\n\n{words}"),
            });
            page.form.values.insert("words".to_owned(), both);
            page.form.values.remove("canned");
            if let Some(variable) = missing.first() {
                page.form.refuse("words", msg("canned-missing").with("name", variable.word()));
            }
        }
        Err(error) => page.form.take(error, &["canned"])?,
    }
    attachments::told_again(&ctx, &mut page.form);
    ctx.page(&page)
}
