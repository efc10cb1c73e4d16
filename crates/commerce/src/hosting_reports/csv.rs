//! A hosting report as a table for spreadsheets (RFC 4180).

use mailkeep_types::Money;

use super::Report;

/// One row for each mailbox, by its identifier.
pub fn table(report: &Report) -> String {
    let mut text = String::from(
        "domain,mailbox,quota_bytes,used_bytes,price_basis,new,closed,amount,currency,invoice_date\r\n",
    );
    for domain in &report.domains {
        for row in &domain.rows {
            let amount = Money::new(row.amount_minor, report.currency).to_string();
            let amount = amount.split(' ').next().unwrap_or_default().to_owned();
            let fields = [
                domain.name.clone(),
                row.mailbox.to_string(),
                row.quota_bytes.to_string(),
                row.used_bytes.to_string(),
                row.basis.word().to_owned(),
                yes(row.new),
                yes(row.closed),
                amount,
                report.currency.code().to_owned(),
                report.invoice_on.to_string(),
            ];
            text.push_str(&fields.map(|field| cell(&field)).join(","));
            text.push_str("\r\n");
        }
    }
    text
}

/// The table with an address that was opened in the place of the identifier.
pub fn named(table: &str, id: &str, address: &str) -> String {
    table.replacen(id, &cell(address), 1)
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

/// A field, quoted where it must be. One that a spreadsheet would read as a formula is kept a text.
pub fn cell(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}
