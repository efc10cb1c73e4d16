//! Whose messages somebody reads: the customers for whom they act.

use mailkeep_identity::ContactRole;
use mailkeep_identity::customers::customers_with_role;
use mailkeep_mailbox::mailboxes::customer_of;
use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::CustomerId;

/// The customers of a reader; none for visitors and staff.
///
/// # Errors
/// When the database fails.
pub fn customers_of(tx: &mut Tx<'_>, reader: Subject) -> Result<Vec<CustomerId>, SqlError> {
    match reader {
        Subject::Person(person) => customers_with_role(tx, person, ContactRole::ALL),
        Subject::Customer(customer) => Ok(vec![customer]),
        Subject::Mailbox(mailbox) => Ok(customer_of(tx, mailbox)?.into_iter().collect()),
        Subject::Staff(_) | Subject::Subscriber(_) => Ok(Vec::new()),
    }
}
