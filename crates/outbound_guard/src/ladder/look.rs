//! What stands against a sender, a customer, or all.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, DomainName, MailboxId, StaffId};

use super::{About, Rung, Step, store};
use crate::sending::Guard;
use crate::verdict::{Reason, ReasonCode};

/// Who sends.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The mailbox; `None` where the house sends for a customer: copies of lists, and invitations to them.
    pub mailbox: Option<MailboxId>,
    /// Whose it is.
    pub customer: CustomerId,
    /// The domain of the mailbox or list, and those under whose addresses it writes.
    pub domains: Vec<DomainName>,
}

/// Over which mailboxes the limits of a throttle count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Throttled {
    /// Over all of the customer.
    Customer,
    /// Over the one.
    Mailbox,
}

/// Whether all of a customer is throttled.
pub(crate) fn is_throttled(tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
    let is = |step: &Step| step.rung == Rung::Throttle && step.about == About::Customer;
    Ok(store::open(tx, customer)?.iter().any(is))
}

/// Whether a mailbox is throttled.
pub(crate) fn throttled(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    mailbox: MailboxId,
) -> Result<Option<Throttled>, SqlError> {
    let open = store::open(tx, customer)?;
    let throttles = || open.iter().filter(|step| step.rung == Rung::Throttle);
    if throttles().any(|step| step.about == About::Customer) {
        return Ok(Some(Throttled::Customer));
    }
    let one = throttles().any(|step| step.about == About::Mailbox(mailbox));
    Ok(one.then_some(Throttled::Mailbox))
}

/// The step by which nothing goes out from a sender.
pub(crate) fn stopped(tx: &mut Tx<'_>, sender: &Sender) -> Result<Option<Step>, SqlError> {
    let open = store::open(tx, sender.customer)?;
    Ok(open.into_iter().find(|step| step.stops() && step.concerns(sender)))
}

impl Guard {
    /// Why nothing is taken from a sender at all, if it is so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refuses(&self, sender: Sender) -> Result<Option<Reason>, SqlError> {
        let step = self.0.db.read(move |tx| stopped(tx, &sender)).await?;
        let code = |step: Step| match step.rung {
            Rung::Suspend => ReasonCode::Suspended,
            _ => ReasonCode::Locked,
        };
        Ok(step.map(|step| Reason { code: code(step), value: 0, limit: 0 }))
    }

    /// The steps about a customer, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn steps_of(&self, customer: CustomerId, limit: usize) -> Result<Vec<Step>, SqlError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.0.db.read(move |tx| store::of_customer(tx, customer, limit)).await
    }

    /// The steps about a customer that have not ended, the furthest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_steps_of(&self, customer: CustomerId) -> Result<Vec<Step>, SqlError> {
        self.0.db.read(move |tx| store::open(tx, customer)).await
    }

    /// The steps in force about all customers, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_steps(&self, limit: usize) -> Result<Vec<Step>, SqlError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.0.db.read(move |tx| store::all_open(tx, limit)).await
    }

    /// How many terminations wait for a second person who is not their author.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_wishes(&self, reader: StaffId) -> Result<i64, SqlError> {
        self.0.db.read(move |tx| store::count_wishes(tx, reader)).await
    }

    /// The steps of whose beginning nobody was told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untold_steps(&self) -> Result<Vec<Step>, SqlError> {
        self.0.db.read(store::untold).await
    }

    /// The steps of whose end nobody was told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untold_ends(&self) -> Result<Vec<Step>, SqlError> {
        self.0.db.read(store::untold_ends).await
    }
}
