//! Hearing of something without an account: a visitor chooses topics, and nothing comes before the link of a message was
//! followed and its button pressed.

use mailkeep_identity::sites::Share;
use mailkeep_outreach::OutreachError;
use mailkeep_outreach::subscribers::{Asked, offered};
use mailkeep_policy::outbound::{Channel, MessageClass};
use serde::Serialize;

use super::account::outcome::OutcomePage;
use super::choices::topic_text;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The form.
#[derive(Debug, Serialize)]
pub struct SubscribePage {
    /// The address.
    pub form: Form,
    /// The topics.
    pub topics: Vec<TopicBox>,
    /// Whether the browser sends the Global Privacy Control signal, so that offers are not proposed.
    pub gpc: bool,
}

/// A topic to tick.
#[derive(Debug, Clone, Serialize)]
pub struct TopicBox {
    /// Its word.
    pub topic: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

impl Page for SubscribePage {
    const TEMPLATE: &'static str = "site/subscribe.html";

    fn samples() -> Vec<Self> {
        let page = |form, ticked: &str, gpc| {
            let all = [
                "newsletter",
                "blog",
                "status",
                "status_receiving",
                "status_webmail",
                "product_updates",
                "new_services",
                "special_offers",
            ];
            let all = all.iter().take(if gpc { 6 } else { 8 });
            let boxed = |topic: &&str| TopicBox { topic: (*topic).to_owned(), ticked: *topic == ticked };
            SubscribePage { form, topics: all.map(boxed).collect(), gpc }
        };
        let wrong = Form::new().with("email", "ada@").wrong("email", msg("form-email"));
        vec![
            page(Form::new(), "newsletter", false),
            page(wrong.wrong("topics", msg("subscribe-topics-none")), "", true),
        ]
    }
}

/// The page that the link of the message leads to; the act is its form.
#[derive(Debug, Serialize)]
pub struct ConfirmPage {
    /// The secret of the link.
    pub token: String,
}

impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "site/subscribe_confirm.html";

    fn samples() -> Vec<Self> {
        vec![ConfirmPage { token: "sample".to_owned() }]
    }
}

fn page(ctx: &Ctx, form: Form, ticked: &[&str]) -> SubscribePage {
    let gpc = ctx.gpc();
    let topics = offered(&ctx.state.policy)
        .filter(|topic| !gpc || topic.class != MessageClass::Marketing)
        .map(|topic| TopicBox { topic: topic.id.clone(), ticked: ticked.contains(&topic.id.as_str()) })
        .collect();
    SubscribePage { form, topics, gpc }
}

/// `GET /subscribe`; `?topic=` ticks one.
pub async fn show(ctx: Ctx) -> Answer {
    let asked = match ctx.query.get("topic") {
        "" => "newsletter",
        topic => topic,
    };
    let mut form = Form::new();
    // Whoever is signed in does not type what we know (P7).
    if ctx.access().person_in_browser().is_ok() {
        let known = ctx.state.identity.show_shares(ctx.access(), &[Share::Email]).await?;
        if let Some(email) = known.first().and_then(|share| share.values.first()) {
            form = form.with("email", email);
        }
    }
    ctx.page(&page(&ctx, form, &[asked]))
}

/// `POST /subscribe`
pub async fn submit(ctx: Ctx) -> Answer {
    let ticked: Vec<&str> = ctx.form.all("topics").collect();
    let mut form = Form::of(&ctx.form);
    let email = form.required(&ctx.form, "email").to_owned();
    if ticked.is_empty() {
        form.refuse("topics", msg("subscribe-topics-none"));
    }
    if form.good() {
        let asked = Asked {
            email,
            topics: ticked.iter().map(|topic| (*topic).to_owned()).collect(),
            language: ctx.language.clone(),
        };
        let network = ctx.peer.map(|peer| peer.to_string());
        match ctx.state.outreach.ask_to_subscribe(asked, network.as_deref()).await {
            Ok(()) => {
                return ctx
                    .page(&OutcomePage::look_into_mailbox("subscribe-sent-title", "subscribe-sent-text"));
            }
            Err(OutreachError::Field { field: "email", .. }) => form.refuse("email", msg("form-email")),
            Err(error) => form.take(error, &["topics"])?,
        }
    }
    ctx.refused(&page(&ctx, form, &ticked))
}

/// `GET /subscribe/confirm?token=…`: looking changes nothing.
pub async fn show_confirm(ctx: Ctx) -> Answer {
    ctx.page(&ConfirmPage { token: ctx.query.get("token").to_owned() })
}

/// `POST /subscribe/confirm`
pub async fn confirm(ctx: Ctx) -> Answer {
    let reader = ctx.clone();
    let wording = move |topic: &str| topic_text(&reader, topic, Channel::Email);
    let manner = ctx.manner(mailkeep_outreach::subscribers::DOUBLE_OPT_IN);
    match ctx.state.outreach.confirm_subscription(ctx.form.get("token"), wording, manner).await {
        Ok(_) => ctx.page(&OutcomePage::good("subscribe-done-title", "subscribe-done-text")),
        Err(OutreachError::LinkInvalid) => ctx.refused(
            &OutcomePage::bad("confirm-bad-title", "subscribe-bad-text")
                .leading("/subscribe", "subscribe-title"),
        ),
        Err(error) => Err(WebError::from(error)),
    }
}
