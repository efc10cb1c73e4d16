//! What was invoiced, earned and deferred, month by month.

use mailkeep_commerce::reports::Months;
use mailkeep_commerce::reports::revenue::RevenueMonth;
use mailkeep_types::{Currency, Money};

use super::chart::{Drawing, Series, Stand};
use super::sheet::{Sheet, units};
use super::{Cell, Figure, Section, Table, by_currency, columns};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;

pub(super) async fn sections(ctx: &Ctx, months: Months) -> Result<Vec<Section>, WebError> {
    let rows = ctx.state.commerce.report_revenue(months).await?;
    let sections = by_currency(rows, |row| row.currency);
    Ok(sections.into_iter().map(|(currency, rows)| section(currency, &rows)).collect())
}

pub(super) fn section(currency: Currency, rows: &[RevenueMonth]) -> Section {
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let sum = |of: fn(&RevenueMonth) -> i64| rows.iter().map(of).sum::<i64>();
    let (invoiced, earned) = (sum(|row| row.invoiced_minor), sum(|row| row.earned_minor));
    let deferred = rows.last().map_or(0, |row| row.deferred_minor);
    let figure = |name, minor| Figure { name: msg(name), value: money(minor) };
    let series = |colour, name| Series { colour, name: msg(name) };
    let month = |row: &RevenueMonth| Cell::Month(row.month.to_string());
    let drawing = Drawing {
        title: msg("report-revenue-chart"),
        about: msg("report-revenue-about"),
        currency: Some(currency),
        stand: Stand::Beside,
        series: vec![series(2, "report-invoiced"), series(1, "report-earned")],
        groups: rows.iter().map(|row| (month(row), vec![row.invoiced_minor, row.earned_minor])).collect(),
    };
    let off = rows.iter().any(|row| row.invoiced_minor != row.journal_minor);
    Section {
        currency: Some(currency.code().to_owned()),
        warning: off.then(|| msg("report-revenue-off")),
        figures: vec![
            figure("report-invoiced", invoiced),
            figure("report-earned", earned),
            figure("report-deferred-end", deferred),
        ],
        chart: drawing.chart(),
        tables: vec![Table {
            title: msg("report-revenue-chart"),
            columns: columns([
                "report-month",
                "report-invoiced",
                "report-earned",
                "report-deferred",
                "report-journal-column",
            ]),
            rows: rows
                .iter()
                .map(|row| {
                    vec![
                        month(row),
                        money(row.invoiced_minor),
                        money(row.earned_minor),
                        money(row.deferred_minor),
                        money(row.journal_minor),
                    ]
                })
                .collect(),
            total: (rows.len() > 1).then(|| {
                vec![
                    Cell::Say(msg("report-total")),
                    money(invoiced),
                    money(earned),
                    money(deferred),
                    money(sum(|row| row.journal_minor)),
                ]
            }),
            note: Some(msg("report-revenue-note")),
        }],
    }
}

pub(super) async fn file(ctx: &Ctx, months: Months) -> Result<String, WebError> {
    let mut sheet = Sheet::new(&["month", "currency", "invoiced", "earned", "deferred_at_end", "journal"]);
    for row in ctx.state.commerce.report_revenue(months).await? {
        sheet.row(&[
            row.month.to_string(),
            row.currency.code().to_owned(),
            units(row.invoiced_minor, row.currency),
            units(row.earned_minor, row.currency),
            units(row.deferred_minor, row.currency),
            units(row.journal_minor, row.currency),
        ]);
    }
    Ok(sheet.finish())
}
