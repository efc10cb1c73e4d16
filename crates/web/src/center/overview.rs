//! The overview: what needs doing next.

use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use crate::page::Page;
use crate::samples::{self, usd};

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
        running.mailboxes_ordered = 5;
        running.domains = 2;
        running.open_amount = Some(usd(4_000));
        let mut begun = OverviewPage::of(steps(2));
        begun.mailboxes_ordered = 5;
        begun.domains = 1;
        begun.orders = vec![order.clone(), OrderRow { state: "review", tone: "note", ..order }];
        vec![begun, OverviewPage::of(steps(0)), running]
    }
}
