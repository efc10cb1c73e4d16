//! The billing month for staff: how far it is, what failed, and what the next closing will bill beside the one before.

use jiff::civil::Date;
use mailkeep_commerce::months::dry_run::{DryRun, MonthState};
use mailkeep_types::{Money, SubscriptionId, Timestamp};
use serde::Serialize;

use crate::center::services::start_of;
use crate::ctx::Ctx;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The month.
#[derive(Debug, Serialize)]
pub struct MonthPage {
    /// The invoice day, as in the address.
    pub day: String,
    /// The same day.
    pub invoice: Timestamp,
    /// The month before, as in the address.
    pub before: String,
    /// The month after.
    pub after: String,
    /// The steps in their order.
    pub steps: Vec<StepCard>,
    /// What failed and is tried again.
    pub failures: Vec<FailureRow>,
    /// What the closing comes to, once it was asked for.
    pub dry: Option<DryCard>,
}

/// A step of the month.
#[derive(Debug, Clone, Serialize)]
pub struct StepCard {
    /// `first`, `final`, `invoices` or `payment`.
    pub id: &'static str,
    /// Its day.
    pub on: Timestamp,
    /// How many are done.
    pub done: i64,
    /// Of how many.
    pub of: i64,
    /// When it last moved.
    pub moved: Option<Timestamp>,
    /// `waiting`, `running` or `done`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
}

/// Something that failed.
#[derive(Debug, Clone, Serialize)]
pub struct FailureRow {
    /// The subscription.
    pub subscription: String,
    /// The step.
    pub step: String,
    /// The code of the failure.
    pub code: String,
    /// When.
    pub at: Timestamp,
}

/// A dry run.
#[derive(Debug, Clone, Serialize)]
pub struct DryCard {
    /// Subscriptions that were looked at.
    pub looked_at: i64,
    /// Those that are billed.
    pub billed: i64,
    /// The sums of each currency.
    pub sums: Vec<SumRow>,
    /// What differs most.
    pub rows: Vec<DryRow>,
    /// Subscriptions that cannot be priced.
    pub failed: Vec<FailureRow>,
}

/// What a currency comes to.
#[derive(Debug, Clone, Serialize)]
pub struct SumRow {
    /// Now.
    pub now: Money,
    /// The month before.
    pub before: Money,
    /// The difference.
    pub difference: Money,
}

/// A subscription that differs from the month before.
#[derive(Debug, Clone, Serialize)]
pub struct DryRow {
    /// Its customer.
    pub customer: String,
    /// Its domains.
    pub domains: String,
    /// The plan.
    pub plan: String,
    /// The mailboxes.
    pub mailboxes: i64,
    /// The month before.
    pub before: Money,
    /// Now.
    pub now: Money,
    /// The difference.
    pub difference: Money,
}

impl Page for MonthPage {
    const TEMPLATE: &'static str = "console/month.html";

    fn samples() -> Vec<Self> {
        let step = |id, days: i64, done, state, tone| StepCard {
            id,
            on: samples::days_ago(days),
            done,
            of: 1240,
            moved: (done > 0).then(|| samples::minutes_ago(2)),
            state,
            tone,
        };
        let row = |domain: &str, mailboxes, before: i64, now: i64| DryRow {
            customer: "c".to_owned(),
            domains: domain.to_owned(),
            plan: "Business".to_owned(),
            mailboxes,
            before: usd(before),
            now: usd(now),
            difference: usd(now - before),
        };
        let dry = DryCard {
            looked_at: 1240,
            billed: 1182,
            sums: vec![SumRow { now: usd(4_812_600), before: usd(4_790_400), difference: usd(22_200) }],
            rows: vec![
                row("larkspur-books.example", 60, 18_000, 36_000),
                row("quill-and-co.example", 2, 3_000, 1_200),
            ],
            failed: Vec::new(),
        };
        let failure = FailureRow {
            subscription: "0197".to_owned(),
            step: "final".to_owned(),
            code: "commerce.port".to_owned(),
            at: samples::minutes_ago(9),
        };
        let page = |steps, failures, dry| MonthPage {
            day: "2026-06-01".to_owned(),
            invoice: samples::days_ago(-18),
            before: "2026-05-01".to_owned(),
            after: "2026-07-01".to_owned(),
            steps,
            failures,
            dry,
        };
        let steps = vec![
            step("first", 3, 1240, "done", "good"),
            step("final", 0, 812, "running", "warn"),
            step("invoices", -4, 0, "waiting", "note"),
            step("payment", -6, 0, "waiting", "note"),
        ];
        vec![page(steps.clone(), vec![failure], Some(dry)), page(steps, Vec::new(), None)]
    }
}

/// `GET /console/month`
pub async fn show(ctx: Ctx) -> Answer {
    let commerce = &ctx.state.commerce;
    let day: Date = ctx.query.get("day").parse().unwrap_or_else(|_| commerce.next_invoice_day());
    let calendar = commerce.config().month;
    let day = calendar.invoice_until(day);
    let state = commerce.month_state(day).await?;
    let dry = match ctx.query.get("dry") {
        "" => None,
        _ => Some(commerce.dry_run(day).await?),
    };
    let zone = ctx.chrome().time_zone;
    let failure = |failure: &mailkeep_commerce::months::Failure| FailureRow {
        subscription: failure.subscription.to_string(),
        step: failure.step.clone(),
        code: failure.code.clone(),
        at: failure.failed_at,
    };
    ctx.page(&MonthPage {
        day: day.to_string(),
        invoice: start_of(day, &zone),
        before: calendar.invoice_shifted(day, -1).to_string(),
        after: calendar.invoice_shifted(day, 1).to_string(),
        steps: steps(&state, ctx.state.clock.now(), &zone),
        failures: state.failures.iter().map(failure).collect(),
        dry: dry.map(dry_card),
    })
}

fn steps(state: &MonthState, now: Timestamp, zone: &str) -> Vec<StepCard> {
    let (days, state_total) = (state.days, state.subscriptions);
    // A count is over when the next step begins: who came after it is not in it.
    let all = [
        ("first", days.first_count, Some(days.final_count)),
        ("final", days.final_count, Some(days.invoice)),
        ("invoices", days.invoice, None),
        ("payment", days.payment, None),
    ];
    let card = |(id, on, until): (&'static str, Date, Option<Date>)| {
        let step = state.steps.iter().find(|step| step.step == id);
        let done = step.map_or(0, |step| step.done);
        let on = start_of(on, zone);
        // A run is quarter-hourly: what has not moved for an hour after its day began is over.
        let moved = step.map(|step| step.moved_at);
        let quiet = moved.is_some_and(|moved| now.since(moved) > std::time::Duration::from_secs(3600));
        let (state, tone) = if now < on {
            ("waiting", "note")
        } else if done >= state_total || quiet || until.is_some_and(|until| now >= start_of(until, zone)) {
            ("done", "good")
        } else if id == "payment" {
            ("begun", "note")
        } else {
            ("running", "warn")
        };
        StepCard { id, on, done, of: state_total.max(done), moved, state, tone }
    };
    all.into_iter().map(card).collect()
}

fn dry_card(dry: DryRun) -> DryCard {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    DryCard {
        looked_at: number(dry.looked_at),
        billed: number(dry.billed),
        sums: dry
            .sums
            .iter()
            .map(|(currency, now, before)| SumRow {
                now: Money::new(*now, *currency),
                before: Money::new(*before, *currency),
                difference: Money::new(now - before, *currency),
            })
            .collect(),
        rows: dry
            .rows
            .iter()
            .map(|row| DryRow {
                customer: row.customer.to_string(),
                domains: row.domains.join(", "),
                plan: row.plan.clone(),
                mailboxes: i64::from(row.mailboxes),
                before: Money::new(row.before_minor, row.currency),
                now: Money::new(row.net_minor, row.currency),
                difference: Money::new(row.net_minor - row.before_minor, row.currency),
            })
            .collect(),
        failed: dry
            .failed
            .iter()
            .map(|(id, code)| FailureRow {
                subscription: id.to_string(),
                step: "invoices".to_owned(),
                code: (*code).to_owned(),
                at: Timestamp::EPOCH,
            })
            .collect(),
    }
}

/// `POST /console/month/run`
pub async fn run(ctx: Ctx) -> Answer {
    let report = ctx.state.commerce.run_billing().await?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let said = msg("month-ran")
        .with("counted", number(report.counted))
        .with("billed", number(report.billed))
        .with("failed", number(report.failed));
    ctx.done("/console/month", said)
}

/// `POST /console/subscriptions/{subscription}/restore`
pub async fn restore(ctx: Ctx) -> Answer {
    let id: SubscriptionId = ctx.param("subscription")?;
    let staff = ctx.who.staff()?.staff;
    ctx.state.commerce.restore_subscription(staff, id).await?;
    ctx.done("/console/month", msg("month-restored"))
}
