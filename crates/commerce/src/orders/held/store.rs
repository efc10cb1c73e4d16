//! All SQL of what happens to an order while it is held, and after it was refused: codes, documents, appeals, proposals.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{OrderId, StaffId, Timestamp};
use uuid::Uuid;

use crate::error::CommerceError;
use crate::orders::Order;
use crate::orders::appeal::AppealRow;
use crate::orders::documents::DocumentRow;
use crate::orders::refuse_and_block::Proposal;
use crate::orders::verifications::Verification;
use crate::screening::Method;
use crate::screening::blocks::{BlockKind, BlockReason};

/// Keeps a code that was sent.
pub fn insert_verification(tx: &mut Tx<'_>, one: &Verification) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO order_verifications (id, order_id, method, code_hash, wrong_codes, sent_at, expires_at) \
         VALUES ($1, $2, $3, $4, 0, $5, $6)",
        params![one.id, one.order, one.method.word(), &one.code_hash, one.sent_at, one.expires_at],
    )
    .map(drop)
}

/// The codes of an order, oldest first.
pub fn verifications(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<Verification>, CommerceError> {
    tx.query(
        "SELECT id, order_id, method, code_hash, wrong_codes, sent_at, expires_at, passed_at FROM order_verifications \
         WHERE order_id = $1 ORDER BY sent_at, id",
        params![order],
        |row| -> Result<_, CommerceError> {
            let method: String = row.get(2)?;
            Ok(Verification {
                id: row.get(0)?,
                order: row.get(1)?,
                method: Method::from_word(&method).ok_or(CommerceError::Stored("method of a code"))?,
                code_hash: row.get(3)?,
                wrong_codes: row.get(4)?,
                sent_at: row.get(5)?,
                expires_at: row.get(6)?,
                passed_at: row.get(7)?,
            })
        },
    )
}

/// How many codes were sent for an order since a time.
pub fn codes_since(tx: &mut Tx<'_>, order: OrderId, since: Timestamp) -> Result<u32, SqlError> {
    let sql = "SELECT COUNT(*) FROM order_verifications WHERE order_id = $1 AND sent_at >= $2";
    tx.query_one(sql, params![order, since], |row| row.get(0))
}

/// Notes that the right code was given.
pub fn pass_verification(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE order_verifications SET passed_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// Ends a code that never went out; it counts among those of the day.
pub fn end_verification(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE order_verifications SET expires_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// Counts a wrong code.
pub fn count_wrong_code(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    let sql = "UPDATE order_verifications SET wrong_codes = wrong_codes + 1 WHERE id = $1";
    tx.execute(sql, params![id]).map(drop)
}

/// Orders that wait for a code since before a time.
pub fn verifying_since(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<Order>, CommerceError> {
    let ids: Vec<OrderId> = tx.query(
        "SELECT o.id FROM orders o JOIN screenings s ON s.order_id = o.id WHERE o.status = 'verifying' AND s.screened_at < $1",
        params![before],
        |row| row.get(0),
    )?;
    ids.into_iter().filter_map(|id| crate::orders::store::find(tx, id).transpose()).collect()
}

/// Keeps a document.
pub fn insert_document(
    tx: &mut Tx<'_>,
    id: Uuid,
    order: OrderId,
    media_type: &str,
    document: &Vec<u8>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO order_documents (id, order_id, media_type, document, uploaded_at) VALUES ($1, $2, $3, $4, $5)",
        params![id, order, media_type, document, now],
    )
    .map(drop)
}

/// The documents of an order, without what they show, oldest first.
pub fn documents(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<DocumentRow>, SqlError> {
    tx.query(
        "SELECT id, media_type, uploaded_at FROM order_documents WHERE order_id = $1 ORDER BY uploaded_at, id",
        params![order],
        |row| Ok(DocumentRow { id: row.get(0)?, media_type: row.get(1)?, uploaded_at: row.get(2)? }),
    )
}

/// One document, sealed.
pub fn document(tx: &mut Tx<'_>, order: OrderId, id: Uuid) -> Result<Option<(String, Vec<u8>)>, SqlError> {
    let sql = "SELECT media_type, document FROM order_documents WHERE id = $1 AND order_id = $2";
    tx.query_opt(sql, params![id, order], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Deletes documents of orders that were decided before a time.
pub fn delete_documents(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM order_documents WHERE order_id IN (SELECT id FROM orders WHERE decided_at < $1 \
         AND status IN ('fulfilled', 'refused')) AND NOT EXISTS (SELECT 1 FROM order_appeals a \
         WHERE a.order_id = order_documents.order_id AND a.settled_at IS NULL)",
        params![before],
    )
    .map(drop)
}

/// Keeps an appeal.
pub fn insert_appeal(tx: &mut Tx<'_>, id: Uuid, order: OrderId, appeal: &Vec<u8>) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO order_appeals (id, order_id, appeal, made_at) VALUES ($1, $2, $3, $4)",
        params![id, order, appeal, now],
    )
    .map(drop)
}

/// The appeals of an order, oldest first.
pub fn appeals(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<AppealRow>, SqlError> {
    tx.query(
        "SELECT id, appeal, answer, made_at, granted FROM order_appeals WHERE order_id = $1 ORDER BY made_at, id",
        params![order],
        |row| {
            Ok(AppealRow {
                id: row.get(0)?,
                appeal: row.get(1)?,
                answer: row.get(2)?,
                made_at: row.get(3)?,
                granted: row.get(4)?,
            })
        },
    )
}

/// Answers an appeal. False when it was answered before.
pub fn settle_appeal(
    tx: &mut Tx<'_>,
    id: Uuid,
    staff: StaffId,
    granted: bool,
    answer: &Vec<u8>,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE order_appeals SET granted = $2, answer = $3, settled_at = $4, settled_by = $5 \
         WHERE id = $1 AND settled_at IS NULL",
        params![id, granted, answer, now, staff],
    )?;
    Ok(changed == 1)
}

/// Notes who took an order back in.
pub fn set_cleared(tx: &mut Tx<'_>, order: OrderId, staff: StaffId) -> Result<(), SqlError> {
    let sql = "UPDATE orders SET cleared_by = $2, decided_at = NULL, decided_by = NULL WHERE id = $1";
    tx.execute(sql, params![order, staff]).map(drop)
}

/// Keeps a proposal to refuse and block.
pub fn insert_proposal(tx: &mut Tx<'_>, order: OrderId, proposal: &Proposal) -> Result<(), SqlError> {
    let kinds: Vec<&str> = proposal.kinds.iter().map(|kind| kind.word()).collect();
    let kinds = kinds.join(" ");
    tx.execute(
        "INSERT INTO order_refusals (id, order_id, proposed_by, kinds, reason, note, proposed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![proposal.id, order, proposal.by, &kinds, proposal.reason.word(), &proposal.note, proposal.at],
    )
    .map(drop)
}

/// The proposal that waits for a second person.
pub fn proposal(tx: &mut Tx<'_>, order: OrderId) -> Result<Option<Proposal>, CommerceError> {
    tx.query_opt(
        "SELECT id, proposed_by, kinds, reason, note, proposed_at FROM order_refusals \
         WHERE order_id = $1 AND settled_at IS NULL",
        params![order],
        |row| -> Result<_, CommerceError> {
            let (kinds, reason): (String, String) = (row.get(2)?, row.get(3)?);
            Ok(Proposal {
                id: row.get(0)?,
                by: row.get(1)?,
                kinds: kinds.split(' ').filter_map(BlockKind::from_word).collect(),
                reason: BlockReason::from_word(&reason).ok_or(CommerceError::Stored("reason of a block"))?,
                note: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )
}

/// Settles a proposal.
pub fn settle_proposal(tx: &mut Tx<'_>, id: Uuid, staff: StaffId, agreed: bool) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "UPDATE order_refusals SET settled_at = $2, settled_by = $3, agreed = $4 WHERE id = $1";
    tx.execute(sql, params![id, now, staff, agreed]).map(drop)
}

/// Whether a refused order has lost who placed it.
pub fn is_forgotten(tx: &mut Tx<'_>, order: OrderId) -> Result<bool, SqlError> {
    let sql = "SELECT forgotten_at FROM orders WHERE id = $1";
    let at: Option<Option<Timestamp>> = tx.query_opt(sql, params![order], |row| row.get(0))?;
    Ok(at.flatten().is_some())
}

/// Orders refused before a time that still say who placed them, and of which no appeal waits.
pub fn refused_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<OrderId>, SqlError> {
    tx.query(
        "SELECT id FROM orders o WHERE status = 'refused' AND decided_at < $1 AND forgotten_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM order_appeals a WHERE a.order_id = o.id AND a.settled_at IS NULL) LIMIT 500",
        params![before],
        |row| row.get(0),
    )
}

/// Takes who placed it out of a refused order. The screening has a term of its own; the block list keeps no values.
pub fn forget(tx: &mut Tx<'_>, order: OrderId) -> Result<(), SqlError> {
    let (now, nothing) = (tx.now(), Vec::<u8>::new());
    tx.execute(
        "UPDATE orders SET billing = $2, applicant = $2, network = NULL, network_hash = NULL, device_hash = NULL, \
         card_hash = NULL, name_hash = NULL, mail_hash = NULL, mail_domain_hash = NULL, forgotten_at = $3 WHERE id = $1",
        params![order, &nothing, now],
    )?;
    for table in ["order_documents", "order_questions", "order_appeals", "order_verifications"] {
        tx.execute(&format!("DELETE FROM {table} WHERE order_id = $1"), params![order])?;
    }
    // The address for invoices goes with the last order that could need it.
    tx.execute(
        "DELETE FROM billing_profiles WHERE customer_id = (SELECT customer_id FROM orders WHERE id = $1) AND NOT EXISTS \
         (SELECT 1 FROM orders o WHERE o.customer_id = billing_profiles.customer_id AND o.forgotten_at IS NULL)",
        params![order],
    )
    .map(drop)
}
