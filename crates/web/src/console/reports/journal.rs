//! The journal for an accountant: what moved on each account, and every entry as a file.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use mailkeep_commerce::reports::Months;
use mailkeep_commerce::reports::accounting::{AccountSum, After, COLUMNS, ExportLine};
use mailkeep_types::{Currency, Money};

use super::chart::{Drawing, Series, Stand};
use super::{Cell, Figure, Report, Section, Table, by_currency, columns, headers, name_of};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};

/// Entries that are read at once.
const AT_ONCE: u32 = 2000;

pub(super) async fn sections(ctx: &Ctx, months: Months) -> Result<Vec<Section>, WebError> {
    let rows = ctx.state.commerce.account_sums(months.first(), months.end()).await?;
    let sections = by_currency(rows, |row| row.currency);
    Ok(sections.into_iter().map(|(currency, rows)| section(currency, &rows)).collect())
}

fn account_name(account: &str) -> Cell {
    match account {
        "receivable" => Cell::Say(msg("account-receivable")),
        "processor" => Cell::Say(msg("account-processor")),
        "revenue" => Cell::Say(msg("account-revenue")),
        "tax_payable" => Cell::Say(msg("account-tax-payable")),
        "disputed" => Cell::Say(msg("account-disputed")),
        "bank" => Cell::Say(msg("account-bank")),
        "account_credit" => Cell::Say(msg("account-account-credit")),
        "refunds_due" => Cell::Say(msg("account-refunds-due")),
        "card_checks" => Cell::Say(msg("account-card-checks")),
        "losses" => Cell::Say(msg("account-losses")),
        other => Cell::Text(other.to_owned()),
    }
}

pub(super) fn section(currency: Currency, rows: &[AccountSum]) -> Section {
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let sum = |of: fn(&AccountSum) -> i64| rows.iter().map(of).sum::<i64>();
    let (debit, credit) = (sum(|row| row.debit_minor), sum(|row| row.credit_minor));
    let series = |colour, name: Msg| Series { colour, name };
    let figure = |name, minor| Figure { name: msg(name), value: money(minor) };
    let drawing = Drawing {
        title: msg("report-journal-chart"),
        about: msg("report-journal-about"),
        currency: Some(currency),
        stand: Stand::Beside,
        series: vec![series(1, msg("report-debit")), series(2, msg("report-credit"))],
        groups: rows
            .iter()
            .map(|row| (account_name(&row.account), vec![row.debit_minor, row.credit_minor]))
            .collect(),
    };
    Section {
        currency: Some(currency.code().to_owned()),
        warning: (debit != credit).then(|| msg("report-journal-off")),
        figures: vec![figure("report-debit", debit), figure("report-credit", credit)],
        chart: drawing.chart(),
        tables: vec![Table {
            title: msg("report-journal-chart"),
            columns: columns(["report-account", "report-debit", "report-credit", "report-balance"]),
            rows: rows
                .iter()
                .map(|row| {
                    vec![
                        account_name(&row.account),
                        money(row.debit_minor),
                        money(row.credit_minor),
                        money(row.debit_minor - row.credit_minor),
                    ]
                })
                .collect(),
            total: Some(vec![
                Cell::Say(msg("report-total")),
                money(debit),
                money(credit),
                money(debit - credit),
            ]),
            note: Some(msg("report-journal-note")),
        }],
    }
}

/// The file, sent page by page while it is read.
pub(super) fn stream(ctx: &Ctx, months: Months) -> Response {
    enum At {
        Head,
        Rows(Option<After>),
        End,
    }
    let commerce = ctx.state.commerce.clone();
    let pages = stream::try_unfold(At::Head, move |at| {
        let commerce = commerce.clone();
        async move {
            let after = match at {
                At::Head => return Ok(Some((Bytes::from_static(COLUMNS.as_bytes()), At::Rows(None)))),
                At::Rows(after) => after,
                At::End => return Ok(None),
            };
            let lines = commerce
                .export_journal(months.first(), months.end(), after, AT_ONCE)
                .await
                .inspect_err(|error| tracing::error!(%error, "the export of the journal broke off"))?;
            let Some(last) = lines.last() else { return Ok(None) };
            let next = After { on: last.on, entry: last.entry };
            let text: String = lines.iter().map(ExportLine::row).collect();
            let more = if lines.len() < AT_ONCE as usize { At::End } else { At::Rows(Some(next)) };
            Ok::<_, mailkeep_commerce::CommerceError>(Some((Bytes::from(text), more)))
        }
    });
    (headers(&name_of(Report::Journal, months)), Body::from_stream(pages)).into_response()
}
