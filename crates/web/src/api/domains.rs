//! Domains, their proof, and the records to publish.

use mailkeep_identity::Scope;
use mailkeep_mailbox::dns::{CheckState, CheckedRecord};
use mailkeep_mailbox::domains::{Domain, ProofOutcome};
use mailkeep_types::{DomainId, MailboxId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::describe::{Api, op};
use super::made;
use super::paging::{Page, cut, whole};
use super::value::Instant;
use crate::acts;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::{ANY_ROLE, TECHNICAL};

/// A domain.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Domain")]
pub struct DomainView {
    /// Its identifier.
    pub id: String,
    /// Its name, in ASCII.
    pub domain: String,
    /// `unproven`, `proven` or `suspended`.
    pub state: String,
    /// For another name of a domain: that domain.
    pub alias_of: Option<String>,
    /// Where the TXT record that proves it is published.
    pub proof_name: String,
    /// What that record says.
    pub proof_value: String,
    /// The mailbox that gets what no other address takes.
    pub catch_all: Option<String>,
    /// When it was added.
    pub created_at: Instant,
    /// When it was proven.
    pub proven_at: Option<Instant>,
}

impl From<Domain> for DomainView {
    fn from(domain: Domain) -> Self {
        DomainView {
            id: domain.id.to_string(),
            domain: domain.name.to_string(),
            state: domain.state.id().to_owned(),
            alias_of: domain.alias_of.map(|id| id.to_string()),
            proof_name: domain.challenge_name(),
            catch_all: domain.catch_all.map(|id| id.to_string()),
            created_at: domain.created_at.into(),
            proven_at: domain.proven_at.map(Instant::from),
            proof_value: domain.challenge,
        }
    }
}

/// A domain to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DomainToAdd {
    /// Its name.
    pub domain: String,
    /// To make it another name of a proven domain: that domain's identifier.
    pub alias_of: Option<String>,
}

/// What came of looking for the proof.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Proof {
    /// Whether the domain is proven now.
    pub proven: bool,
    /// What is wanting, for people.
    pub problem: Option<String>,
    /// The domain as it is now.
    pub domain: DomainView,
}

/// Where mail goes that no other address takes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatchAllToSet {
    /// A mailbox of the domain; `null` refuses such mail.
    pub mailbox: Option<String>,
}

/// A record to publish and how it stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DnsRecord")]
pub struct RecordView {
    /// What it is for: `proof`, `MX`, `SPF`, `DKIM`, `DMARC` or `set-up`.
    pub purpose: String,
    /// `MX`, `TXT`, `CNAME` or `SRV`.
    pub kind: String,
    /// Its whole name.
    pub name: String,
    /// What it says.
    pub value: String,
    /// `ok`, `missing`, `wrong` or `unknown`.
    pub state: String,
    /// What was found.
    pub found: Vec<String>,
    /// What to do, for people; empty when all is well.
    pub advice: String,
}

impl From<CheckedRecord> for RecordView {
    fn from(checked: CheckedRecord) -> Self {
        let state = match checked.state {
            CheckState::Ok => "ok",
            CheckState::Missing => "missing",
            CheckState::Wrong => "wrong",
            CheckState::Unknown => "unknown",
        };
        RecordView {
            purpose: checked.record.purpose.to_string(),
            kind: checked.record.kind.to_owned(),
            name: checked.record.name,
            value: checked.record.value,
            state: state.to_owned(),
            found: checked.found,
            advice: checked.advice,
        }
    }
}

/// The domain in the path; the route's permission made sure that it is the customer's.
pub(super) async fn in_path(ctx: &Ctx) -> Result<Domain, WebError> {
    Ok(ctx.state.office.domain(ctx.param("domain")?).await?)
}

async fn list(ctx: Ctx) -> Result<Page<DomainView>, WebError> {
    let domains = ctx.state.office.domains_of_customer(ctx.customer()?).await?;
    Ok(cut(&ctx, domains, |domain| domain.id.uuid())?.page(DomainView::from))
}

async fn show(ctx: Ctx) -> Result<DomainView, WebError> {
    Ok(in_path(&ctx).await?.into())
}

async fn add(ctx: Ctx, wanted: DomainToAdd) -> Result<(Uuid, DomainView), WebError> {
    let mut form = Form::new();
    let alias_of = match wanted.alias_of.as_deref().map(str::parse) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => {
            form.refuse("alias_of", msg("api-id-wrong"));
            return Err(WebError::Fields(Box::new(form)));
        }
    };
    let added = acts::domains::add(&ctx, &mut form, wanted.domain.trim(), alias_of).await?;
    let added = made(added, form)?;
    Ok((added.id.uuid(), added.into()))
}

async fn added(ctx: Ctx, id: Uuid) -> Result<DomainView, WebError> {
    let customer = ctx.customer()?;
    let domain = ctx.state.office.domain(DomainId::from_uuid(id)).await?;
    if domain.customer == customer { Ok(domain.into()) } else { Err(WebError::NotFound) }
}

async fn remove(ctx: Ctx) -> Result<(), WebError> {
    Ok(ctx.state.office.remove_domain(ctx.param("domain")?).await?)
}

async fn prove(ctx: Ctx) -> Result<Proof, WebError> {
    let id = ctx.param("domain")?;
    let outcome = ctx.state.office.prove_domain(id, &*ctx.state.resolver).await?;
    let problem = crate::center::domains::proof_problem(&outcome).map(|problem| ctx.text(&problem));
    let proven = outcome == ProofOutcome::Proven;
    Ok(Proof { proven, problem, domain: show(ctx).await? })
}

async fn dns(ctx: Ctx) -> Result<Page<RecordView>, WebError> {
    let records = acts::domains::records(&ctx, &in_path(&ctx).await?).await?;
    let checked = acts::domains::check(&ctx, records).await;
    Ok(whole(checked.into_iter().map(RecordView::from).collect()))
}

async fn set_catch_all(ctx: Ctx, wanted: CatchAllToSet) -> Result<DomainView, WebError> {
    let mailbox: Option<MailboxId> = match wanted.mailbox.as_deref().map(str::parse) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => {
            let form = Form::new().wrong("mailbox", msg("api-id-wrong"));
            return Err(WebError::Fields(Box::new(form)));
        }
    };
    ctx.state.office.set_catch_all(ctx.param("domain")?, mailbox).await?;
    show(ctx).await
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Domains");
    let (read, write) = (Scope::DomainsRead, Scope::DomainsWrite);
    let (all, one) = ("/api/v1/domains", "/api/v1/domains/{domain}");
    api.list(op(all, "listDomains", "The domains of the customer", read, ANY_ROLE), list);
    api.make(op(all, "addDomain", "Add a domain, to be proven", write, TECHNICAL), all, add, added);
    api.read(op(one, "showDomain", "One domain", read, ANY_ROLE), show);
    api.remove(op(one, "removeDomain", "Remove a domain without mailboxes", write, TECHNICAL), remove);
    let proof = op(
        "/api/v1/domains/{domain}/prove",
        "proveDomain",
        "Look for the record that proves the domain",
        write,
        TECHNICAL,
    );
    api.act(proof, prove, prove);
    let records = op(
        "/api/v1/domains/{domain}/dns",
        "checkDns",
        "The records to publish, and how they stand now",
        read,
        ANY_ROLE,
    );
    api.read(records, dns);
    let rest = op(
        "/api/v1/domains/{domain}/catch-all",
        "setCatchAll",
        "Say which mailbox gets what no other address takes",
        write,
        TECHNICAL,
    );
    api.change(axum::http::Method::PUT, rest, set_catch_all);
}
