//! Steps of the ladder as those see them whom they are about, in the Customer Center and in the webmail: what is limited or stopped, since
//! when and why, and what to do.

use mailkeep_outbound_guard::ladder::{About, Rung, Step, StepCause};
use mailkeep_types::{CustomerId, DomainId, MailboxId, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::samples;

/// A step in force.
#[derive(Debug, Clone, Serialize)]
pub struct StepNotice {
    /// How far it goes.
    pub rung: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// Whom it is about: `customer`, `mailbox` or `domain`.
    pub about: &'static str,
    /// The mailbox.
    pub mailbox: Option<String>,
    /// The domain.
    pub domain: Option<String>,
    /// Why.
    pub why: &'static str,
    /// Since when.
    pub since: Timestamp,
    /// Until when; nothing where only a person ends it.
    pub until: Option<Timestamp>,
}

impl StepNotice {
    fn of(step: &Step) -> Self {
        let (about, mailbox, domain) = match &step.about {
            About::Customer => ("customer", None, None),
            About::Mailbox(mailbox) => ("mailbox", Some(mailbox.to_string()), None),
            About::Domain(domain) => ("domain", None, Some(domain.to_unicode())),
        };
        let tone = if step.rung == Rung::Throttle { "warn" } else { "bad" };
        let (rung, why) = (step.rung.word(), step.why.word());
        StepNotice { rung, tone, about, mailbox, domain, why, since: step.at, until: step.until }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let step = |rung: Rung, about, why: StepCause, until: Option<i64>| StepNotice {
            rung: rung.word(),
            tone: if rung == Rung::Throttle { "warn" } else { "bad" },
            about,
            mailbox: (about == "mailbox").then(|| "m".to_owned()),
            domain: (about == "domain").then(|| "larkspur-books.example".to_owned()),
            why: why.word(),
            since: samples::minutes_ago(90),
            until: until.map(samples::minutes_ago),
        };
        vec![
            step(Rung::Lock, "mailbox", StepCause::Stolen, None),
            step(Rung::Throttle, "customer", StepCause::Complaints, Some(-7_000)),
            step(Rung::Suspend, "domain", StepCause::Fraud, None),
        ]
    }
}

/// What is in force about a customer, the furthest first.
pub(crate) async fn of_customer(ctx: &Ctx, customer: CustomerId) -> Result<Vec<StepNotice>, WebError> {
    let open = ctx.state.holds.guard().open_steps_of(customer).await?;
    let in_force = open.iter().filter(|step| !step.waits_for_second());
    Ok(in_force.map(StepNotice::of).collect())
}

/// What is in force about a mailbox, the furthest first: itself, its domain, or all of its customer.
pub(crate) async fn of_mailbox(
    ctx: &Ctx,
    mailbox: MailboxId,
    domain: DomainId,
) -> Result<Vec<StepNotice>, WebError> {
    let domain = ctx.state.office.domain(domain).await?;
    let open = ctx.state.holds.guard().open_steps_of(domain.customer).await?;
    let concerns = |step: &&Step| {
        !step.waits_for_second()
            && match &step.about {
                About::Customer => true,
                About::Mailbox(one) => *one == mailbox,
                About::Domain(name) => *name == domain.name,
            }
    };
    Ok(open.iter().filter(concerns).map(StepNotice::of).collect())
}
