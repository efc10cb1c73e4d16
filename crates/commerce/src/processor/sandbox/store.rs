//! All SQL of the sandbox processor.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{Currency, Money, PaymentAttemptId, Timestamp};
use uuid::Uuid;

use super::Scenario;

/// A page that was opened.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub attempt: PaymentAttemptId,
    pub amount: Money,
    pub description: String,
    pub return_url: String,
    pub keep_card: bool,
    /// `open`, `challenge` or `done`.
    pub state: String,
}

/// An answer that was given, or is being worked out.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub attempt: PaymentAttemptId,
    /// `authorise`, `capture`, `release`, `charge` or `refund`.
    pub kind: &'static str,
    pub scenario: Scenario,
    pub reference: String,
    /// The authorisation or card that the call named; the reference itself for an authorisation.
    pub target: String,
    pub amount: Money,
    /// `succeeded`, `soft` or `hard`.
    pub outcome: String,
    pub card_token: Option<String>,
    /// Until then the answer is “pending”.
    pub settles_at: Timestamp,
}

fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, code.parse().unwrap_or(Currency::USD))
}

fn bad(column: usize) -> SqlError {
    SqlError::Type { column, expected: "a word of the sandbox", found: "another text" }
}

pub(super) fn insert_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    session: &Session,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO sandbox_sessions (token_hash, attempt_id, amount_minor, currency, description, return_url, \
         keep_card, state, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            token_hash,
            session.attempt,
            session.amount.minor,
            session.amount.currency.code(),
            &session.description,
            &session.return_url,
            session.keep_card,
            &session.state,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn delete_session_of(tx: &mut Tx<'_>, attempt: PaymentAttemptId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM sandbox_sessions WHERE attempt_id = $1", params![attempt])?;
    Ok(())
}

pub(super) fn session(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<Option<Session>, SqlError> {
    tx.query_opt(
        "SELECT attempt_id, amount_minor, currency, description, return_url, keep_card, state FROM sandbox_sessions \
         WHERE token_hash = $1",
        params![token_hash],
        |row| {
            Ok(Session {
                attempt: row.get(0)?,
                amount: money(row.get(1)?, &row.get::<String>(2)?),
                description: row.get(3)?,
                return_url: row.get(4)?,
                keep_card: row.get(5)?,
                state: row.get(6)?,
            })
        },
    )
}

pub(super) fn set_session_state(
    tx: &mut Tx<'_>,
    attempt: PaymentAttemptId,
    state: &str,
) -> Result<(), SqlError> {
    tx.execute("UPDATE sandbox_sessions SET state = $2 WHERE attempt_id = $1", params![attempt, state])?;
    Ok(())
}

const KINDS: [&str; 5] = ["authorise", "capture", "release", "charge", "refund"];

const GIVEN: &str =
    "attempt_id, kind, scenario, reference, target, amount_minor, currency, outcome, card_token, settles_at";

fn given(row: &Row<'_>) -> Result<Given, SqlError> {
    let (kind, scenario): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(Given {
        attempt: row.get(0)?,
        kind: KINDS.into_iter().find(|k| *k == kind).ok_or(bad(1))?,
        scenario: Scenario::from_word(&scenario).ok_or(bad(2))?,
        reference: row.get(3)?,
        target: row.get(4)?,
        amount: money(row.get(5)?, &row.get::<String>(6)?),
        outcome: row.get(7)?,
        card_token: row.get(8)?,
        settles_at: row.get(9)?,
    })
}

pub(super) fn insert_given(tx: &mut Tx<'_>, answer: &Given) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        &format!(
            "INSERT INTO sandbox_answers ({GIVEN}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            answer.attempt,
            answer.kind,
            answer.scenario.word(),
            &answer.reference,
            &answer.target,
            answer.amount.minor,
            answer.amount.currency.code(),
            &answer.outcome,
            &answer.card_token,
            answer.settles_at,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn given_to(tx: &mut Tx<'_>, attempt: PaymentAttemptId) -> Result<Option<Given>, SqlError> {
    let sql = format!("SELECT {GIVEN} FROM sandbox_answers WHERE attempt_id = $1");
    tx.query_opt(&sql, params![attempt], given)
}

pub(super) fn authorisation(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Given>, SqlError> {
    let sql = format!(
        "SELECT {GIVEN} FROM sandbox_answers WHERE kind = 'authorise' AND reference = $1 AND target = $1"
    );
    tx.query_opt(&sql, params![reference], given)
}

/// What was done with an authorisation already.
pub(super) fn uses_of(tx: &mut Tx<'_>, authorisation: &str) -> Result<Vec<Given>, SqlError> {
    let sql = format!("SELECT {GIVEN} FROM sandbox_answers WHERE target = $1 AND kind <> 'authorise'");
    tx.query(&sql, params![authorisation], given)
}

/// A captured or charged payment.
pub(super) fn payment(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Given>, SqlError> {
    let sql = format!(
        "SELECT {GIVEN} FROM sandbox_answers WHERE kind IN ('capture', 'charge') AND outcome = 'succeeded' \
         AND reference = $1"
    );
    tx.query_opt(&sql, params![reference], given)
}

/// A dispute of the sandbox.
#[derive(Debug, Clone)]
pub(super) struct Disputed {
    pub reference: String,
    pub attempt: PaymentAttemptId,
    pub amount: Money,
    pub opens_at: Timestamp,
    pub due_at: Timestamp,
    /// `contest` or `accept`, once it is answered.
    pub answer: Option<String>,
    pub answered_at: Option<Timestamp>,
    /// What the bank will decide: `won` or `lost`.
    pub outcome: String,
}

const DISPUTED: &str =
    "reference, attempt_id, amount_minor, currency, opens_at, due_at, answer, answered_at, outcome";

fn disputed(row: &Row<'_>) -> Result<Disputed, SqlError> {
    Ok(Disputed {
        reference: row.get(0)?,
        attempt: row.get(1)?,
        amount: money(row.get(2)?, &row.get::<String>(3)?),
        opens_at: row.get(4)?,
        due_at: row.get(5)?,
        answer: row.get(6)?,
        answered_at: row.get(7)?,
        outcome: row.get(8)?,
    })
}

pub(super) fn insert_dispute(tx: &mut Tx<'_>, dispute: &Disputed) -> Result<(), SqlError> {
    tx.execute(
        &format!("INSERT INTO sandbox_disputes ({DISPUTED}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        params![
            &dispute.reference,
            dispute.attempt,
            dispute.amount.minor,
            dispute.amount.currency.code(),
            dispute.opens_at,
            dispute.due_at,
            &dispute.answer,
            dispute.answered_at,
            &dispute.outcome
        ],
    )?;
    Ok(())
}

pub(super) fn disputes(tx: &mut Tx<'_>, attempt: PaymentAttemptId) -> Result<Vec<Disputed>, SqlError> {
    let sql = format!("SELECT {DISPUTED} FROM sandbox_disputes WHERE attempt_id = $1 ORDER BY reference");
    tx.query(&sql, params![attempt], disputed)
}

pub(super) fn dispute(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Disputed>, SqlError> {
    let sql = format!("SELECT {DISPUTED} FROM sandbox_disputes WHERE reference = $1");
    tx.query_opt(&sql, params![reference], disputed)
}

/// The first answer counts: false when there is one.
pub(super) fn set_reply(tx: &mut Tx<'_>, reference: &str, answer: &str) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql =
        "UPDATE sandbox_disputes SET answer = $2, answered_at = $3 WHERE reference = $1 AND answer IS NULL";
    Ok(tx.execute(sql, params![reference, answer, now])? == 1)
}

/// How much of a payment is disputed or was lost.
pub(super) fn dispute_amount(tx: &mut Tx<'_>, attempt: PaymentAttemptId) -> Result<i64, SqlError> {
    let now = tx.now();
    tx.query_one(
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM sandbox_disputes \
         WHERE attempt_id = $1 AND opens_at <= $2 AND NOT (COALESCE(answer, '') = 'contest' AND outcome = 'won')",
        params![attempt, now],
        |row| row.get(0),
    )
}

/// How much was given back, for tests.
pub(super) fn returned(tx: &mut Tx<'_>) -> Result<(i64, i64), SqlError> {
    tx.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM sandbox_answers \
         WHERE kind = 'refund' AND outcome = 'succeeded'",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn insert_card(tx: &mut Tx<'_>, token: &str, scenario: Scenario) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO sandbox_cards (token, scenario, charges, created_at) VALUES ($1, $2, 0, $3)",
        params![token, scenario.word(), now],
    )?;
    Ok(())
}

pub(super) fn delete_card(tx: &mut Tx<'_>, token: &str) -> Result<(), SqlError> {
    tx.execute("DELETE FROM sandbox_cards WHERE token = $1", params![token])?;
    Ok(())
}

/// The scenario of a card and how often it was charged before; counts this charge.
pub(super) fn count_charge(tx: &mut Tx<'_>, token: &str) -> Result<Option<(Scenario, i64)>, SqlError> {
    tx.query_opt(
        "UPDATE sandbox_cards SET charges = charges + 1 WHERE token = $1 RETURNING scenario, charges - 1",
        params![token],
        |row| Ok((Scenario::from_word(&row.get::<String>(0)?).ok_or(bad(0))?, row.get(1)?)),
    )
}

pub(super) fn insert_webhook(
    tx: &mut Tx<'_>,
    id: Uuid,
    attempt: PaymentAttemptId,
    outcome: &str,
    due_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO sandbox_webhooks (id, attempt_id, outcome, due_at, deliveries) VALUES ($1, $2, $3, $4, 0)",
        params![id, attempt, outcome, due_at],
    )?;
    Ok(())
}

pub(super) fn due_webhooks(
    tx: &mut Tx<'_>,
    again: bool,
) -> Result<Vec<(Uuid, PaymentAttemptId, String)>, SqlError> {
    let now = tx.now();
    tx.query(
        "SELECT id, attempt_id, outcome FROM sandbox_webhooks WHERE due_at <= $1 AND (deliveries = 0 OR $2 = 1) \
         ORDER BY due_at, id LIMIT 1000",
        params![now, again],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

pub(super) fn mark_delivered(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("UPDATE sandbox_webhooks SET deliveries = deliveries + 1 WHERE id = $1", params![id])?;
    Ok(())
}

/// How much was taken from all cards, for tests: captures and charges that succeeded.
pub(super) fn taken(tx: &mut Tx<'_>) -> Result<(i64, i64), SqlError> {
    tx.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM sandbox_answers \
         WHERE kind IN ('capture', 'charge') AND outcome = 'succeeded'",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
