//! Mailboxes: making, app passwords, quota, closing.

use mailkeep_mailbox::MailboxState;
use mailkeep_mailbox::domains::Domain;
use mailkeep_mailbox::mailboxes::{ClassLimits, MailboxChange};
use mailkeep_policy::Shown;
use mailkeep_types::{DomainId, MailboxId, Timestamp};
use serde::Serialize;

use crate::acts;
use crate::acts::mailboxes::MailboxToMake;
use crate::acts::rules::{Rules, rules};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::held::{self, StrangeSignIn};
use crate::ladder::{self, StepNotice};
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::{Answer, TECHNICAL};
use crate::samples;

/// The mailboxes of the customer.
#[derive(Debug, Serialize)]
pub struct MailboxesPage {
    /// The mailboxes of this page of the list.
    pub mailboxes: Vec<MailboxRow>,
    /// Where in the list.
    pub paging: Paging,
    /// How many proven domains there are.
    pub domains: i64,
    /// Whether the one who asks may change them.
    pub may_change: bool,
}

/// A mailbox in the list.
#[derive(Debug, Clone, Serialize)]
pub struct MailboxRow {
    /// Its id.
    pub id: String,
    /// Its primary address.
    pub address: Shown<String>,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Space used.
    pub used_bytes: i64,
    /// The quota with what it has beyond its own; 0 is no limit.
    pub quota_bytes: i64,
}

impl Page for MailboxesPage {
    const TEMPLATE: &'static str = "center/mailboxes.html";

    fn samples() -> Vec<Self> {
        let row = |local: &str, state, tone, used_bytes| MailboxRow {
            id: local.to_owned(),
            address: format!("{local}@larkspur-books.example").into(),
            state,
            tone,
            used_bytes,
            quota_bytes: 25_000_000_000,
        };
        let rows = vec![
            row("ada", "active", "good", 3_600_000_000),
            row("grace", "locked", "bad", 120_000_000),
            row("shop", "closed", "note", 0),
        ];
        let paging = Paging { page: 1, size: 50, total: 120 };
        vec![
            MailboxesPage { mailboxes: rows, paging, domains: 1, may_change: true },
            MailboxesPage { mailboxes: Vec::new(), paging: paging.of(0), domains: 1, may_change: true },
            MailboxesPage { mailboxes: Vec::new(), paging: paging.of(0), domains: 0, may_change: true },
        ]
    }
}

/// The form that makes a mailbox.
#[derive(Debug, Serialize)]
pub struct NewMailboxPage {
    /// What was typed.
    pub form: Form,
    /// Proven domains.
    pub domains: Vec<Choose>,
}

impl Page for NewMailboxPage {
    const TEMPLATE: &'static str = "center/mailbox_new.html";

    fn samples() -> Vec<Self> {
        let form = Form::new().with("quota_gb", "25");
        let page = |form| NewMailboxPage { form, domains: vec![Choose::new("a", "@larkspur-books.example")] };
        vec![page(form.clone()), page(form.wrong("local", msg("field-taken")))]
    }
}

/// One mailbox.
#[derive(Debug, Serialize)]
pub struct MailboxPage {
    /// Its id.
    pub id: String,
    /// Its primary address.
    pub address: Shown<String>,
    /// The part after the `@`.
    pub domain: Shown<String>,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// A sign-in that the owner is asked about.
    pub strange: Option<StrangeSignIn>,
    /// What is limited or stopped.
    pub limits: Vec<StepNotice>,
    /// Space used.
    pub used_bytes: i64,
    /// The quota with what it has beyond its own; 0 is no limit.
    pub quota_bytes: i64,
    /// The app passwords.
    pub passwords: Vec<PasswordRow>,
    /// One just made, shown this once.
    pub new_password: Option<NewPassword>,
    /// The form that makes one.
    pub password_form: Form,
    /// The form that sets the name of its user.
    pub name_form: Form,
    /// The form that sets the quota.
    pub quota_form: Form,
    /// Further addresses.
    pub aliases: Vec<AliasItem>,
    /// The form that adds one.
    pub alias_form: Form,
    /// What is narrowed of the class of service, for those who may change it.
    pub rules: Option<Rules>,
    /// Whether the one who asks may change the mailbox.
    pub may_change: bool,
}

/// An app password.
#[derive(Debug, Clone, Serialize)]
pub struct PasswordRow {
    /// Its id.
    pub id: String,
    /// The device it is for.
    pub name: Shown<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// An app password just made.
#[derive(Debug, Clone, Serialize)]
pub struct NewPassword {
    /// The device it is for.
    pub name: String,
    /// The password.
    pub secret: String,
}

/// A further address.
#[derive(Debug, Clone, Serialize)]
pub struct AliasItem {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: Shown<String>,
}

impl Page for MailboxPage {
    const TEMPLATE: &'static str = "center/mailbox.html";

    fn samples() -> Vec<Self> {
        let page = |passwords: Vec<PasswordRow>, new_password, used_bytes| MailboxPage {
            id: "m".to_owned(),
            address: "ada@larkspur-books.example".into(),
            domain: "larkspur-books.example".into(),
            state: "active",
            tone: "good",
            strange: None,
            limits: Vec::new(),
            used_bytes,
            quota_bytes: 25_000_000_000,
            passwords,
            new_password,
            password_form: Form::new(),
            name_form: Form::new().with("name", "Ada Example"),
            quota_form: Form::new().with("quota_gb", "25"),
            aliases: vec![AliasItem { id: "x".to_owned(), address: "sales@larkspur-books.example".into() }],
            alias_form: Form::new(),
            rules: Some(Rules::sample()),
            may_change: true,
        };
        let phone = PasswordRow {
            id: "p".to_owned(),
            name: "Ada’s phone".into(),
            made_at: samples::days_ago(3),
            used_at: Some(samples::minutes_ago(7)),
        };
        let desk = PasswordRow { id: "q".to_owned(), name: "Desk".into(), used_at: None, ..phone.clone() };
        let secret = NewPassword { name: "Desk".to_owned(), secret: "kelp-hinge-amber-motet-7".to_owned() };
        vec![
            page(vec![phone, desk.clone()], None, 25_000_000_000),
            page(vec![desk.clone()], Some(secret), 3_000_000_000),
            page(Vec::new(), None, 0),
            MailboxPage {
                strange: Some(StrangeSignIn::sample(true)),
                limits: StepNotice::samples(),
                ..page(vec![desk], None, 3_000_000_000)
            },
        ]
    }
}

/// How the state of a mailbox looks.
pub fn tone(state: MailboxState) -> &'static str {
    match state {
        MailboxState::Active => "good",
        MailboxState::Maintenance | MailboxState::Pending => "warn",
        MailboxState::Locked => "bad",
        MailboxState::Closed => "note",
    }
}

/// `GET /center/mailboxes`
pub async fn show(ctx: Ctx) -> Answer {
    let domains = acts::mailboxes::domains(&ctx).await?;
    let all = acts::mailboxes::of_customer(&ctx).await?;
    let mut paging = Paging::asked(ctx.query.get("page"), 50);
    // Only what this page shows is opened.
    let mut rows = Vec::new();
    for summary in paging.cut(all) {
        let opened = acts::mailboxes::open(&ctx, summary).await?;
        rows.push(MailboxRow {
            id: opened.summary.id.to_string(),
            address: opened.address.text(),
            state: opened.summary.state.id(),
            tone: tone(opened.summary.state),
            used_bytes: count(opened.summary.used_bytes),
            quota_bytes: count(opened.summary.whole_quota_bytes),
        });
    }
    let domains = i64::try_from(domains.len()).unwrap_or(i64::MAX);
    ctx.page(&MailboxesPage { mailboxes: rows, paging, domains, may_change: ctx.has_role(TECHNICAL) })
}

fn count(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// `GET /center/mailboxes/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let page = new_page(&ctx, Form::new()).await?;
    if page.domains.is_empty() {
        return ctx.sorry("/center/domains", msg("domain-prove-first"));
    }
    ctx.page(&page)
}

async fn new_page(ctx: &Ctx, form: Form) -> Result<NewMailboxPage, WebError> {
    let domains = acts::mailboxes::domains(ctx).await?;
    let option =
        |domain: &Domain| Choose::new(domain.id.to_string(), format!("@{}", domain.name.to_unicode()));
    Ok(NewMailboxPage { form, domains: domains.iter().map(option).collect() })
}

const GIGABYTE: u64 = 1_000_000_000;

/// Reads a quota in gigabytes; empty is what the plan says.
fn quota(form: &mut Form, submitted: &Submitted) -> Option<u64> {
    let given = submitted.get("quota_gb");
    if given.is_empty() {
        return None;
    }
    match given.parse::<u64>() {
        Ok(gigabytes) if gigabytes <= 10_000 => Some(gigabytes * GIGABYTE),
        _ => {
            form.refuse("quota_gb", msg("mailbox-quota-wrong"));
            None
        }
    }
}

fn within_plan(form: &mut Form, domain: &Domain, wanted: Option<u64>) {
    if let Some(most) = acts::mailboxes::too_much(domain, wanted) {
        let most = i64::try_from(most / GIGABYTE).unwrap_or(i64::MAX);
        form.refuse("quota_gb", msg("mailbox-quota-most").with("most", most));
    }
}

/// `POST /center/mailboxes`
pub async fn make(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let domains = acts::mailboxes::domains(&ctx).await?;
    let chosen: Option<DomainId> = ctx.form.get("domain").parse().ok();
    let Some(domain) = domains.into_iter().find(|domain| Some(domain.id) == chosen) else {
        form.refuse("domain", msg("form-required"));
        let page = new_page(&ctx, form).await?;
        return ctx.refused(&page);
    };
    let quota_bytes = quota(&mut form, &ctx.form);
    within_plan(&mut form, &domain, quota_bytes);
    let wanted = MailboxToMake { local: ctx.form.get("local"), name: "", password: None, quota_bytes };
    if let Some(id) = acts::mailboxes::make(&ctx, &mut form, &domain, wanted).await? {
        return ctx.done(&format!("/center/mailboxes/{id}"), msg("mailbox-made"));
    }
    let page = new_page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `GET /center/mailboxes/{mailbox}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = one(&ctx, None).await?;
    ctx.page(&page)
}

async fn one(ctx: &Ctx, new_password: Option<NewPassword>) -> Result<MailboxPage, WebError> {
    let office = &ctx.state.office;
    let id: MailboxId = ctx.param("mailbox")?;
    let opened = acts::mailboxes::open(ctx, office.mailbox_summary(id).await?).await?;
    let passwords = acts::mailboxes::app_passwords(ctx, id).await?.into_iter().map(|item| PasswordRow {
        id: item.id.to_string(),
        name: item.name,
        made_at: item.made_at,
        used_at: item.used_at,
    });
    let domain = office.domain(office.mailbox_facts(id).await?.domain).await?;
    let aliases = acts::aliases::opened(ctx, domain.id).await?;
    let suspicion = ctx.state.holds.guard().suspicion(id).await?;
    let limits = ladder::of_mailbox(ctx, id, domain.id).await?;
    let mine = aliases.into_iter().filter(|alias| alias.mailbox == Some(id));
    Ok(MailboxPage {
        id: id.to_string(),
        address: opened.address.text(),
        domain: opened.address.reshape(|address| address.domain().to_unicode()),
        state: opened.summary.state.id(),
        tone: tone(opened.summary.state),
        strange: suspicion.map(|suspicion| StrangeSignIn::of(&suspicion, true)),
        limits,
        used_bytes: count(opened.summary.used_bytes),
        quota_bytes: count(opened.summary.whole_quota_bytes),
        passwords: passwords.collect(),
        new_password,
        password_form: Form::new(),
        name_form: Form::new().with("name", opened.name),
        quota_form: Form::new().with("quota_gb", (opened.summary.quota_bytes / GIGABYTE).to_string()),
        aliases: mine
            .map(|alias| AliasItem { id: alias.id.to_string(), address: alias.address.text() })
            .collect(),
        alias_form: Form::new(),
        rules: match ctx.has_role(TECHNICAL) {
            true => Some(rules(&office.narrowed_class(id).await?, &granted(&domain))),
            false => None,
        },
        may_change: ctx.has_role(TECHNICAL),
    })
}

/// `POST /center/mailboxes/{mailbox}/passwords`
pub async fn make_password(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    let given = ctx.form.get("name");
    let name = if given.is_empty() { ctx.say("app-password-device") } else { given.to_owned() };
    let (_, secret) = acts::mailboxes::make_app_password(&ctx, id, &name).await?;
    // Shown in the answer itself: a password belongs neither into an address nor into a cookie.
    let page = one(&ctx, Some(NewPassword { name, secret })).await?;
    ctx.page(&page)
}

/// `POST /center/mailboxes/{mailbox}/passwords/{password}/revoke`
pub async fn revoke_password(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    ctx.state.office.revoke_app_password(id, ctx.param("password")?).await?;
    ctx.done(&format!("/center/mailboxes/{id}"), msg("app-password-revoked"))
}

/// `POST /center/mailboxes/{mailbox}/quota`
pub async fn set_quota(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    let mut form = Form::of(&ctx.form);
    let quota_bytes = quota(&mut form, &ctx.form);
    let facts = ctx.state.office.mailbox_facts(id).await?;
    let domain = ctx.state.office.domain(facts.domain).await?;
    within_plan(&mut form, &domain, quota_bytes);
    if !form.good() {
        let mut page = one(&ctx, None).await?;
        page.quota_form = form;
        return ctx.refused(&page);
    }
    ctx.state.office.change_mailbox(id, MailboxChange { quota_bytes, ..MailboxChange::default() }).await?;
    ctx.done(&format!("/center/mailboxes/{id}"), msg("mailbox-quota-saved"))
}

/// What the service and the domain leave to a mailbox.
fn granted(domain: &Domain) -> ClassLimits {
    domain.own_class.within(domain.class)
}

/// `POST /center/mailboxes/{mailbox}/rules`
pub async fn set_rules(ctx: Ctx) -> Answer {
    let office = &ctx.state.office;
    let id: MailboxId = ctx.param("mailbox")?;
    let domain = office.domain(office.mailbox_facts(id).await?.domain).await?;
    let mut form = Form::of(&ctx.form);
    let own = acts::rules::read(&ctx.form, &mut form, &granted(&domain));
    if !form.good() {
        let rules = Rules { form, ..rules(&own, &granted(&domain)) };
        let page = MailboxPage { rules: Some(rules), ..one(&ctx, None).await? };
        return ctx.refused(&page);
    }
    office.change_mailbox(id, MailboxChange { class: Some(own), ..MailboxChange::default() }).await?;
    ctx.done(&format!("/center/mailboxes/{id}"), msg("rules-saved"))
}

/// `POST /center/mailboxes/{mailbox}/name`
pub async fn set_name(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    let mut form = Form::of(&ctx.form);
    let name = form.required(&ctx.form, "name").to_owned();
    if form.good() {
        acts::mailboxes::set_name(&ctx, id, &name).await?;
        return ctx.done(&format!("/center/mailboxes/{id}"), msg("mailbox-name-saved"));
    }
    let page = MailboxPage { name_form: form, ..one(&ctx, None).await? };
    ctx.refused(&page)
}

/// `POST /center/mailboxes/{mailbox}/sign-in`: whether it was one of them who signed in from a strange place.
pub async fn answer_sign_in(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    let back = format!("/center/mailboxes/{id}");
    match ctx.form.get("do") {
        "known" => {
            held::know_place(&ctx, id).await?;
            ctx.done(&back, msg("strange-known-done"))
        }
        "stolen" => {
            held::report_theft(&ctx, id).await?;
            ctx.done(&back, msg("strange-stolen-done"))
        }
        _ => Err(WebError::Bad(msg("form-required"))),
    }
}

/// `POST /center/mailboxes/{mailbox}/close`
pub async fn close(ctx: Ctx) -> Answer {
    acts::mailboxes::set_state(&ctx, ctx.param("mailbox")?, MailboxState::Closed).await?;
    ctx.done("/center/mailboxes", msg("mailbox-closed-done"))
}

/// `POST /center/mailboxes/{mailbox}/open`
pub async fn open_again(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    acts::mailboxes::set_state(&ctx, id, MailboxState::Active).await?;
    ctx.done(&format!("/center/mailboxes/{id}"), msg("mailbox-open-done"))
}
