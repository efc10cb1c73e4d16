//! All SQL of decisions and exceptions.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{CustomerId, MailboxId, QueueId, StaffId, Timestamp};
use uuid::Uuid;

use super::{Act, Cause, Decision, Exception};
use crate::verdict::ReasonCode;

/// Decisions are kept for two years: what was decided of a customer before is asked when they write again.
const DECISIONS_KEPT: Duration = Duration::from_secs(730 * 24 * 3600);

/// A decision to be written down.
pub(super) struct NewDecision {
    pub id: Uuid,
    pub customer: CustomerId,
    pub mailbox: Option<MailboxId>,
    pub queue: Option<QueueId>,
    pub act: Act,
    pub why: Cause,
    pub code: Option<ReasonCode>,
    pub recipients: i64,
    pub staff: Option<StaffId>,
}

/// Writes a decision down.
pub(super) fn write(tx: &mut Tx<'_>, new: &NewDecision) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO guard_decisions (id, customer_id, mailbox_id, queue_id, act, why, code, recipients, staff_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            &new.id.as_bytes()[..],
            new.customer,
            new.mailbox,
            new.queue,
            new.act.word(),
            new.why.word(),
            new.code.map(ReasonCode::word),
            new.recipients,
            new.staff,
            now
        ],
    )
    .map(drop)
}

/// Whether the owner let mail of a mailbox go that was held by a rule, since then.
pub(super) fn was_confirmed(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    code: ReasonCode,
    since: Timestamp,
) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT at FROM guard_decisions WHERE mailbox_id = $1 AND at > $3 AND act = $4 AND code = $2 LIMIT 1",
        params![mailbox, code.word(), since, Act::Confirm.word()],
        |row| row.get::<Timestamp>(0),
    )?;
    Ok(found.is_some())
}

/// The decisions about a customer, the newest first.
pub(super) fn decisions(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<Decision>, SqlError> {
    tx.query(
        "SELECT act, why, mailbox_id, recipients, staff_id, at FROM guard_decisions WHERE customer_id = $1 \
         ORDER BY at DESC, id DESC LIMIT $2",
        params![customer, limit],
        |row| {
            Ok(Decision {
                act: Act::from_word(&row.get::<String>(0)?).unwrap_or(Act::Release),
                why: Cause::from_word(&row.get::<String>(1)?).unwrap_or(Cause::Other),
                mailbox: row.get(2)?,
                recipients: row.get(3)?,
                staff: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )
}

/// Makes an exception, in place of an earlier one of the mailbox.
pub(super) fn except(tx: &mut Tx<'_>, customer: CustomerId, new: &Exception) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO guard_exceptions (mailbox_id, customer_id, why, staff_id, at, ends_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (mailbox_id) DO UPDATE SET customer_id = $2, why = $3, staff_id = $4, at = $5, ends_at = $6",
        params![new.mailbox, customer, new.why.word(), new.staff, now, new.ends_at],
    )
    .map(drop)
}

/// The exceptions in force of a customer.
pub(super) fn exceptions(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Exception>, SqlError> {
    let now = tx.now();
    tx.query(
        "SELECT mailbox_id, why, staff_id, ends_at FROM guard_exceptions WHERE customer_id = $1 AND ends_at > $2 \
         ORDER BY ends_at, mailbox_id",
        params![customer, now],
        |row| {
            Ok(Exception {
                mailbox: row.get(0)?,
                why: Cause::from_word(&row.get::<String>(1)?).unwrap_or(Cause::Other),
                staff: row.get(2)?,
                ends_at: row.get(3)?,
            })
        },
    )
}

/// Whether an exception is in force for a mailbox of the customer.
pub(crate) fn is_excepted(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    mailbox: MailboxId,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let found = tx.query_opt(
        "SELECT ends_at FROM guard_exceptions WHERE mailbox_id = $1 AND customer_id = $2 AND ends_at > $3",
        params![mailbox, customer, now],
        |row| row.get::<Timestamp>(0),
    )?;
    Ok(found.is_some())
}

/// Ends the exceptions of a customer; false when there were none in force.
pub(super) fn end_exceptions(tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "DELETE FROM guard_exceptions WHERE customer_id = $1 AND ends_at > $2";
    Ok(tx.execute(sql, params![customer, now])? > 0)
}

/// Removes exceptions that ended and old decisions.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("DELETE FROM guard_exceptions WHERE ends_at <= $1", params![now])?;
    tx.execute("DELETE FROM guard_decisions WHERE at < $1", params![now.minus(DECISIONS_KEPT)])?;
    crate::suspicions::store::sweep(tx)
}
