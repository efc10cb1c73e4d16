//! Telling a person at once that staff used their data.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::LedgerEntryId;
use serde_json::json;

use crate::gate::Refusal;
use crate::outbound::{MessageClass, Notice, OutboundError};
use crate::subject::Subject;
use crate::{Policy, PolicyError};

/// The template of the message.
const TEMPLATE: &str = "identity/data_used";

/// Queues the message for the entry. Of a mailbox nobody is told by mail: its user reads the record in the webmail.
pub(crate) async fn data_used(
    policy: &Policy,
    subject: Subject,
    entry: Option<LedgerEntryId>,
) -> Result<(), Refusal> {
    let (Some(entry), Subject::Person(_) | Subject::Customer(_)) = (entry, subject) else { return Ok(()) };
    let outbound = policy.outbound();
    let told = policy.database().write(move |tx| {
        outbound.send(
            tx,
            &Notice {
                class: MessageClass::Account,
                template: TEMPLATE,
                subject,
                topic: None,
                to: None,
                unique_key: format!("{TEMPLATE}:{entry}"),
                context: json!({}),
            },
        )
    });
    match told.await {
        Ok(_) => Ok(()),
        // A policy file may leave the template out; then nobody can be told, and staff cannot look.
        Err(OutboundError::Policy(PolicyError::Sql(error))) => Err(Refusal::Sql(error)),
        Err(other) => Err(Refusal::Sql(SqlError::Engine(format!("the person cannot be told: {other}")))),
    }
}
