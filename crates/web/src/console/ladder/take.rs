//! One step, before it is taken: what it does, whom it is about, why and for how long.

use mailkeep_mailbox::Route;
use mailkeep_mailbox::queue::Which;
use mailkeep_outbound_guard::ladder::{About, DAYS, LadderError, NewStep, Rung, StepCause};
use mailkeep_types::{CustomerId, DomainName, EmailAddress, MailboxId};
use serde::Serialize;
use uuid::Uuid;

use super::{short, step_causes};
use crate::console::held::sender;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// So many held messages are looked through for mailboxes in question.
const MOST: usize = 200;

/// A step that is about to be taken.
#[derive(Debug, Serialize)]
pub struct TakeStepPage {
    /// The customer.
    pub customer: String,
    /// How far it goes.
    pub rung: &'static str,
    /// Mailboxes in question.
    pub mailboxes: Vec<MailboxChoice>,
    /// The customer's domains.
    pub domains: Vec<DomainChoice>,
    /// What staff may give as a reason.
    pub causes: Vec<&'static str>,
    /// For how many days.
    pub days: Vec<u16>,
    /// Whether it may last until a person ends it.
    pub open_ended: bool,
    /// What has to be typed before the relationship ends.
    pub word: String,
    /// What was chosen.
    pub form: Form,
}

/// A mailbox in question.
#[derive(Debug, Clone, Serialize)]
pub struct MailboxChoice {
    /// Its identifier.
    pub id: String,
    /// The end of it.
    pub name: String,
}

/// A domain of the customer.
#[derive(Debug, Clone, Serialize)]
pub struct DomainChoice {
    /// Its name.
    pub value: String,
    /// The same as people write it.
    pub label: String,
}

impl MailboxChoice {
    fn of(mailbox: MailboxId) -> Self {
        MailboxChoice { id: mailbox.to_string(), name: short(mailbox) }
    }
}

impl Page for TakeStepPage {
    const TEMPLATE: &'static str = "console/ladder/take.html";

    fn samples() -> Vec<Self> {
        let page = |rung: Rung, form| TakeStepPage {
            customer: CustomerId::from_uuid(Uuid::from_u128(0x5eed_0001)).to_string(),
            rung: rung.word(),
            mailboxes: vec![MailboxChoice::of(MailboxId::from_uuid(Uuid::from_u128(0x5eed_0007)))],
            domains: vec![DomainChoice {
                value: "larkspur-books.example".to_owned(),
                label: "larkspur-books.example".to_owned(),
            }],
            causes: step_causes(),
            days: DAYS.to_vec(),
            open_ended: rung != Rung::Throttle,
            word: "larkspur-books.example".to_owned(),
            form,
        };
        vec![
            page(Rung::Throttle, Form::new().with("why", "complaints")),
            page(Rung::Lock, Form::new().wrong("address", msg("ladder-no-mailbox"))),
            page(Rung::Suspend, Form::new()),
            page(Rung::Terminate, Form::new().wrong("word", msg("ladder-word-wrong"))),
        ]
    }
}

fn read_rung(word: &str) -> Result<Rung, WebError> {
    let rung = Rung::from_word(word).filter(|rung| Rung::OF_STAFF.contains(rung));
    rung.ok_or(WebError::NotFound)
}

/// `GET /console/held/{customer}/step?rung=lock&mailbox=…`
pub async fn show(ctx: Ctx) -> Answer {
    let customer = sender(&ctx).await?;
    let rung = read_rung(ctx.query.get("rung")).unwrap_or(Rung::Lock);
    let mut form = Form::new();
    if let Ok(mailbox) = ctx.query.get("mailbox").parse::<MailboxId>() {
        form = form.with("about", format!("mailbox:{mailbox}"));
    }
    let page = page(&ctx, customer, rung, form).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, customer: CustomerId, rung: Rung, form: Form) -> Result<TakeStepPage, WebError> {
    let domains = domains(ctx, customer).await?;
    let choice = |name: &DomainName| DomainChoice { value: name.to_string(), label: name.to_unicode() };
    Ok(TakeStepPage {
        customer: customer.to_string(),
        rung: rung.word(),
        mailboxes: in_question(ctx, customer).await?.into_iter().map(MailboxChoice::of).collect(),
        word: domains.first().map(DomainName::to_unicode).unwrap_or_default(),
        domains: domains.iter().map(choice).collect(),
        causes: step_causes(),
        days: DAYS.to_vec(),
        open_ended: rung != Rung::Throttle,
        form,
    })
}

async fn domains(ctx: &Ctx, customer: CustomerId) -> Result<Vec<DomainName>, WebError> {
    let domains = ctx.state.office.domains_of_customer(customer).await?;
    Ok(domains.into_iter().map(|domain| domain.name).collect())
}

/// The mailboxes of which the desk knows something, by their numbers alone.
async fn in_question(ctx: &Ctx, customer: CustomerId) -> Result<Vec<MailboxId>, WebError> {
    let guard = ctx.state.holds.guard();
    let held = ctx.state.office.list_held(Which::Customer(customer), MOST).await?;
    let mut found: Vec<MailboxId> = held.iter().map(|one| one.mailbox).collect();
    found.extend(guard.suspicions_of(customer).await?.iter().map(|one| one.mailbox));
    found.extend(guard.stops_of(customer).await?.iter().filter_map(|one| one.mailbox));
    for step in guard.steps_of(customer, MOST).await? {
        if let About::Mailbox(mailbox) = step.about {
            found.push(mailbox);
        }
    }
    if let Ok(asked) = ctx.query.get("mailbox").parse()
        && is_of(ctx, asked, customer).await?
    {
        found.push(asked);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

async fn is_of(ctx: &Ctx, mailbox: MailboxId, customer: CustomerId) -> Result<bool, WebError> {
    let office = &ctx.state.office;
    let Ok(facts) = office.mailbox_facts(mailbox).await else { return Ok(false) };
    Ok(office.domain(facts.domain).await?.customer == customer)
}

/// `POST /console/held/{customer}/step`
pub async fn take(ctx: Ctx) -> Answer {
    let customer = sender(&ctx).await?;
    let rung = read_rung(ctx.form.get("rung"))?;
    let (mut form, staff) = (Form::of(&ctx.form), ctx.who.staff()?.staff);
    let why = StepCause::from_word(ctx.form.get("why"));
    if why.is_none() {
        form.refuse("why", msg("held-no-reason"));
    }
    let about = about(&ctx, &mut form, customer, rung).await?;
    let days = days(&ctx, &mut form, rung);
    if rung == Rung::Terminate {
        check_word(&ctx, &mut form, customer).await?;
    }
    if let (Some(why), Some(about), true) = (why, about, form.good()) {
        let new = NewStep { customer, about, rung, why, days, by: Some(staff) };
        match ctx.state.holds.guard().take_step(new).await {
            Ok(_) => return ctx.done(&format!("/console/held/{customer}"), msg(done(rung))),
            Err(LadderError::Already) => form.refuse_all(msg("ladder-already")),
            Err(error) => return Err(error.into()),
        }
    }
    let page = page(&ctx, customer, rung, form).await?;
    ctx.refused(&page)
}

const fn done(rung: Rung) -> &'static str {
    match rung {
        Rung::Hold | Rung::Throttle => "ladder-done-throttle",
        Rung::Lock => "ladder-done-lock",
        Rung::Suspend => "ladder-done-suspend",
        Rung::Terminate => "ladder-done-terminate",
    }
}

/// Whom it is about: what was chosen, or the mailbox of an address that was typed.
async fn about(
    ctx: &Ctx,
    form: &mut Form,
    customer: CustomerId,
    rung: Rung,
) -> Result<Option<About>, WebError> {
    match rung {
        Rung::Hold | Rung::Terminate => return Ok(Some(About::Customer)),
        Rung::Suspend => {
            let asked = ctx.form.get("domain");
            let found = domains(ctx, customer).await?.into_iter().find(|name| name.as_str() == asked);
            if found.is_none() {
                form.refuse("domain", msg("form-required"));
            }
            return Ok(found.map(About::Domain));
        }
        Rung::Throttle | Rung::Lock => {}
    }
    let chosen = match (ctx.form.get("about"), ctx.form.get("address")) {
        ("customer", "") => return Ok(Some(About::Customer)),
        (_, address) if !address.is_empty() => mailbox_at(ctx, address).await?,
        (chosen, _) => chosen.strip_prefix("mailbox:").and_then(|id| id.parse().ok()),
    };
    match chosen {
        Some(mailbox) if is_of(ctx, mailbox, customer).await? => Ok(Some(About::Mailbox(mailbox))),
        _ => {
            form.refuse("address", msg("ladder-no-mailbox"));
            Ok(None)
        }
    }
}

async fn mailbox_at(ctx: &Ctx, address: &str) -> Result<Option<MailboxId>, WebError> {
    let Ok(address) = EmailAddress::parse(address) else { return Ok(None) };
    Ok(match ctx.state.office.resolve(&address).await? {
        Route::Local { mailbox, .. } | Route::Unavailable { mailbox, .. } => Some(mailbox),
        _ => None,
    })
}

fn days(ctx: &Ctx, form: &mut Form, rung: Rung) -> Option<u16> {
    if rung == Rung::Terminate {
        return None;
    }
    let days = ctx.form.get("days").parse().ok().filter(|days| DAYS.contains(days));
    if days.is_none() && rung == Rung::Throttle {
        form.refuse("days", msg("form-required"));
    }
    days
}

/// Whoever ends a relationship types whose it is.
async fn check_word(ctx: &Ctx, form: &mut Form, customer: CustomerId) -> Result<(), WebError> {
    let typed = ctx.form.get("word").to_lowercase();
    let name = domains(ctx, customer).await?.into_iter().next();
    if name.is_none_or(|name| name.to_unicode().to_lowercase() != typed && name.as_str() != typed) {
        form.refuse("word", msg("ladder-word-wrong"));
    }
    Ok(())
}
