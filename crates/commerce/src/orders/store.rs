//! All SQL of orders, screenings and decisions.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, DomainName, InvoiceId, OrderId, PersonId, StaffId, Timestamp};
use uuid::Uuid;

use super::questions::QuestionRow;
use super::{Order, OrderLine, OrderStatus};
use crate::add_ons;
use crate::error::CommerceError;
use crate::events;
use crate::periods::Interval;
use crate::screening::Outcome;
use crate::totals::TaxRate;

/// The sealed columns of a new order.
#[derive(Debug, Clone)]
pub struct SealedParts {
    /// Sealed billing address.
    pub billing: Vec<u8>,
    /// Sealed contact.
    pub applicant: Vec<u8>,
    /// Sealed network address.
    pub network: Option<Vec<u8>>,
    /// Keyed hash of the network, for counting.
    pub network_hash: Option<[u8; 32]>,
}

const COLUMNS: &str = "id, number, customer_id, person_id, status, currency, net_minor, tax_minor, total_minor, \
                       tax_name, tax_rate, time_zone, keep_card, placed_at, decided_at, decided_by, invoice_id, priced, coupon_id, trial_days";

/// Writes an order with its lines.
pub fn insert(tx: &mut Tx<'_>, order: &Order, parts: &SealedParts) -> Result<(), CommerceError> {
    let network_hash = parts.network_hash.as_ref().map(|hash| hash.to_vec());
    let priced = order.priced.as_ref().map(serde_json::to_string).transpose();
    let priced = priced.map_err(|_| CommerceError::Stored("price of an order"))?;
    tx.execute(
        &format!(
            "INSERT INTO orders ({COLUMNS}, billing, applicant, network, network_hash) VALUES ($1, $2, $3, $4, $5, $6, \
             $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
        ),
        params![
            order.id,
            &order.number,
            order.customer,
            order.person,
            order.status.word(),
            order.currency.code(),
            order.net_minor,
            order.tax_minor,
            order.total_minor,
            &order.tax_name,
            order.tax_rate.0,
            &order.time_zone,
            order.keep_card,
            order.placed_at,
            order.decided_at,
            order.decided_by,
            order.invoice,
            &priced,
            order.coupon,
            order.trial_days,
            &parts.billing,
            &parts.applicant,
            &parts.network,
            &network_hash
        ],
    )?;
    for (position, line) in (1i64..).zip(&order.lines) {
        tx.execute(
            "INSERT INTO order_lines (order_id, position, plan_version_id, billing_interval, mailboxes, domain, add_ons) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            params![
                order.id,
                position,
                line.plan_version,
                line.interval.word(),
                line.mailboxes,
                line.domain.as_str(),
                &add_ons::keys_text(&line.add_ons)
            ],
        )?;
    }
    Ok(())
}

fn order(row: &Row<'_>) -> Result<Order, CommerceError> {
    let (status, currency): (String, String) = (row.get(4)?, row.get(5)?);
    let priced: Option<String> = row.get(17)?;
    let priced = priced.map(|json| serde_json::from_str(&json)).transpose();
    Ok(Order {
        id: row.get(0)?,
        number: row.get(1)?,
        customer: row.get(2)?,
        person: row.get(3)?,
        status: OrderStatus::from_word(&status).ok_or(CommerceError::Stored("order status"))?,
        currency: currency.parse().map_err(|_| CommerceError::Stored("currency"))?,
        net_minor: row.get(6)?,
        tax_minor: row.get(7)?,
        total_minor: row.get(8)?,
        tax_name: row.get(9)?,
        tax_rate: TaxRate(row.get(10)?),
        time_zone: row.get(11)?,
        keep_card: row.get(12)?,
        placed_at: row.get(13)?,
        decided_at: row.get(14)?,
        decided_by: row.get(15)?,
        invoice: row.get(16)?,
        lines: Vec::new(),
        priced: priced.map_err(|_| CommerceError::Stored("price of an order"))?,
        coupon: row.get(18)?,
        trial_days: row.get(19)?,
    })
}

fn with_lines(tx: &mut Tx<'_>, mut order: Order) -> Result<Order, CommerceError> {
    order.lines = tx.query(
        "SELECT plan_version_id, billing_interval, mailboxes, domain, add_ons FROM order_lines WHERE order_id = $1 \
         ORDER BY position",
        params![order.id],
        |row| -> Result<_, CommerceError> {
            let (word, domain): (String, String) = (row.get(1)?, row.get(3)?);
            Ok(OrderLine {
                plan_version: row.get(0)?,
                interval: Interval::from_word(&word).ok_or(CommerceError::Stored("interval"))?,
                mailboxes: row.get(2)?,
                domain: DomainName::parse(&domain).map_err(|_| CommerceError::Stored("domain name"))?,
                add_ons: add_ons::keys_of(&row.get::<String>(4)?),
            })
        },
    )?;
    Ok(order)
}

/// One order with its lines.
pub fn find(tx: &mut Tx<'_>, id: OrderId) -> Result<Option<Order>, CommerceError> {
    let found = tx.query_opt(&format!("SELECT {COLUMNS} FROM orders WHERE id = $1"), params![id], order)?;
    found.map(|order| with_lines(tx, order)).transpose()
}

/// The orders of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Order>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC, id DESC LIMIT 500"
    );
    let found = tx.query(&sql, params![customer], order)?;
    found.into_iter().map(|order| with_lines(tx, order)).collect()
}

/// The orders of a customer after one, the oldest first.
pub fn page_of(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Option<OrderId>,
    limit: u32,
) -> Result<Vec<Order>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!("SELECT {COLUMNS} FROM orders WHERE customer_id = $1 AND id > $2 ORDER BY id LIMIT $3");
    let found = tx.query(&sql, params![customer, &after, limit], order)?;
    found.into_iter().map(|order| with_lines(tx, order)).collect()
}

/// The orders that wait for a person, oldest first.
pub fn in_review(tx: &mut Tx<'_>) -> Result<Vec<Order>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM orders o WHERE status IN ('in_review', 'more_asked') OR (status = 'refused' AND EXISTS \
         (SELECT 1 FROM order_appeals a WHERE a.order_id = o.id AND a.settled_at IS NULL)) ORDER BY placed_at, id LIMIT 500"
    );
    let found = tx.query(&sql, params![], order)?;
    found.into_iter().map(|order| with_lines(tx, order)).collect()
}

/// The newest orders of everybody.
pub fn newest(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Order>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM orders ORDER BY placed_at DESC, id DESC LIMIT $1");
    let found = tx.query(&sql, params![limit], order)?;
    found.into_iter().map(|order| with_lines(tx, order)).collect()
}

/// The sealed columns of an order.
pub fn sealed_parts(tx: &mut Tx<'_>, id: OrderId) -> Result<SealedParts, CommerceError> {
    tx.query_opt(
        "SELECT billing, applicant, network, network_hash FROM orders WHERE id = $1",
        params![id],
        |row| -> Result<_, CommerceError> {
            Ok(SealedParts {
                billing: row.get(0)?,
                applicant: row.get(1)?,
                network: row.get(2)?,
                network_hash: row.get(3)?,
            })
        },
    )?
    .ok_or(CommerceError::NotFound("order"))
}

/// Moves an order on. False when it is in another status by now: somebody else moved it first.
pub fn move_on(tx: &mut Tx<'_>, id: OrderId, from: OrderStatus, to: OrderStatus) -> Result<bool, SqlError> {
    let sql = "UPDATE orders SET status = $3 WHERE id = $1 AND status = $2";
    let moved = tx.execute(sql, params![id, from.word(), to.word()])? == 1;
    if moved && matches!(to, OrderStatus::Fulfilled | OrderStatus::Refused) {
        let sql = "SELECT customer_id FROM orders WHERE id = $1";
        let customer =
            tx.query_one(sql, params![id], |row| -> Result<CustomerId, SqlError> { row.get(0) })?;
        events::order(tx, id, customer, to)?;
    }
    Ok(moved)
}

/// Notes who decided, and when.
pub fn set_decided(tx: &mut Tx<'_>, id: OrderId, by: Option<StaffId>) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE orders SET decided_at = $2, decided_by = $3 WHERE id = $1", params![id, now, by])?;
    Ok(())
}

/// Ties an order to its invoice.
pub fn set_invoice(tx: &mut Tx<'_>, id: OrderId, invoice: InvoiceId) -> Result<(), SqlError> {
    tx.execute("UPDATE orders SET invoice_id = $2 WHERE id = $1", params![id, invoice])?;
    Ok(())
}

/// The billing details under which a customer's invoices are written from now on.
pub fn put_profile(tx: &mut Tx<'_>, customer: CustomerId, details: &[u8]) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO billing_profiles (customer_id, details, updated_at) VALUES ($1, $2, $3) \
         ON CONFLICT (customer_id) DO UPDATE SET details = $2, updated_at = $3",
        params![customer, details, now],
    )?;
    Ok(())
}

/// Whether an order of a customer was ever fulfilled.
pub fn is_served(tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
    let sql = "SELECT CAST(COALESCE(SUM(CASE status WHEN 'fulfilled' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM orders \
               WHERE customer_id = $1";
    let fulfilled: i64 = tx.query_one(sql, params![customer], |row| row.get(0))?;
    Ok(fulfilled > 0)
}

/// The brand that a customer belongs to, once they ordered.
pub fn brand(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<String>, SqlError> {
    let sql = "SELECT brand_key FROM customer_brands WHERE customer_id = $1";
    tx.query_opt(sql, params![customer], |row| row.get(0))
}

/// Lets a customer belong to a brand; the first one stays.
pub fn set_brand(tx: &mut Tx<'_>, customer: CustomerId, brand: &str) -> Result<(), SqlError> {
    let sql = "INSERT INTO customer_brands (customer_id, brand_key) VALUES ($1, $2) \
               ON CONFLICT (customer_id) DO NOTHING";
    tx.execute(sql, params![customer, brand])?;
    Ok(())
}

/// The sealed billing details of a customer.
pub fn profile(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_opt("SELECT details FROM billing_profiles WHERE customer_id = $1", params![customer], |row| {
        row.get(0)
    })
}

fn exists(tx: &mut Tx<'_>, sql: &str, id: OrderId, customer: CustomerId) -> Result<bool, SqlError> {
    let found: Option<i64> = tx.query_opt(sql, params![id, customer], |row| row.get(0))?;
    Ok(found.is_some())
}

/// The fact `order_placed`: the order is this customer's, and this person's, and not decided to its end.
pub fn is_undecided(
    tx: &mut Tx<'_>,
    id: OrderId,
    customer: CustomerId,
    person: Option<PersonId>,
) -> Result<bool, SqlError> {
    let sql = "SELECT person_id FROM orders WHERE id = $1 AND customer_id = $2 \
               AND status NOT IN ('fulfilled', 'refused')";
    let found: Option<PersonId> = tx.query_opt(sql, params![id, customer], |row| row.get(0))?;
    Ok(found.is_some_and(|placed_by| person.is_none_or(|person| person == placed_by)))
}

/// The fact `order_in_review`: it waits for a decision, or for one about an appeal.
pub fn is_in_review(tx: &mut Tx<'_>, id: OrderId, customer: CustomerId) -> Result<bool, SqlError> {
    let sql = "SELECT 1 FROM orders o WHERE o.id = $1 AND o.customer_id = $2 AND (o.status IN ('in_review', 'more_asked') \
               OR (o.status = 'refused' AND EXISTS (SELECT 1 FROM order_appeals a WHERE a.order_id = o.id \
               AND a.settled_at IS NULL)))";
    exists(tx, sql, id, customer)
}

/// Other orders from the same network since a time.
pub fn count_from_network(
    tx: &mut Tx<'_>,
    network: &[u8],
    since: Timestamp,
    but: OrderId,
) -> Result<u32, SqlError> {
    let sql = "SELECT COUNT(*) FROM orders WHERE network_hash = $1 AND placed_at >= $2 AND id <> $3";
    tx.query_one(sql, params![network, since, but], |row| row.get(0))
}

/// How many other orders of a customer were fulfilled, and how many refused. The status is looked at row by row: by an index of it,
/// SQLite would go through the orders of everybody.
pub fn count_decided(tx: &mut Tx<'_>, customer: CustomerId, but: OrderId) -> Result<(u32, u32), SqlError> {
    let sql = "SELECT CAST(COALESCE(SUM(CASE WHEN status = $3 THEN 1 ELSE 0 END), 0) AS BIGINT), \
               CAST(COALESCE(SUM(CASE WHEN status = $4 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM orders \
               WHERE customer_id = $1 AND id <> $2";
    let [served, refused] = [OrderStatus::Fulfilled, OrderStatus::Refused].map(OrderStatus::word);
    tx.query_one(sql, params![customer, but, served, refused], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A screening as stored.
#[derive(Debug, Clone)]
pub struct StoredScreening {
    /// Its score.
    pub score: i64,
    /// Its outcome.
    pub outcome: Outcome,
    /// Sealed facts.
    pub facts: Vec<u8>,
    /// Sealed assessment.
    pub assessment: Vec<u8>,
    /// The configuration in force, as JSON.
    pub config: String,
    /// When.
    pub screened_at: Timestamp,
}

/// Writes a screening; an order has one.
pub fn insert_screening(
    tx: &mut Tx<'_>,
    order: OrderId,
    screening: &StoredScreening,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO screenings (order_id, score, outcome, facts, assessment, config, screened_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (order_id) DO UPDATE SET score = $2, outcome = $3, \
         facts = $4, assessment = $5, config = $6, screened_at = $7",
        params![
            order,
            screening.score,
            screening.outcome.word(),
            &screening.facts,
            &screening.assessment,
            &screening.config,
            screening.screened_at
        ],
    )?;
    Ok(())
}

/// The screening of an order.
pub fn screening(tx: &mut Tx<'_>, order: OrderId) -> Result<Option<StoredScreening>, CommerceError> {
    tx.query_opt(
        "SELECT score, outcome, facts, assessment, config, screened_at FROM screenings WHERE order_id = $1",
        params![order],
        |row| {
            let word: String = row.get(1)?;
            Ok(StoredScreening {
                score: row.get(0)?,
                outcome: Outcome::from_word(&word).ok_or(CommerceError::Stored("screening outcome"))?,
                facts: row.get(2)?,
                assessment: row.get(3)?,
                config: row.get(4)?,
                screened_at: row.get(5)?,
            })
        },
    )
}

/// Writes what a person decided.
pub fn insert_decision(
    tx: &mut Tx<'_>,
    id: Uuid,
    order: OrderId,
    staff: StaffId,
    decision: &str,
    note: Option<&Vec<u8>>,
) -> Result<(), SqlError> {
    let now = tx.now();
    let note = note.cloned();
    tx.execute(
        "INSERT INTO order_decisions (id, order_id, staff_id, decision, note, decided_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, order, staff, decision, &note, now],
    )?;
    Ok(())
}

/// Keeps a question to the applicant.
pub fn insert_question(
    tx: &mut Tx<'_>,
    id: Uuid,
    order: OrderId,
    question: &Vec<u8>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO order_questions (id, order_id, question, asked_at) VALUES ($1, $2, $3, $4)",
        params![id, order, question, now],
    )
    .map(drop)
}

/// The questions of an order, oldest first.
pub fn questions(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<QuestionRow>, SqlError> {
    tx.query(
        "SELECT id, question, answer, asked_at FROM order_questions WHERE order_id = $1 ORDER BY asked_at, id",
        params![order],
        |row| {
            Ok(QuestionRow { id: row.get(0)?, question: row.get(1)?, answer: row.get(2)?, asked_at: row.get(3)? })
        },
    )
}

/// Keeps the answer to a question. False when it has one.
pub fn answer_question(tx: &mut Tx<'_>, id: Uuid, answer: &Vec<u8>) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE order_questions SET answer = $2, answered_at = $3 WHERE id = $1 AND answer IS NULL";
    Ok(tx.execute(sql, params![id, answer, now])? == 1)
}

/// Every customer who ordered, with how many orders and services that run: newest first.
pub fn customers(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<(CustomerId, i64, i64, Timestamp)>, SqlError> {
    tx.query(
        "SELECT o.customer_id, COUNT(*), \
         (SELECT COUNT(*) FROM services s WHERE s.customer_id = o.customer_id AND s.ended_at IS NULL), \
         MAX(o.placed_at) FROM orders o GROUP BY o.customer_id ORDER BY MAX(o.placed_at) DESC LIMIT $1",
        params![limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// How many customers are served whose first order was fulfilled without a screening: for the probe of that promise.
pub fn served_unscreened(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM orders o WHERE o.status = 'fulfilled'
             AND o.placed_at = (SELECT MIN(f.placed_at) FROM orders f WHERE f.customer_id = o.customer_id AND f.status = 'fulfilled')
             AND NOT EXISTS (SELECT 1 FROM screenings s WHERE s.order_id = o.id)",
        params![],
        |row| row.get(0),
    )
}
