//! All SQL of the reports. Statements sum in the database and read by the indexes of `0100_reports.sql`.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{Currency, CustomerId, Money, Timestamp};
use uuid::Uuid;

use super::accounting::{AccountSum, After, ExportLine};
use super::dunning::{Recovered, Standing, Step};
use super::receivables::{Age, Owed};
use super::recurring::Piece;
use super::revenue::Booked;
use super::screening::{Ended, ReasonCount};
use super::tax::TaxSum;
use super::{Month, Months};
use crate::dunning::OverdueCalendar;
use crate::error::CommerceError;
use crate::periods::Period;
use crate::screening::{Assessment, Outcome};
use crate::totals::TaxRate;

fn currency(code: &str) -> Result<Currency, CommerceError> {
    code.parse().map_err(|_| CommerceError::Stored("currency"))
}

fn date(text: &str) -> Result<Date, CommerceError> {
    text.parse().map_err(|_| CommerceError::Stored("date"))
}

fn days_before(day: Date, days: i64) -> String {
    day.checked_sub(jiff::Span::new().days(days)).unwrap_or(Date::MIN).to_string()
}

/// What is owed, by brand, currency and age on a day.
pub fn receivables(tx: &mut Tx<'_>, on: Date) -> Result<Vec<Owed>, CommerceError> {
    let sql = "SELECT brand, currency, age, COUNT(*), CAST(SUM(open_minor) AS BIGINT), \
               CAST(SUM(disputed_minor) AS BIGINT) FROM (\
                 SELECT COALESCE(c.brand_key, '') AS brand, i.currency AS currency, b.open_minor AS open_minor, \
                 b.disputed_minor AS disputed_minor, CASE WHEN b.due_on >= $1 THEN 'current' WHEN b.due_on >= $2 THEN '1-30' \
                 WHEN b.due_on >= $3 THEN '31-60' WHEN b.due_on >= $4 THEN '61-90' ELSE 'over-90' END AS age \
                 FROM invoice_balances b JOIN invoices i ON i.id = b.invoice_id \
                 LEFT JOIN customer_brands c ON c.customer_id = b.customer_id \
                 WHERE b.settled_at IS NULL AND (b.open_minor <> 0 OR b.disputed_minor <> 0)) AS owed \
               GROUP BY brand, currency, age ORDER BY brand, currency, age";
    let days = [0, 30, 60, 90].map(|days| days_before(on, days));
    tx.query(sql, params![&days[0], &days[1], &days[2], &days[3]], |row| {
        Ok(Owed {
            brand: row.get(0)?,
            currency: currency(&row.get::<String>(1)?)?,
            age: Age::from_word(&row.get::<String>(2)?).ok_or(CommerceError::Stored("age"))?,
            invoices: row.get(3)?,
            open_minor: row.get(4)?,
            disputed_minor: row.get(5)?,
        })
    })
}

/// What was booked in some months, or before with something that was deferred when they began, by day, period and currency.
pub fn booked(tx: &mut Tx<'_>, months: Months) -> Result<Vec<Booked>, CommerceError> {
    // An item is sold once: its period is empty. Two halves, so that each is read by its own index.
    const LINE: &str = "SELECT i.currency AS currency, i.issued_on AS booked_on, l.period_start AS period_start, \
                        CASE WHEN l.kind = 'item' THEN l.period_start ELSE l.period_end END AS period_end, \
                        l.net_minor AS net_minor FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id";
    const NOTE: &str = "SELECT n.currency AS currency, n.issued_on AS booked_on, l.period_start AS period_start, \
                        CASE WHEN l.kind = 'item' THEN l.period_start ELSE l.period_end END AS period_end, \
                        -c.net_minor AS net_minor FROM credit_notes n JOIN credit_note_lines c ON c.credit_note_id = n.id \
                        JOIN invoice_lines l ON l.invoice_id = n.invoice_id AND l.position = c.position";
    let sql = format!(
        "SELECT currency, booked_on, period_start, period_end, CAST(SUM(net_minor) AS BIGINT) FROM (\
         {LINE} WHERE i.issued_on >= $1 AND i.issued_on < $2 \
         UNION ALL {LINE} WHERE l.period_end > $1 AND i.issued_on < $1 \
         UNION ALL {NOTE} WHERE n.issued_on < $2 AND (n.issued_on >= $1 OR l.period_end > $1)) AS booked \
         GROUP BY currency, booked_on, period_start, period_end"
    );
    tx.query(&sql, params![&months.first().to_string(), &months.end().to_string()], |row| {
        let net = Money::new(row.get(4)?, currency(&row.get::<String>(0)?)?);
        let period = Period { start: date(&row.get::<String>(2)?)?, end: date(&row.get::<String>(3)?)? };
        Ok(Booked { on: date(&row.get::<String>(1)?)?, period, net })
    })
}

/// What the journal has on the account of revenue, by currency and month.
pub fn revenue_of_journal(
    tx: &mut Tx<'_>,
    months: Months,
) -> Result<Vec<(Currency, Month, i64)>, CommerceError> {
    let sql = "SELECT currency, booked_in, CAST(-SUM(amount_minor) AS BIGINT) FROM (\
               SELECT l.currency AS currency, SUBSTR(e.booked_on, 1, 7) AS booked_in, l.amount_minor AS amount_minor \
               FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id \
               WHERE e.booked_on >= $1 AND e.booked_on < $2 AND l.account = 'revenue') AS booked \
               GROUP BY currency, booked_in";
    tx.query(sql, params![&months.first().to_string(), &months.end().to_string()], |row| {
        let month = row.get::<String>(1)?.parse().map_err(|()| CommerceError::Stored("month"))?;
        Ok((currency(&row.get::<String>(0)?)?, month, row.get(2)?))
    })
}

/// Lines that do not recur.
const ONCE: &str = "('setup', 'item', 'unused')";

/// The customers who paid for something that recurs on a day or before.
pub fn customers_before(tx: &mut Tx<'_>, day: Date) -> Result<HashSet<CustomerId>, CommerceError> {
    let sql = format!(
        "SELECT DISTINCT s.customer_id FROM subscriptions s WHERE EXISTS (SELECT 1 FROM invoice_lines l \
         WHERE l.subscription_id = s.id AND l.period_start <= $1 AND l.kind NOT IN {ONCE} AND l.net_minor > 0)"
    );
    let mut found = HashSet::new();
    tx.for_each(&sql, params![&day.to_string()], |row| -> Result<(), SqlError> {
        found.insert(row.get(0)?);
        Ok(())
    })?;
    Ok(found)
}

/// Hands on every line that pays for a day between two, customer by customer.
pub fn recurring(
    tx: &mut Tx<'_>,
    from: Date,
    to: Date,
    mut each: impl FnMut(CustomerId, Piece) -> Result<(), CommerceError>,
) -> Result<(), CommerceError> {
    let sql = format!(
        "SELECT s.customer_id, COALESCE(s.currency, v.currency), l.period_start, l.period_end, s.ended_on, \
         (SELECT MIN(u.period_start) FROM credited_lines c JOIN invoice_lines u ON u.invoice_id = c.by_invoice_id \
           AND u.position = c.by_position WHERE c.invoice_id = l.invoice_id AND c.position = l.position), l.net_minor \
         FROM subscriptions s JOIN plan_versions v ON v.id = s.plan_version_id \
         JOIN invoice_lines l ON l.subscription_id = s.id \
         WHERE l.period_end > $1 AND l.period_start <= $2 AND l.kind NOT IN {ONCE} \
         ORDER BY s.customer_id, COALESCE(s.currency, v.currency)"
    );
    tx.for_each(&sql, params![&from.to_string(), &to.to_string()], |row| {
        let period = Period { start: date(&row.get::<String>(2)?)?, end: date(&row.get::<String>(3)?)? };
        let mut until = period.end;
        for cut in [row.get::<Option<String>>(4)?, row.get::<Option<String>>(5)?].into_iter().flatten() {
            until = until.min(date(&cut)?);
        }
        let net = Money::new(row.get(6)?, currency(&row.get::<String>(1)?)?);
        each(row.get(0)?, Piece { period, until, net })
    })
}

/// The tax of invoices and credit notes that were issued in some months.
pub fn taxes(tx: &mut Tx<'_>, months: Months) -> Result<Vec<TaxSum>, CommerceError> {
    let sql = "SELECT place, class, treatment, rate, currency, CAST(SUM(net) AS BIGINT), CAST(SUM(tax) AS BIGINT), \
               CAST(SUM(net_off) AS BIGINT), CAST(SUM(tax_off) AS BIGINT) FROM (\
                 SELECT l.tax_place AS place, l.tax_class AS class, l.tax_treatment AS treatment, l.tax_rate AS rate, \
                 i.currency AS currency, l.net_minor AS net, l.tax_minor AS tax, 0 AS net_off, 0 AS tax_off \
                 FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id \
                 WHERE i.issued_on >= $1 AND i.issued_on < $2 \
                 UNION ALL SELECT l.tax_place AS place, l.tax_class AS class, l.tax_treatment AS treatment, \
                 l.tax_rate AS rate, n.currency AS currency, 0 AS net, 0 AS tax, c.net_minor AS net_off, \
                 c.tax_minor AS tax_off FROM credit_notes n JOIN credit_note_lines c ON c.credit_note_id = n.id \
                 JOIN invoice_lines l ON l.invoice_id = n.invoice_id AND l.position = c.position \
                 WHERE n.issued_on >= $1 AND n.issued_on < $2) AS taxed \
               GROUP BY place, class, treatment, rate, currency ORDER BY currency, place, class, treatment, rate";
    tx.query(sql, params![&months.first().to_string(), &months.end().to_string()], |row| {
        Ok(TaxSum {
            place: row.get(0)?,
            class: row.get(1)?,
            treatment: row.get(2)?,
            rate: TaxRate(row.get(3)?),
            currency: currency(&row.get::<String>(4)?)?,
            invoiced_net_minor: row.get(5)?,
            invoiced_tax_minor: row.get(6)?,
            credited_net_minor: row.get(7)?,
            credited_tax_minor: row.get(8)?,
        })
    })
}

/// Adds what an assessment found to the counts of a day, in the transaction that keeps the assessment.
pub fn count_reasons(tx: &mut Tx<'_>, on: Date, assessment: &Assessment) -> Result<(), SqlError> {
    for reason in &assessment.reasons {
        tx.execute(
            "INSERT INTO screening_counts (screened_on, code, hits, points) VALUES ($1, $2, 1, $3) \
             ON CONFLICT (screened_on, code) DO UPDATE SET hits = screening_counts.hits + 1, \
             points = screening_counts.points + $3",
            params![&on.to_string(), &reason.code, i64::from(reason.weight)],
        )?;
    }
    Ok(())
}

/// How many screened orders of each outcome ended how, and how many of them a person decided.
pub fn screened(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<(BTreeMap<(Outcome, Ended), i64>, i64), CommerceError> {
    let sql = "SELECT outcome, ended, COUNT(*), CAST(SUM(by_person) AS BIGINT) FROM (\
               SELECT s.outcome AS outcome, CASE WHEN o.decided_by IS NULL THEN 0 ELSE 1 END AS by_person, \
               CASE WHEN o.status = 'refused' THEN 'refused' WHEN o.status <> 'fulfilled' THEN 'waits' \
               WHEN EXISTS (SELECT 1 FROM invoices i JOIN disputes d ON d.invoice_id = i.id \
               WHERE i.customer_id = o.customer_id) THEN 'disputed' ELSE 'served' END AS ended \
               FROM screenings s JOIN orders o ON o.id = s.order_id \
               WHERE s.screened_at >= $1 AND s.screened_at < $2) AS screened GROUP BY outcome, ended";
    let (mut table, mut by_people) = (BTreeMap::new(), 0i64);
    tx.for_each(sql, params![from, until], |row| -> Result<(), CommerceError> {
        let (outcome, ended): (String, String) = (row.get(0)?, row.get(1)?);
        let outcome = Outcome::from_word(&outcome).ok_or(CommerceError::Stored("screening outcome"))?;
        let ended = Ended::ALL.into_iter().find(|one| one.word() == ended);
        table.insert((outcome, ended.ok_or(CommerceError::Stored("end of an order"))?), row.get(2)?);
        by_people += row.get::<i64>(3)?;
        Ok(())
    })?;
    Ok((table, by_people))
}

/// How often which reason was named in some months.
pub fn reasons(tx: &mut Tx<'_>, months: Months) -> Result<Vec<ReasonCount>, CommerceError> {
    let sql = "SELECT code, CAST(SUM(hits) AS BIGINT) AS hits, CAST(SUM(points) AS BIGINT) FROM screening_counts \
               WHERE screened_on >= $1 AND screened_on < $2 GROUP BY code ORDER BY hits DESC, code";
    tx.query(sql, params![&months.first().to_string(), &months.end().to_string()], |row| {
        Ok(ReasonCount { code: row.get(0)?, hits: row.get(1)?, points: row.get(2)? })
    })
}

/// Where unpaid invoices stand on a day.
pub fn standing(
    tx: &mut Tx<'_>,
    calendar: &OverdueCalendar,
    today: Date,
) -> Result<Vec<Standing>, CommerceError> {
    const NONE: i64 = i64::MIN;
    let sql = "SELECT stage, step, currency, COUNT(*), CAST(SUM(open_minor) AS BIGINT) FROM (\
               SELECT i.currency AS currency, b.open_minor AS open_minor, \
               CASE WHEN b.due_on <= $1 THEN 2 WHEN b.due_on <= $2 THEN 1 ELSE 0 END AS stage, \
               CASE WHEN b.due_on <= $2 THEN 0 ELSE COALESCE((SELECT MAX(d.step) FROM dunning_rounds d \
               WHERE d.invoice_id = b.invoice_id AND d.round = b.dunning_round), $3) END AS step \
               FROM invoice_balances b JOIN invoices i ON i.id = b.invoice_id \
               WHERE b.settled_at IS NULL AND b.open_minor > 0) AS unpaid \
               GROUP BY stage, step, currency ORDER BY stage, step, currency";
    let ended = days_before(today, calendar.terminate_day);
    let blocked = days_before(today, calendar.block_day);
    tx.query(sql, params![&ended, &blocked, NONE], |row| {
        let step = match (row.get::<i64>(0)?, row.get::<i64>(1)?) {
            (2, _) => Step::Terminated,
            (1, _) => Step::Blocked,
            (_, NONE) => Step::None,
            (_, step) => Step::Reminded(step),
        };
        let currency = currency(&row.get::<String>(2)?)?;
        Ok(Standing { step, currency, invoices: row.get(3)?, open_minor: row.get(4)? })
    })
}

/// How many reminders of each day were sent between two moments.
pub fn reminders_sent(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(i64, i64)>, CommerceError> {
    let sql = "SELECT step, COUNT(*) FROM dunning_rounds WHERE taken_at >= $1 AND taken_at < $2 \
               GROUP BY step ORDER BY step";
    tx.query(sql, params![from, until], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What was paid between two moments after a reminder that was not ahead of the due date, by the newest such reminder.
pub fn recovered(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Recovered>, CommerceError> {
    let sql = "SELECT step, currency, COUNT(*), CAST(SUM(paid_minor) AS BIGINT) FROM (\
               SELECT i.currency AS currency, b.paid_minor AS paid_minor, (SELECT MAX(d.step) FROM dunning_rounds d \
               WHERE d.invoice_id = b.invoice_id AND d.step >= 0 AND d.taken_at <= b.settled_at) AS step \
               FROM invoice_balances b JOIN invoices i ON i.id = b.invoice_id \
               WHERE b.settled_at >= $1 AND b.settled_at < $2 AND b.paid_minor > 0) AS settled \
               WHERE step IS NOT NULL GROUP BY step, currency ORDER BY step, currency";
    tx.query(sql, params![from, until], |row| {
        Ok(Recovered {
            step: row.get(0)?,
            currency: currency(&row.get::<String>(1)?)?,
            invoices: row.get(2)?,
            paid_minor: row.get(3)?,
        })
    })
}

/// What moved on each account between two days.
pub fn account_sums(tx: &mut Tx<'_>, from: Date, until: Date) -> Result<Vec<AccountSum>, CommerceError> {
    let sql = "SELECT l.account, l.currency, \
               CAST(SUM(CASE WHEN l.amount_minor > 0 THEN l.amount_minor ELSE 0 END) AS BIGINT), \
               CAST(SUM(CASE WHEN l.amount_minor < 0 THEN -l.amount_minor ELSE 0 END) AS BIGINT) \
               FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id \
               WHERE e.booked_on >= $1 AND e.booked_on < $2 GROUP BY l.account, l.currency \
               ORDER BY l.currency, l.account";
    tx.query(sql, params![&from.to_string(), &until.to_string()], |row| {
        Ok(AccountSum {
            account: row.get(0)?,
            currency: currency(&row.get::<String>(1)?)?,
            debit_minor: row.get(2)?,
            credit_minor: row.get(3)?,
        })
    })
}

/// The lines of the next entries of the journal between two days.
pub fn export(
    tx: &mut Tx<'_>,
    from: Date,
    until: Date,
    after: Option<After>,
    entries: u32,
) -> Result<Vec<ExportLine>, CommerceError> {
    // Of what is booked the document is the invoice or note itself, or the invoice that was paid, disputed or refunded.
    let sql = "SELECT e.booked_on, e.id, e.kind, l.account, l.currency, l.amount_minor, CASE \
               WHEN e.kind = 'invoice_issued' THEN (SELECT i.number FROM invoices i WHERE i.id = e.subject_id) \
               WHEN e.kind IN ('credit_note_issued', 'paid_part_credited') \
                 THEN (SELECT n.number FROM credit_notes n WHERE n.id = e.subject_id) \
               WHEN e.kind = 'payment_received' THEN (SELECT i.number FROM payment_attempts p \
                 LEFT JOIN orders o ON o.id = p.order_id JOIN invoices i ON i.id = COALESCE(p.invoice_id, o.invoice_id) \
                 WHERE p.id = e.subject_id) \
               WHEN e.kind = 'transfer_received' THEN (SELECT i.number FROM bank_transfers t \
                 JOIN invoices i ON i.id = t.invoice_id WHERE t.id = e.subject_id) \
               WHEN e.kind = 'credit_applied' THEN (SELECT i.number FROM account_credits a \
                 JOIN invoices i ON i.id = a.cause_id WHERE a.id = e.subject_id) \
               WHEN e.kind LIKE 'refund_%' THEN (SELECT i.number FROM refunds r \
                 JOIN invoices i ON i.id = r.invoice_id WHERE r.id = e.subject_id) \
               WHEN e.kind LIKE 'chargeback%' THEN (SELECT i.number FROM disputes d \
                 JOIN invoices i ON i.id = d.invoice_id WHERE d.id = e.subject_id) END \
               FROM (SELECT id, kind, subject_id, booked_on FROM journal_entries \
                 WHERE booked_on >= $3 AND booked_on < $2 AND (booked_on > $3 OR id > $4 OR CAST($5 AS BIGINT) = 0) AND booked_on >= $1 \
                 AND EXISTS (SELECT 1 FROM journal_lines f WHERE f.entry_id = journal_entries.id) ORDER BY booked_on, id LIMIT $6) AS e \
               JOIN journal_lines l ON l.entry_id = e.id ORDER BY e.booked_on, e.id, l.position";
    let begin = after.map_or(from, |after| after.on.max(from)).to_string();
    let id = after.map_or_else(Vec::new, |after| after.entry.as_bytes().to_vec());
    let (first, end) = (from.to_string(), until.to_string());
    tx.query(sql, params![&first, &end, &begin, &id, i64::from(after.is_some()), entries], |row| {
        Ok(ExportLine {
            on: date(&row.get::<String>(0)?)?,
            entry: row.get::<Uuid>(1)?,
            kind: row.get(2)?,
            account: row.get(3)?,
            amount: Money::new(row.get(5)?, currency(&row.get::<String>(4)?)?),
            document: row.get(6)?,
        })
    })
}
