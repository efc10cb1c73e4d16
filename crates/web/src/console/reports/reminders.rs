//! Where unpaid invoices stand in the overdue calendar, and what came in after which reminder.

use mailkeep_commerce::reports::Months;
use mailkeep_commerce::reports::dunning::{DunningReport, Step};
use mailkeep_types::{Currency, Money};

use super::chart::{Drawing, Series, Stand};
use super::sheet::{Sheet, units};
use super::{Cell, Figure, Section, Table, columns, today};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};

fn day_name(day: i64) -> Msg {
    match day {
        0 => msg("report-step-due"),
        day if day < 0 => msg("report-step-before").with("n", -day),
        day => msg("report-step-after").with("n", day),
    }
}

fn step_name(step: Step) -> Msg {
    match step {
        Step::None => msg("report-step-none"),
        Step::Reminded(day) => day_name(day),
        Step::Blocked => msg("report-step-blocked"),
        Step::Terminated => msg("report-step-terminated"),
    }
}

pub(super) async fn sections(ctx: &Ctx, months: Months) -> Result<Vec<Section>, WebError> {
    Ok(of_report(&ctx.state.commerce.report_dunning(months, today(ctx)).await?))
}

/// A section for each currency, and one for what was sent.
pub(super) fn of_report(report: &DunningReport) -> Vec<Section> {
    let mut currencies: Vec<Currency> = report.standing.iter().map(|row| row.currency).collect();
    currencies.extend(report.recovered.iter().map(|row| row.currency));
    currencies.sort_unstable_by(|a, b| a.code().cmp(b.code()));
    currencies.dedup();
    let mut sections: Vec<Section> =
        currencies.into_iter().map(|currency| in_currency(report, currency)).collect();
    if !report.sent.is_empty() {
        let row = |(step, count): &(i64, i64)| vec![Cell::Say(day_name(*step)), Cell::Count(*count)];
        sections.push(Section {
            tables: vec![Table {
                title: msg("report-sent-title"),
                columns: columns(["report-step", "report-sent"]),
                rows: report.sent.iter().map(row).collect(),
                total: None,
                note: None,
            }],
            ..Section::default()
        });
    }
    sections
}

fn in_currency(report: &DunningReport, currency: Currency) -> Section {
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let standing: Vec<_> = report.standing.iter().filter(|row| row.currency == currency).collect();
    let recovered: Vec<_> = report.recovered.iter().filter(|row| row.currency == currency).collect();
    let open: i64 = standing.iter().map(|row| row.open_minor).sum();
    let beyond = standing.iter().filter(|row| row.step >= Step::Blocked).map(|row| row.open_minor).sum();
    let figure = |name, value| Figure { name: msg(name), value };
    let drawing = Drawing {
        title: msg("report-reminders-chart"),
        about: msg("report-reminders-about"),
        currency: Some(currency),
        stand: Stand::Beside,
        series: vec![Series { colour: 1, name: msg("report-owed") }],
        groups: standing.iter().map(|row| (Cell::Say(step_name(row.step)), vec![row.open_minor])).collect(),
    };
    let now = Table {
        title: msg("report-reminders-chart"),
        columns: columns(["report-step", "report-invoices", "report-owed"]),
        rows: standing
            .iter()
            .map(|row| vec![Cell::Say(step_name(row.step)), Cell::Count(row.invoices), money(row.open_minor)])
            .collect(),
        total: None,
        note: Some(msg("report-reminders-note")),
    };
    let back = Table {
        title: msg("report-recovered-title"),
        columns: columns(["report-after", "report-invoices", "report-recovered"]),
        rows: recovered
            .iter()
            .map(|row| vec![Cell::Say(day_name(row.step)), Cell::Count(row.invoices), money(row.paid_minor)])
            .collect(),
        total: None,
        note: Some(msg("report-recovered-note")),
    };
    let tables = [now, back].into_iter().filter(|table| !table.rows.is_empty()).collect();
    Section {
        currency: Some(currency.code().to_owned()),
        figures: vec![
            figure("report-owed", money(open)),
            figure("report-beyond", money(beyond)),
            figure("report-recovered", money(recovered.iter().map(|row| row.paid_minor).sum())),
        ],
        chart: drawing.chart(),
        tables,
        ..Section::default()
    }
}

pub(super) async fn file(ctx: &Ctx, months: Months) -> Result<String, WebError> {
    let report = ctx.state.commerce.report_dunning(months, today(ctx)).await?;
    let mut sheet = Sheet::new(&["from", "to", "kind", "step", "currency", "count", "amount"]);
    let (from, to) = (months.from.to_string(), months.to.to_string());
    let mut row = |kind: &str, step: String, currency: &str, count: i64, amount: String| {
        let (kind, currency) = (kind.to_owned(), currency.to_owned());
        sheet.row(&[from.clone(), to.clone(), kind, step, currency, count.to_string(), amount]);
    };
    for one in &report.standing {
        let amount = units(one.open_minor, one.currency);
        row("standing", one.step.word(), one.currency.code(), one.invoices, amount);
    }
    for (step, count) in &report.sent {
        row("sent", Step::Reminded(*step).word(), "", *count, String::new());
    }
    for one in &report.recovered {
        let amount = units(one.paid_minor, one.currency);
        row("recovered", Step::Reminded(one.step).word(), one.currency.code(), one.invoices, amount);
    }
    Ok(sheet.finish())
}
