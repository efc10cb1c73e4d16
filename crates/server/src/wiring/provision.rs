//! Makes the mail side equal to what commerce says a service shall be. Run as often as one likes.

use anyhow::Result;
use mailkeep_commerce::classes::MailProtocol;
use mailkeep_commerce::services::{BlockKind, DesiredService};
use mailkeep_mailbox::domains::{DomainChange, NewDomain};
use mailkeep_mailbox::mailboxes::{ClassLimits, Protocol, SendingBlock};
use mailkeep_types::ServiceId;
use mailkeep_types::sending::Window;

use super::services::Services;

const BLOCKS: [(BlockKind, SendingBlock); 4] = [
    (BlockKind::Overdue, SendingBlock::Overdue),
    (BlockKind::Abuse, SendingBlock::Abuse),
    (BlockKind::Staff, SendingBlock::Staff),
    (BlockKind::Dispute, SendingBlock::Dispute),
];

/// Provisions one service.
///
/// # Errors
/// When a store fails; trying again is right.
pub async fn provision(services: &Services, id: ServiceId) -> Result<()> {
    let desired = services.commerce.desired_service(id).await?;
    let service = &desired.service;
    let office = &services.office;
    if desired.purged {
        // The days of restoring are over: nothing of it is received, read or found any more.
        office.end_service(id).await?;
        services.commerce.mark_provisioned(id, service.generation).await?;
        return Ok(());
    }
    let change =
        DomainChange { service: Some(id), mailbox_limit: mailbox_limit(&desired), class: class_of(&desired) };
    let mut ours = office.domains_of_service(id).await?;
    if ours.is_empty() && service.ended_at.is_none() {
        let known = office.domains_of_customer(service.customer).await?;
        match known.into_iter().find(|domain| domain.name == service.domain) {
            Some(domain) => ours.push(domain),
            None => {
                let new = NewDomain {
                    customer: service.customer,
                    service: Some(id),
                    name: service.domain.clone(),
                    alias_of: None,
                    mailbox_limit: change.mailbox_limit,
                    class: change.class,
                };
                let added = office.add_domain(new).await?;
                office.ensure_dkim_keys(added.id).await?;
            }
        }
    }
    for domain in ours {
        office.change_domain(domain.id, change).await?;
        office.suspend_domain(domain.id, service.ended_at.is_some()).await?;
    }
    for (wanted, block) in BLOCKS {
        office.set_service_block(id, block, service.blocks.contains(&wanted)).await?;
    }
    services.commerce.mark_provisioned(id, service.generation).await?;
    Ok(())
}

fn mailbox_limit(desired: &DesiredService) -> Option<i64> {
    (desired.most_mailboxes > 0).then(|| i64::from(desired.most_mailboxes))
}

fn class_of(desired: &DesiredService) -> ClassLimits {
    let limits = &desired.limits;
    ClassLimits {
        max_message_bytes: Some(u64::from(limits.message_size_mb) * 1_000_000),
        recipients_per_message: Some(i64::from(limits.recipients_per_message)),
        recipients_per_day: Some(i64::from(limits.recipients_per_day)),
        quota_bytes: Some(u64::from(limits.quota_mb) * 1_000_000),
        most_quota_bytes: limits.most_quota_mb.map(|mb| u64::from(mb) * 1_000_000),
        recipients_per_day_when_new: limits.recipients_per_day_when_new.map(i64::from),
        new_days: Some(i64::from(limits.new_days)),
        protocols: Some(limits.protocols.iter().map(|protocol| protocol_of(*protocol)).collect()),
        app_passwords_only: limits.app_passwords_only,
        undelete_days: limits.undelete_days,
        extra_quota_bytes: u64::from(desired.more_quota_mb) * 1_000_000,
        day_is_counted_elsewhere: limits
            .sending
            .as_ref()
            .is_some_and(|rules| rules.window != Window::Rolling),
    }
}

const fn protocol_of(protocol: MailProtocol) -> Protocol {
    match protocol {
        MailProtocol::Smtp => Protocol::Smtp,
        MailProtocol::Imap => Protocol::Imap,
        MailProtocol::Dav => Protocol::Dav,
        MailProtocol::Webmail => Protocol::Webmail,
    }
}
