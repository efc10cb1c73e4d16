//! Hosting reports: what is hosted, by which price, month by month.

use mailkeep_commerce::hosting_reports::{Report, ReportDomain, ReportLine, ReportRow, StoredReport};
use mailkeep_identity::Scope;
use mailkeep_types::{Currency, Money, SubscriptionId};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::{Amount, Date};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::BILLING;

/// The hosting report of a service and an invoice day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HostingReport")]
pub struct ReportView {
    /// The invoice day.
    pub invoice_on: Date,
    /// The date of the count.
    pub counted_on: Date,
    /// The plan's name.
    pub plan: String,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// The sum of the lines before tax.
    pub net: Amount,
    /// The invoice that was made with it.
    pub invoice: Option<String>,
    /// The domains with their mailboxes.
    pub domains: Vec<DomainView>,
    /// What is billed with it.
    pub lines: Vec<LineView>,
}

/// A domain in a hosting report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HostingReportDomain")]
pub struct DomainView {
    /// Its name.
    pub name: String,
    /// Its alias domains.
    pub aliases: Vec<String>,
    /// Its mailboxes.
    pub mailboxes: Vec<RowView>,
}

/// A mailbox in a hosting report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HostingReportMailbox")]
pub struct RowView {
    /// Its identifier; `/api/v1/mailboxes/{mailbox}` has its address.
    pub mailbox: String,
    /// Its quota in bytes; 0 is no limit.
    pub quota_bytes: u64,
    /// What it used, in bytes.
    pub used_bytes: u64,
    /// By what it is priced: `included`, `use` or `quota`.
    pub basis: String,
    /// What it comes to for a whole term, before tax and discounts.
    pub amount: Amount,
    /// Whether it was not in the report before.
    pub new: bool,
    /// Whether it is closed.
    pub closed: bool,
}

/// A line of a hosting report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HostingReportLine")]
pub struct LineView {
    /// The plan's or add-on's name.
    pub name: String,
    /// How many, as people read it.
    pub quantity: String,
    /// The price of one.
    pub unit: Amount,
    /// Before tax, after discounts.
    pub net: Amount,
    /// The first day that is paid for.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
}

fn row(row: &ReportRow, currency: Currency) -> RowView {
    RowView {
        mailbox: row.mailbox.to_string(),
        quota_bytes: row.quota_bytes,
        used_bytes: row.used_bytes,
        basis: row.basis.word().to_owned(),
        amount: Money::new(row.amount_minor, currency).into(),
        new: row.new,
        closed: row.closed,
    }
}

fn line(line: &ReportLine, currency: Currency) -> LineView {
    LineView {
        name: line.name.clone(),
        quantity: line.quantity.clone(),
        unit: Money::new(line.unit_minor, currency).into(),
        net: Money::new(line.net_minor, currency).into(),
        from: line.period.start.into(),
        until: line.period.end.into(),
    }
}

impl From<StoredReport> for ReportView {
    fn from(stored: StoredReport) -> Self {
        let report: Report = stored.report;
        let currency = report.currency;
        let domain = |domain: &ReportDomain| DomainView {
            name: domain.name.clone(),
            aliases: domain.aliases.clone(),
            mailboxes: domain.rows.iter().map(|one| row(one, currency)).collect(),
        };
        ReportView {
            invoice_on: report.invoice_on.into(),
            counted_on: report.counted_on.into(),
            term: report.interval.word().to_owned(),
            net: Money::new(report.net_minor, currency).into(),
            invoice: stored.invoice.map(|id| id.to_string()),
            domains: report.domains.iter().map(domain).collect(),
            lines: report.lines.iter().map(|one| line(one, currency)).collect(),
            plan: report.plan,
        }
    }
}

/// A report is named by its day; for the cursor the day is a number that grows.
fn place(report: &StoredReport) -> Uuid {
    let day = report.report.invoice_on;
    let number = i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day());
    Uuid::from_u128(u128::try_from(number).unwrap_or(0))
}

async fn list(ctx: Ctx) -> Result<Page<ReportView>, WebError> {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    ctx.state.commerce.show_subscription(customer, id).await?;
    let mut all = ctx.state.commerce.list_hosting_reports(customer).await?;
    all.retain(|stored| stored.report.subscription == id);
    Ok(cut(&ctx, all, place)?.page(ReportView::from))
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Hosting reports");
    let at = "/api/v1/services/{subscription}/hosting-reports";
    let what = "The hosting reports of a service";
    api.list(op(at, "listHostingReports", what, Scope::BillingRead, BILLING), list);
}
