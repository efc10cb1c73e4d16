//! A letter goes out once, however often its form is sent: each form has a key, which is claimed before sending.

mod store;

use mailkeep_storage::sql::Database;
use mailkeep_types::MailboxId;

use crate::error::WebError;

/// What a claim found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nobody sent this letter; it is ours to send.
    Ours,
    /// It was sent.
    Sent,
    /// It is being sent at this moment, or sending was cut off by a crash.
    Open,
}

/// The key of a new letter: 128 random bits, which also name the message.
///
/// # Errors
/// When the operating system gives no random numbers.
pub fn new_key() -> Result<String, WebError> {
    let mut random = [0u8; 16];
    getrandom::fill(&mut random).map_err(WebError::internal)?;
    Ok(data_encoding::HEXLOWER.encode(&random))
}

/// The key as a form carries it; `None` when it is none of ours.
pub fn read_key(text: &str) -> Option<String> {
    let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase());
    fits.then(|| text.to_owned())
}

/// Claims a letter for sending.
///
/// # Errors
/// When the database fails.
pub async fn claim(db: &Database, mailbox: MailboxId, key: &str) -> Result<Claim, WebError> {
    let key = key.to_owned();
    let found = db.write(move |tx| store::claim(tx, mailbox, &key)).await;
    found.map_err(WebError::internal)
}

/// Notes that the letter was sent.
///
/// # Errors
/// When the database fails.
pub async fn finish(db: &Database, mailbox: MailboxId, key: &str) -> Result<(), WebError> {
    let key = key.to_owned();
    db.write(move |tx| store::finish(tx, mailbox, &key)).await.map_err(WebError::internal)
}

/// Gives the claim back, since the letter was not taken.
///
/// # Errors
/// When the database fails.
pub async fn release(db: &Database, mailbox: MailboxId, key: &str) -> Result<(), WebError> {
    let key = key.to_owned();
    db.write(move |tx| store::release(tx, mailbox, &key)).await.map_err(WebError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    mailkeep_storage::testing::both_engines!(a_letter_is_sent_once, |db: Database| async move {
        let clock = db.clock().clone();
        let (mailbox, other) = (MailboxId::new(&*clock), MailboxId::new(&*clock));
        let key = new_key().unwrap();
        assert_eq!(read_key(&key).as_ref(), Some(&key));
        assert_eq!(claim(&db, mailbox, &key).await.unwrap(), Claim::Ours);
        assert_eq!(claim(&db, mailbox, &key).await.unwrap(), Claim::Open);
        assert_eq!(claim(&db, other, &key).await.unwrap(), Claim::Ours);
        release(&db, mailbox, &key).await.unwrap();
        assert_eq!(claim(&db, mailbox, &key).await.unwrap(), Claim::Ours);
        finish(&db, mailbox, &key).await.unwrap();
        release(&db, mailbox, &key).await.unwrap();
        assert_eq!(claim(&db, mailbox, &key).await.unwrap(), Claim::Sent);
    });

    #[test]
    fn keys_are_ours_or_nothing() {
        for odd in ["", "x", &"A".repeat(32), &"g".repeat(32), &"a".repeat(33)] {
            assert_eq!(read_key(odd), None);
        }
    }
}
