//! Mailboxes as their domain's administrator sees and changes them.

use mailkeep_mailbox::domains::{Domain, DomainState};
use mailkeep_mailbox::mailboxes::{MailboxChange, MailboxSummary, NewMailbox};
use mailkeep_mailbox::{MailboxState, Protocol, Secret};
use mailkeep_policy::{Act, Fact, Grant, Personal, Place, Shown, Subject, Use, purpose};
use mailkeep_types::{AppPasswordId, EmailAddress, MailboxId, Timestamp};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;

/// A mailbox whose address and name were opened.
pub struct OpenMailbox {
    /// Its figures.
    pub summary: MailboxSummary,
    /// Its address.
    pub address: Shown<EmailAddress>,
    /// Its owner's name.
    pub name: Shown<String>,
}

/// An application password whose label was opened.
pub struct OpenAppPassword {
    /// Its id.
    pub id: AppPasswordId,
    /// The device it is for.
    pub name: Shown<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used, to the hour.
    pub used_at: Option<Timestamp>,
}

/// A mailbox to be made, as typed.
pub struct MailboxToMake<'a> {
    /// The part before the `@`.
    pub local: &'a str,
    /// Its owner's name; the local part when empty.
    pub name: &'a str,
    /// Its password; without one only application passwords can be used.
    pub password: Option<Secret>,
    /// Its quota in bytes; what the plan says when `None`.
    pub quota_bytes: Option<u64>,
}

async fn grant(ctx: &Ctx, id: MailboxId, fields: &[&str]) -> Result<Grant<purpose::Rights>, WebError> {
    grant_to(ctx, id, Act::Read, fields).await
}

async fn grant_to(
    ctx: &Ctx,
    id: MailboxId,
    act: Act,
    fields: &[&str],
) -> Result<Grant<purpose::Rights>, WebError> {
    let person = ctx.who.person()?;
    let asked = Use {
        actor: person.actor(),
        subject: Subject::mailbox(id),
        act,
        fields,
        fact: Fact::ManagedMailbox(person.session),
    };
    Ok(ctx.state.policy.grant::<purpose::Rights>(asked).await?)
}

/// Opens address and name of a mailbox that the person administers.
///
/// # Errors
/// When the gate refuses.
pub async fn open(ctx: &Ctx, summary: MailboxSummary) -> Result<OpenMailbox, WebError> {
    open_with(ctx, summary, &["mailboxes.address", "mailboxes.display_name"]).await
}

async fn open_with(ctx: &Ctx, summary: MailboxSummary, fields: &[&str]) -> Result<OpenMailbox, WebError> {
    let grant = grant(ctx, summary.id, fields).await?;
    let opened = ctx.state.office.open_summary(&grant, &summary)?;
    Ok(OpenMailbox { summary, address: opened.address, name: opened.display_name })
}

/// The same for who looks what became of its messages, which stands in the record of the mailbox.
///
/// # Errors
/// When the gate refuses.
pub async fn open_traced(ctx: &Ctx, summary: MailboxSummary) -> Result<OpenMailbox, WebError> {
    open_with(ctx, summary, &["mailboxes.address", "mailboxes.display_name", "mail.trace"]).await
}

/// The mailboxes of a domain with their addresses.
///
/// # Errors
/// When the gate refuses.
pub async fn of_domain(ctx: &Ctx, domain: &Domain) -> Result<Vec<OpenMailbox>, WebError> {
    let mut opened = Vec::new();
    for summary in ctx.state.office.list_mailboxes(domain.id).await? {
        opened.push(open(ctx, summary).await?);
    }
    Ok(opened)
}

/// The customer's domains that can have mailboxes: proven, and no other name of another.
///
/// # Errors
/// A failure of the store.
pub async fn domains(ctx: &Ctx) -> Result<Vec<Domain>, WebError> {
    let mut domains = ctx.state.office.domains_of_customer(ctx.customer()?).await?;
    domains.retain(|domain| domain.state == DomainState::Proven && domain.alias_of.is_none());
    Ok(domains)
}

/// Every mailbox of the customer; nothing personal is opened.
///
/// # Errors
/// A failure of the store.
pub async fn of_customer(ctx: &Ctx) -> Result<Vec<MailboxSummary>, WebError> {
    let mut all = Vec::new();
    for domain in domains(ctx).await? {
        all.extend(ctx.state.office.list_mailboxes(domain.id).await?);
    }
    Ok(all)
}

/// The most bytes a mailbox of the domain can have, if `wanted` is more than that: more than the plan gives is not to
/// be had by a form.
pub fn too_much(domain: &Domain, wanted: Option<u64>) -> Option<u64> {
    let most = domain.class.most_quota()?;
    wanted.filter(|wanted| *wanted == 0 || *wanted > most).map(|_| most)
}

/// Makes a mailbox in a domain.
///
/// # Errors
/// A failure of the store.
pub async fn make(
    ctx: &Ctx,
    form: &mut Form,
    domain: &Domain,
    wanted: MailboxToMake<'_>,
) -> Result<Option<MailboxId>, WebError> {
    let Ok(address) = EmailAddress::from_parts(wanted.local, domain.name.clone()) else {
        form.refuse(
            "local",
            msg(if wanted.local.is_empty() { "form-required" } else { "mailbox-local-wrong" }),
        );
        return Ok(None);
    };
    if !form.good() {
        return Ok(None);
    }
    let name = if wanted.name.is_empty() { wanted.local } else { wanted.name };
    let new = NewMailbox {
        domain: domain.id,
        address,
        display_name: Personal::new(name.chars().take(200).collect()),
        password: wanted.password,
        quota_bytes: wanted.quota_bytes,
    };
    match ctx.state.office.create_mailbox(new).await {
        Ok(id) => Ok(Some(id)),
        Err(error) => {
            form.take(error, &["local", "password"])?;
            Ok(None)
        }
    }
}

/// Gives the user of a mailbox another name: the one that its letters carry.
///
/// # Errors
/// When the gate refuses.
pub async fn set_name(ctx: &Ctx, id: MailboxId, name: &str) -> Result<(), WebError> {
    grant_to(ctx, id, Act::Change, &["mailboxes.display_name"]).await?;
    let name = Personal::new(name.chars().take(200).collect());
    let change = MailboxChange { display_name: Some(name), ..MailboxChange::default() };
    Ok(ctx.state.office.change_mailbox(id, change).await?)
}

/// Closes a mailbox, or opens it again. What the abuse desk locked is the abuse desk's to open.
///
/// # Errors
/// [`WebError::Forbidden`] for a locked mailbox.
pub async fn set_state(ctx: &Ctx, id: MailboxId, state: MailboxState) -> Result<(), WebError> {
    if ctx.state.office.mailbox_facts(id).await?.state == MailboxState::Locked {
        return Err(WebError::Forbidden);
    }
    let change = MailboxChange { state: Some(state), ..MailboxChange::default() };
    Ok(ctx.state.office.change_mailbox(id, change).await?)
}

/// The application passwords of a mailbox with their labels.
///
/// # Errors
/// When the gate refuses.
pub async fn app_passwords(ctx: &Ctx, id: MailboxId) -> Result<Vec<OpenAppPassword>, WebError> {
    let list = ctx.state.office.list_app_passwords(id).await?;
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let grant = grant(ctx, id, &["app_passwords.label"]).await?;
    let mut opened = Vec::with_capacity(list.len());
    for item in list {
        let place = Place { table: "app_passwords", column: "label", row: item.id.uuid() };
        let name = ctx.state.policy.show(&grant, place, &item.label).map_err(WebError::internal)?;
        opened.push(OpenAppPassword {
            id: item.id,
            name,
            made_at: item.created_at,
            used_at: item.last_used_at,
        });
    }
    Ok(opened)
}

/// Makes an application password; gives its id and, this once, the password.
///
/// # Errors
/// When the mailbox has too many.
pub async fn make_app_password(
    ctx: &Ctx,
    id: MailboxId,
    name: &str,
) -> Result<(AppPasswordId, String), WebError> {
    let label = Personal::new(name.chars().take(60).collect::<String>());
    let made = ctx.state.office.create_app_password(id, label, &Protocol::ALL).await?;
    Ok((made.id, made.secret))
}

#[cfg(test)]
mod tests {
    use mailkeep_mailbox::mailboxes::ClassLimits;

    #[test]
    fn case_04_an_administrator_raises_a_quota_as_far_as_the_class_lets_them() {
        let gb = |gb: u64| gb * 1_000_000_000;
        let most =
            |class: ClassLimits, wanted| class.most_quota().filter(|most| wanted == 0 || wanted > *most);
        // A business class begins at 10 GB and lets its administrators go to 11.
        let business = ClassLimits {
            quota_bytes: Some(gb(10)),
            most_quota_bytes: Some(gb(11)),
            ..ClassLimits::default()
        };
        assert_eq!(most(business, gb(11)), None);
        assert_eq!(most(business, gb(12)), Some(gb(11)));
        assert_eq!(most(business, 0), Some(gb(11)), "no limit is more than any");
        // A personal class lets nobody raise anything.
        let personal = ClassLimits { quota_bytes: Some(gb(10)), ..ClassLimits::default() };
        assert_eq!(most(personal, gb(10)), None);
        assert_eq!(most(personal, gb(10) + 1), Some(gb(10)));
        let unlimited = ClassLimits { quota_bytes: Some(0), ..ClassLimits::default() };
        assert_eq!(most(unlimited, 0), None);
    }
}
