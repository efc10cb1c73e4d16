//! The evidence for a dispute, as one document: what the order, its screening, the delivery and the payment say, by dates and
//! numbers. It opens nothing personal; the bank knows whose card it is.

use krilla::geom::Point;
use krilla::page::PageSettings;
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use mailkeep_types::{DisputeId, Timestamp};

use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::{invoices, orders, payments, services};

const MARGIN: f32 = 56.0;
const LINES_A_PAGE: usize = 48;
const LETTERS_A_LINE: usize = 88;

impl Commerce {
    /// Draws the evidence for a dispute with the summary of whoever answers it.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when there is no such dispute.
    pub async fn dispute_document(&self, id: DisputeId, summary: &str) -> Result<Vec<u8>, CommerceError> {
        let dispute = self.find_dispute(id).await?;
        let asked = dispute.clone();
        let mut lines = self
            .read(move |tx| {
                let invoice =
                    invoices::store::find(tx, asked.invoice)?.ok_or(CommerceError::NotFound("invoice"))?;
                let payment =
                    payments::store::find(tx, asked.payment)?.ok_or(CommerceError::NotFound("payment"))?;
                let mut lines = vec![
                    format!(
                        "Invoice {}, issued on {}, {}",
                        invoice.number,
                        invoice.issued_on,
                        invoice.total()
                    ),
                    format!("Payment of {} on {}", payment.amount, payment.local_day),
                    format!("Disputed: {}, reason given: {}", asked.amount, asked.reason),
                ];
                if let Some(order) = payment.order.map(|order| orders::store::find(tx, order)).transpose()? {
                    let order = order.ok_or(CommerceError::NotFound("order"))?;
                    lines.push(format!("Order {}, placed at {}", order.number, time(order.placed_at)));
                    if let Some(screening) = orders::store::screening(tx, order.id)? {
                        let (score, at) = (screening.score, time(screening.screened_at));
                        lines.push(format!("Screened at {at}, with a score of {score}"));
                    }
                }
                for line in invoices::store::lines(tx, asked.invoice)? {
                    let period = line.period;
                    lines.push(format!("Service billed from {} until {}", period.start, period.end));
                }
                for subscription in invoices::store::subscriptions(tx, asked.invoice)? {
                    for domain in services::store::domains_of(tx, subscription)? {
                        lines.push(format!("Delivered: mail service for the domain {domain}"));
                    }
                }
                Ok(lines)
            })
            .await?;
        lines.push(String::new());
        lines.extend(summary.lines().map(str::to_owned));
        draw(&format!("Evidence: dispute {}", dispute.reference), &lines)
    }
}

fn time(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Cuts a line at its spaces.
fn wrap(line: &str) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in line.split_whitespace() {
        let row = rows.last_mut().map(|row| row.chars().count()).unwrap_or(0);
        if row > 0 && row + 1 + word.chars().count() > LETTERS_A_LINE {
            rows.push(String::new());
        }
        if let Some(row) = rows.last_mut() {
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
    }
    rows
}

fn draw(title: &str, lines: &[String]) -> Result<Vec<u8>, CommerceError> {
    let font = Font::new(dejavu::sans::regular().to_vec().into(), 0)
        .ok_or_else(|| CommerceError::Render("the built-in font cannot be read".to_owned()))?;
    let mut rows = vec![title.to_owned(), String::new()];
    rows.extend(lines.iter().flat_map(|line| wrap(line)));
    let mut document = Document::new_with(SerializeSettings::default());
    for page_rows in rows.chunks(LINES_A_PAGE) {
        let settings = PageSettings::from_wh(595.0, 842.0)
            .ok_or_else(|| CommerceError::Render("the page has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut y = 70.0;
        for row in page_rows {
            if !row.is_empty() {
                let at = Point::from_xy(MARGIN, y);
                surface.draw_text(at, font.clone(), 10.0, row, false, TextDirection::Auto);
            }
            y += 15.0;
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| CommerceError::Render(format!("{error:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_and_long_lines_are_cut_at_spaces() {
        let text = "word ".repeat(60);
        let rows = wrap(&text);
        assert!(rows.len() > 2 && rows.iter().all(|row| row.chars().count() <= LETTERS_A_LINE));
        assert_eq!(rows.join(" "), text.trim());
        assert!(draw("Evidence", &vec![text; 40]).unwrap().starts_with(b"%PDF-"));
    }
}
