//! The overview: what needs doing next.

use mailkeep_commerce::handovers::{HandOver, HandOverState};
use mailkeep_commerce::orders::{Order, OrderStatus};
use mailkeep_commerce::services::Service;
use mailkeep_mailbox::domains::DomainState;
use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use super::hand_over::HandOverRow;
use crate::ctx::Ctx;
use crate::ladder::{self, StepNotice};
use crate::page::Page;
use crate::routes::{Answer, OWNER, TECHNICAL};
use crate::samples::{self, usd};
use crate::site::order::status::state_word;

/// The overview.
#[derive(Debug, Serialize)]
pub struct OverviewPage {
    /// The way to the first mail, step by step.
    pub steps: Vec<Step>,
    /// How many of them are left.
    pub steps_left: i64,
    /// Mailboxes made.
    pub mailboxes: i64,
    /// Mailboxes ordered.
    pub mailboxes_ordered: i64,
    /// Domains added.
    pub domains: i64,
    /// What is to be paid; nothing while all is paid.
    pub open_amount: Option<Money>,
    /// Orders that are young or not yet decided.
    pub orders: Vec<OrderRow>,
    /// Mailboxes whose mail waits until somebody says who signed in.
    pub strange: Vec<String>,
    /// What is limited or stopped.
    pub limits: Vec<StepNotice>,
    /// A warning that the services end, or what is being handed over; for owners.
    pub hand_over: Option<HandOverRow>,
}

/// One step on the way to the first mail.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// Names its texts: `confirm`, `order`, `review`, `domain`, `dns` or `mailbox`.
    pub id: &'static str,
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// Whether it is done.
    pub done: bool,
    /// Whether it is the one to do now.
    pub next: bool,
    /// Where it is done.
    pub href: String,
    /// Whether doing it is an act and not a page.
    pub post: bool,
}

/// An order in the list.
#[derive(Debug, Clone, Serialize)]
pub struct OrderRow {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// When it was placed.
    pub at: Timestamp,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// What it comes to.
    pub total: Money,
}

impl Step {
    /// A step; [`OverviewPage::of`] finds the one to do now.
    pub fn new(id: &'static str, icon: &'static str, done: bool, href: impl Into<String>) -> Self {
        Step { id, icon, done, next: false, href: href.into(), post: id == "confirm" }
    }
}

impl OverviewPage {
    /// Puts steps in order: the first that is not done is the next.
    pub fn of(mut steps: Vec<Step>) -> Self {
        if let Some(step) = steps.iter_mut().find(|step| !step.done) {
            step.next = true;
        }
        let left = steps.iter().filter(|step| !step.done).count();
        OverviewPage {
            steps,
            steps_left: i64::try_from(left).unwrap_or(i64::MAX),
            mailboxes: 0,
            mailboxes_ordered: 0,
            domains: 0,
            open_amount: None,
            orders: Vec::new(),
            strange: Vec::new(),
            limits: Vec::new(),
            hand_over: None,
        }
    }
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "center/overview.html";

    fn samples() -> Vec<Self> {
        let steps = |done: usize| {
            [
                ("confirm", "mail", "/center/profile/confirm"),
                ("order", "box", "/plans"),
                ("domain", "globe", "/center/domains"),
                ("dns", "list", "/center/domains"),
                ("mailbox", "inbox", "/center/mailboxes/new"),
            ]
            .into_iter()
            .enumerate()
            .map(|(at, (id, icon, href))| Step::new(id, icon, at < done, href))
            .collect()
        };
        let order = OrderRow {
            href: "/order/sample".to_owned(),
            number: "O-2026-00042".to_owned(),
            at: samples::days_ago(1),
            state: "active",
            tone: "good",
            total: usd(38_970),
        };
        let mut running = OverviewPage::of(steps(5));
        running.mailboxes = 5;
        running.hand_over = HandOverRow::samples().into_iter().next();
        running.mailboxes_ordered = 5;
        running.strange = vec!["m".to_owned()];
        running.limits = StepNotice::samples();
        running.domains = 2;
        running.open_amount = Some(usd(4_000));
        let mut begun = OverviewPage::of(steps(2));
        begun.mailboxes_ordered = 5;
        begun.domains = 1;
        begun.orders = vec![order.clone(), OrderRow { state: "review", tone: "note", ..order }];
        vec![begun, OverviewPage::of(steps(0)), running]
    }
}

/// `GET /center`
pub async fn show(ctx: Ctx) -> Answer {
    let commerce = &ctx.state.commerce;
    // Whoever signed in has a confirmed address.
    let mut steps = vec![Step::new("confirm", "mail", true, "/center/profile")];
    let Ok(customer) = ctx.customer() else {
        steps.push(Step::new("order", "box", false, "/plans"));
        return ctx.page(&OverviewPage::of(steps));
    };
    let services: Vec<Service> = commerce
        .list_services(customer)
        .await?
        .into_iter()
        .filter(|service| service.ended_at.is_none())
        .collect();
    let orders = commerce.list_orders(customer).await?;
    let domains = ctx.state.office.domains_of_customer(customer).await?;
    let mut mailboxes = 0;
    for domain in &domains {
        let usage = ctx.state.office.domain_usage(domain.id).await?;
        mailboxes += usage.mailboxes - usage.closed;
    }
    let waiting =
        orders.iter().find(|order| matches!(order.status, OrderStatus::InReview | OrderStatus::MoreAsked));
    let verifying = orders.iter().find(|order| order.status == OrderStatus::Verifying);
    match waiting.or(verifying).filter(|_| services.is_empty()) {
        Some(order) if order.status == OrderStatus::Verifying => {
            steps.push(Step::new("verify", "shield", false, format!("/order/{}", order.id)));
        }
        Some(order) => steps.push(Step::new("review", "shield", false, format!("/order/{}", order.id))),
        None => steps.push(Step::new("order", "box", !services.is_empty(), "/plans")),
    }
    if !services.is_empty() || !domains.is_empty() {
        let first = domains.iter().find(|domain| domain.state == DomainState::Unproven).or(domains.first());
        let page =
            first.map_or("/center/domains".to_owned(), |domain| format!("/center/domains/{}", domain.id));
        let proven = domains.iter().any(|domain| domain.state == DomainState::Proven);
        steps.push(Step::new("domain", "globe", proven, page));
        let make = if proven { "/center/mailboxes/new" } else { "/center/mailboxes" };
        steps.push(Step::new("mailbox", "inbox", mailboxes > 0, make));
    }
    let mut page = OverviewPage::of(steps);
    page.mailboxes = mailboxes;
    page.mailboxes_ordered = services.iter().map(|service| i64::from(service.mailboxes)).sum();
    page.domains = i64::try_from(domains.len()).unwrap_or(i64::MAX);
    let invoices = commerce.list_invoices(customer).await?;
    page.open_amount = invoices
        .iter()
        .map(mailkeep_commerce::invoices::Invoice::open)
        .filter(|open| open.minor > 0)
        .reduce(|sum, open| sum.plus(open).unwrap_or(sum));
    if ctx.has_role(TECHNICAL) {
        let suspicions = ctx.state.holds.guard().suspicions_of(customer).await?;
        page.strange = suspicions.iter().map(|one| one.mailbox.to_string()).collect();
    }
    page.limits = ladder::of_customer(&ctx, customer).await?;
    if ctx.has_role(OWNER) {
        let newest = commerce.hand_overs_of(customer).await?.into_iter().next();
        let open = |one: &HandOver| !matches!(one.state, HandOverState::Cured | HandOverState::Expired);
        let zone = &commerce.config().time_zone;
        page.hand_over = newest.filter(open).map(|one| HandOverRow::of(&one, zone));
    }
    page.orders = orders.iter().take(5).map(row).collect();
    ctx.page(&page)
}

fn row(order: &Order) -> OrderRow {
    let state = state_word(order, None);
    OrderRow {
        href: format!("/order/{}", order.id),
        number: order.number.clone(),
        at: order.placed_at,
        state,
        tone: state_tone(state),
        total: order.total(),
    }
}

/// How the state of an order looks.
pub fn state_tone(state: &str) -> &'static str {
    match state {
        "active" | "trial" => "good",
        "refused" | "declined" => "bad",
        "awaiting_payment" | "question" => "warn",
        _ => "note",
    }
}
