//! `mailkeep guard lock` and `unlock`: for the night, when nobody is at a page.

use anyhow::{Context, Result};
use mailkeep_identity::StaffPermission;
use mailkeep_mailbox::queue::Waiting;
use mailkeep_outbound_guard::ladder::{About, EndCause, LadderError, NewStep, Rung, Step, StepCause};

use super::Whom;
use crate::commands::colleague;
use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// Locks a customer until a person lifts it.
pub(super) async fn lock(config: Config, whom: Whom) -> Result<()> {
    let known: Vec<&str> = StepCause::ALL.iter().map(|cause| cause.word()).collect();
    let why = StepCause::from_word(&whom.why)
        .with_context(|| format!("--why {}: it is one of {}", whom.why, known.join(", ")))?;
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    let by = colleague(&services.identity, &whom.by, StaffPermission::Abuse).await?;
    let domains = services.office.domains_of_customer(whom.customer).await?;
    anyhow::ensure!(!domains.is_empty(), "{}: no customer of this number has a domain", whom.customer);
    let (about, rung, by) = (About::Customer, Rung::Lock, Some(by));
    let new = NewStep { customer: whom.customer, about, rung, why, days: None, by };
    let before = match services.guard.take_step(new).await {
        Ok(_) => "",
        Err(LadderError::Already) => ", as before",
        Err(error) => return Err(error.into()),
    };
    println!("Nothing goes out from customer {}{before}.", whom.customer);
    Ok(())
}

/// Lifts the lock of a customer.
pub(super) async fn unlock(config: Config, whom: Whom) -> Result<()> {
    let known: Vec<&str> = EndCause::OF_STAFF.map(EndCause::word).to_vec();
    let why = EndCause::from_word(&whom.why)
        .filter(|why| EndCause::OF_STAFF.contains(why))
        .with_context(|| format!("--why {}: it is one of {}", whom.why, known.join(", ")))?;
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    let by = colleague(&services.identity, &whom.by, StaffPermission::Abuse).await?;
    let open = services.guard.open_steps_of(whom.customer).await?;
    let is_lock = |step: &&Step| step.rung == Rung::Lock && step.about == About::Customer;
    let Some(step) = open.iter().find(is_lock) else {
        println!("Customer {} was not locked.", whom.customer);
        return Ok(());
    };
    services.guard.lift_step(whom.customer, step.number, why, by).await?;
    let count = services.office.make_due(Waiting::OfCustomer(whom.customer)).await?;
    println!("Customer {} can send again; {count} recipients waited.", whom.customer);
    Ok(())
}
