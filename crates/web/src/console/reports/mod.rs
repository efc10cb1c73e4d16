//! Reports: what customers owe, what was earned, what recurs, tax, screening, reminders, and the journal. Figures, and nobody's
//! name; each as a page with a chart and its table, and as a file.

pub mod chart;
mod journal;
mod receivables;
mod recurring;
mod reminders;
mod revenue;
mod samples;
mod screening;
mod sheet;
mod tax;

use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mailkeep_commerce::local_date;
use mailkeep_commerce::reports::{MOST_MONTHS, Month, Months};
use mailkeep_types::{Currency, Money, Timestamp};
use serde::Serialize;

use self::chart::Chart;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};

/// One report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// What customers owe, by age.
    Receivables,
    /// What was earned and what is deferred.
    Revenue,
    /// What recurs, and what moved it.
    Recurring,
    /// Tax by place, class and rate.
    Tax,
    /// What the screening said.
    Screening,
    /// Where unpaid invoices stand.
    Reminders,
    /// The journal for an accountant.
    Journal,
}

/// Every report with its address and that of its file.
const REPORTS: [(Report, &str, &str); 7] = [
    (Report::Receivables, "/console/reports", "/console/reports/csv"),
    (Report::Revenue, "/console/reports/revenue", "/console/reports/revenue/csv"),
    (Report::Recurring, "/console/reports/recurring", "/console/reports/recurring/csv"),
    (Report::Tax, "/console/reports/tax", "/console/reports/tax/csv"),
    (Report::Screening, "/console/reports/screening", "/console/reports/screening/csv"),
    (Report::Reminders, "/console/reports/reminders", "/console/reports/reminders/csv"),
    (Report::Journal, "/console/reports/journal", "/console/reports/journal/csv"),
];

impl Report {
    /// The word in texts and names of files.
    const fn word(self) -> &'static str {
        match self {
            Report::Receivables => "receivables",
            Report::Revenue => "revenue",
            Report::Recurring => "recurring",
            Report::Tax => "tax",
            Report::Screening => "screening",
            Report::Reminders => "reminders",
            Report::Journal => "journal",
        }
    }
}

/// A report.
#[derive(Debug, Serialize)]
pub struct ReportPage {
    /// The report's word.
    pub report: &'static str,
    /// All reports.
    pub tabs: Vec<Tab>,
    /// The address of the file.
    pub file: String,
    /// The months, where it is about months.
    pub months: Option<MonthsChoice>,
    /// What it says, by currency.
    pub sections: Vec<Section>,
}

/// The way to a report.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    /// The report's word.
    pub word: &'static str,
    /// Its address.
    pub href: String,
    /// Whether it is this one.
    pub here: bool,
}

/// The choice of months.
#[derive(Debug, Clone, Serialize)]
pub struct MonthsChoice {
    /// The chosen ones, as `from` and `to`.
    pub form: Form,
    /// The months to choose from, the newest first.
    pub months: Vec<String>,
    /// Often wanted.
    pub quick: Vec<Quick>,
}

/// Months that are often wanted.
#[derive(Debug, Clone, Serialize)]
pub struct Quick {
    /// What they are called.
    pub name: Msg,
    /// The query of the address.
    pub query: String,
}

/// What a report says of one currency, or in all.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Section {
    /// The currency; nothing where it is about none.
    pub currency: Option<String>,
    /// What is wrong, if something is.
    pub warning: Option<Msg>,
    /// The most important figures.
    pub figures: Vec<Figure>,
    /// The chart.
    pub chart: Option<Chart>,
    /// The tables; the first is the chart's.
    pub tables: Vec<Table>,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What it is.
    pub name: Msg,
    /// How much.
    pub value: Cell,
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// What it shows.
    pub title: Msg,
    /// The headings; the first is that of the rows.
    pub columns: Vec<Msg>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, with the sums.
    pub total: Option<Vec<Cell>>,
    /// What must be known to read it.
    pub note: Option<Msg>,
}

/// A value, written as the reader is used to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
pub enum Cell {
    /// As it stands.
    Text(String),
    /// A text of ours.
    Say(Msg),
    /// A month, as `2026-03`.
    Month(String),
    /// A time of a day.
    Clock(Timestamp),
    /// The day that a time is in.
    Day(Timestamp),
    /// An amount.
    Money(Money),
    /// A number.
    Count(i64),
    /// Thousandths.
    Percent(i64),
    /// There is no value.
    None,
}

impl Cell {
    /// The share of a part in a whole.
    fn share(part: i64, whole: i64) -> Self {
        if whole == 0 {
            return Cell::None;
        }
        let thousandths = (i128::from(part) * 2000 + i128::from(whole)).div_euclid(i128::from(whole) * 2);
        i64::try_from(thousandths).map_or(Cell::None, Cell::Percent)
    }
}

/// The headings of a table by their texts.
fn columns<const N: usize>(ids: [&'static str; N]) -> Vec<Msg> {
    ids.into_iter().map(msg).collect()
}

/// A section for each currency, in the order of the rows.
fn by_currency<T>(rows: Vec<T>, of: impl Fn(&T) -> Currency) -> Vec<(Currency, Vec<T>)> {
    let mut out: Vec<(Currency, Vec<T>)> = Vec::new();
    for row in rows {
        let currency = of(&row);
        match out.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, own)) => own.push(row),
            None => out.push((currency, vec![row])),
        }
    }
    out
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "console/report.html";

    fn samples() -> Vec<Self> {
        samples::all()
    }
}

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let read = Permission::Staff(StaffPermission::Reports);
    for (report, path, file) in REPORTS {
        routes.get(path, read, move |ctx: Ctx| show(ctx, report));
        routes.get(file, read, move |ctx: Ctx| download(ctx, report));
    }
}

/// Today where the house is.
fn today(ctx: &Ctx) -> Date {
    local_date(ctx.state.clock.now(), &ctx.state.config.time_zone)
}

/// The months that are asked for; the last twelve when nothing is said, of the journal the last that is over.
fn months(ctx: &Ctx, report: Report) -> Months {
    let now = Month::of(today(ctx));
    let usual = match report {
        Report::Journal => (now.shifted(-1), now.shifted(-1)),
        _ => (now.shifted(-11), now),
    };
    let read = |name: &str, usual: Month| ctx.query.get(name).parse().unwrap_or(usual);
    // Nobody can look further than the calendar of the program goes.
    let inside = |month: Month| month.clamp(now.shifted(-1200), now.shifted(120));
    Months::new(inside(read("from", usual.0)), inside(read("to", usual.1)))
}

fn query_of(months: Months) -> String {
    format!("?from={}&to={}", months.from, months.to)
}

fn choice(now: Month, months: Months) -> MonthsChoice {
    let year = |shift: i32| {
        let january = now.shifted(1 - i32::from(now.first().month()) + shift * 12);
        Months::new(january, january.shifted(11).min(now))
    };
    let quick = |name: &'static str, months: Months| Quick { name: msg(name), query: query_of(months) };
    // What is chosen stands among the months, also where it is older.
    let oldest = months.from.min(now.shifted(1 - MOST_MONTHS));
    let offered =
        (0..1300).map(|back| months.to.max(now).shifted(-back)).take_while(|month| *month >= oldest);
    MonthsChoice {
        form: Form::new().with("from", months.from.to_string()).with("to", months.to.to_string()),
        months: offered.map(|month| month.to_string()).collect(),
        quick: vec![
            quick("report-this-month", Months::new(now, now)),
            quick("report-last-month", Months::new(now.shifted(-1), now.shifted(-1))),
            quick("report-this-year", year(0)),
            quick("report-last-year", year(-1)),
        ],
    }
}

fn tabs(here: Report, months: Option<Months>) -> Vec<Tab> {
    let query = months.map(query_of).unwrap_or_default();
    let tab = |(report, path, _): &(Report, &'static str, &'static str)| Tab {
        word: report.word(),
        href: if *report == Report::Receivables { (*path).to_owned() } else { format!("{path}{query}") },
        here: *report == here,
    };
    REPORTS.iter().map(tab).collect()
}

async fn show(ctx: Ctx, report: Report) -> Answer {
    let months = months(&ctx, report);
    let asked = !ctx.query.get("from").is_empty() || !ctx.query.get("to").is_empty();
    let sections = match report {
        Report::Receivables => receivables::sections(&ctx).await?,
        Report::Revenue => revenue::sections(&ctx, months).await?,
        Report::Recurring => recurring::sections(&ctx, months).await?,
        Report::Tax => tax::sections(&ctx, months).await?,
        Report::Screening => screening::sections(&ctx, months).await?,
        Report::Reminders => reminders::sections(&ctx, months).await?,
        Report::Journal => journal::sections(&ctx, months).await?,
    };
    let (.., file) = REPORTS.iter().find(|(one, ..)| *one == report).ok_or(WebError::NotFound)?;
    let of_months = report != Report::Receivables;
    ctx.page(&ReportPage {
        report: report.word(),
        tabs: tabs(report, Some(months).filter(|_| asked && of_months)),
        file: if of_months { format!("{file}{}", query_of(months)) } else { (*file).to_owned() },
        months: of_months.then(|| choice(Month::of(today(&ctx)), months)),
        sections,
    })
}

/// The report as a file.
///
/// # Errors
/// When the database fails.
pub(crate) async fn download(ctx: Ctx, report: Report) -> Answer {
    let months = months(&ctx, report);
    let text = match report {
        Report::Receivables => receivables::file(&ctx).await?,
        Report::Revenue => revenue::file(&ctx, months).await?,
        Report::Recurring => recurring::file(&ctx, months).await?,
        Report::Tax => tax::file(&ctx, months).await?,
        Report::Screening => screening::file(&ctx, months).await?,
        Report::Reminders => reminders::file(&ctx, months).await?,
        // It is as long as the journal, and is sent while it is read.
        Report::Journal => return Ok(journal::stream(&ctx, months)),
    };
    let name = match report {
        Report::Receivables => format!("receivables-{}.csv", today(&ctx)),
        report => name_of(report, months),
    };
    Ok((headers(&name), text).into_response())
}

fn name_of(report: Report, months: Months) -> String {
    format!("{}-{}-to-{}.csv", report.word(), months.from, months.to)
}

fn headers(name: &str) -> [(header::HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ]
}
