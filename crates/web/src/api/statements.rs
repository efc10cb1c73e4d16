//! Statements: the balance before a month or a year, what moved it, the balance after it.

use mailkeep_commerce::periods::shift_months;
use mailkeep_commerce::statements::{Movement, Statement};
use mailkeep_identity::Scope;
use mailkeep_types::Money;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::value::{Amount, Date};
use crate::center::statements::asked_period;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::BILLING;

/// The statements of a period.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Statements")]
pub struct StatementsView {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
    /// One for each currency.
    pub statements: Vec<StatementView>,
}

/// A statement in one currency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Statement")]
pub struct StatementView {
    /// What was owed before; a minus is credit.
    pub opening: Amount,
    /// What moved it, day by day.
    pub movements: Vec<MovementView>,
    /// What was owed after.
    pub closing: Amount,
}

/// A movement.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Movement")]
pub struct MovementView {
    /// The day.
    pub on: Date,
    /// What happened, as the journal names it, e.g. `invoice_issued`.
    pub kind: String,
    /// The number of the invoice or credit note.
    pub number: Option<String>,
    /// The invoice.
    pub invoice: Option<String>,
    /// What it added to what is owed; a minus took off.
    pub amount: Amount,
    /// What was owed after it.
    pub balance: Amount,
}

impl From<Statement> for StatementView {
    fn from(statement: Statement) -> Self {
        let money = |minor| Amount::from(Money::new(minor, statement.currency));
        let movement = |row: &Movement| MovementView {
            on: row.on.into(),
            kind: row.kind.clone(),
            number: row.number.clone(),
            invoice: row.invoice.map(|id| id.to_string()),
            amount: money(row.amount_minor),
            balance: money(row.balance_minor),
        };
        StatementView {
            opening: money(statement.opening_minor),
            movements: statement.movements.iter().map(movement).collect(),
            closing: money(statement.closing_minor),
        }
    }
}

async fn show(ctx: Ctx) -> Result<StatementsView, WebError> {
    let period: String = ctx.param("period")?;
    let (from, months) = asked_period(&period).ok_or(WebError::NotFound)?;
    let until = shift_months(from, months, 1);
    let statements = ctx.state.commerce.statement(ctx.customer()?, from, until).await?;
    let statements = statements.into_iter().map(StatementView::from).collect();
    Ok(StatementsView { from: from.into(), until: until.into(), statements })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Statements");
    let what = "The statements of a month, e.g. `2026-05`, or of a year";
    api.read(op("/api/v1/statements/{period}", "showStatements", what, Scope::BillingRead, BILLING), show);
}
