//! The link under a message: one button, no sign-in, no cookie. Looking changes nothing; the button's act counts at once
//! (RFC 8058). Mail programs send the act themselves.

use mailkeep_outreach::choices::{ONE_CLICK, STOP_OFFERS, Standing, Wanted};
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::Channel;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::mail::topic_name;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;

/// The page of the link.
#[derive(Debug, Serialize)]
pub struct OneClickPage {
    /// The topic in words.
    pub topic: Msg,
    /// Where its forms lead.
    pub action: String,
    /// What was done: nothing yet, `stopped`, `offers`, `undone` or `kept`.
    pub done: &'static str,
    /// Whether it can be taken back.
    pub undo: bool,
    /// Whether the topic is an offer, so that all offers can be stopped beside it.
    pub offer: bool,
    /// What else comes to the same reader.
    pub others: Vec<Other>,
}

/// A topic that comes on a channel.
#[derive(Debug, Clone, Serialize)]
pub struct Other {
    /// The topic and the channel, with a colon between them.
    pub value: String,
    /// The topic in words.
    pub topic: Msg,
    /// The channel.
    pub channel: &'static str,
}

impl Page for OneClickPage {
    const TEMPLATE: &'static str = "site/choices.html";

    fn samples() -> Vec<Self> {
        let page = |topic: &str, done: &'static str, undo, offer| OneClickPage {
            topic: topic_name(topic),
            action: "/choices/sample".to_owned(),
            done,
            undo,
            offer,
            others: ["blog", "status_webmail"].map(other_by_email).into(),
        };
        vec![
            page("special_offers", "", false, true),
            page("newsletter", "", false, false),
            page("special_offers", "stopped", true, true),
            page("special_offers", "offers", true, true),
            page("newsletter", "undone", false, false),
            page("newsletter", "kept", false, false),
            OneClickPage { others: Vec::new(), ..page("newsletter", "", false, false) },
        ]
    }
}

fn other_by_email(topic: &str) -> Other {
    other(topic, Channel::Email)
}

fn other(topic: &str, channel: Channel) -> Other {
    Other { value: format!("{topic}:{channel}"), topic: topic_name(topic), channel: channel.id() }
}

/// What comes to a reader besides the topic of the link.
async fn besides(ctx: &Ctx, subject: Subject, topic: &str) -> Result<Vec<Standing>, WebError> {
    let mut standing = ctx.state.outreach.standing(subject).await?;
    standing.retain(|one| one.comes && (one.topic != topic || one.channel != Channel::Email));
    Ok(standing)
}

/// A topic on a channel as a reader sees it: kept in the receipt.
pub fn topic_text(ctx: &Ctx, topic: &str, channel: Channel) -> String {
    let by = ctx.text(&Msg { id: format!("choices-by-{channel}").into(), args: Default::default() });
    let name = ctx.text(&topic_name(topic));
    let brings = ctx.text(&Msg { id: format!("topic-{topic}-brings").into(), args: Default::default() });
    format!("{name}, {by}: {brings}")
}

fn read(ctx: &Ctx) -> Result<(Subject, String), WebError> {
    let token = ctx.params.get("token").map(String::as_str).unwrap_or_default();
    ctx.state.policy.read_choice_token(token).ok_or(WebError::NotFound)
}

async fn answer(ctx: &Ctx, subject: Subject, topic: &str, done: &'static str) -> Answer {
    let receipts = ctx.state.outreach.receipts(subject).await?;
    let undo = ctx.state.outreach.can_undo(&receipts);
    let terms = ctx.state.policy.compiled().topic(topic);
    let class = terms.map_or(topic, |terms| terms.class.id());
    let others = besides(ctx, subject, topic).await?;
    let page = OneClickPage {
        topic: topic_name(topic),
        action: ctx.path.clone(),
        done,
        undo,
        offer: class == "marketing",
        others: others.iter().map(|one| other(&one.topic, one.channel)).collect(),
    };
    Ok(super::of_secret_link(ctx.page(&page)?))
}

/// `GET /choices/{token}`: shows the button and does nothing, for scanners follow links.
pub async fn show(ctx: Ctx) -> Answer {
    let (subject, topic) = read(&ctx)?;
    answer(&ctx, subject, &topic, "").await
}

/// `POST /choices/{token}`: answers with 200 and no redirect, whoever sends it.
pub async fn submit(ctx: Ctx) -> Answer {
    let (subject, topic) = read(&ctx)?;
    let outreach = &ctx.state.outreach;
    if ctx.form.get("List-Unsubscribe") == "One-Click" {
        let wording = topic_text(&ctx, &topic, Channel::Email);
        outreach.stop_topic(subject, &topic, Some(wording), ctx.manner(ONE_CLICK)).await?;
        return answer(&ctx, subject, &topic, "stopped").await;
    }
    match ctx.form.get("act") {
        "offers" => {
            let wording = ctx.say("choices-stop");
            outreach.stop_offers(subject, Some(wording), ctx.manner(STOP_OFFERS)).await?;
            answer(&ctx, subject, &topic, "offers").await
        }
        "undo" => {
            outreach.undo_stop(subject, ctx.manner(ONE_CLICK)).await?;
            answer(&ctx, subject, &topic, "undone").await
        }
        "keep" => {
            keep(&ctx, subject, &topic).await?;
            answer(&ctx, subject, &topic, "kept").await
        }
        _ => Err(WebError::Bad(msg("one-click-unclear"))),
    }
}

/// Stops what is not ticked of what comes besides the topic of the link. Nothing begins by a link: who has it may not be its reader.
async fn keep(ctx: &Ctx, subject: Subject, topic: &str) -> Result<(), WebError> {
    let kept: Vec<&str> = ctx.form.all("keep").collect();
    let ended: Vec<Wanted> = besides(ctx, subject, topic)
        .await?
        .into_iter()
        .filter(|one| !kept.contains(&format!("{}:{}", one.topic, one.channel).as_str()))
        .map(|one| Wanted {
            yes: false,
            wording: topic_text(ctx, &one.topic, one.channel),
            topic: one.topic,
            channel: one.channel,
        })
        .collect();
    ctx.state.outreach.choose(subject, ended, ctx.manner(ONE_CLICK)).await?;
    Ok(())
}
