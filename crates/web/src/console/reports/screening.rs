//! What the screening said of first orders, how they ended, and which reasons were named.

use mailkeep_commerce::reports::Months;
use mailkeep_commerce::reports::screening::{Ended, ScreeningReport};
use mailkeep_commerce::screening::Outcome;

use super::chart::{Drawing, Series, Stand};
use super::sheet::Sheet;
use super::{Cell, Figure, Section, Table, columns};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};

const OUTCOMES: [Outcome; 4] = [Outcome::Accept, Outcome::Verify, Outcome::Review, Outcome::Refuse];

fn outcome_name(outcome: Outcome) -> Msg {
    msg(match outcome {
        Outcome::Accept => "report-band-accept",
        Outcome::Verify => "report-band-verify",
        Outcome::Review => "report-band-review",
        Outcome::Refuse => "report-band-refuse",
    })
}

fn ended_name(ended: Ended) -> &'static str {
    match ended {
        Ended::Served => "report-ended-served",
        Ended::Disputed => "report-ended-disputed",
        Ended::Refused => "report-ended-refused",
        Ended::Waits => "report-ended-waits",
    }
}

pub(super) async fn sections(ctx: &Ctx, months: Months) -> Result<Vec<Section>, WebError> {
    let report = ctx.state.commerce.report_screening(months).await?;
    Ok(if report.orders() == 0 { Vec::new() } else { vec![section(&report)] })
}

pub(super) fn section(report: &ScreeningReport) -> Section {
    let orders = report.orders();
    let at = |outcome, ended| report.table.get(&(outcome, ended)).copied().unwrap_or(0);
    let ended = |ended: Ended| OUTCOMES.into_iter().map(|outcome| at(outcome, ended)).sum::<i64>();
    let figure = |name, value| Figure { name: msg(name), value };
    let colours = [1, 5, 4, 2];
    let drawing = Drawing {
        title: msg("report-screening-chart"),
        about: msg("report-screening-about"),
        currency: None,
        stand: Stand::Stacked,
        series: Ended::ALL
            .into_iter()
            .zip(colours)
            .map(|(ended, colour)| Series { colour, name: msg(ended_name(ended)) })
            .collect(),
        groups: OUTCOMES
            .into_iter()
            .map(|outcome| {
                let counts = Ended::ALL.into_iter().map(|ended| at(outcome, ended)).collect();
                (Cell::Say(outcome_name(outcome)), counts)
            })
            .collect(),
    };
    let row = |outcome: Outcome| {
        let mut cells = vec![Cell::Say(outcome_name(outcome))];
        cells.extend(Ended::ALL.into_iter().map(|ended| Cell::Count(at(outcome, ended))));
        cells.push(Cell::Count(report.of(outcome)));
        cells.push(Cell::share(report.of(outcome), orders));
        cells
    };
    let mut total = vec![Cell::Say(msg("report-total"))];
    total.extend(Ended::ALL.into_iter().map(|one| Cell::Count(ended(one))));
    total.extend([Cell::Count(orders), Cell::None]);
    let confusion = Table {
        title: msg("report-screening-chart"),
        columns: columns([
            "report-band",
            "report-ended-served",
            "report-ended-disputed",
            "report-ended-refused",
            "report-ended-waits",
            "report-total",
            "report-share",
        ]),
        rows: OUTCOMES.into_iter().map(row).collect(),
        total: Some(total),
        note: Some(msg("report-screening-note")),
    };
    let reasons = Table {
        title: msg("report-reasons-title"),
        columns: columns(["report-reason", "report-hits", "report-hits-share", "report-points"]),
        rows: report
            .reasons
            .iter()
            .map(|reason| {
                vec![
                    Cell::Text(reason.code.replace('_', " ")),
                    Cell::Count(reason.hits),
                    Cell::share(reason.hits, orders),
                    Cell::Count(reason.points),
                ]
            })
            .collect(),
        total: None,
        note: Some(msg("report-reasons-note")),
    };
    Section {
        figures: vec![
            figure("report-screened", Cell::Count(orders)),
            figure("report-by-itself", Cell::share(report.of(Outcome::Accept), orders)),
            figure("report-by-people", Cell::Count(report.by_people)),
            figure("report-later-disputed", Cell::Count(ended(Ended::Disputed))),
        ],
        chart: drawing.chart(),
        tables: if report.reasons.is_empty() { vec![confusion] } else { vec![confusion, reasons] },
        ..Section::default()
    }
}

pub(super) async fn file(ctx: &Ctx, months: Months) -> Result<String, WebError> {
    let report = ctx.state.commerce.report_screening(months).await?;
    let mut sheet = Sheet::new(&["from", "to", "kind", "name", "ended", "orders", "points"]);
    let (from, to) = (months.from.to_string(), months.to.to_string());
    for ((outcome, ended), count) in &report.table {
        let (outcome, ended) = (outcome.word().to_owned(), ended.word().to_owned());
        sheet.row(&[
            from.clone(),
            to.clone(),
            "outcome".to_owned(),
            outcome,
            ended,
            count.to_string(),
            String::new(),
        ]);
    }
    for reason in &report.reasons {
        let (hits, points) = (reason.hits.to_string(), reason.points.to_string());
        let kind = "reason".to_owned();
        sheet.row(&[from.clone(), to.clone(), kind, reason.code.clone(), String::new(), hits, points]);
    }
    Ok(sheet.finish())
}
