//! Messages to people, rendered for the outbound message gate: plain text and simple HTML of the same content.
//!
//! A template of the policy file such as `commerce/order_accepted` is a text of `mail.ftl` under the id
//! `mail-commerce-order_accepted`: the value is subject and headline, `.text` its paragraphs, `.button` what the link
//! says, `.why` why the reader gets it where it is not for their account. The context of the notice gives the link (`link`, or `path` below the site) and the facts that are listed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use mailkeep_policy::Policy;
use mailkeep_types::{AnnouncementId, Timestamp};
use minijinja::Value;
use serde::Serialize;
use serde_json::Value as Json;

use crate::chrome::Chrome;
use crate::config::WebConfig;
use crate::embedded::MESSAGES;
use crate::format::Format;
use crate::markdown;
use crate::messages::{Arg, FALLBACK, Msg, msg};
use crate::mjml::Fault;
use crate::offers::OfferWords;
use crate::render::{RenderError, Renderer};
use crate::site::status::part_name;
use crate::uses::Words;

/// A message, ready to be built into a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedMail {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// How a reader declines what a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosing {
    /// The topic, or the class where the message has none.
    pub topic: String,
    /// The link with one button.
    pub link: String,
}

impl Choosing {
    /// What somebody is shown who is not the reader: the reader's own link is theirs alone, and this one leads nowhere.
    pub fn preview(config: &WebConfig, topic: &str) -> Self {
        let site = config.public_url.trim_end_matches('/');
        Choosing { topic: topic.to_owned(), link: format!("{site}/choices/preview") }
    }
}

/// What a message is made of.
#[derive(Debug, Clone, Copy)]
pub struct Rendering<'a> {
    /// The reader's language.
    pub language: &'a str,
    /// The time.
    pub now: Timestamp,
    /// The template, as the policy file lists it.
    pub template: &'a str,
    /// What the notice gave.
    pub context: &'a Json,
    /// How the reader declines it; nothing for what is always sent.
    pub choosing: Option<&'a Choosing>,
    /// Subject and text of an announcement or an incident, which their templates leave open.
    pub announced: Option<Announced<'a>>,
    /// What its coupon gives, where it is an offer.
    pub offer: Option<&'a OfferWords>,
}

/// What an announcement or an incident says.
#[derive(Debug, Clone, Copy)]
pub struct Announced<'a> {
    /// The subject.
    pub title: &'a str,
    /// The text.
    pub body: &'a markdown::Rendered,
    /// Where it stands on the site; nothing for what does not.
    pub page: Option<&'a str>,
}

/// Why a message could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The template has no text.
    #[error("there is no text {0} in locales/en/mail.ftl")]
    NoText(String),
    /// The design of an announcement has a fault, which was not there when it was kept.
    #[error("the text of the announcement cannot be rendered: {0:?}")]
    Design(Fault),
    /// A mistake in the common templates.
    #[error(transparent)]
    Render(#[from] RenderError),
}

#[derive(Debug, Serialize)]
struct MailPage<'a> {
    subject: String,
    headline: String,
    paragraphs: Vec<String>,
    /// The text of an announcement as HTML, and as plain text.
    body: Option<&'a markdown::Rendered>,
    /// Where an announcement stands on the site.
    page: Option<&'a str>,
    /// What an offer gives.
    offer: Option<&'a OfferWords>,
    button: String,
    link: Option<String>,
    facts: Vec<FactLine>,
    why: String,
    /// Where one click ends it, and where all choices are.
    stop: Option<String>,
}

#[derive(Debug, Serialize)]
struct FactLine {
    name: String,
    value: String,
}

/// The templates that there are texts for, e.g. `commerce/order_accepted`. A text with a body is a message; the others
/// are words that messages share.
pub fn templates() -> Vec<String> {
    let mut templates = Vec::new();
    for (_, _, text) in MESSAGES.iter().filter(|(language, _, _)| *language == FALLBACK) {
        let mut message = None;
        for line in text.lines() {
            if let Some((id, _)) = line.split_once('=').filter(|_| !line.starts_with(' ')) {
                message = id.trim().strip_prefix("mail-").and_then(|rest| rest.split_once('-'));
            }
            if let Some((area, name)) = message.filter(|_| line.trim_start().starts_with(".text")) {
                templates.push(format!("{area}/{name}"));
            }
        }
    }
    templates
}

/// Compares the templates of the build with the policy file in force.
///
/// # Errors
/// In words: a template that the file lists under no message class, or one that it lists and that has no text.
pub fn check_templates(policy: &Policy) -> Result<(), String> {
    let (templates, outbound) = (templates(), policy.outbound());
    outbound.check_templates(templates.iter().map(String::as_str)).map_err(|error| error.to_string())?;
    match outbound.templates().into_iter().find(|listed| !templates.contains(listed)) {
        None => Ok(()),
        Some(listed) => Err(format!(
            "the policy file lists the template {listed}, which has no text; write one or remove it"
        )),
    }
}

/// Renders a message.
///
/// # Errors
/// A template without text, or a mistake in the common templates.
pub fn render(
    renderer: &Renderer,
    config: &WebConfig,
    what: &Rendering<'_>,
) -> Result<RenderedMail, MailError> {
    let Rendering { language, now, template, context, choosing, announced, offer } = *what;
    let mut chrome = Chrome::visitor(config, now);
    chrome.language = language.to_owned();
    let id = format!("mail-{}", template.replace('/', "-"));
    let words = Words::new(renderer, language).mail(template, context);
    let context = &of_step(config, what, of_incident(renderer, config, what, words));
    let mut args = args_of(context);
    if let Some(announced) = announced {
        args.insert(Cow::Borrowed("title"), Arg::Text(announced.title.to_owned()));
    }
    let text_of = |id: &str| renderer.messages().text(language, id, &args);
    let attribute = |name: &str| renderer.messages().attribute(language, &id, name, &args);

    let subject = text_of(&id).ok_or_else(|| MailError::NoText(id.clone()))?;
    let text = attribute("text").ok_or_else(|| MailError::NoText(format!("{id}.text")))?;
    let link = attribute("button").and_then(|_| link_of(context, template, &chrome.brand.url));
    let facts = args
        .iter()
        .filter_map(|(name, value)| {
            let name = text_of(&format!("mail-fact-{name}"))?;
            let value = match value {
                Arg::Number(number) => number.to_string(),
                Arg::Text(text) => text.clone(),
            };
            Some(FactLine { name, value })
        })
        .collect();
    let why = match choosing {
        None => attribute("why").unwrap_or_else(|| renderer.text(language, &msg("mail-why-account"))),
        Some(choosing) => {
            let topic = renderer.text(language, &topic_name(&choosing.topic));
            renderer.text(language, &msg("mail-why-chosen").with("topic", topic))
        }
    };
    let page = Value::from_serialize(MailPage {
        headline: subject.clone(),
        paragraphs: text
            .split("\n\n")
            .map(|paragraph| paragraph.replace('\n', " "))
            // An announcement has no words but its own.
            .filter(|paragraph| announced.is_none_or(|announced| paragraph != announced.title))
            .collect(),
        body: announced.map(|announced| announced.body).filter(|body| !body.html.is_empty()),
        page: announced.and_then(|announced| announced.page),
        offer,
        button: attribute("button").unwrap_or_default(),
        link,
        facts,
        why,
        stop: choosing.map(|choosing| choosing.link.clone()),
        subject: subject.clone(),
    });
    Ok(RenderedMail {
        text: renderer.template("mail/message.txt", page.clone(), &chrome)?,
        html: renderer.template("mail/message.html", page, &chrome)?,
        // A line break in a subject would begin another header field.
        subject: subject.replace(['\r', '\n'], " "),
    })
}

/// Where links of an announcement lead that are counted, up to their number.
pub fn counted_at(config: &WebConfig, id: AnnouncementId, other: bool) -> String {
    let subject = if other { "b" } else { "a" };
    format!("{}/l/{id}/{subject}", config.public_url.trim_end_matches('/'))
}

/// Where an announcement stands on the site.
pub fn page_of(config: &WebConfig, id: AnnouncementId) -> String {
    format!("{}/news/{id}", config.public_url.trim_end_matches('/'))
}

/// The name of a topic, or of a class, in words.
pub fn topic_name(topic: &str) -> Msg {
    Msg { id: Cow::Owned(format!("topic-{topic}")), args: BTreeMap::new() }
}

/// The mail that tells of an incident: its parts by their names, its times as the house's clocks show them. Other messages
/// pass as they are.
fn of_incident(renderer: &Renderer, config: &WebConfig, what: &Rendering<'_>, mut context: Json) -> Json {
    let told = ["outreach/outage_", "outreach/maintenance_", "outreach/status_"];
    if !told.iter().any(|start| what.template.starts_with(start)) {
        return context;
    }
    let parts = context["parts"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let names: Vec<String> = parts.map(|key| part_name(renderer, what.language, key)).collect();
    context["parts"] = names.into();
    let format = Format::new(what.language, &config.time_zone, what.now);
    for name in ["starts_at", "planned_until", "ended_at"] {
        if let Some(micros) = context[name].as_i64() {
            context[name] = format!("{} ({})", format.time(micros), config.time_zone).into();
        }
    }
    context
}

/// The mail that tells of a step of the ladder: until when it lasts, as the house's clocks show it.
fn of_step(config: &WebConfig, what: &Rendering<'_>, mut context: Json) -> Json {
    if let Some(micros) = context["step_until"].as_i64() {
        let format = Format::new(what.language, &config.time_zone, what.now);
        context["step_until"] = format!("{} ({})", format.time(micros), config.time_zone).into();
    }
    context
}

/// The context's plain values; a list is joined.
fn args_of(context: &Json) -> BTreeMap<Cow<'static, str>, Arg> {
    let mut args = BTreeMap::new();
    for (name, value) in context.as_object().into_iter().flatten() {
        let arg = match value {
            Json::String(text) => Arg::Text(text.clone()),
            Json::Number(number) => {
                number.as_i64().map_or_else(|| Arg::Text(number.to_string()), Arg::Number)
            }
            Json::Array(items) => {
                Arg::Text(items.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(", "))
            }
            _ => continue,
        };
        args.insert(Cow::Owned(name.clone()), arg);
    }
    args
}

/// Where the button leads: the context's own link, else the page of what the message is about.
fn link_of(context: &Json, template: &str, site: &str) -> Option<String> {
    let text = |name: &str| context.get(name).and_then(Json::as_str);
    if let Some(link) = text("link") {
        return Some(link.to_owned());
    }
    if let Some(path) = text("path") {
        return Some(format!("{site}{path}"));
    }
    let token = || text("token");
    let path = match template {
        "identity/confirm_email" | "identity/confirm_new_email" => format!("/confirm?token={}", token()?),
        "identity/reset_password" => format!("/reset/new?token={}", token()?),
        "identity/email_taken" => "/reset".to_owned(),
        "identity/contact_invitation" => format!("/invitation?token={}", token()?),
        "identity/staff_enrolment" => format!("/console/enrol?token={}", token()?),
        "identity/staff_address" => format!("/console/you/address?token={}", token()?),
        "identity/export_ready" => "/center/privacy/copy".to_owned(),
        "identity/erasure_planned" => format!("/erasure?token={}", token()?),
        "identity/request_answered" => "/center/privacy/objections".to_owned(),
        // An announcement that asks nothing has no button.
        "outreach/announcement_feedback" => format!("/survey?token={}", text("survey")?),
        "outreach/confirm_subscription" => format!("/subscribe/confirm?token={}", token()?),
        "commerce/order_accepted" | "commerce/service_ready" => "/center".to_owned(),
        "commerce/service_cancelled"
        | "commerce/service_paused"
        | "commerce/service_deleted"
        | "commerce/billing_preview"
        | "commerce/plan_changed"
        | "commerce/add_on_added"
        | "commerce/add_on_removed"
        | "commerce/price_change" => "/center/services".to_owned(),
        "commerce/card_expiring" => "/center/cards".to_owned(),
        "commerce/credit_granted" | "commerce/credit_taken_back" => "/center/credit".to_owned(),
        "commerce/cover_granted" | "commerce/cover_refused" => "/center/cover".to_owned(),
        "commerce/hand_over_warned" | "commerce/hand_over_ended" | "commerce/hand_over_ready" => {
            "/center/hand-over".to_owned()
        }
        "commerce/terms_changed" => "/terms".to_owned(),
        "mailbox/domain_proven" | "mailbox/domain_problem" => "/center/domains".to_owned(),
        "mailbox/mail_held" | "mailbox/dead_addresses" | "mailbox/recipients_complain" => {
            "/mail/held".to_owned()
        }
        "mailbox/sending_limited" | "mailbox/sending_locked" => match text("mailbox_id") {
            Some(mailbox) => format!("/center/mailboxes/{mailbox}"),
            None => "/center".to_owned(),
        },
        "mailbox/service_terminated" => "/center/hand-over".to_owned(),
        "mailbox/strange_sign_in" => format!("/center/mailboxes/{}", text("mailbox_id")?),
        "mailbox/mailbox_ready" | "mailbox/quota_warning" => "/center/mailboxes".to_owned(),
        _ => match (text("order_id"), text("invoice_id")) {
            (Some(order), _) => format!("/order/{order}"),
            (None, Some(invoice)) => format!("/center/invoices/{invoice}"),
            (None, None) => "/center".to_owned(),
        },
    };
    Some(format!("{site}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailkeep_outbound_guard::ladder::StepCause;
    use serde_json::json;

    fn mail(template: &str, context: &Json) -> RenderedMail {
        let renderer = Renderer::embedded().unwrap().strict();
        let now = crate::samples::now();
        let what = Rendering {
            language: "en",
            now,
            template,
            context,
            choosing: None,
            announced: None,
            offer: None,
        };
        render(&renderer, &WebConfig::default(), &what).unwrap()
    }

    #[test]
    fn an_announcement_carries_its_text_and_how_to_stop_it() {
        let renderer = Renderer::embedded().unwrap().strict();
        let link = "https://www.example.com/choices/t0ken".to_owned();
        let what = Rendering {
            language: "en",
            now: crate::samples::now(),
            template: "outreach/offer",
            context: &json!({}),
            choosing: Some(&Choosing { topic: "special_offers".to_owned(), link: link.clone() }),
            announced: Some(Announced {
                title: "Spring",
                body: &markdown::render(
                    "## New\n\nA *better* price. <script>alert(1)</script> [See](https://example.com)",
                ),
                page: Some("https://www.example.com/news/n1"),
            }),
            offer: Some(&OfferWords::sample(&renderer, "en")),
        };
        let mail = render(&renderer, &WebConfig::default(), &what).unwrap();
        assert_eq!(mail.subject, "Spring");
        assert!(mail.html.contains("<em>better</em>") && !mail.html.contains("<script"), "{}", mail.html);
        for words in ["33.33% off each bill", "/order?coupon=SPRING-26", "30 June 2026"] {
            let html = mail.html.replace("&#x2f;", "/");
            assert!(html.contains(words) && mail.text.contains(words), "{words}: {html} {}", mail.text);
        }
        assert!(mail.text.contains("https://example.com") && !mail.text.contains("<em>"), "{}", mail.text);
        for body in [mail.text, mail.html.replace("&#x2f;", "/")] {
            assert!(body.contains(&link) && body.contains("Special offers"), "{body}");
            assert!(body.contains("https://www.example.com/news/n1"), "{body}");
        }
    }

    #[test]
    fn a_message_has_the_same_content_as_text_and_as_html() {
        let mail = mail("identity/confirm_email", &json!({ "token": "abc" }));
        assert_eq!(mail.subject, "Please confirm your e-mail address");
        // Slashes are escaped in HTML; the same address all the same.
        for body in [mail.text.clone(), mail.html.replace("&#x2f;", "/")] {
            assert!(body.contains("/confirm?token=abc"), "{body}");
            assert!(body.contains("without a confirmation nothing happens"), "{body}");
        }
        assert!(!mail.text.contains('<'));
    }

    #[test]
    fn facts_are_listed_and_values_cannot_become_markup_or_header_fields() {
        let context =
            json!({ "invoice_number": "INV-1\r\nBcc: <b>x</b>", "amount": "12.00 USD", "invoice_id": "i" });
        let mail = mail("commerce/invoice_issued", &context);
        assert!(!mail.subject.contains('\n') && !mail.subject.contains('\r'));
        assert!(mail.html.contains("12.00 USD") && !mail.html.contains("<b>x</b>"));
        assert!(mail.text.contains("/center/invoices/i"));
    }

    #[test]
    fn each_step_of_the_ladder_is_told_with_its_reason_in_every_language() {
        let renderer = Renderer::embedded().unwrap().strict();
        let told = |language, template, cause: &str| {
            let context = json!({
                "about": "mailbox", "mailbox_id": "m", "domain": "shop.example", "cause": cause,
                "step_until": crate::samples::now().as_micros(),
            });
            let (now, context) = (crate::samples::now(), &context);
            let what =
                Rendering { language, now, template, context, choosing: None, announced: None, offer: None };
            render(&renderer, &WebConfig::default(), &what).unwrap()
        };
        let templates = [
            "mailbox/sending_limited",
            "mailbox/sending_locked",
            "mailbox/domain_suspended",
            "mailbox/service_terminated",
            "mailbox/sending_restored",
        ];
        for language in ["en", "de", "es"] {
            for template in templates {
                let reasons: std::collections::BTreeSet<String> =
                    StepCause::ALL.iter().map(|cause| told(language, template, cause.word()).text).collect();
                let differ = if template == "mailbox/sending_restored" { 1 } else { StepCause::ALL.len() };
                assert_eq!(reasons.len(), differ, "{language} {template}");
                for text in &reasons {
                    assert!(!text.contains(['{', '}', '$']) && text.contains("shop.example"), "{text}");
                }
            }
        }
        let mail = told("en", "mailbox/sending_locked", "stolen");
        assert_eq!(mail.subject, "Nothing can be sent for now");
        for words in [
            "From a mailbox of yours nothing goes out, because somebody else sent mail from it.",
            "Make new passwords for the mailbox",
            "/center/mailboxes/m",
            "Until",
        ] {
            assert!(mail.text.replace('\n', " ").contains(words), "{words}: {}", mail.text);
        }
    }
}
