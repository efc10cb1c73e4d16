//! Account credit: what we owe the customer, where it came from and what it paid.

use mailkeep_commerce::credits::{CreditKind, CreditMovement, GrantReason};
use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The credit of the customer.
#[derive(Debug, Serialize)]
pub struct CreditPage {
    /// What is there.
    pub balance: Money,
    /// The movements of this page of the list, newest first.
    pub movements: Vec<MovementRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// A movement.
#[derive(Debug, Clone, Serialize)]
pub struct MovementRow {
    /// When.
    pub at: Timestamp,
    /// Names its text.
    pub kind: &'static str,
    /// Why staff gave it or took it back.
    pub reason: Option<&'static str>,
    /// The invoice to look at.
    pub invoice: Option<String>,
    /// What came, or with a minus went.
    pub amount: Money,
    /// What was there after it.
    pub balance: Money,
}

impl MovementRow {
    /// Made-up movements, newest first.
    pub fn samples() -> Vec<Self> {
        let row = |days, kind: CreditKind, reason: Option<GrantReason>, amount, balance| MovementRow {
            at: samples::days_ago(days),
            kind: kind.word(),
            reason: reason.map(GrantReason::word),
            invoice: (kind == CreditKind::Applied).then(|| "i".to_owned()),
            amount: usd(amount),
            balance: usd(balance),
        };
        vec![
            row(2, CreditKind::Applied, None, -3188, 312),
            row(9, CreditKind::Granted, Some(GrantReason::Outage), 1250, 3500),
            row(20, CreditKind::Refund, None, -1000, 2250),
            row(33, CreditKind::Credited, None, 3250, 3250),
        ]
    }
}

impl Page for CreditPage {
    const TEMPLATE: &'static str = "center/credit.html";

    fn samples() -> Vec<Self> {
        vec![
            CreditPage {
                balance: usd(312),
                movements: MovementRow::samples(),
                paging: Paging { page: 1, size: 25, total: 4 },
            },
            CreditPage {
                balance: usd(0),
                movements: Vec::new(),
                paging: Paging { page: 1, size: 25, total: 0 },
            },
        ]
    }
}

/// Movements with the balance after each, newest first.
pub fn rows(movements: &[CreditMovement]) -> Vec<MovementRow> {
    let mut held = std::collections::BTreeMap::<String, i64>::new();
    let mut rows: Vec<MovementRow> = movements
        .iter()
        .rev()
        .map(|movement| {
            let currency = movement.amount.currency;
            let balance = held.entry(currency.code().to_owned()).or_default();
            *balance += movement.amount.minor;
            MovementRow {
                at: movement.at,
                kind: movement.kind.word(),
                reason: movement.reason.map(GrantReason::word),
                invoice: (movement.kind == CreditKind::Applied).then(|| movement.cause.to_string()),
                amount: movement.amount,
                balance: Money::new(*balance, currency),
            }
        })
        .collect();
    rows.reverse();
    rows
}

/// `GET /center/credit`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx) -> Result<CreditPage, WebError> {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let all = rows(&commerce.list_account_credits(customer).await?);
    Ok(CreditPage { balance: commerce.account_credit(customer).await?, movements: paging.cut(all), paging })
}
