//! What recipients said in the last week, for those who look after sending: by customer, the worst first, and by mailbox.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{CustomerId, MailboxId};

use super::{Level, WEEK, store};
use crate::sending::Guard;
use crate::sending::store::recipients_since;

/// So many mailboxes with complaints are told of.
const MOST_MAILBOXES: i64 = 1_000;

/// What recipients said of a customer's mail in the last week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerVoices {
    /// The customer.
    pub customer: CustomerId,
    /// How many recipients they wrote to.
    pub recipients: u64,
    /// Complaints of readers, and of servers that took it for spam.
    pub complaints: u64,
    /// What those weigh, in thousandths: readers who complain of much count less.
    pub weight: u64,
    /// Addresses that do not exist.
    pub dead: u64,
    /// What follows now, the gravest.
    pub level: Option<Level>,
}

/// What recipients said in the last week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekOfVoices {
    /// Complaints about all of them.
    pub complaints: u64,
    /// By customer, the worst first.
    pub customers: Vec<CustomerVoices>,
    /// Complaints by mailbox.
    pub mailboxes: Vec<(MailboxId, u64)>,
}

impl Guard {
    /// What recipients said in the last week of at most so many customers, the worst first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn voices_of_week(&self, limit: usize) -> Result<WeekOfVoices, SqlError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = self.0.db.read(move |tx| {
            let since = tx.now().minus(WEEK);
            let mut customers = store::by_customer(tx, since, limit)?;
            for one in &mut customers {
                one.recipients = recipients_since(tx, one.customer, since)?;
                one.level = store::open(tx, one.customer)?.first().map(|stop| stop.level);
            }
            let mailboxes = store::by_mailbox(tx, since, MOST_MAILBOXES)?;
            Ok(WeekOfVoices { complaints: store::count_complaints(tx, since)?, customers, mailboxes })
        });
        read.await
    }
}
