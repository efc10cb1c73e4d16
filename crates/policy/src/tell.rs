//! Telling a person at once that their data was used under a rule that obliges to it: by mail, and by a notice that stands
//! in the Customer Center until it is seen.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::LedgerEntryId;
use serde_json::json;

use crate::gate::{Refusal, Use};
use crate::outbound::{MessageClass, Notice, OutboundError};
use crate::requests;
use crate::subject::{Actor, Fact, Subject};
use crate::use_notices;
use crate::vocabulary::PurposeId;
use crate::{Policy, PolicyError};

/// The template of the message.
const TEMPLATE: &str = "identity/data_used";

/// Queues the message for the entry and writes the notice. Of a mailbox nobody is told by mail: its user reads the record in
/// the webmail. Of what a signed-in person asked for, another message tells.
pub(crate) async fn data_used(
    policy: &Policy,
    purpose: PurposeId,
    used: &Use<'_>,
    entry: LedgerEntryId,
) -> Result<(), Refusal> {
    let (subject, fact, actor) = (used.subject, used.fact, used.actor);
    if !matches!(subject, Subject::Person(_) | Subject::Customer(_)) {
        return Ok(());
    }
    let outbound = policy.outbound();
    let who = match actor {
        Actor::Staff(id) => policy.staff_pseudonym(id),
        Actor::System(name) => name.to_owned(),
        Actor::Person(_) | Actor::Mailbox(_) => String::new(),
    };
    let context = json!({
        "who": who,
        "staff": matches!(actor, Actor::Staff(_)),
        "purpose": purpose,
        "act": used.act,
        "fact": fact.kind(),
        "fields": used.fields,
        "entry": entry,
    });
    let told = policy.database().write(move |tx| -> Result<(), OutboundError> {
        if let Fact::Request(id) = fact
            && matches!(actor, Actor::System(_))
            && requests::store::is_own(tx, id)?
        {
            return Ok(());
        }
        let notice = Notice {
            class: MessageClass::Account,
            template: TEMPLATE,
            subject,
            topic: None,
            to: None,
            unique_key: format!("{TEMPLATE}:{entry}"),
            context: context.clone(),
        };
        outbound.send(tx, &notice)?;
        use_notices::store::insert(tx, entry, subject)?;
        Ok(())
    });
    match told.await {
        Ok(()) => Ok(()),
        // A policy file may leave the template out; then nobody can be told, and staff cannot look.
        Err(OutboundError::Policy(PolicyError::Sql(error))) => Err(Refusal::Sql(error)),
        Err(other) => Err(Refusal::Sql(SqlError::Engine(format!("the person cannot be told: {other}")))),
    }
}
