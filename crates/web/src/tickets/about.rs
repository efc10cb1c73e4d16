//! What a ticket is about: the things of a customer to choose from, and how they stand.

use mailkeep_helpdesk::tickets::{About, AboutKind};
use mailkeep_policy::Shown;
use mailkeep_types::{CustomerId, DomainId, InvoiceId, MailboxId, SubscriptionId};
use serde::Serialize;
use uuid::Uuid;

use crate::acts;
use crate::center::services::state as service_state;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::options::Choose;
use crate::routes::BILLING;

/// So many mailboxes are offered: more are not chosen from a list.
const MAILBOXES: usize = 100;
/// So many invoices are, the newest.
const INVOICES: usize = 12;

/// Things of one kind to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// `domain`, `mailbox`, `subscription` or `invoice`.
    pub kind: &'static str,
    /// The things.
    pub options: Vec<Choose>,
}

/// What a ticket is about, as its customer sees it.
#[derive(Debug, Clone, Serialize)]
pub struct AboutView {
    /// `domain`, `mailbox`, `subscription` or `invoice`.
    pub kind: &'static str,
    /// What it is called.
    pub label: Shown<String>,
    /// Its page.
    pub href: String,
}

/// How an address and a form name it.
pub fn value(about: About) -> String {
    format!("{}:{}", about.kind.word(), about.id)
}

/// Reads it; whether it is the customer's is for [`is_of`] to say.
pub fn read(text: &str) -> Option<About> {
    let (kind, id) = text.split_once(':')?;
    Some(About { kind: AboutKind::from_word(kind)?, id: id.parse().ok()? })
}

/// Whether a thing is the customer's.
///
/// # Errors
/// A failure of a store.
pub async fn is_of(ctx: &Ctx, customer: CustomerId, about: About) -> Result<bool, WebError> {
    let (office, commerce) = (&ctx.state.office, &ctx.state.commerce);
    let found = match about.kind {
        AboutKind::Domain => domain_of(ctx, DomainId::from_uuid(about.id)).await.map(|of| of == customer),
        AboutKind::Mailbox => match office.mailbox_facts(MailboxId::from_uuid(about.id)).await {
            Ok(facts) => domain_of(ctx, facts.domain).await.map(|of| of == customer),
            Err(error) => Err(error.into()),
        },
        AboutKind::Subscription => {
            let id = SubscriptionId::from_uuid(about.id);
            commerce.show_subscription(customer, id).await.map(|_| true).map_err(WebError::from)
        }
        AboutKind::Invoice => {
            let found = commerce.show_invoice(customer, InvoiceId::from_uuid(about.id)).await;
            found.map(|_| true).map_err(WebError::from)
        }
    };
    match found {
        Err(WebError::NotFound) => Ok(false),
        found => found,
    }
}

async fn domain_of(ctx: &Ctx, id: DomainId) -> Result<CustomerId, WebError> {
    Ok(ctx.state.office.domain(id).await?.customer)
}

fn plan_label(plan: &str, since: jiff::civil::Date) -> String {
    format!("{plan}, {since}")
}

/// The things of the customer being worked for, of each kind that the reader may see.
///
/// # Errors
/// A failure of a store, or what the gate says.
pub async fn groups(ctx: &Ctx) -> Result<Vec<Group>, WebError> {
    let (office, commerce, customer) = (&ctx.state.office, &ctx.state.commerce, ctx.customer()?);
    let name = |kind: AboutKind, id: Uuid| value(About { kind, id });
    let domains = office.domains_of_customer(customer).await?;
    let mut groups = vec![Group {
        kind: AboutKind::Domain.word(),
        options: domains
            .iter()
            .map(|domain| Choose::new(name(AboutKind::Domain, domain.id.uuid()), domain.name.to_unicode()))
            .collect(),
    }];
    let mut mailboxes = Vec::new();
    for summary in acts::mailboxes::of_customer(ctx).await?.into_iter().take(MAILBOXES) {
        let opened = acts::mailboxes::open(ctx, summary).await?;
        let value = name(AboutKind::Mailbox, opened.summary.id.uuid());
        mailboxes.push(Choose::new(value, opened.address.text()));
    }
    groups.push(Group { kind: AboutKind::Mailbox.word(), options: mailboxes });
    let mut subscriptions = Vec::new();
    for subscription in commerce.list_subscriptions(customer).await? {
        let plan = commerce.plan_version(subscription.plan_version).await?;
        let value = name(AboutKind::Subscription, subscription.id.uuid());
        subscriptions.push(Choose::new(value, plan_label(&plan.name, subscription.anchor)));
    }
    groups.push(Group { kind: AboutKind::Subscription.word(), options: subscriptions });
    if ctx.has_role(BILLING) {
        let mut invoices = commerce.list_invoices(customer).await?;
        invoices.sort_by_key(|invoice| std::cmp::Reverse(invoice.id));
        let newest = invoices.into_iter().take(INVOICES);
        let options = newest
            .map(|invoice| Choose::new(name(AboutKind::Invoice, invoice.id.uuid()), invoice.number))
            .collect();
        groups.push(Group { kind: AboutKind::Invoice.word(), options });
    }
    groups.retain(|group| !group.options.is_empty());
    Ok(groups)
}

/// What a ticket of the customer being worked for is about; nothing when the thing is gone.
///
/// # Errors
/// A failure of a store, or what the gate says.
pub async fn view(ctx: &Ctx, about: About) -> Result<Option<AboutView>, WebError> {
    let customer = ctx.customer()?;
    if !is_of(ctx, customer, about).await? {
        return Ok(None);
    }
    let (office, commerce) = (&ctx.state.office, &ctx.state.commerce);
    let (label, href): (Shown<String>, String) = match about.kind {
        AboutKind::Domain => {
            let domain = office.domain(DomainId::from_uuid(about.id)).await?;
            (domain.name.to_unicode().into(), format!("/center/domains/{}", domain.id))
        }
        AboutKind::Mailbox => {
            let summary = office.mailbox_summary(MailboxId::from_uuid(about.id)).await?;
            let opened = acts::mailboxes::open(ctx, summary).await?;
            (opened.address.text(), format!("/center/mailboxes/{}", opened.summary.id))
        }
        AboutKind::Subscription => {
            let id = SubscriptionId::from_uuid(about.id);
            let subscription = commerce.show_subscription(customer, id).await?;
            let plan = commerce.plan_version(subscription.plan_version).await?;
            (plan_label(&plan.name, subscription.anchor).into(), "/center/services".to_owned())
        }
        AboutKind::Invoice => {
            let invoice = commerce.find_invoice(InvoiceId::from_uuid(about.id)).await?;
            (invoice.number.into(), format!("/center/invoices/{}", invoice.id))
        }
    };
    Ok(Some(AboutView { kind: about.kind.word(), label, href }))
}

/// How a thing stands, as staff see it under an open ticket about it: figures and states, and nothing personal.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// `domain`, `mailbox`, `subscription` or `invoice`.
    pub kind: &'static str,
    /// What it is called; masked where that is personal.
    pub name: Option<String>,
    /// Its state in the words of its kind.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// For a domain: its records as they are found now.
    pub records: Vec<RecordState>,
    /// For a mailbox: bytes used, and the quota; 0 is no limit.
    pub space: Option<(i64, i64)>,
    /// For an invoice: what is owed.
    pub owed: Option<mailkeep_types::Money>,
}

/// A record of a domain as it is found now.
#[derive(Debug, Clone, Serialize)]
pub struct RecordState {
    /// Names its texts: `mx`, `spf`, `dkim`, `dkim-ed25519`, `dmarc`.
    pub kind: &'static str,
    /// `good`, `missing`, `differs` or `unknown`.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// How it is mended.
    pub advice: Option<String>,
}

/// How the thing stands that a ticket of the customer is about; nothing when it is gone, or was never theirs.
///
/// # Errors
/// A failure of a store.
pub async fn standing(ctx: &Ctx, customer: CustomerId, about: About) -> Result<Option<Standing>, WebError> {
    if !is_of(ctx, customer, about).await? {
        return Ok(None);
    }
    let (office, commerce) = (&ctx.state.office, &ctx.state.commerce);
    let of = |state, tone| Standing {
        kind: about.kind.word(),
        name: None,
        state,
        tone,
        records: Vec::new(),
        space: None,
        owed: None,
    };
    Ok(Some(match about.kind {
        AboutKind::Domain => {
            let domain = office.domain(DomainId::from_uuid(about.id)).await?;
            let records = crate::center::domains::record_states(ctx, &domain).await?;
            let (state, tone) = match domain.state {
                mailkeep_mailbox::domains::DomainState::Proven => ("proven", "good"),
                mailkeep_mailbox::domains::DomainState::Unproven => ("unproven", "warn"),
                mailkeep_mailbox::domains::DomainState::Suspended => ("suspended", "bad"),
            };
            Standing { name: Some(domain.name.to_unicode()), records, ..of(state, tone) }
        }
        AboutKind::Mailbox => {
            let summary = office.mailbox_summary(MailboxId::from_uuid(about.id)).await?;
            let bytes = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
            let space = Some((bytes(summary.used_bytes), bytes(summary.quota_bytes)));
            let tone = crate::center::mailboxes::tone(summary.state);
            Standing { space, ..of(summary.state.id(), tone) }
        }
        AboutKind::Subscription => {
            let id = SubscriptionId::from_uuid(about.id);
            let subscription = commerce.show_subscription(customer, id).await?;
            let plan = commerce.plan_version(subscription.plan_version).await?;
            let services = commerce.list_services(customer).await?;
            let service = services.iter().find(|service| service.subscription == id);
            let (state, tone) = service_state(&subscription, service);
            Standing { name: Some(plan_label(&plan.name, subscription.anchor)), ..of(state, tone) }
        }
        AboutKind::Invoice => {
            let invoice = commerce.find_invoice(InvoiceId::from_uuid(about.id)).await?;
            let zone = &ctx.state.config.time_zone;
            let (state, tone) = crate::center::invoices::state(&invoice, ctx.state.clock.now(), zone);
            Standing { owed: Some(invoice.open()), name: Some(invoice.number), ..of(state, tone) }
        }
    }))
}
