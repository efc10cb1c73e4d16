//! All SQL of invoices and credit notes.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CreditNoteId, CustomerId, InvoiceId, Money, PersonId, Ratio, StaffId, SubscriptionId};

use super::credit::{CreditNote, NoteRow};
use super::finalise::Draft;
use super::{Invoice, InvoiceLine, Taxed};
use crate::catalogue::pricing::{LineKind, Measure};
use crate::error::CommerceError;
use crate::periods::Period;
use crate::totals::{LineTotal, TaxRate};

/// Writes an invoice with its lines and its open balance.
pub fn insert(
    tx: &mut Tx<'_>,
    draft: &Draft,
    series: &str,
    sequence: i64,
    number: &str,
) -> Result<(), SqlError> {
    let now = tx.now();
    let totals = &draft.totals;
    let (issued_on, due_on) = (draft.issued_on.to_string(), draft.due_on.to_string());
    tx.execute(
        "INSERT INTO invoices (id, number, series, sequence, customer_id, currency, net_minor, tax_minor, \
         total_minor, issued_on, due_on, snapshot, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            draft.id,
            number,
            series,
            sequence,
            draft.customer,
            totals.currency.code(),
            totals.net_minor,
            totals.tax_minor,
            totals.total_minor,
            &issued_on,
            &due_on,
            &draft.snapshot,
            now
        ],
    )?;
    for line in &draft.lines {
        tx.execute(
            "INSERT INTO invoice_lines (invoice_id, position, subscription_id, plan_version_id, quantity, unit_minor, \
             gross_minor, discount_minor, net_minor, tax_rate, tax_minor, period_start, period_end, kind, item_key, \
             quantity_divisor, measure, tax_place, tax_class, tax_treatment) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
            params![
                draft.id,
                line.position,
                line.subscription,
                line.plan_version,
                line.quantity.numerator(),
                line.unit_minor,
                line.total.gross_minor,
                line.total.discount_minor,
                line.total.net_minor,
                line.tax_rate.0,
                line.total.tax_minor,
                &line.period.start.to_string(),
                &line.period.end.to_string(),
                line.kind.word(),
                &line.item_key,
                line.quantity.denominator(),
                line.measure.word(),
                &line.taxed.place,
                &line.taxed.class,
                &line.taxed.treatment
            ],
        )?;
    }
    let settled_at = (totals.total_minor == 0).then_some(now);
    tx.execute(
        "INSERT INTO invoice_balances (invoice_id, customer_id, paid_minor, credited_minor, open_minor, due_on, \
         settled_at) VALUES ($1, $2, 0, 0, $3, $4, $5)",
        params![draft.id, draft.customer, totals.total_minor, &due_on, settled_at],
    )?;
    Ok(())
}

const COLUMNS: &str = "i.id, i.number, i.customer_id, i.currency, i.net_minor, i.tax_minor, i.total_minor, \
                       i.issued_on, i.due_on, b.paid_minor, b.credited_minor, b.open_minor, b.settled_at, \
                       b.disputed_minor, b.due_on, b.dunning_round";
const FROM: &str = "FROM invoices i JOIN invoice_balances b ON b.invoice_id = i.id";

fn date(text: &str) -> Result<Date, CommerceError> {
    text.parse().map_err(|_| CommerceError::Stored("date"))
}

fn invoice(row: &Row<'_>) -> Result<Invoice, CommerceError> {
    let (currency, issued_on, due_on): (String, String, String) = (row.get(3)?, row.get(7)?, row.get(8)?);
    Ok(Invoice {
        id: row.get(0)?,
        number: row.get(1)?,
        customer: row.get(2)?,
        currency: currency.parse().map_err(|_| CommerceError::Stored("currency"))?,
        net_minor: row.get(4)?,
        tax_minor: row.get(5)?,
        total_minor: row.get(6)?,
        issued_on: date(&issued_on)?,
        due_on: date(&due_on)?,
        paid_minor: row.get(9)?,
        credited_minor: row.get(10)?,
        open_minor: row.get(11)?,
        settled_at: row.get(12)?,
        disputed_minor: row.get(13)?,
        pursued_from: date(&row.get::<String>(14)?)?,
        dunning_round: row.get(15)?,
    })
}

/// One invoice.
pub fn find(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Option<Invoice>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} {FROM} WHERE i.id = $1"), params![id], invoice)
}

/// The invoices of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Invoice>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE i.customer_id = $1 ORDER BY i.sequence DESC LIMIT 500");
    tx.query(&sql, params![customer], invoice)
}

/// The invoices of a customer after one, the oldest first.
pub fn page_of(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Option<InvoiceId>,
    limit: u32,
) -> Result<Vec<Invoice>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql =
        format!("SELECT {COLUMNS} {FROM} WHERE i.customer_id = $1 AND i.id > $2 ORDER BY i.id LIMIT $3");
    tx.query(&sql, params![customer, &after, limit], invoice)
}

/// The invoices of everybody after one, the oldest first.
pub fn page_of_all(
    tx: &mut Tx<'_>,
    after: Option<InvoiceId>,
    limit: u32,
) -> Result<Vec<Invoice>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE i.id > $1 ORDER BY i.id LIMIT $2");
    tx.query(&sql, params![&after, limit], invoice)
}

/// The credit notes of a customer after one, the oldest first.
pub fn notes_of(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Option<CreditNoteId>,
    limit: u32,
) -> Result<Vec<NoteRow>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    tx.query(
        "SELECT id, number, invoice_id, net_minor, tax_minor, currency, issued_on FROM credit_notes \
         WHERE customer_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        params![customer, &after, limit],
        |row| {
            let (code, issued_on): (String, String) = (row.get(5)?, row.get(6)?);
            let currency = code.parse().map_err(|_| CommerceError::Stored("currency"))?;
            Ok(NoteRow {
                id: row.get(0)?,
                number: row.get(1)?,
                invoice: row.get(2)?,
                net: Money::new(row.get(3)?, currency),
                tax: Money::new(row.get(4)?, currency),
                issued_on: date(&issued_on)?,
            })
        },
    )
}

/// The newest invoices of everybody.
pub fn newest(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Invoice>, CommerceError> {
    tx.query(
        &format!("SELECT {COLUMNS} {FROM} ORDER BY i.created_at DESC, i.sequence DESC LIMIT $1"),
        params![limit],
        invoice,
    )
}

/// A page of invoices on which something is owed and that are due before a day, after the one named.
pub fn unsettled(
    tx: &mut Tx<'_>,
    before: Date,
    after: Option<InvoiceId>,
    limit: u32,
) -> Result<Vec<Invoice>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE b.settled_at IS NULL AND b.due_on < $1 AND i.id > $2 ORDER BY i.id LIMIT $3"
    );
    tx.query(&sql, params![&before.to_string(), &after, limit], invoice)
}

/// The lines of an invoice.
pub fn lines(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Vec<InvoiceLine>, CommerceError> {
    tx.query(
        "SELECT position, subscription_id, plan_version_id, quantity, unit_minor, gross_minor, discount_minor, \
         net_minor, tax_rate, tax_minor, period_start, period_end, kind, item_key, quantity_divisor, measure, \
         tax_place, tax_class, tax_treatment FROM invoice_lines WHERE invoice_id = $1 ORDER BY position",
        params![id],
        |row| {
            let (start, end): (String, String) = (row.get(10)?, row.get(11)?);
            let (kind, measure): (String, String) = (row.get(12)?, row.get(15)?);
            let (quantity, divisor): (i64, i64) = (row.get(3)?, row.get(14)?);
            Ok(InvoiceLine {
                position: row.get(0)?,
                subscription: row.get(1)?,
                plan_version: row.get(2)?,
                kind: LineKind::from_word(&kind).ok_or(CommerceError::Stored("kind of line"))?,
                item_key: row.get(13)?,
                quantity: Ratio::new(quantity, divisor.max(1)),
                measure: Measure::from_word(&measure).ok_or(CommerceError::Stored("measure"))?,
                unit_minor: row.get(4)?,
                total: LineTotal {
                    gross_minor: row.get(5)?,
                    discount_minor: row.get(6)?,
                    net_minor: row.get(7)?,
                    tax_minor: row.get(9)?,
                },
                tax_rate: TaxRate(row.get(8)?),
                taxed: Taxed { place: row.get(16)?, class: row.get(17)?, treatment: row.get(18)? },
                period: Period { start: date(&start)?, end: date(&end)? },
            })
        },
    )
}

/// The sealed snapshot.
pub fn snapshot(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Vec<u8>, SqlError> {
    tx.query_one("SELECT snapshot FROM invoices WHERE id = $1", params![id], |row| row.get(0))
}

/// A sealed document and the SHA-256 of its plain bytes.
pub type SealedDocument = (Vec<u8>, [u8; 32]);

/// The sealed document, once it is rendered.
pub fn document(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Option<SealedDocument>, SqlError> {
    tx.query_opt("SELECT pdf, sha256 FROM invoice_documents WHERE invoice_id = $1", params![id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Keeps the document as first rendered; a second rendering changes nothing.
pub fn insert_document(
    tx: &mut Tx<'_>,
    id: InvoiceId,
    pdf: &[u8],
    sha256: &[u8; 32],
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO invoice_documents (invoice_id, pdf, sha256, rendered_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (invoice_id) DO NOTHING",
        params![id, pdf, sha256, now],
    )?;
    Ok(())
}

/// Takes an amount off what is owed, as paid. False when less is owed: nothing is changed then.
pub fn add_payment(tx: &mut Tx<'_>, id: InvoiceId, amount_minor: i64) -> Result<bool, SqlError> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE invoice_balances SET paid_minor = paid_minor + $2, open_minor = open_minor - $2, \
         settled_at = CASE WHEN open_minor = $2 THEN $3 ELSE settled_at END \
         WHERE invoice_id = $1 AND open_minor >= $2",
        params![id, amount_minor, now],
    )?;
    Ok(changed == 1)
}

/// Takes an amount off what is owed and one off what was paid, as credited: what was paid is the customer's again. False
/// when less was.
pub fn add_credit_of_paid(
    tx: &mut Tx<'_>,
    id: InvoiceId,
    open_minor: i64,
    paid_minor: i64,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE invoice_balances SET credited_minor = credited_minor + $2 + $3, open_minor = open_minor - $2, \
         paid_minor = paid_minor - $3, \
         settled_at = CASE WHEN open_minor = $2 AND settled_at IS NULL THEN $4 ELSE settled_at END \
         WHERE invoice_id = $1 AND open_minor >= $2 AND paid_minor >= $3",
        params![id, open_minor, paid_minor, now],
    )?;
    Ok(changed == 1)
}

/// What was paid lies apart while a bank decides; a negative amount is paid again. False when less was paid.
pub fn set_apart(tx: &mut Tx<'_>, id: InvoiceId, amount_minor: i64) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE invoice_balances SET paid_minor = paid_minor - $2, disputed_minor = disputed_minor + $2 \
         WHERE invoice_id = $1 AND paid_minor >= $2 AND disputed_minor >= -$2",
        params![id, amount_minor],
    )?;
    Ok(changed == 1)
}

/// A bank decided against us: what lay apart is owed again, and reminders of it begin anew.
pub fn owe_again(tx: &mut Tx<'_>, id: InvoiceId, amount_minor: i64) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE invoice_balances SET disputed_minor = disputed_minor - $2, open_minor = open_minor + $2, \
         dunning_round = dunning_round + CASE WHEN $2 > 0 THEN 1 ELSE 0 END, \
         settled_at = CASE WHEN $2 > 0 THEN NULL ELSE settled_at END \
         WHERE invoice_id = $1 AND disputed_minor >= $2",
        params![id, amount_minor],
    )?;
    Ok(changed == 1)
}

/// The overdue calendar counts from this day on.
pub fn pursue_from(tx: &mut Tx<'_>, id: InvoiceId, from: Date) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE invoice_balances SET due_on = $2 WHERE invoice_id = $1",
        params![id, &from.to_string()],
    )?;
    Ok(())
}

/// The invoice of a number.
pub fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Invoice>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} {FROM} WHERE i.number = $1"), params![number], invoice)
}

/// The person who is told about an invoice: who placed the order behind its first subscription.
pub fn person(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Option<PersonId>, SqlError> {
    tx.query_opt(
        "SELECT s.person_id FROM invoice_lines l JOIN subscriptions s ON s.id = l.subscription_id \
         WHERE l.invoice_id = $1 ORDER BY l.position",
        params![id],
        |row| row.get(0),
    )
}

/// The subscriptions on an invoice, with the zone in which their days are counted.
pub fn zone(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Option<String>, SqlError> {
    tx.query_opt(
        "SELECT s.time_zone FROM invoice_lines l JOIN subscriptions s ON s.id = l.subscription_id \
         WHERE l.invoice_id = $1 ORDER BY l.position",
        params![id],
        |row| row.get(0),
    )
}

/// The subscriptions that an invoice bills.
pub fn subscriptions(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Vec<SubscriptionId>, SqlError> {
    let sql =
        "SELECT DISTINCT subscription_id FROM invoice_lines WHERE invoice_id = $1 ORDER BY subscription_id";
    tx.query(sql, params![id], |row| row.get(0))
}

/// The fact `due_invoice`: something is owed on it; for the program itself also while its document, or
/// that of a credit note for it, is not made yet.
pub fn is_due_or_being_made(
    tx: &mut Tx<'_>,
    id: InvoiceId,
    customer: CustomerId,
    by_system: bool,
) -> Result<bool, SqlError> {
    let owed: Option<i64> = tx.query_opt(
        "SELECT open_minor FROM invoice_balances WHERE invoice_id = $1 AND customer_id = $2",
        params![id, customer],
        |row| row.get(0),
    )?;
    Ok(match owed {
        None => false,
        Some(open) if open > 0 => true,
        Some(_) => by_system && (document(tx, id)?.is_none() || !undrawn_notes(tx, id)?.is_empty()),
    })
}

/// What credit notes and later invoices took off each line: (position, net, tax).
pub fn credited(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Vec<(i64, i64, i64)>, SqlError> {
    tx.query(
        "SELECT position, CAST(SUM(net_minor) AS BIGINT), CAST(SUM(tax_minor) AS BIGINT) FROM ( \
           SELECT l.position, l.net_minor, l.tax_minor FROM credit_note_lines l \
             JOIN credit_notes n ON n.id = l.credit_note_id WHERE n.invoice_id = $1 \
           UNION ALL SELECT position, net_minor, tax_minor FROM credited_lines WHERE invoice_id = $1) AS taken \
         GROUP BY position ORDER BY position",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Writes a credit note with its lines.
#[expect(clippy::too_many_arguments, reason = "each is one column of the note")]
pub fn insert_credit_note(
    tx: &mut Tx<'_>,
    id: CreditNoteId,
    invoice: &Invoice,
    series: &str,
    sequence: i64,
    number: &str,
    lines: &[(i64, i64, i64)],
    issued_on: Date,
    staff: StaffId,
) -> Result<(), SqlError> {
    let now = tx.now();
    let (net, tax) = lines.iter().fold((0, 0), |(net, tax), line| (net + line.1, tax + line.2));
    tx.execute(
        "INSERT INTO credit_notes (id, number, series, sequence, invoice_id, customer_id, currency, net_minor, \
         tax_minor, total_minor, issued_on, issued_by, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            id,
            number,
            series,
            sequence,
            invoice.id,
            invoice.customer,
            invoice.currency.code(),
            net,
            tax,
            net + tax,
            &issued_on.to_string(),
            staff,
            now
        ],
    )?;
    for (position, net, tax) in lines {
        tx.execute(
            "INSERT INTO credit_note_lines (credit_note_id, position, net_minor, tax_minor) VALUES ($1, $2, $3, $4)",
            params![id, *position, *net, *tax],
        )?;
    }
    Ok(())
}

/// The credit notes of an invoice, newest first.
pub fn credit_notes(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Vec<CreditNote>, CommerceError> {
    tx.query(
        "SELECT id, number, total_minor, issued_on FROM credit_notes WHERE invoice_id = $1 ORDER BY created_at DESC, id DESC",
        params![id],
        credit_note,
    )
}

/// One credit note.
pub fn find_credit_note(tx: &mut Tx<'_>, id: CreditNoteId) -> Result<Option<CreditNote>, CommerceError> {
    let sql = "SELECT id, number, total_minor, issued_on FROM credit_notes WHERE id = $1";
    tx.query_opt(sql, params![id], credit_note)
}

fn credit_note(row: &Row<'_>) -> Result<CreditNote, CommerceError> {
    Ok(CreditNote {
        id: row.get(0)?,
        number: row.get(1)?,
        total_minor: row.get(2)?,
        issued_on: date(&row.get::<String>(3)?)?,
    })
}

/// The invoice that a credit note corrects.
pub fn invoice_of_note(tx: &mut Tx<'_>, id: CreditNoteId) -> Result<InvoiceId, SqlError> {
    tx.query_one("SELECT invoice_id FROM credit_notes WHERE id = $1", params![id], |row| row.get(0))
}

/// What a credit note takes off each line: position, net, tax.
pub fn note_lines(tx: &mut Tx<'_>, id: CreditNoteId) -> Result<Vec<(i64, i64, i64)>, SqlError> {
    tx.query(
        "SELECT position, net_minor, tax_minor FROM credit_note_lines WHERE credit_note_id = $1 ORDER BY position",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// The credit notes of an invoice that have no document yet, in their order.
pub fn undrawn_notes(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Vec<CreditNoteId>, SqlError> {
    tx.query(
        "SELECT n.id FROM credit_notes n LEFT JOIN credit_note_documents d ON d.credit_note_id = n.id \
         WHERE n.invoice_id = $1 AND d.credit_note_id IS NULL ORDER BY n.created_at, n.id",
        params![id],
        |row| row.get(0),
    )
}

/// The sealed document of a credit note, once it is drawn.
pub fn note_document(tx: &mut Tx<'_>, id: CreditNoteId) -> Result<Option<SealedDocument>, SqlError> {
    let sql = "SELECT pdf, sha256 FROM credit_note_documents WHERE credit_note_id = $1";
    tx.query_opt(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Keeps the document of a credit note as first drawn; a second drawing changes nothing.
pub fn insert_note_document(
    tx: &mut Tx<'_>,
    id: CreditNoteId,
    pdf: &[u8],
    sha256: &[u8; 32],
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO credit_note_documents (credit_note_id, pdf, sha256, rendered_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (credit_note_id) DO NOTHING",
        params![id, pdf, sha256, now],
    )?;
    Ok(())
}
