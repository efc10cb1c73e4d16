//! All SQL of carts.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{DomainName, OrderId, Timestamp};
use uuid::Uuid;

use super::{Cart, CartItem, CartLine};
use crate::add_ons;
use crate::error::CommerceError;
use crate::periods::Interval;

/// Makes an empty cart.
pub fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
    brand: &str,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO carts (id, token_hash, created_at, expires_at, brand_key) VALUES ($1, $2, $3, $4, $5)",
        params![id, token_hash, now, expires_at, brand],
    )?;
    Ok(())
}

/// The cart behind a token, with the order that was made from it, if any.
pub fn find(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
) -> Result<Option<(Cart, Option<OrderId>)>, CommerceError> {
    let now = tx.now();
    let found = tx.query_opt(
        "SELECT id, expires_at, order_id, coupon_code, brand_key FROM carts WHERE token_hash = $1 AND expires_at > $2",
        params![token_hash, now],
        |row| {
            let (id, expires_at): (Uuid, Timestamp) = (row.get(0)?, row.get(1)?);
            let (order, coupon): (Option<OrderId>, Option<String>) = (row.get(2)?, row.get(3)?);
            Ok::<_, SqlError>((id, expires_at, order, coupon, row.get::<String>(4)?))
        },
    )?;
    let Some((id, expires_at, order, coupon, brand)) = found else { return Ok(None) };
    let lines = tx.query(
        "SELECT id, plan_key, billing_interval, mailboxes, domain, add_ons FROM cart_lines WHERE cart_id = $1 \
         ORDER BY position",
        params![id],
        line,
    )?;
    let items = tx.query(
        "SELECT item_key, quantity FROM cart_items WHERE cart_id = $1 ORDER BY item_key",
        params![id],
        |row| -> Result<_, CommerceError> { Ok(CartItem { key: row.get(0)?, quantity: row.get(1)? }) },
    )?;
    Ok(Some((Cart { id, lines, items, expires_at, coupon, brand }, order)))
}

fn line(row: &Row<'_>) -> Result<CartLine, CommerceError> {
    let (word, domain): (String, String) = (row.get(2)?, row.get(4)?);
    Ok(CartLine {
        id: row.get(0)?,
        plan_key: row.get(1)?,
        interval: Interval::from_word(&word).ok_or(CommerceError::Stored("interval"))?,
        mailboxes: row.get(3)?,
        domain: DomainName::parse(&domain).map_err(|_| CommerceError::Stored("domain name"))?,
        add_ons: add_ons::keys_of(&row.get::<String>(5)?),
    })
}

/// Adds a line, or replaces the one for the same domain.
pub fn put_line(tx: &mut Tx<'_>, cart: Uuid, line: &CartLine) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO cart_lines (id, cart_id, plan_key, billing_interval, mailboxes, domain, add_ons, position) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, \
         (SELECT COALESCE(MAX(position), 0) + 1 FROM cart_lines WHERE cart_id = $2)) ON CONFLICT (cart_id, domain) DO UPDATE SET plan_key = $3, \
         billing_interval = $4, mailboxes = $5, add_ons = $7",
        params![
            line.id,
            cart,
            &line.plan_key,
            line.interval.word(),
            line.mailboxes,
            line.domain.as_str(),
            &add_ons::keys_text(&line.add_ons)
        ],
    )?;
    Ok(())
}

/// Sets how many of an item are in the cart; none takes it out.
pub fn put_item(tx: &mut Tx<'_>, cart: Uuid, key: &str, quantity: u32) -> Result<(), SqlError> {
    if quantity == 0 {
        let sql = "DELETE FROM cart_items WHERE cart_id = $1 AND item_key = $2";
        tx.execute(sql, params![cart, key])?;
        return Ok(());
    }
    tx.execute(
        "INSERT INTO cart_items (cart_id, item_key, quantity) VALUES ($1, $2, $3) \
         ON CONFLICT (cart_id, item_key) DO UPDATE SET quantity = $3",
        params![cart, key, quantity],
    )?;
    Ok(())
}

/// Notes the code of a coupon, or takes it out.
pub fn set_coupon(tx: &mut Tx<'_>, cart: Uuid, code: Option<&str>) -> Result<(), SqlError> {
    let code = code.map(str::to_owned);
    tx.execute("UPDATE carts SET coupon_code = $2 WHERE id = $1", params![cart, &code])?;
    Ok(())
}

/// Removes a line; true when it was there.
pub fn delete_line(tx: &mut Tx<'_>, cart: Uuid, line: Uuid) -> Result<bool, SqlError> {
    Ok(tx.execute("DELETE FROM cart_lines WHERE cart_id = $1 AND id = $2", params![cart, line])? > 0)
}

/// Ties the cart to its order. False when another order was made from it first.
pub fn mark_ordered(tx: &mut Tx<'_>, cart: Uuid, order: OrderId) -> Result<bool, SqlError> {
    let sql = "UPDATE carts SET order_id = $2 WHERE id = $1 AND order_id IS NULL";
    Ok(tx.execute(sql, params![cart, order])? == 1)
}

/// Throws expired carts away.
pub fn delete_expired(tx: &mut Tx<'_>) -> Result<u64, SqlError> {
    let now = tx.now();
    tx.execute(
        "DELETE FROM cart_lines WHERE cart_id IN (SELECT id FROM carts WHERE expires_at <= $1)",
        params![now],
    )?;
    tx.execute(
        "DELETE FROM cart_items WHERE cart_id IN (SELECT id FROM carts WHERE expires_at <= $1)",
        params![now],
    )?;
    tx.execute("DELETE FROM carts WHERE expires_at <= $1", params![now])
}
