//! What the report page looks like: a company that grows.

use mailkeep_commerce::reports::accounting::AccountSum;
use mailkeep_commerce::reports::dunning::{DunningReport, Recovered, Standing, Step};
use mailkeep_commerce::reports::receivables::{Age, Owed};
use mailkeep_commerce::reports::recurring::Bridge;
use mailkeep_commerce::reports::revenue::RevenueMonth;
use mailkeep_commerce::reports::screening::{Ended, ReasonCount, ScreeningReport};
use mailkeep_commerce::reports::tax::TaxSum;
use mailkeep_commerce::reports::{Month, Months};
use mailkeep_commerce::screening::Outcome;
use mailkeep_commerce::totals::TaxRate;
use mailkeep_types::Currency;

use super::{
    REPORTS, Report, ReportPage, Section, choice, journal, receivables, recurring, reminders, revenue,
    screening, tabs, tax,
};

const USD: Currency = Currency::USD;

fn year() -> Months {
    let now = now();
    Months::new(now.shifted(-11), now)
}

fn now() -> Month {
    Month::of(crate::samples::now().to_jiff().to_zoned(jiff::tz::TimeZone::UTC).date())
}

pub(super) fn all() -> Vec<ReportPage> {
    let page = |report: Report, sections: Vec<Section>| ReportPage {
        report: report.word(),
        tabs: tabs(report, None),
        file: REPORTS.iter().find(|(one, ..)| *one == report).map_or("", |(.., file)| file).to_owned(),
        months: (report != Report::Receivables).then(|| choice(now(), year())),
        sections,
    };
    let mut off = sample_revenue();
    off.truncate(3);
    for row in &mut off {
        row.journal_minor += 1200;
    }
    vec![
        page(Report::Receivables, vec![sample_receivables()]),
        page(Report::Revenue, vec![revenue::section(USD, &sample_revenue())]),
        page(Report::Recurring, vec![recurring::section(USD, &sample_bridges())]),
        page(Report::Tax, vec![tax::section(USD, &sample_taxes())]),
        page(Report::Screening, vec![screening::section(&sample_screening())]),
        page(Report::Reminders, reminders::of_report(&sample_reminders())),
        page(Report::Journal, vec![journal::section(USD, &sample_accounts())]),
        page(Report::Revenue, vec![revenue::section(USD, &off)]),
        page(Report::Tax, Vec::new()),
    ]
}

fn sample_receivables() -> Section {
    let row = |brand: &str, age, invoices, open_minor, disputed_minor| Owed {
        brand: brand.to_owned(),
        currency: USD,
        age,
        invoices,
        open_minor,
        disputed_minor,
    };
    let rows = [
        row("", Age::Current, 214, 4_812_600, 0),
        row("", Age::UpTo30, 31, 612_450, 0),
        row("", Age::UpTo60, 9, 148_000, 24_995),
        row("", Age::UpTo90, 3, 31_200, 0),
        row("", Age::Over90, 1, 9900, 0),
        row("fernmail", Age::Current, 40, 721_000, 0),
        row("fernmail", Age::UpTo30, 4, 58_300, 0),
    ];
    let name = |key: &str| if key.is_empty() { "Mailkeep" } else { "Fernmail" }.to_owned();
    receivables::section(USD, &rows, name)
}

fn sample_revenue() -> Vec<RevenueMonth> {
    let mut deferred = 3_120_000;
    (0i64..)
        .zip(year().iter())
        .map(|(n, month)| {
            let invoiced_minor = 2_400_000 + n * 61_000 + if n % 4 == 2 { 940_000 } else { 0 };
            let earned_minor = 2_380_000 + n * 92_000;
            deferred += invoiced_minor - earned_minor;
            RevenueMonth {
                month,
                currency: USD,
                invoiced_minor,
                earned_minor,
                deferred_minor: deferred,
                journal_minor: invoiced_minor,
            }
        })
        .collect()
}

fn sample_bridges() -> Vec<Bridge> {
    let (mut opening_minor, mut customers_before) = (2_310_000, 402);
    (0i64..)
        .zip(year().iter())
        .map(|(n, month)| {
            let (new_minor, back_minor) = (96_000 + n * 4100, if n % 3 == 1 { 8400 } else { 0 });
            let (more_minor, less_minor) = (41_000 + n * 900, -(18_000 + (n * 7 % 5) * 3300));
            let gone_minor = -(22_000 + (n * 5 % 4) * 6100);
            let closing_minor = opening_minor + new_minor + back_minor + more_minor + less_minor + gone_minor;
            let (customers_came, customers_left) = (17 + n % 5, 4 + n % 3);
            let customers = customers_before + customers_came - customers_left;
            let bridge = Bridge {
                month,
                currency: USD,
                opening_minor,
                new_minor,
                back_minor,
                more_minor,
                less_minor,
                gone_minor,
                closing_minor,
                customers_before,
                customers_came,
                customers_left,
                customers,
            };
            (opening_minor, customers_before) = (closing_minor, customers);
            bridge
        })
        .collect()
}

fn sample_taxes() -> Vec<TaxSum> {
    let row = |place: &str, treatment: &str, rate: u16, net: i64, off: i64| {
        let tax = |net: i64| net * i64::from(rate) / 10_000;
        TaxSum {
            place: place.to_owned(),
            class: if place.is_empty() { "" } else { "standard" }.to_owned(),
            treatment: treatment.to_owned(),
            rate: TaxRate(rate),
            currency: USD,
            invoiced_net_minor: net,
            invoiced_tax_minor: tax(net),
            credited_net_minor: off,
            credited_tax_minor: tax(off),
        }
    };
    vec![
        row("DE", "taxed", 1900, 4_210_000, 61_000),
        row("DE", "exempt", 0, 120_000, 0),
        row("FR", "reverse_charge", 0, 880_000, 0),
        row("US-IL", "taxed", 625, 9_640_000, 120_000),
        row("US-NY", "taxed", 800, 6_030_000, 0),
        row("", "", 625, 310_000, 0),
    ]
}

fn sample_screening() -> ScreeningReport {
    let reason = |code: &str, hits, points| ReasonCount { code: code.to_owned(), hits, points };
    ScreeningReport {
        table: [
            ((Outcome::Accept, Ended::Served), 1204),
            ((Outcome::Accept, Ended::Disputed), 3),
            ((Outcome::Verify, Ended::Served), 96),
            ((Outcome::Verify, Ended::Refused), 12),
            ((Outcome::Verify, Ended::Waits), 4),
            ((Outcome::Review, Ended::Served), 21),
            ((Outcome::Review, Ended::Disputed), 1),
            ((Outcome::Review, Ended::Refused), 17),
            ((Outcome::Review, Ended::Waits), 2),
            ((Outcome::Refuse, Ended::Refused), 38),
        ]
        .into_iter()
        .collect(),
        by_people: 39,
        reasons: vec![
            reason("free_mail", 611, 3055),
            reason("anonymous_network", 88, 1760),
            reason("disposable_domain", 52, 2600),
            reason("known_customer", 14, -280),
        ],
    }
}

fn sample_reminders() -> DunningReport {
    let standing = |step, invoices, open_minor| Standing { step, currency: USD, invoices, open_minor };
    let recovered = |step, invoices, paid_minor| Recovered { step, currency: USD, invoices, paid_minor };
    DunningReport {
        standing: vec![
            standing(Step::None, 160, 3_214_000),
            standing(Step::Reminded(0), 41, 812_000),
            standing(Step::Reminded(3), 18, 301_500),
            standing(Step::Reminded(7), 9, 148_000),
            standing(Step::Reminded(10), 6, 92_300),
            standing(Step::Blocked, 5, 71_000),
            standing(Step::Terminated, 2, 18_800),
        ],
        sent: vec![(-3, 812), (0, 240), (3, 96), (7, 41), (10, 22)],
        recovered: vec![recovered(0, 144, 2_810_000), recovered(3, 51, 940_000), recovered(7, 17, 288_000)],
    }
}

fn sample_accounts() -> Vec<AccountSum> {
    let row = |account: &str, debit_minor, credit_minor| AccountSum {
        account: account.to_owned(),
        currency: USD,
        debit_minor,
        credit_minor,
    };
    vec![
        row("account_credit", 61_200, 73_500),
        row("bank", 412_000, 0),
        row("processor", 2_904_000, 48_300),
        row("receivable", 3_402_100, 3_316_000),
        row("revenue", 61_000, 3_201_900),
        row("tax_payable", 3900, 204_500),
    ]
}
