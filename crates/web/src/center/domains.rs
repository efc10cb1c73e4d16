//! Domains: adding, proving, the records to publish with their live state.

use mailkeep_mailbox::MailError;
use mailkeep_mailbox::dns::{CheckState, CheckedRecord, RecordKind};
use mailkeep_mailbox::domains::{Domain, DomainState, ProofOutcome};
use mailkeep_types::{DomainId, Timestamp};
use serde::Serialize;

use crate::acts;
use crate::acts::rules::{Rules, rules};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::{Answer, TECHNICAL};
use crate::samples;
use crate::tickets::about::RecordState;

/// The domains of the customer.
#[derive(Debug, Serialize)]
pub struct DomainsPage {
    /// The domains.
    pub domains: Vec<DomainRow>,
    /// Whether the one who asks may change them.
    pub may_change: bool,
    /// A domain to add.
    pub form: Form,
    /// What a new domain can be: its own, or another name for one that is proven.
    pub targets: Vec<Choose>,
}

/// A domain in the list.
#[derive(Debug, Clone, Serialize)]
pub struct DomainRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The domain it is another name for.
    pub alias_of: Option<String>,
    /// Whether it is proven.
    pub proven: bool,
    /// `good`, `part`, `bad` or `unknown`.
    pub dns: &'static str,
    /// How that looks.
    pub dns_tone: &'static str,
    /// How many mailboxes it has.
    pub mailboxes: i64,
}

impl Page for DomainsPage {
    const TEMPLATE: &'static str = "center/domains.html";

    fn samples() -> Vec<Self> {
        let row = DomainRow {
            id: "a".to_owned(),
            name: "larkspur-books.example".to_owned(),
            alias_of: None,
            proven: true,
            dns: "good",
            dns_tone: "good",
            mailboxes: 5,
        };
        let alias = DomainRow {
            id: "b".to_owned(),
            name: "larkspur.example".to_owned(),
            alias_of: Some("larkspur-books.example".to_owned()),
            proven: false,
            dns: "unknown",
            dns_tone: "note",
            mailboxes: 0,
        };
        let targets = vec![
            Choose::new("", "A domain of its own"),
            Choose::new("a", "Another name for larkspur-books.example"),
        ];
        vec![
            DomainsPage {
                domains: vec![row, alias],
                may_change: true,
                form: Form::new(),
                targets: targets.clone(),
            },
            DomainsPage {
                domains: Vec::new(),
                may_change: true,
                form: Form::new().wrong("domain", msg("form-required")),
                targets: Vec::new(),
            },
        ]
    }
}

/// One domain.
#[derive(Debug, Serialize)]
pub struct DomainPage {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The domain it is another name for.
    pub alias_of: Option<String>,
    /// Whether it is proven.
    pub proven: bool,
    /// The name of the record that proves it.
    pub proof_name: String,
    /// Its value.
    pub proof_value: String,
    /// What the last look found wanting.
    pub proof_problem: Option<Msg>,
    /// When the records were last looked up.
    pub checked_at: Option<Timestamp>,
    /// The records to publish.
    pub records: Vec<RecordCard>,
    /// Whether the one who asks may change the domain.
    pub may_change: bool,
    /// The catch-all.
    pub form: Form,
    /// Mailboxes that can catch all; the first option is none.
    pub targets: Vec<Choose>,
    /// What is narrowed of the class of service for all mailboxes, for those who may change it.
    pub rules: Option<Rules>,
}

/// A record to publish.
#[derive(Debug, Clone, Serialize)]
pub struct RecordCard {
    /// Names its texts: `mx`, `spf`, `dkim`, `dkim-ed25519`, `dmarc`.
    pub kind: &'static str,
    /// `MX` or `TXT`.
    #[serde(rename = "type")]
    pub record_type: String,
    /// The name to publish under.
    pub name: String,
    /// The value to publish.
    pub value: String,
    /// `good`, `missing`, `differs` or `unknown`.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// How to mend it.
    pub advice: Option<String>,
    /// What was found instead.
    pub found: Option<String>,
}

impl Page for DomainPage {
    const TEMPLATE: &'static str = "center/domain.html";

    fn samples() -> Vec<Self> {
        let record = |kind, record_type: &str, name: &str, value: &str, state, tone| RecordCard {
            kind,
            record_type: record_type.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
            state,
            tone,
            advice: None,
            found: None,
        };
        let records = vec![
            record("mx", "MX", "larkspur-books.example", "10 mx1.mailkeep.example.", "good", "good"),
            RecordCard {
                advice: Some("The record exists, but does not include our servers. Add include:_spf.mailkeep.example before ~all.".to_owned()),
                found: Some("v=spf1 include:other.example ~all".to_owned()),
                ..record("spf", "TXT", "larkspur-books.example", "v=spf1 include:_spf.mailkeep.example ~all", "differs", "warn")
            },
            record("dkim", "TXT", "mk1._domainkey.larkspur-books.example", "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwq3exampleexampleexampleexampleexampleexample", "missing", "bad"),
            record("dmarc", "TXT", "_dmarc.larkspur-books.example", "v=DMARC1; p=none", "unknown", "note"),
        ];
        let page = |proven, proof_problem, records| DomainPage {
            id: "a".to_owned(),
            name: "larkspur-books.example".to_owned(),
            alias_of: None,
            proven,
            proof_name: "_mailkeep-proof.larkspur-books.example".to_owned(),
            proof_value: "mailkeep-proof=7f3k2q9mx8d2c11xt".to_owned(),
            proof_problem,
            checked_at: proven.then(|| samples::minutes_ago(4)),
            records,
            may_change: true,
            form: Form::new(),
            targets: vec![
                Choose::new("", "is refused"),
                Choose::new("m", "goes to ada@larkspur-books.example"),
            ],
            rules: proven.then(Rules::sample),
        };
        vec![
            page(true, None, records.clone()),
            page(false, None, records.clone()),
            page(false, Some(msg("domain-prove-missing")), records),
        ]
    }
}

/// `GET /center/domains`
pub async fn show(ctx: Ctx) -> Answer {
    let page = list(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn list(ctx: &Ctx, form: Form) -> Result<DomainsPage, WebError> {
    let domains = ctx.state.office.domains_of_customer(ctx.customer()?).await?;
    let mut rows = Vec::with_capacity(domains.len());
    for domain in &domains {
        let usage = ctx.state.office.domain_usage(domain.id).await?;
        let target = domain.alias_of.and_then(|id| domains.iter().find(|other| other.id == id));
        let proven = domain.state == DomainState::Proven;
        let (dns, dns_tone) = if proven { ("see", "note") } else { ("unknown", "note") };
        rows.push(DomainRow {
            id: domain.id.to_string(),
            name: domain.name.to_unicode(),
            alias_of: target.map(|target| target.name.to_unicode()),
            proven,
            dns,
            dns_tone,
            mailboxes: usage.mailboxes,
        });
    }
    let own = Choose::new("", ctx.say("domain-kind-own"));
    let aliases =
        domains.iter().filter(|domain| domain.alias_of.is_none() && domain.state == DomainState::Proven);
    let alias = |domain: &Domain| {
        let text = msg("domain-kind-alias").with("domain", domain.name.to_unicode());
        Choose::new(domain.id.to_string(), ctx.text(&text))
    };
    Ok(DomainsPage {
        domains: rows,
        may_change: ctx.has_role(TECHNICAL),
        form,
        targets: std::iter::once(own).chain(aliases.map(alias)).collect(),
    })
}

/// `POST /center/domains`
pub async fn add(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let alias_of = ctx.form.get("alias_of").parse().ok();
    let added = acts::domains::add(&ctx, &mut form, ctx.form.get("domain"), alias_of).await?;
    if let Some(domain) = added {
        return ctx.done(&format!("/center/domains/{}", domain.id), msg("domain-added"));
    }
    let page = list(&ctx, form).await?;
    ctx.refused(&page)
}

/// `GET /center/domains/{domain}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = one(&ctx, None, !ctx.query.get("looked").is_empty()).await?;
    ctx.page(&page)
}

async fn one(ctx: &Ctx, proof_problem: Option<Msg>, look: bool) -> Result<DomainPage, WebError> {
    let office = &ctx.state.office;
    let domain = office.domain(ctx.param("domain")?).await?;
    let proven = domain.state == DomainState::Proven;
    let mut records = acts::domains::records(ctx, &domain).await?;
    records.retain(|record| record.purpose != RecordKind::Proof);
    let checked = if look || proven {
        acts::domains::check(ctx, records).await
    } else {
        let unknown = |record| CheckedRecord {
            record,
            state: CheckState::Unknown,
            found: Vec::new(),
            advice: String::new(),
        };
        records.into_iter().map(unknown).collect()
    };
    let alias_of = match domain.alias_of {
        Some(id) => Some(office.domain(id).await?.name.to_unicode()),
        None => None,
    };
    let may_change = ctx.has_role(TECHNICAL);
    let mut targets = vec![Choose::new("", ctx.say("catch-all-none"))];
    if may_change && proven && domain.alias_of.is_none() {
        for opened in acts::mailboxes::of_domain(ctx, &domain).await? {
            targets.push(Choose::new(opened.summary.id.to_string(), opened.address.text()));
        }
    }
    let catch_all = domain.catch_all.map(|id| id.to_string()).unwrap_or_default();
    Ok(DomainPage {
        id: domain.id.to_string(),
        name: domain.name.to_unicode(),
        alias_of,
        proven,
        proof_name: domain.challenge_name(),
        proof_value: domain.challenge.clone(),
        proof_problem,
        checked_at: (look || proven).then(|| ctx.state.clock.now()),
        records: checked.into_iter().map(card).collect(),
        may_change,
        form: Form::new().with("catch_all", catch_all),
        targets,
        rules: (may_change && proven && domain.alias_of.is_none())
            .then(|| rules(&domain.own_class, &domain.class)),
    })
}

fn card(checked: CheckedRecord) -> RecordCard {
    let (state, tone) = match checked.state {
        CheckState::Ok => ("good", "good"),
        CheckState::Missing => ("missing", if checked.record.purpose.is_needed() { "bad" } else { "note" }),
        CheckState::Wrong => ("differs", "warn"),
        CheckState::Unknown => ("unknown", "note"),
    };
    let kind = match checked.record.purpose {
        RecordKind::Proof => "proof",
        RecordKind::Mx => "mx",
        RecordKind::Spf => "spf",
        RecordKind::Dkim if checked.record.value.contains("k=ed25519") => "dkim-ed25519",
        RecordKind::Dkim => "dkim",
        RecordKind::Dmarc => "dmarc",
        RecordKind::TlsReports => "tls-reports",
        RecordKind::Setup => "setup",
    };
    RecordCard {
        kind,
        record_type: checked.record.kind.to_owned(),
        name: checked.record.name,
        value: checked.record.value,
        state,
        tone,
        advice: Some(checked.advice).filter(|advice| !advice.is_empty()),
        found: Some(checked.found.join("\n")).filter(|found| !found.is_empty()),
    }
}

/// The records of a domain as they are found now, without what to publish.
///
/// # Errors
/// A failure of the store.
pub async fn record_states(ctx: &Ctx, domain: &Domain) -> Result<Vec<RecordState>, WebError> {
    let mut records = acts::domains::records(ctx, domain).await?;
    records.retain(|record| record.purpose != RecordKind::Proof);
    let state = |checked| {
        let RecordCard { kind, state, tone, advice, .. } = card(checked);
        RecordState { kind, state, tone, advice }
    };
    Ok(acts::domains::check(ctx, records).await.into_iter().map(state).collect())
}

/// What is wanting when the proof was looked for; nothing when it was found.
pub fn proof_problem(outcome: &ProofOutcome) -> Option<Msg> {
    match outcome {
        ProofOutcome::Proven => None,
        ProofOutcome::Missing => Some(msg("domain-prove-missing")),
        ProofOutcome::Wrong(found) => Some(msg("domain-prove-wrong").with("found", found.join(" · "))),
        ProofOutcome::Taken => Some(msg("domain-prove-taken")),
        ProofOutcome::NoAnswer(_) => Some(msg("domain-prove-failed")),
    }
}

/// `POST /center/domains/{domain}/prove`
pub async fn prove(ctx: Ctx) -> Answer {
    let id: DomainId = ctx.param("domain")?;
    let outcome = ctx.state.office.prove_domain(id, &*ctx.state.resolver).await?;
    let Some(problem) = proof_problem(&outcome) else {
        return ctx.done(&format!("/center/domains/{id}"), msg("domain-prove-done"));
    };
    let page = one(&ctx, Some(problem), false).await?;
    ctx.refused(&page)
}

/// `POST /center/domains/{domain}/check`
pub async fn check(ctx: Ctx) -> Answer {
    let id: DomainId = ctx.param("domain")?;
    ctx.done(&format!("/center/domains/{id}?looked=yes"), msg("domain-checked"))
}

/// `POST /center/domains/{domain}/catch-all`
pub async fn set_catch_all(ctx: Ctx) -> Answer {
    let id: DomainId = ctx.param("domain")?;
    ctx.state.office.set_catch_all(id, ctx.form.get("catch_all").parse().ok()).await?;
    ctx.done(&format!("/center/domains/{id}"), msg("catch-all-saved"))
}

/// `POST /center/domains/{domain}/rules`
pub async fn set_rules(ctx: Ctx) -> Answer {
    let id: DomainId = ctx.param("domain")?;
    let domain = ctx.state.office.domain(id).await?;
    let mut form = Form::of(&ctx.form);
    let own = acts::rules::read(&ctx.form, &mut form, &domain.class);
    if !form.good() {
        let rules = Rules { form, ..rules(&own, &domain.class) };
        let page = DomainPage { rules: Some(rules), ..one(&ctx, None, false).await? };
        return ctx.refused(&page);
    }
    ctx.state.office.narrow_domain(id, own).await?;
    ctx.done(&format!("/center/domains/{id}"), msg("rules-saved"))
}

/// `POST /center/domains/{domain}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let id: DomainId = ctx.param("domain")?;
    match ctx.state.office.remove_domain(id).await {
        Ok(()) => ctx.done("/center/domains", msg("domain-removed")),
        Err(MailError::Refused(refusal)) => {
            let text = crate::error::sentence(&refusal.to_string());
            ctx.sorry(&format!("/center/domains/{id}"), msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}
