//! Looks at what other tables hold, for tests.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::OutboundId;

/// The waiting messages of a template, oldest first.
pub(super) fn waiting(tx: &mut Tx<'_>, template: &str) -> Result<Vec<OutboundId>, SqlError> {
    tx.query(
        "SELECT id FROM outbound_messages WHERE template = $1 AND state = 'pending' ORDER BY created_at, id",
        params![template],
        |row| row.get(0),
    )
}

/// Every byte and text that the tables of this crate hold, to look for what must not be there.
#[cfg(test)]
pub(crate) fn dump(tx: &mut Tx<'_>) -> Result<Vec<u8>, SqlError> {
    use mailkeep_storage::sql::ValueRef;
    let queries = [
        (
            "SELECT registration_id, email_lookup, email, name, phone, postal, language, time_zone FROM persons",
            8,
        ),
        ("SELECT password, totp_pending, totp_secret FROM credentials", 3),
        ("SELECT code_hash FROM recovery_codes", 1),
        ("SELECT token_hash, email, email_lookup FROM one_time_tokens", 3),
        ("SELECT token_hash, network, device FROM sessions", 3),
        ("SELECT network, device FROM security_events", 2),
        ("SELECT name FROM customers", 1),
        ("SELECT name, email FROM contacts", 2),
        ("SELECT email, email_lookup, token_hash FROM contact_invitations", 3),
        ("SELECT name, token_hash FROM api_tokens", 2),
        ("SELECT token_hash FROM recognition_tokens", 1),
        ("SELECT limit_key FROM credential_limits", 1),
        ("SELECT context FROM outbound_messages", 1),
    ];
    let mut out = Vec::new();
    for (sql, columns) in queries {
        tx.for_each(sql, params![], |row| -> Result<(), SqlError> {
            for column in 0..columns {
                match row.value(column)? {
                    ValueRef::Text(text) => out.extend_from_slice(text.as_bytes()),
                    ValueRef::Blob(bytes) => out.extend_from_slice(bytes),
                    _ => {}
                }
                out.push(0);
            }
            Ok(())
        })?;
    }
    Ok(out)
}
