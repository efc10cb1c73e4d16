//! The billing month.

use jiff::civil::Date as Day;
use mailkeep_commerce::months::Failure;
use mailkeep_commerce::months::dry_run::DryRun;
use mailkeep_types::Money;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::describe::Api;
use super::super::value::{Amount, Date, Instant};
use super::op;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::StaffPermission;

/// How far a billing month is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingMonth")]
pub struct MonthView {
    /// The day of its invoices.
    pub invoice_on: Date,
    /// The day of the first count.
    pub first_count_on: Date,
    /// The day of the final count.
    pub final_count_on: Date,
    /// The day on which saved cards are charged.
    pub payment_on: Date,
    /// Subscriptions that run.
    pub subscriptions: i64,
    /// The steps that were begun.
    pub steps: Vec<StepView>,
    /// What failed and is tried again.
    pub failures: Vec<FailureView>,
}

/// A step of the month.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingStep")]
pub struct StepView {
    /// `first`, `final`, `invoices` or `payment`.
    pub step: String,
    /// How many subscriptions are done.
    pub done: i64,
    /// When it last moved.
    pub moved_at: Instant,
}

/// Something that failed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingFailure")]
pub struct FailureView {
    /// The subscription.
    pub subscription: String,
    /// The code of the failure.
    pub code: String,
}

/// What the next closing will bill, beside the one before.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DryRun")]
pub struct DryRunView {
    /// Subscriptions that were looked at.
    pub looked_at: usize,
    /// Those that will be billed.
    pub billed: usize,
    /// What it comes to without tax, in each currency.
    pub sums: Vec<SumView>,
    /// What differs most from the month before.
    pub differences: Vec<DifferenceView>,
    /// Subscriptions that cannot be priced.
    pub failures: Vec<FailureView>,
}

/// What a currency comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DryRunSum")]
pub struct SumView {
    /// Now.
    pub now: Amount,
    /// The month before.
    pub before: Amount,
}

/// A subscription whose bill differs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DryRunDifference")]
pub struct DifferenceView {
    /// Its customer.
    pub customer: String,
    /// The plan.
    pub plan: String,
    /// The mailboxes.
    pub mailboxes: u32,
    /// Now.
    pub now: Amount,
    /// The month before.
    pub before: Amount,
}

/// What a run did.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingRun")]
pub struct RunView {
    /// Subscriptions that were counted.
    pub counted: usize,
    /// Subscriptions that were billed.
    pub billed: usize,
    /// What failed and is tried again.
    pub failed: usize,
}

fn failure(one: &Failure) -> FailureView {
    FailureView { subscription: one.subscription.to_string(), code: one.code.clone() }
}

/// The invoice day of the month that is asked for with `day`; the next one when nothing is said.
fn day(ctx: &Ctx) -> Day {
    let commerce = &ctx.state.commerce;
    let day = ctx.query.get("day").parse().unwrap_or_else(|_| commerce.next_invoice_day());
    commerce.config().month.invoice_until(day)
}

async fn show(ctx: Ctx) -> Result<MonthView, WebError> {
    let state = ctx.state.commerce.month_state(day(&ctx)).await?;
    let step = |step: &mailkeep_commerce::months::StepState| StepView {
        step: step.step.clone(),
        done: step.done,
        moved_at: step.moved_at.into(),
    };
    Ok(MonthView {
        invoice_on: state.days.invoice.into(),
        first_count_on: state.days.first_count.into(),
        final_count_on: state.days.final_count.into(),
        payment_on: state.days.payment.into(),
        subscriptions: state.subscriptions,
        steps: state.steps.iter().map(step).collect(),
        failures: state.failures.iter().map(failure).collect(),
    })
}

async fn dry_run(ctx: Ctx) -> Result<DryRunView, WebError> {
    let DryRun { looked_at, billed, sums, rows, failed, .. } = ctx.state.commerce.dry_run(day(&ctx)).await?;
    Ok(DryRunView {
        looked_at,
        billed,
        sums: sums
            .into_iter()
            .map(|(currency, now, before)| SumView {
                now: Money::new(now, currency).into(),
                before: Money::new(before, currency).into(),
            })
            .collect(),
        differences: rows
            .into_iter()
            .map(|row| DifferenceView {
                customer: row.customer.to_string(),
                plan: row.plan,
                mailboxes: row.mailboxes,
                now: Money::new(row.net_minor, row.currency).into(),
                before: Money::new(row.before_minor, row.currency).into(),
            })
            .collect(),
        failures: failed
            .into_iter()
            .map(|(id, code)| FailureView { subscription: id.to_string(), code: code.to_owned() })
            .collect(),
    })
}

async fn run(ctx: Ctx) -> Result<RunView, WebError> {
    let report = ctx.state.commerce.run_billing().await?;
    Ok(RunView { counted: report.counted, billed: report.billed, failed: report.failed })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Billing month");
    let bill = StaffPermission::Billing;
    let what = "How far a month is; `day` in the query says which";
    api.read(op("/api/staff/v1/month", "showMonth", what, bill), show);
    let what = "What closing a month will bill, by the function that bills, beside the month before";
    api.read(op("/api/staff/v1/month/dry-run", "dryRunMonth", what, bill), dry_run);
    let what = "Do now what is due; it happens by itself every quarter of an hour, and what is done is not done again";
    api.act(op("/api/staff/v1/month/run", "runMonth", what, bill), run, run);
}
