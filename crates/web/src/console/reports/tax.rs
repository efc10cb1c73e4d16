//! Tax by place, class and rate.

use mailkeep_commerce::reports::Months;
use mailkeep_commerce::reports::tax::TaxSum;
use mailkeep_types::{Currency, Money};

use super::chart::{Drawing, Series, Stand};
use super::sheet::{Sheet, units};
use super::{Cell, Figure, Section, Table, by_currency, columns};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};

/// More places than these make a chart that nobody reads.
const MOST_PLACES: usize = 10;

pub(super) async fn sections(ctx: &Ctx, months: Months) -> Result<Vec<Section>, WebError> {
    let rows = ctx.state.commerce.report_tax(months).await?;
    let sections = by_currency(rows, |row| row.currency);
    Ok(sections.into_iter().map(|(currency, rows)| section(currency, &rows)).collect())
}

fn treatment(word: &str) -> Msg {
    msg(match word {
        "taxed" => "report-taxed",
        "reverse_charge" => "report-reverse",
        "exempt" => "report-exempt",
        _ => "report-unknown",
    })
}

pub(super) fn section(currency: Currency, rows: &[TaxSum]) -> Section {
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let place = |row: &TaxSum| match row.place.as_str() {
        "" => Cell::Say(msg("report-unknown")),
        place => Cell::Text(place.to_owned()),
    };
    let mut places: Vec<(Cell, i64)> = Vec::new();
    for row in rows {
        match places.iter_mut().find(|(known, _)| *known == place(row)) {
            Some((_, tax)) => *tax += row.tax_minor(),
            None => places.push((place(row), row.tax_minor())),
        }
    }
    places.sort_by_key(|(_, tax)| std::cmp::Reverse(*tax));
    places.truncate(MOST_PLACES);
    let sum = |of: fn(&TaxSum) -> i64| rows.iter().map(of).sum::<i64>();
    let figure = |name, minor| Figure { name: msg(name), value: money(minor) };
    let drawing = Drawing {
        title: msg("report-tax-chart"),
        about: msg("report-tax-about"),
        currency: Some(currency),
        stand: Stand::Beside,
        series: vec![Series { colour: 1, name: msg("report-tax-owed") }],
        groups: places.into_iter().map(|(place, tax)| (place, vec![tax])).collect(),
    };
    let line = |row: &TaxSum| {
        vec![
            place(row),
            Cell::Text(row.class.clone()),
            Cell::Say(treatment(&row.treatment)),
            // A rate is in hundredths of a percent.
            Cell::Text(row.rate.to_string()),
            money(row.invoiced_net_minor),
            money(row.credited_net_minor),
            money(row.net_minor()),
            money(row.tax_minor()),
        ]
    };
    Section {
        currency: Some(currency.code().to_owned()),
        figures: vec![
            figure("report-tax-net", sum(TaxSum::net_minor)),
            figure("report-tax-owed", sum(TaxSum::tax_minor)),
            figure("report-tax-credited", sum(|row| row.credited_tax_minor)),
        ],
        chart: drawing.chart(),
        tables: vec![Table {
            title: msg("report-tax-chart"),
            columns: columns([
                "report-place",
                "report-class",
                "report-treatment",
                "report-rate",
                "report-invoiced",
                "report-credited",
                "report-tax-net",
                "report-tax-owed",
            ]),
            rows: rows.iter().map(line).collect(),
            total: (rows.len() > 1).then(|| {
                vec![
                    Cell::Say(msg("report-total")),
                    Cell::None,
                    Cell::None,
                    Cell::None,
                    money(sum(|row| row.invoiced_net_minor)),
                    money(sum(|row| row.credited_net_minor)),
                    money(sum(TaxSum::net_minor)),
                    money(sum(TaxSum::tax_minor)),
                ]
            }),
            note: Some(msg("report-tax-note")),
        }],
        ..Section::default()
    }
}

pub(super) async fn file(ctx: &Ctx, months: Months) -> Result<String, WebError> {
    let mut sheet = Sheet::new(&[
        "from",
        "to",
        "place",
        "class",
        "treatment",
        "rate_percent",
        "currency",
        "invoiced_net",
        "invoiced_tax",
        "credited_net",
        "credited_tax",
        "net",
        "tax",
    ]);
    for row in ctx.state.commerce.report_tax(months).await? {
        let amount = |minor| units(minor, row.currency);
        let (net, tax) = (row.net_minor(), row.tax_minor());
        sheet.row(&[
            months.from.to_string(),
            months.to.to_string(),
            row.place.clone(),
            row.class.clone(),
            row.treatment.clone(),
            format!("{}.{:02}", row.rate.0 / 100, row.rate.0 % 100),
            row.currency.code().to_owned(),
            amount(row.invoiced_net_minor),
            amount(row.invoiced_tax_minor),
            amount(row.credited_net_minor),
            amount(row.credited_tax_minor),
            amount(net),
            amount(tax),
        ]);
    }
    Ok(sheet.finish())
}
