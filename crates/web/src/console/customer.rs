//! A customer as staff see it: shapes, and fields that open when a fact justifies it.

use mailkeep_commerce::invoices::Invoice;
use mailkeep_commerce::orders::{Order, OrderStatus};
use mailkeep_commerce::services::Service;
use mailkeep_commerce::subscriptions::SubscriptionStatus;
use mailkeep_helpdesk::tickets::{Ticket, TicketState};
use mailkeep_identity::customers::{ContactShape, CustomerCard};
use mailkeep_identity::{IdentityError, StaffAccess, StaffPermission, StaffRole};
use mailkeep_policy::{Actor, Fact, Shown, purpose};
use mailkeep_types::{CustomerId, InvoiceId, Money, OrderId, Timestamp};
use serde::Serialize;

use super::opening::{self, Opening};
use crate::center::overview::state_tone;
use crate::center::services::{self, Besides, start_of};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::{self, usd};
use crate::site::order::status;

/// So many tickets, the newest, are looked through for open ones.
const LOOKED_THROUGH: i64 = 50;

/// A customer.
#[derive(Debug, Serialize)]
pub struct CustomerPage {
    /// Its id, and its number for people.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
    /// The name, while it is open.
    pub name: Option<Shown<String>>,
    /// The contacts.
    pub contacts: Vec<ContactRow>,
    /// How many services it has now.
    pub services: i64,
    /// How many of them are blocked.
    pub blocked: i64,
    /// What runs, or ran.
    pub subscriptions: Vec<SubscriptionRow>,
    /// The orders.
    pub orders: Vec<OrderRow>,
    /// The invoices that are due.
    pub invoices: Vec<InvoiceRow>,
    /// The facts that hold now.
    pub facts: Vec<FactRow>,
    /// Why it is open or not.
    pub opening: Opening,
    /// How many limits and stops are in force about their mail.
    pub steps: i64,
    /// Whether the reader works at the abuse desk.
    pub may_limit: bool,
    /// Whether the reader can warn of an end.
    pub may_warn: bool,
    /// The form of a break-glass case.
    pub form: Form,
}

/// A subscription with what it has besides.
#[derive(Debug, Clone, Serialize)]
pub struct SubscriptionRow {
    /// The plan.
    pub plan: String,
    /// The domain it was ordered for.
    pub domain: String,
    /// `active`, `pending`, `suspended`, `cancelled` or `ended`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// `annual`, `quarterly` or `monthly`.
    pub term: String,
    /// Mailboxes ordered.
    pub mailboxes: i64,
    /// When it is billed next; nothing when it has ended.
    pub next: Option<Timestamp>,
    /// What its mailboxes have besides.
    pub add_ons: Vec<Besides>,
}

/// A contact.
#[derive(Debug, Clone, Serialize)]
pub struct ContactRow {
    /// The Registration ID.
    pub number: String,
    /// The page of the person.
    pub href: String,
    /// The roles.
    pub roles: Vec<&'static str>,
    /// Since when.
    pub since: Timestamp,
    /// The name, while it is open.
    pub name: Option<Shown<String>>,
    /// The address, while it is open.
    pub email: Option<Shown<String>>,
}

/// An order.
#[derive(Debug, Clone, Serialize)]
pub struct OrderRow {
    /// Its number.
    pub number: String,
    /// Its page, for those who review orders.
    pub href: Option<String>,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// When it was placed.
    pub at: Timestamp,
    /// What it comes to.
    pub total: Money,
}

/// An invoice that is due.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceRow {
    /// Its number.
    pub number: String,
    /// Its page, for those who bill.
    pub href: Option<String>,
    /// When it is due, as a date.
    pub due_on: String,
    /// What is owed.
    pub open: Money,
}

/// A fact that holds now.
#[derive(Debug, Clone, Serialize)]
pub struct FactRow {
    /// What the form names it by.
    pub value: String,
    /// What it is, in words.
    pub words: Msg,
    /// Whether it justifies something to the reader's roles.
    pub yours: bool,
    /// The roles to which it justifies something.
    pub roles: Vec<&'static str>,
}

impl Page for CustomerPage {
    const TEMPLATE: &'static str = "console/customer.html";

    fn samples() -> Vec<Self> {
        let fact = |yours| FactRow {
            value: "order_in_review:o".to_owned(),
            words: msg("fact-order_in_review").with("number", "O-2026-00042"),
            yours,
            roles: vec!["fraud_reviewer", "billing"],
        };
        let page = |open: bool, facts: Vec<FactRow>, opening: Opening| CustomerPage {
            id: "0199a1f2-7c3e-7b1d-9d43-5f2c8e6a1b90".to_owned(),
            since: samples::days_ago(40),
            name: open.then(|| "Larkspur Books".into()),
            contacts: vec![ContactRow {
                number: "R-7F3K-2Q9M-X".to_owned(),
                href: "/console/persons/p".to_owned(),
                roles: vec!["owner"],
                since: samples::days_ago(40),
                name: open.then(|| "Ada Example".into()),
                email: open.then(|| "ada@larkspur.example".into()),
            }],
            subscriptions: vec![SubscriptionRow {
                plan: "Business".to_owned(),
                domain: "larkspur-books.example".to_owned(),
                state: "active",
                tone: "good",
                term: "annual".to_owned(),
                mailboxes: 5,
                next: Some(samples::days_ago(-200)),
                add_ons: vec![Besides { name: "Archive".to_owned(), until: Some(samples::days_ago(-200)) }],
            }],
            services: 1,
            blocked: 0,
            orders: vec![OrderRow {
                number: "O-2026-00042".to_owned(),
                href: Some("/console/orders/o".to_owned()),
                state: "review",
                tone: "note",
                at: samples::minutes_ago(35),
                total: usd(38_970),
            }],
            invoices: vec![InvoiceRow {
                number: "2026-00017".to_owned(),
                href: Some("/console/invoices/i".to_owned()),
                due_on: "2026-03-03".to_owned(),
                open: usd(4_900),
            }],
            facts,
            opening,
            steps: i64::from(!open) * 2,
            may_limit: open,
            may_warn: true,
            form: Form::new(),
        };
        let under = Opening {
            under: Some(msg("fact-order_in_review").with("number", "O-2026-00042")),
            seconds: 60,
            ..Opening::default()
        };
        let refused = Opening { break_glass: true, ..Opening::default() }.refused(msg("open-refused-fact"));
        vec![
            page(false, vec![fact(true)], Opening::default()),
            page(true, vec![fact(true)], under),
            page(false, vec![fact(false)], Opening::default()),
            page(false, Vec::new(), refused),
        ]
    }
}

/// `GET /console/customers/{customer}`: shapes; nothing personal is opened.
pub async fn show(ctx: Ctx) -> Answer {
    let page = masked(&ctx, ctx.param("customer")?).await?;
    ctx.page(&page)
}

/// The page with everything masked.
///
/// # Errors
/// When there is no such customer.
pub async fn masked(ctx: &Ctx, id: CustomerId) -> Result<CustomerPage, WebError> {
    let (identity, commerce) = (&ctx.state.identity, &ctx.state.commerce);
    let staff = ctx.who.staff()?;
    let customer = identity.find_customer_for_staff(ctx.access(), id).await?;
    let services = commerce.list_services(id).await?;
    let living: Vec<_> = services.iter().filter(|service| service.ended_at.is_none()).collect();
    let blocked = living.iter().filter(|service| !service.blocks.is_empty()).count();
    let orders = commerce.list_orders(id).await?;
    let due: Vec<Invoice> =
        commerce.list_invoices(id).await?.into_iter().filter(|invoice| invoice.open_minor > 0).collect();
    let tickets = ctx.state.desk.list_tickets(id, None, LOOKED_THROUGH).await?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let contact = |shape: &ContactShape| ContactRow {
        number: shape.registration_id.to_string(),
        href: format!("/console/persons/{}", shape.person),
        roles: shape.roles.iter().map(|role| role.word()).collect(),
        since: shape.created_at,
        name: None,
        email: None,
    };
    let shapes = identity.list_contact_shapes(ctx.access(), id).await?;
    let subscriptions = subscriptions(ctx, id, &services).await?;
    Ok(CustomerPage {
        id: id.to_string(),
        since: customer.created_at,
        name: None,
        contacts: shapes.iter().map(contact).collect(),
        services: count(living.len()),
        blocked: count(blocked),
        subscriptions,
        facts: facts(staff, &orders, &due, &tickets),
        orders: orders.iter().map(|order| order_row(staff, order)).collect(),
        invoices: due.iter().map(|invoice| invoice_row(staff, invoice)).collect(),
        opening: Opening::closed(staff),
        steps: count(ctx.state.holds.guard().open_steps_of(id).await?.len()),
        may_limit: staff.may(StaffPermission::Abuse),
        may_warn: staff.may(StaffPermission::Billing),
        form: Form::new(),
    })
}

/// What runs, or ran, with what it has besides; domains are no secret of the one who runs them.
async fn subscriptions(
    ctx: &Ctx,
    id: CustomerId,
    services: &[Service],
) -> Result<Vec<SubscriptionRow>, WebError> {
    let commerce = &ctx.state.commerce;
    let held = commerce.list_add_ons(id).await?;
    let mut rows = Vec::new();
    for subscription in commerce.list_subscriptions(id).await? {
        let service = services.iter().find(|service| service.subscription == subscription.id);
        let (state, tone) = services::state(&subscription, service);
        let day = |date| start_of(date, &subscription.time_zone);
        let besides = held.iter().filter(|had| had.subscription == subscription.id);
        rows.push(SubscriptionRow {
            plan: commerce.plan_version(subscription.plan_version).await?.name,
            domain: service.map(|service| service.domain.to_unicode()).unwrap_or_default(),
            state,
            tone,
            term: subscription.interval.word().to_owned(),
            mailboxes: i64::from(subscription.mailboxes),
            next: (subscription.status == SubscriptionStatus::Active).then(|| day(subscription.next_on)),
            add_ons: besides
                .map(|had| Besides { name: had.name.clone(), until: had.until.map(day) })
                .collect(),
        });
    }
    Ok(rows)
}

fn order_row(staff: &StaffAccess, order: &Order) -> OrderRow {
    let state = status::state_word(order, None);
    OrderRow {
        number: order.number.clone(),
        href: staff.may(StaffPermission::Orders).then(|| format!("/console/orders/{}", order.id)),
        state,
        tone: state_tone(state),
        at: order.placed_at,
        total: order.total(),
    }
}

fn invoice_row(staff: &StaffAccess, invoice: &Invoice) -> InvoiceRow {
    InvoiceRow {
        number: invoice.number.clone(),
        href: staff.may(StaffPermission::Billing).then(|| format!("/console/invoices/{}", invoice.id)),
        due_on: invoice.due_on.to_string(),
        open: invoice.open(),
    }
}

/// What justifies a look now. The gate asks the database again before it believes any of it.
fn facts(staff: &StaffAccess, orders: &[Order], due: &[Invoice], tickets: &[Ticket]) -> Vec<FactRow> {
    let yours = |roles: &[StaffRole]| roles.iter().any(|role| staff.roles.contains(role));
    let words = |roles: &[StaffRole]| roles.iter().map(|role| role.word()).collect();
    let review = [StaffRole::FraudReviewer, StaffRole::Billing];
    let waiting =
        orders.iter().filter(|order| matches!(order.status, OrderStatus::InReview | OrderStatus::MoreAsked));
    let mut rows: Vec<FactRow> = waiting
        .map(|order| FactRow {
            value: format!("order_in_review:{}", order.id),
            words: msg("fact-order_in_review").with("number", order.number.clone()),
            yours: yours(&review),
            roles: words(&review),
        })
        .collect();
    let billing = [StaffRole::Billing];
    rows.extend(due.iter().map(|invoice| FactRow {
        value: format!("due_invoice:{}", invoice.id),
        words: msg("fact-due_invoice").with("number", invoice.number.clone()),
        yours: yours(&billing),
        roles: words(&billing),
    }));
    let support = [StaffRole::Support];
    let open = tickets.iter().filter(|ticket| ticket.is_asked() && ticket.state != TicketState::Closed);
    rows.extend(open.map(|ticket| FactRow {
        value: format!("open_ticket:{}", ticket.id),
        words: msg("fact-open_ticket").with("number", ticket.number.clone()),
        yours: yours(&support),
        roles: words(&support),
    }));
    rows
}

/// `POST /console/customers/{customer}/open`: opens name and contacts under the fact that was chosen. Without one the gate
/// refuses, and the attempt is on record.
pub async fn open(ctx: Ctx) -> Answer {
    let id: CustomerId = ctx.param("customer")?;
    let mut page = masked(&ctx, id).await?;
    let staff = ctx.who.staff()?;
    let asked = ctx.form.get("fact");
    let fact = named(asked).unwrap_or_else(|| opening::no_fact(staff));
    let words = page.facts.iter().find(|row| row.value == asked).map(|row| row.words.clone());
    match read(&ctx, id, fact).await {
        Ok(card) => {
            let under = words.unwrap_or_else(|| msg("fact-break_glass"));
            page.opening = page.opening.until(card.ends_at, ctx.state.clock.now(), under);
            fill(&mut page, card);
            let (seconds, to) = (page.opening.seconds, format!("/console/customers/{id}"));
            opening::open_page(&ctx, &page, seconds, &to)
        }
        Err(error) => {
            page.opening = page.opening.refused(opening::refusal(error)?);
            ctx.refused(&page)
        }
    }
}

fn named(value: &str) -> Option<Fact> {
    let (kind, id) = value.split_once(':')?;
    match kind {
        "order_in_review" => id.parse::<OrderId>().ok().map(Fact::OrderInReview),
        "open_ticket" => id.parse().ok().map(Fact::OpenTicket),
        "due_invoice" => id.parse::<InvoiceId>().ok().map(Fact::DueInvoice),
        _ => None,
    }
}

/// Each kind of fact has its purpose; the roles decide between the two of an order in review.
async fn read(ctx: &Ctx, id: CustomerId, fact: Fact) -> Result<CustomerCard, IdentityError> {
    let staff = ctx.access().staff()?;
    let (identity, actor) = (&ctx.state.identity, Actor::Staff(staff.staff));
    let reviews = staff.roles.contains(&StaffRole::FraudReviewer);
    match fact {
        Fact::OpenTicket(_) => identity.read_customer_card::<purpose::Troubleshoot>(actor, id, fact).await,
        Fact::DueInvoice(_) => identity.read_customer_card::<purpose::Deliver>(actor, id, fact).await,
        Fact::OrderInReview(_) if !reviews => {
            identity.read_customer_card::<purpose::Deliver>(actor, id, fact).await
        }
        _ => identity.read_customer_card::<purpose::Protect>(actor, id, fact).await,
    }
}

/// Puts what was opened into its places.
pub fn fill(page: &mut CustomerPage, card: CustomerCard) {
    page.name = Some(card.name);
    for contact in card.contacts {
        let number = contact.registration_id.to_string();
        if let Some(row) = page.contacts.iter_mut().find(|row| row.number == number) {
            row.name = Some(contact.name);
            row.email = Some(contact.email.text());
        }
    }
}
