//! What recurs each month, what moved it, and which customers came and left.

use mailkeep_commerce::reports::Months;
use mailkeep_commerce::reports::recurring::Bridge;
use mailkeep_types::{Currency, Money};

use super::chart::{Drawing, Series, Stand};
use super::sheet::{Sheet, units};
use super::{Cell, Figure, Section, Table, by_currency, columns, today};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;

pub(super) async fn sections(ctx: &Ctx, months: Months) -> Result<Vec<Section>, WebError> {
    let rows = ctx.state.commerce.report_recurring(months, today(ctx)).await?;
    let sections = by_currency(rows, |row| row.currency);
    Ok(sections.into_iter().map(|(currency, rows)| section(currency, &rows)).collect())
}

pub(super) fn section(currency: Currency, rows: &[Bridge]) -> Section {
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let month = |row: &Bridge| Cell::Month(row.month.to_string());
    let (first, last) = (rows.first(), rows.last());
    let (opening, closing) =
        (first.map_or(0, |row| row.opening_minor), last.map_or(0, |row| row.closing_minor));
    let (left, before) = rows
        .iter()
        .fold((0, 0), |(left, before), row| (left + row.customers_left, before + row.customers_before));
    let figure = |name, value| Figure { name: msg(name), value };
    let series = |colour, name| Series { colour, name: msg(name) };
    let drawing = Drawing {
        title: msg("report-recurring-chart"),
        about: msg("report-recurring-about"),
        currency: Some(currency),
        stand: Stand::Stacked,
        series: vec![
            series(1, "report-fresh"),
            series(2, "report-back"),
            series(3, "report-more"),
            series(4, "report-less"),
            series(5, "report-lost"),
        ],
        groups: rows
            .iter()
            .map(|row| {
                let moved = [row.new_minor, row.back_minor, row.more_minor, row.less_minor, row.gone_minor];
                (month(row), moved.to_vec())
            })
            .collect(),
    };
    let moved = Table {
        title: msg("report-recurring-chart"),
        columns: columns([
            "report-month",
            "report-opening",
            "report-fresh",
            "report-back",
            "report-more",
            "report-less",
            "report-lost",
            "report-closing",
        ]),
        rows: rows
            .iter()
            .map(|row| {
                vec![
                    month(row),
                    money(row.opening_minor),
                    money(row.new_minor),
                    money(row.back_minor),
                    money(row.more_minor),
                    money(row.less_minor),
                    money(row.gone_minor),
                    money(row.closing_minor),
                ]
            })
            .collect(),
        total: None,
        note: Some(msg("report-recurring-note")),
    };
    let customers = Table {
        title: msg("report-customers-title"),
        columns: columns([
            "report-month",
            "report-opening",
            "report-came",
            "report-left",
            "report-closing",
            "report-churn",
        ]),
        rows: rows
            .iter()
            .map(|row| {
                vec![
                    month(row),
                    Cell::Count(row.customers_before),
                    Cell::Count(row.customers_came),
                    Cell::Count(row.customers_left),
                    Cell::Count(row.customers),
                    Cell::share(row.customers_left, row.customers_before),
                ]
            })
            .collect(),
        total: None,
        note: Some(msg("report-customers-note")),
    };
    Section {
        currency: Some(currency.code().to_owned()),
        figures: vec![
            figure("report-mrr", money(closing)),
            figure("report-mrr-change", money(closing - opening)),
            figure("report-customers", Cell::Count(last.map_or(0, |row| row.customers))),
            figure("report-churn-mean", Cell::share(left, before)),
        ],
        chart: drawing.chart(),
        tables: vec![moved, customers],
        ..Section::default()
    }
}

pub(super) async fn file(ctx: &Ctx, months: Months) -> Result<String, WebError> {
    let mut sheet = Sheet::new(&[
        "month",
        "currency",
        "opening",
        "new",
        "reactivation",
        "expansion",
        "contraction",
        "churn",
        "closing",
        "customers_before",
        "customers_came",
        "customers_left",
        "customers",
    ]);
    for row in ctx.state.commerce.report_recurring(months, today(ctx)).await? {
        let amount = |minor| units(minor, row.currency);
        sheet.row(&[
            row.month.to_string(),
            row.currency.code().to_owned(),
            amount(row.opening_minor),
            amount(row.new_minor),
            amount(row.back_minor),
            amount(row.more_minor),
            amount(row.less_minor),
            amount(row.gone_minor),
            amount(row.closing_minor),
            row.customers_before.to_string(),
            row.customers_came.to_string(),
            row.customers_left.to_string(),
            row.customers.to_string(),
        ]);
    }
    Ok(sheet.finish())
}
