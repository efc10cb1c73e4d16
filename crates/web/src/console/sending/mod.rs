//! How what leaves the house is received: deliveries by destination, by sender's domain and by address of ours, what recipients say, block
//! lists, and what other providers report. Counts only: nobody's mail is read for them, and no row says who wrote to whom.
//!
//! Names of domains and numbers of customers are what the other pages of the abuse desk show as well; who stands behind a number is opened
//! by the page of the customer, which asks for a reason.

mod gather;
pub mod reports;
mod rows;
mod samples;

use mailkeep_mailbox::deliveries::Over;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::console::reports::chart::Chart;
use crate::ctx::Ctx;
use crate::messages::Msg;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};

pub use rows::{Band, CustomerRow, EgressRow, ListingRow, PlaceRow, SenderRow};

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    // Both the abuse desk and the operator mind the queue.
    let queue = Permission::Staff(StaffPermission::Queue);
    routes.get("/console/sending", queue, show);
    routes.get("/console/sending/reports", queue, reports::show);
}

/// How what leaves the house is received.
#[derive(Debug, Serialize)]
pub struct SendingPage {
    /// `day` or `week`.
    pub over: &'static str,
    /// The figures on top.
    pub figures: Vec<Figure>,
    /// What is to be looked at first.
    pub alarms: Vec<Msg>,
    /// Deliveries by hour or day.
    pub chart: Option<Chart>,
    /// By destination, the worst first.
    pub places: Vec<PlaceRow>,
    /// By sender's domain, the worst first.
    pub senders: Vec<SenderRow>,
    /// By customer of whom recipients complain, the worst first.
    pub customers: Vec<CustomerRow>,
    /// By address of ours.
    pub egresses: Vec<EgressRow>,
    /// What block lists say.
    pub listings: Vec<ListingRow>,
}

/// A figure on top.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Names its texts.
    pub id: &'static str,
    /// What it is.
    pub value: Value,
    /// What it means, in a sentence.
    pub note: Msg,
    /// The page behind it.
    pub href: Option<&'static str>,
}

/// What a figure is.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// A number.
    Count(i64),
    /// Thousandths.
    Percent(i64),
    /// A text.
    Say(Msg),
    /// A time.
    Ago(Timestamp),
    /// There is nothing to say.
    None,
}

impl Value {
    /// The share of a part in a whole.
    pub(super) fn share(part: i64, whole: i64) -> Self {
        thousandths(part, whole).map_or(Value::None, Value::Percent)
    }
}

/// The share of a part in a whole, in thousandths; `None` of nothing.
fn thousandths(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part.saturating_mul(2_000) + whole) / (whole * 2))
}

impl Page for SendingPage {
    const TEMPLATE: &'static str = "console/sending/deliveries.html";

    fn samples() -> Vec<Self> {
        samples::deliveries()
    }
}

/// `GET /console/sending`
pub async fn show(ctx: Ctx) -> Answer {
    let over = if ctx.query.get("over") == "week" { Over::Week } else { Over::Day };
    let page = gather::deliveries(&ctx, over).await?;
    ctx.page(&page)
}
