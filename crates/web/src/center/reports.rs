//! Hosting reports: what is hosted, by which price, and what it comes to; as pages and as tables for spreadsheets.

use jiff::civil::Date;
use mailkeep_commerce::hosting_reports::{
    Report, ReportRow as StoredRow, StoredReport, billed_space, csv as table,
};
use mailkeep_policy::Shown;
use mailkeep_types::{MailboxId, Money, SubscriptionId, Timestamp};
use serde::Serialize;

use super::services::start_of;
use crate::acts;
use crate::bill::what;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The hosting reports of the customer.
#[derive(Debug, Serialize)]
pub struct ReportsPage {
    /// The reports of this page of the list.
    pub reports: Vec<ReportEntry>,
    /// Where in the list.
    pub paging: Paging,
}

/// A report in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ReportEntry {
    /// Its subscription's id.
    pub subscription: String,
    /// Its invoice day, as in the address.
    pub day: String,
    /// The same day.
    pub at: Timestamp,
    /// The domains.
    pub domains: String,
    /// The plan.
    pub plan: String,
    /// How many mailboxes.
    pub mailboxes: i64,
    /// What was billed with it, before tax.
    pub net: Money,
}

impl Page for ReportsPage {
    const TEMPLATE: &'static str = "center/reports.html";

    fn samples() -> Vec<Self> {
        let entry = |days, mailboxes, net| ReportEntry {
            subscription: "a".to_owned(),
            day: "2026-05-01".to_owned(),
            at: samples::days_ago(days),
            domains: "larkspur-books.example".to_owned(),
            plan: "Business".to_owned(),
            mailboxes,
            net: usd(net),
        };
        vec![
            ReportsPage {
                reports: vec![entry(13, 6, 3600), entry(43, 5, 3000)],
                paging: Paging { page: 1, size: 24, total: 2 },
            },
            ReportsPage { reports: Vec::new(), paging: Paging { page: 1, size: 24, total: 0 } },
        ]
    }
}

/// One hosting report.
#[derive(Debug, Serialize)]
pub struct ReportPage {
    /// Its subscription's id.
    pub subscription: String,
    /// Its invoice day, as in the address.
    pub day: String,
    /// The domains, as a title.
    pub title: String,
    /// The plan.
    pub plan: String,
    /// `annual`, `quarterly` or `monthly`.
    pub term: String,
    /// When it was made.
    pub generated: Timestamp,
    /// When the mailboxes were counted.
    pub counted: Timestamp,
    /// When it is billed next.
    pub next_billing: Timestamp,
    /// When the term renews.
    pub renewal: Timestamp,
    /// The invoice that was made with it.
    pub invoice: Option<String>,
    /// The domains with the mailboxes of this page.
    pub domains: Vec<DomainCard>,
    /// Where among the mailboxes.
    pub paging: Paging,
    /// How many mailboxes there are.
    pub mailboxes: i64,
    /// What all use.
    pub used: String,
    /// What all come to for a whole term.
    pub amount: Money,
    /// What was billed with it.
    pub lines: Vec<BilledLine>,
    /// The sum of that, before tax.
    pub net: Money,
    /// The other reports of this subscription, newest first.
    pub others: Vec<ReportEntry>,
}

/// A domain of a report.
#[derive(Debug, Clone, Serialize)]
pub struct DomainCard {
    /// Its name.
    pub name: String,
    /// Its alias domains.
    pub aliases: Vec<String>,
    /// How many mailboxes it has.
    pub mailboxes: i64,
    /// What they use.
    pub used: String,
    /// What they come to for a whole term.
    pub amount: Money,
    /// Those of this page.
    pub rows: Vec<MailboxRow>,
}

/// A mailbox of a report.
#[derive(Debug, Clone, Serialize)]
pub struct MailboxRow {
    /// Its address; nothing when it is gone or may not be seen.
    pub address: Option<Shown<String>>,
    /// The quota; nothing when there is no limit.
    pub quota: Option<String>,
    /// Space used.
    pub used: String,
    /// `included`, `use` or `quota`.
    pub basis: &'static str,
    /// What it comes to for a whole term.
    pub amount: Money,
    /// Whether it is new.
    pub new: bool,
    /// Whether it is closed.
    pub closed: bool,
}

/// Something that was billed.
#[derive(Debug, Clone, Serialize)]
pub struct BilledLine {
    /// The plan's or add-on's name.
    pub name: String,
    /// How many.
    pub what: String,
    /// The first day that is paid for.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// Before tax.
    pub amount: Money,
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "center/report.html";

    fn samples() -> Vec<Self> {
        let row = |local: &str, quota: Option<&str>, used: &str, basis, amount, new, closed| MailboxRow {
            address: Some(format!("{local}@larkspur-books.example").into()),
            quota: quota.map(str::to_owned),
            used: used.to_owned(),
            basis,
            amount: usd(amount),
            new,
            closed,
        };
        let domain = DomainCard {
            name: "larkspur-books.example".to_owned(),
            aliases: vec!["larkspur.example".to_owned(), "larkspur-livres.example".to_owned()],
            mailboxes: 4,
            used: "74 GB".to_owned(),
            amount: usd(1850),
            rows: vec![
                row("ada", Some("25 GB"), "22 GB", "quota", 600, false, false),
                row("grace", None, "50 GB", "use", 650, false, false),
                row("new.shop", Some("25 GB"), "1 GB", "quota", 600, true, false),
                MailboxRow { address: None, ..row("old", Some("25 GB"), "1 GB", "quota", 200, false, true) },
            ],
        };
        let line = BilledLine {
            name: "Business".to_owned(),
            what: "4 mailboxes".to_owned(),
            from: samples::days_ago(13),
            to: samples::days_ago(-17),
            amount: usd(1850),
        };
        let others = ReportsPage::samples().remove(0).reports;
        let page = |lines: Vec<BilledLine>, net, invoice: Option<&str>, term: &str| ReportPage {
            subscription: "a".to_owned(),
            day: "2026-05-01".to_owned(),
            title: "larkspur-books.example".to_owned(),
            plan: "Business".to_owned(),
            term: term.to_owned(),
            generated: samples::days_ago(13),
            counted: samples::days_ago(16),
            next_billing: samples::days_ago(-18),
            renewal: samples::days_ago(-18),
            invoice: invoice.map(str::to_owned),
            domains: vec![domain.clone()],
            paging: Paging { page: 1, size: 100, total: 4 },
            mailboxes: 4,
            used: "74 GB".to_owned(),
            amount: usd(1850),
            lines,
            net: usd(net),
            others: others.clone(),
        };
        vec![page(vec![line], 1850, Some("i"), "monthly"), page(Vec::new(), 0, None, "annual")]
    }
}

fn entry(stored: &StoredReport, zone: &str) -> ReportEntry {
    let report = &stored.report;
    ReportEntry {
        subscription: report.subscription.to_string(),
        day: report.invoice_on.to_string(),
        at: start_of(report.invoice_on, zone),
        domains: names(report),
        plan: report.plan.clone(),
        mailboxes: i64::try_from(report.mailboxes()).unwrap_or(i64::MAX),
        net: Money::new(report.net_minor, report.currency),
    }
}

fn names(report: &Report) -> String {
    report.domains.iter().map(|domain| domain.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// `GET /center/reports`
pub async fn show(ctx: Ctx) -> Answer {
    let all = ctx.state.commerce.list_hosting_reports(ctx.customer()?).await?;
    let mut paging = Paging::asked(ctx.query.get("page"), 24);
    let zone = ctx.chrome().time_zone;
    let reports = paging.cut(all).iter().map(|stored| entry(stored, &zone)).collect();
    ctx.page(&ReportsPage { reports, paging })
}

/// The report that is asked for, the newest when no day is given, with all of its subscription.
async fn find(ctx: &Ctx) -> Result<Option<(StoredReport, Vec<StoredReport>)>, WebError> {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    ctx.state.commerce.show_subscription(customer, id).await?;
    let mut own = ctx.state.commerce.list_hosting_reports(customer).await?;
    own.retain(|stored| stored.report.subscription == id);
    let day: Option<Date> = ctx.query.get("day").parse().ok();
    let found = match day {
        Some(day) => Some(ctx.state.commerce.show_hosting_report(customer, id, day).await?),
        None => own.first().cloned(),
    };
    Ok(found.map(|found| (found, own)))
}

/// The address of a mailbox, where it is still there and may be seen.
async fn address(ctx: &Ctx, id: MailboxId) -> Option<Shown<String>> {
    let summary = ctx.state.office.mailbox_summary(id).await.ok()?;
    Some(acts::mailboxes::open(ctx, summary).await.ok()?.address.text())
}

/// Space as it is billed.
fn space(ctx: &Ctx, bytes: u64) -> String {
    let (whole, tenth, unit) = billed_space(bytes);
    let separator = if ctx.language == "en" { '.' } else { ',' };
    if tenth == 0 { format!("{whole} {unit}") } else { format!("{whole}{separator}{tenth} {unit}") }
}

/// `GET /center/services/{subscription}/report`
pub async fn show_one(ctx: Ctx) -> Answer {
    let Some((StoredReport { report, invoice }, own)) = find(&ctx).await? else {
        return ctx.sorry("/center/reports", msg("report-not-yet"));
    };
    let zone = ctx.chrome().time_zone;
    let money = |minor| Money::new(minor, report.currency);
    let mut paging = Paging::asked(ctx.query.get("page"), 100);
    let all: Vec<(usize, StoredRow)> = report
        .domains
        .iter()
        .enumerate()
        .flat_map(|(of, domain)| domain.rows.iter().map(move |row| (of, *row)))
        .collect();
    let shown = paging.cut(all);
    let mut domains: Vec<DomainCard> = report
        .domains
        .iter()
        .map(|domain| DomainCard {
            name: domain.name.clone(),
            aliases: domain.aliases.clone(),
            mailboxes: i64::try_from(domain.rows.len()).unwrap_or(i64::MAX),
            used: space(&ctx, domain.used_bytes()),
            amount: money(domain.amount_minor()),
            rows: Vec::new(),
        })
        .collect();
    // Only what this page shows is opened.
    for (of, row) in shown {
        let card = MailboxRow {
            address: address(&ctx, row.mailbox).await,
            quota: (row.quota_bytes > 0).then(|| space(&ctx, row.quota_bytes)),
            used: space(&ctx, row.used_bytes),
            basis: row.basis.word(),
            amount: money(row.amount_minor),
            new: row.new,
            closed: row.closed,
        };
        if let Some(domain) = domains.get_mut(of) {
            domain.rows.push(card);
        }
    }
    let several = domains.len() > 1;
    domains.retain(|domain| !domain.rows.is_empty() || !several);
    let lines = report.lines.iter().map(|line| BilledLine {
        name: line.name.clone(),
        what: what(&ctx, line.kind, line.measure, &line.quantity),
        from: start_of(line.period.start, &zone),
        to: start_of(line.period.end.yesterday().unwrap_or(line.period.end), &zone),
        amount: money(line.net_minor),
    });
    ctx.page(&ReportPage {
        subscription: report.subscription.to_string(),
        day: report.invoice_on.to_string(),
        title: names(&report),
        plan: report.plan.clone(),
        term: report.interval.word().to_owned(),
        generated: start_of(report.generated_on, &zone),
        counted: start_of(report.counted_on, &zone),
        next_billing: start_of(report.next_billing, &zone),
        renewal: start_of(report.renewal, &zone),
        invoice: invoice.map(|id| id.to_string()),
        mailboxes: i64::try_from(report.mailboxes()).unwrap_or(i64::MAX),
        used: space(&ctx, report.domains.iter().map(|domain| domain.used_bytes()).sum()),
        amount: money(report.domains.iter().map(|domain| domain.amount_minor()).sum()),
        domains,
        paging,
        lines: lines.collect(),
        net: money(report.net_minor),
        others: own.iter().take(12).map(|stored| entry(stored, &zone)).collect(),
    })
}

/// `GET /center/services/{subscription}/report/csv`
pub async fn csv(ctx: Ctx) -> Answer {
    let Some((StoredReport { report, .. }, _)) = find(&ctx).await? else {
        return ctx.sorry("/center/reports", msg("report-not-yet"));
    };
    let mut text = Shown::from(table::table(&report));
    for row in report.domains.iter().flat_map(|domain| &domain.rows) {
        if let Some(address) = address(&ctx, row.mailbox).await {
            let id = Shown::from(row.mailbox.to_string());
            let pair = id.join(&address, |id, address| (id.clone(), address.clone()));
            text = text.join(&pair, |text, (id, address)| table::named(text, id, address));
        }
    }
    let name = format!("hosting-report-{}.csv", report.invoice_on);
    ctx.file(&text, "text/csv; charset=utf-8", &name)
}

/// `GET /center/services/{subscription}/report/pdf`
pub async fn pdf(ctx: Ctx) -> Answer {
    let Some((stored, _)) = find(&ctx).await? else {
        return ctx.sorry("/center/reports", msg("report-not-yet"));
    };
    let mut names = Vec::new();
    for row in stored.report.domains.iter().flat_map(|domain| &domain.rows) {
        // One that is masked would leave all out.
        if let Some(address) = address(&ctx, row.mailbox).await.filter(|address| !address.is_masked()) {
            names.push((row.mailbox, address));
        }
    }
    let names = Shown::gather(&names).unwrap_or_else(|| Shown::from(Vec::new()));
    let name = format!("hosting-report-{}.pdf", stored.report.invoice_on);
    let (customer, person) = (ctx.customer()?, ctx.who.person()?);
    let commerce = &ctx.state.commerce;
    let document =
        commerce.hosting_report_pdf(person.actor(), person.fact(), customer, stored, names).await?;
    ctx.file(&document, "application/pdf", &name)
}
