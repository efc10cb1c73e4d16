//! What became of a message that a ticket is about. Support looks among the messages of the ticket's customer alone, while the ticket is
//! open, and the look stands in the customer's record.

use mailkeep_helpdesk::tickets::{DeskKind, Seen};
use mailkeep_policy::{Act, Actor, Fact, Shown, Subject, Use, purpose};
use mailkeep_types::CustomerId;
use serde::Serialize;

use crate::console::opening;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::traces::{self, Search};

/// The search under a ticket.
#[derive(Debug, Serialize)]
pub struct TicketTracePage {
    /// The ticket.
    pub ticket: String,
    /// Its number.
    pub number: String,
    /// The customer's name, once the gate opened it.
    pub customer: Option<Shown<String>>,
    /// Why nothing is opened.
    pub sealed: Option<Msg>,
    /// What is asked and found.
    pub search: Search,
}

impl Page for TicketTracePage {
    const TEMPLATE: &'static str = "console/tickets/trace.html";

    fn samples() -> Vec<Self> {
        let page = |sealed, search: Search| TicketTracePage {
            ticket: "t".to_owned(),
            number: "T-2F4H-77QX".to_owned(),
            customer: search.found.is_some().then(|| "Larkspur Books".into()),
            sealed,
            search,
        };
        let mut samples: Vec<Self> = Search::samples().into_iter().map(|search| page(None, search)).collect();
        let sealed =
            samples.first().map(|first| page(Some(msg("ticket-sealed-closed")), first.search.clone()));
        samples.extend(sealed);
        samples
    }
}

/// `GET /console/tickets/{ticket}/trace`
pub async fn show(ctx: Ctx) -> Answer {
    let (number, _) = of_ticket(&ctx).await?;
    ctx.page(&page(&ctx, number))
}

/// `POST /console/tickets/{ticket}/trace`
pub async fn find(ctx: Ctx) -> Answer {
    let (number, customer) = of_ticket(&ctx).await?;
    let (actor, fact) = (Actor::Staff(ctx.who.staff()?.staff), Fact::OpenTicket(ctx.param("ticket")?));
    let read = ctx.state.identity.read_customer_card::<purpose::Troubleshoot>(actor, customer, fact).await;
    let mut page = page(&ctx, number);
    match read {
        Ok(card) => page.customer = Some(card.name),
        Err(error) => {
            page.sealed = Some(opening::refusal(error)?);
            return ctx.refused(&page);
        }
    }
    let asked =
        Use { actor, subject: Subject::customer(customer), act: Act::Read, fields: &["mail.trace"], fact };
    ctx.state.policy.grant::<purpose::Troubleshoot>(asked).await?;
    page.search = traces::search(&ctx, customer).await?;
    match page.search.form.good() {
        true => ctx.page(&page),
        false => ctx.refused(&page),
    }
}

fn page(ctx: &Ctx, number: String) -> TicketTracePage {
    let ticket = ctx.param::<uuid::Uuid>("ticket").map(|id| id.to_string()).unwrap_or_default();
    TicketTracePage { ticket, number, customer: None, sealed: None, search: Search::empty(ctx) }
}

/// The number of the ticket of the path and its customer; who has none has no mailboxes here.
async fn of_ticket(ctx: &Ctx) -> Result<(String, CustomerId), WebError> {
    let seen = Seen { ticket: ctx.param("ticket")?, owner: None, version: None, desk: DeskKind::Support };
    let ticket = ctx.state.desk.look_at(seen).await?;
    let customer = ticket.customer().ok_or(WebError::NotFound)?;
    Ok((ticket.number.to_string(), customer))
}
