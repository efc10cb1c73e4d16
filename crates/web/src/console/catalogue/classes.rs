//! Classes of service: what plans grant, in one place for all who have it.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::classes::{ClassLimits, ClassUse, MailProtocol, ServiceClass};
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use super::limits_form::{limits_field, read_limits, with_limits};
use super::{name_of, names};
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The classes.
#[derive(Debug, Serialize)]
pub struct ClassesPage {
    /// Every class.
    pub classes: Vec<ClassRow>,
}

/// A class in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ClassRow {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The plans on offer that grant it.
    pub plans: Vec<String>,
    /// Running services under it.
    pub services: i64,
    /// The quota of a new mailbox in bytes; 0 is no limit.
    pub quota_bytes: i64,
    /// The largest message in bytes.
    pub message_bytes: i64,
    /// Most recipients in a day.
    pub recipients: i64,
    /// What it keeps mailboxes from: words of protocols.
    pub without: Vec<&'static str>,
    /// Whether mail programs need application passwords.
    pub app_only: bool,
}

impl Page for ClassesPage {
    const TEMPLATE: &'static str = "console/catalogue/classes.html";

    fn samples() -> Vec<Self> {
        let row = |key: &str, name: &str, services, gb: i64, without, app_only| ClassRow {
            key: key.to_owned(),
            name: name.to_owned(),
            plans: if services == 0 { Vec::new() } else { vec![name.to_owned()] },
            services,
            quota_bytes: gb * 1_000_000_000,
            message_bytes: 50_000_000,
            recipients: 10_000,
            without,
            app_only,
        };
        vec![
            ClassesPage {
                classes: vec![
                    row("personal", "Personal", 214, 10, vec!["dav"], false),
                    row("business", "Business", 1310, 25, Vec::new(), true),
                    row("kiosk", "Kiosk", 0, 0, vec!["smtp", "imap", "dav"], false),
                ],
            },
            ClassesPage { classes: Vec::new() },
        ]
    }
}

/// One class.
#[derive(Debug, Serialize)]
pub struct ClassPage {
    /// Its key; empty for a new one.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it grants.
    pub form: Form,
    /// The state of the class that the form was filled from.
    pub seen: String,
    /// The plans on offer that grant it.
    pub plans: Vec<String>,
    /// Running services under it.
    pub services: i64,
    /// Mailboxes ordered with them.
    pub mailboxes: i64,
    /// Whether this is the question before a change that holds for somebody.
    pub asks: bool,
    /// What it said over time, newest first.
    pub history: Vec<SaidRow>,
}

/// What a class said from a day on.
#[derive(Debug, Clone, Serialize)]
pub struct SaidRow {
    /// Since when.
    pub at: Timestamp,
    /// Who changed it; nobody when it came from the configuration.
    pub by: Option<String>,
    /// The quota of a new mailbox in bytes; 0 is no limit.
    pub quota_bytes: i64,
    /// The largest message in bytes.
    pub message_bytes: i64,
    /// Most recipients in a day.
    pub recipients: i64,
}

impl Page for ClassPage {
    const TEMPLATE: &'static str = "console/catalogue/class.html";

    fn samples() -> Vec<Self> {
        let form = || with_limits(Form::new().with("name", "Business"), &ClassLimits::default());
        let said = |days, by: Option<&str>, mb: i64| SaidRow {
            at: samples::days_ago(days),
            by: by.map(str::to_owned),
            quota_bytes: 25_000_000_000,
            message_bytes: mb * 1_000_000,
            recipients: 10_000,
        };
        let page = |form: Form, asks| ClassPage {
            key: "business".to_owned(),
            name: "Business".to_owned(),
            form,
            seen: "1".to_owned(),
            plans: vec!["Business".to_owned(), "School".to_owned()],
            services: 1310,
            mailboxes: 8410,
            asks,
            history: vec![said(3, Some("rosalind"), 50), said(400, None, 25)],
        };
        vec![
            page(form(), false),
            page(form().with("message_mb", "20"), true),
            page(form().wrong("message_mb", msg("form-number")), false),
            ClassPage {
                key: String::new(),
                name: String::new(),
                services: 0,
                mailboxes: 0,
                plans: Vec::new(),
                history: Vec::new(),
                ..page(form(), false)
            },
        ]
    }
}

fn bytes(mb: u32) -> i64 {
    i64::from(mb) * 1_000_000
}

/// `GET /console/catalogue/classes`
pub async fn show(ctx: Ctx) -> Answer {
    let commerce = &ctx.state.commerce;
    let mut classes = Vec::new();
    for class in commerce.list_classes().await? {
        let (class, used) = commerce.show_class(&class.key).await?;
        let limits = class.limits;
        classes.push(ClassRow {
            key: class.key,
            name: class.name,
            plans: used.plans,
            services: i64::from(used.services),
            quota_bytes: bytes(limits.quota_mb),
            message_bytes: bytes(limits.message_size_mb),
            recipients: i64::from(limits.recipients_per_day),
            without: MailProtocol::ALL
                .into_iter()
                .filter(|protocol| !limits.protocols.contains(protocol))
                .map(MailProtocol::word)
                .collect(),
            app_only: limits.app_passwords_only,
        });
    }
    ctx.page(&ClassesPage { classes })
}

async fn page(
    ctx: &Ctx,
    class: &ServiceClass,
    used: ClassUse,
    form: Form,
    asks: bool,
) -> Result<ClassPage, WebError> {
    let names = names(ctx).await?;
    let history = ctx.state.commerce.class_history(&class.key).await?.into_iter().map(|said| SaidRow {
        at: said.at,
        by: name_of(&names, said.by),
        quota_bytes: bytes(said.limits.quota_mb),
        message_bytes: bytes(said.limits.message_size_mb),
        recipients: i64::from(said.limits.recipients_per_day),
    });
    Ok(ClassPage {
        key: class.key.clone(),
        name: class.name.clone(),
        form,
        seen: seen(class),
        plans: used.plans,
        services: i64::from(used.services),
        mailboxes: i64::try_from(used.mailboxes).unwrap_or(i64::MAX),
        asks,
        history: history.collect(),
    })
}

/// Names the state of a class, so that nobody changes what they did not see.
fn seen(class: &ServiceClass) -> String {
    class.at.as_micros().to_string()
}

fn blank(staff: StaffId, at: Timestamp) -> ServiceClass {
    ServiceClass {
        key: String::new(),
        name: String::new(),
        limits: ClassLimits::default(),
        by: Some(staff),
        at,
    }
}

/// `GET /console/catalogue/classes/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let class = blank(ctx.who.staff()?.staff, ctx.state.clock.now());
    let form = with_limits(Form::new(), &class.limits);
    let page = page(&ctx, &class, ClassUse::default(), form, false).await?;
    ctx.page(&page)
}

/// Reads what was sent, with the mistakes beside their fields.
fn read(ctx: &Ctx, base: ClassLimits) -> (Form, String, ClassLimits) {
    let mut form = Form::of(&ctx.form);
    let name = form.required(&ctx.form, "name").to_owned();
    let limits = read_limits(&ctx.form, &mut form, base);
    for (key, message) in limits.problems() {
        let text = msg("verbatim").with("text", sentence(message));
        match limits_field(key) {
            Some(field) if !form.errors.contains_key(field) => form.refuse(field, text),
            Some(_) => {}
            None => form.refuse_all(text),
        }
    }
    (form, name, limits)
}

/// `POST /console/catalogue/classes/new`
pub async fn make(ctx: Ctx) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let class = blank(staff, ctx.state.clock.now());
    let (mut form, name, limits) = read(&ctx, class.limits.clone());
    let key = form.required(&ctx.form, "key").to_owned();
    if form.good() {
        match ctx.state.commerce.make_class(staff, &key, &name, limits).await {
            Ok(()) => return ctx.done("/console/catalogue/classes", msg("class-made")),
            Err(error) => form.take(error, &["key", "name"])?,
        }
    }
    let page = page(&ctx, &class, ClassUse::default(), form, false).await?;
    ctx.refused(&page)
}

/// `GET /console/catalogue/classes/{class}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let key: String = ctx.param("class")?;
    let (class, used) = ctx.state.commerce.show_class(&key).await?;
    let form = with_limits(Form::new().with("name", class.name.clone()), &class.limits);
    let page = page(&ctx, &class, used, form, false).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/classes/{class}`: asks first when the change holds for somebody.
pub async fn save(ctx: Ctx) -> Answer {
    let key: String = ctx.param("class")?;
    let here = format!("/console/catalogue/classes/{key}");
    let (class, used) = ctx.state.commerce.show_class(&key).await?;
    if ctx.form.get("seen") != seen(&class) {
        return ctx.sorry(&here, msg("class-changed-meanwhile"));
    }
    let (mut form, name, limits) = read(&ctx, class.limits.clone());
    if form.good() && limits != class.limits && used.services > 0 && !ctx.form.ticked("sure") {
        let page = page(&ctx, &class, used, form, true).await?;
        return ctx.page(&page);
    }
    if form.good() {
        match ctx.state.commerce.change_class(ctx.who.staff()?.staff, &class, &name, limits).await {
            Ok(()) => return ctx.done("/console/catalogue/classes", msg("class-saved")),
            Err(CommerceError::Staff(_)) => return ctx.sorry(&here, msg("class-changed-meanwhile")),
            Err(error) => form.take(error, &["name"])?,
        }
    }
    let page = page(&ctx, &class, used, form, false).await?;
    ctx.refused(&page)
}
