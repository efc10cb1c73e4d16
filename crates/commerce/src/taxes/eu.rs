//! The standard rates of value added tax in the European Union, as they ship with the program.

use jiff::civil::{Date, date};

use crate::totals::TaxRate;

/// The day as of which the table is right. A rate that changes later is written into the configuration.
pub const AS_OF: Date = date(2025, 8, 1);

/// Country and standard rates, each from its first day on. Rates that have been in force since before 2023 are from
/// [`LONG_AGO`]. The parts of member states where the Directive does not hold are written into the configuration.
const STANDARD: &[(&str, &[(Date, u16)])] = &[
    ("AT", &[(LONG_AGO, 2000)]),
    ("BE", &[(LONG_AGO, 2100)]),
    ("BG", &[(LONG_AGO, 2000)]),
    ("CY", &[(LONG_AGO, 1900)]),
    ("CZ", &[(LONG_AGO, 2100)]),
    ("DE", &[(LONG_AGO, 1900)]),
    ("DK", &[(LONG_AGO, 2500)]),
    ("EE", &[(LONG_AGO, 2000), (date(2024, 1, 1), 2200), (date(2025, 7, 1), 2400)]),
    ("ES", &[(LONG_AGO, 2100)]),
    ("FI", &[(LONG_AGO, 2400), (date(2024, 9, 1), 2550)]),
    ("FR", &[(LONG_AGO, 2000)]),
    ("GR", &[(LONG_AGO, 2400)]),
    ("HR", &[(LONG_AGO, 2500)]),
    ("HU", &[(LONG_AGO, 2700)]),
    ("IE", &[(LONG_AGO, 2300)]),
    ("IT", &[(LONG_AGO, 2200)]),
    ("LT", &[(LONG_AGO, 2100)]),
    ("LU", &[(date(2023, 1, 1), 1600), (date(2024, 1, 1), 1700)]),
    ("LV", &[(LONG_AGO, 2100)]),
    ("MT", &[(LONG_AGO, 1800)]),
    ("NL", &[(LONG_AGO, 2100)]),
    ("PL", &[(LONG_AGO, 2300)]),
    ("PT", &[(LONG_AGO, 2300)]),
    ("RO", &[(LONG_AGO, 1900), (date(2025, 8, 1), 2100)]),
    ("SE", &[(LONG_AGO, 2500)]),
    ("SI", &[(LONG_AGO, 2200)]),
    ("SK", &[(LONG_AGO, 2000), (date(2025, 1, 1), 2300)]),
];

/// Before anything that this program bills.
const LONG_AGO: Date = date(2021, 7, 1);

/// Whether a country is a member state.
pub fn is_member(country: &str) -> bool {
    STANDARD.iter().any(|(member, _)| *member == country)
}

/// The standard rate of a member state on a day.
pub fn standard_rate(country: &str, on: Date) -> Option<TaxRate> {
    let (_, rates) = STANDARD.iter().find(|(member, _)| *member == country)?;
    rates.iter().rev().find(|(from, _)| *from <= on).map(|(_, rate)| TaxRate(*rate))
}

/// Every member state with its standard rate on a day, for the console.
pub fn standard_rates(on: Date) -> impl Iterator<Item = (&'static str, TaxRate)> {
    STANDARD.iter().filter_map(move |(member, _)| Some((*member, standard_rate(member, on)?)))
}
