//! A file for spreadsheets (RFC 4180): columns with names that stay, dates as ISO 8601 writes them, amounts in units of the
//! currency with a point.

use mailkeep_commerce::hosting_reports::csv::cell;
use mailkeep_types::{Currency, Money};

/// A file that is being written.
pub struct Sheet(String);

impl Sheet {
    /// With the names of its columns.
    pub fn new(columns: &[&str]) -> Self {
        Sheet(format!("{}\r\n", columns.join(",")))
    }

    /// Writes a row.
    pub fn row(&mut self, fields: &[String]) {
        let fields: Vec<String> = fields.iter().map(|field| cell(field)).collect();
        self.0.push_str(&fields.join(","));
        self.0.push_str("\r\n");
    }

    /// The file.
    pub fn finish(self) -> String {
        self.0
    }
}

/// `12.50`
pub fn units(minor: i64, currency: Currency) -> String {
    let text = Money::new(minor, currency).to_string();
    text.split(' ').next().unwrap_or_default().to_owned()
}
