//! What customers owe, by how long it is overdue.

use mailkeep_commerce::reports::receivables::{Age, Owed};
use mailkeep_types::{Currency, Money};

use super::chart::{Drawing, Series, Stand};
use super::sheet::{Sheet, units};
use super::{Cell, Figure, Section, Table, by_currency, columns, today};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};

fn age_name(age: Age) -> Msg {
    msg(match age {
        Age::Current => "report-age-current",
        Age::UpTo30 => "report-age-30",
        Age::UpTo60 => "report-age-60",
        Age::UpTo90 => "report-age-90",
        Age::Over90 => "report-age-over",
    })
}

pub(super) async fn sections(ctx: &Ctx) -> Result<Vec<Section>, WebError> {
    let rows = ctx.state.commerce.report_receivables(today(ctx)).await?;
    let name = |key: &str| match ctx.state.commerce.config().brand(key) {
        Some(brand) => brand.name.clone(),
        None => ctx.state.config.brand_name.clone(),
    };
    Ok(by_currency(rows, |row| row.currency)
        .into_iter()
        .map(|(currency, rows)| section(currency, &rows, name))
        .collect())
}

pub(super) fn section(currency: Currency, rows: &[Owed], brand_name: impl Fn(&str) -> String) -> Section {
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let of = |brand: Option<&str>, age: Option<Age>| -> i64 {
        rows.iter()
            .filter(|row| {
                brand.is_none_or(|brand| row.brand == brand) && age.is_none_or(|age| row.age == age)
            })
            .map(|row| row.open_minor)
            .sum()
    };
    let disputed =
        |brand: &str| rows.iter().filter(|row| row.brand == brand).map(|row| row.disputed_minor).sum();
    let mut brands: Vec<&str> = rows.iter().map(|row| row.brand.as_str()).collect();
    brands.sort_unstable();
    brands.dedup();
    let line = |name: Cell, brand: Option<&str>, apart: i64| {
        let mut cells = vec![name];
        cells.extend(Age::ALL.into_iter().map(|age| money(of(brand, Some(age)))));
        cells.push(money(of(brand, None)));
        cells.push(money(apart));
        cells
    };
    let apart: i64 = rows.iter().map(|row| row.disputed_minor).sum();
    let all = of(None, None);
    let overdue = all - of(None, Some(Age::Current));
    let figure = |name, value| Figure { name: msg(name), value };
    let drawing = Drawing {
        title: msg("report-receivables-chart"),
        about: msg("report-receivables-about"),
        currency: Some(currency),
        stand: Stand::Beside,
        series: vec![Series { colour: 1, name: msg("report-owed") }],
        groups: Age::ALL
            .into_iter()
            .map(|age| (Cell::Say(age_name(age)), vec![of(None, Some(age))]))
            .collect(),
    };
    Section {
        currency: Some(currency.code().to_owned()),
        figures: vec![
            figure("report-owed", money(all)),
            figure("report-overdue", money(overdue)),
            figure("report-overdue-share", Cell::share(overdue, all)),
            figure("report-disputed", money(apart)),
        ],
        chart: drawing.chart(),
        tables: vec![Table {
            title: msg("report-receivables-chart"),
            columns: columns([
                "report-brand",
                "report-age-current",
                "report-age-30",
                "report-age-60",
                "report-age-90",
                "report-age-over",
                "report-total",
                "report-disputed",
            ]),
            rows: brands
                .iter()
                .map(|brand| line(Cell::Text(brand_name(brand)), Some(brand), disputed(brand)))
                .collect(),
            total: (brands.len() > 1).then(|| line(Cell::Say(msg("report-total")), None, apart)),
            note: Some(msg("report-receivables-note")),
        }],
        ..Section::default()
    }
}

pub(super) async fn file(ctx: &Ctx) -> Result<String, WebError> {
    let today = today(ctx);
    let mut sheet = Sheet::new(&["date", "brand", "currency", "age", "invoices", "open", "disputed"]);
    for row in ctx.state.commerce.report_receivables(today).await? {
        sheet.row(&[
            today.to_string(),
            row.brand,
            row.currency.code().to_owned(),
            row.age.word().to_owned(),
            row.invoices.to_string(),
            units(row.open_minor, row.currency),
            units(row.disputed_minor, row.currency),
        ]);
    }
    Ok(sheet.finish())
}
