//! What the house wrote to those who chose to hear of it, for everybody: what its writers put here. No page of it sets a cookie, and nothing
//! counts who reads.

pub mod feed;
pub mod one;

use mailkeep_outreach::announcements::Announcement;
use mailkeep_types::{Habits, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::mail::topic_name;
use crate::messages::Msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

const SIZE: i64 = 20;

/// What was written to many.
#[derive(Debug, Serialize)]
pub struct NewsPage {
    /// One page of it, the newest first.
    pub news: Vec<NewsLink>,
    /// Which page.
    pub paging: Paging,
    /// The topic to which it is narrowed down; empty for all.
    pub topic: String,
    /// The topics that there is something of.
    pub topics: Vec<(String, Msg)>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct NewsLink {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The language of title and text.
    pub language: &'static str,
    /// What it is about, in words.
    pub topic: Msg,
    /// When it was sent.
    pub at: Timestamp,
}

impl From<&Announcement> for NewsLink {
    fn from(found: &Announcement) -> Self {
        NewsLink {
            id: found.id.to_string(),
            title: found.title.clone(),
            language: Habits::of(&found.language).language(),
            topic: topic_name(&found.topic),
            at: sent_at(found),
        }
    }
}

/// When it was sent: when that began, because then the first one had it.
fn sent_at(found: &Announcement) -> Timestamp {
    found.begun_at.unwrap_or(found.created_at)
}

fn sample_links() -> Vec<NewsLink> {
    let link = |title: &str, language, topic, days| NewsLink {
        id: "a".to_owned(),
        title: title.to_owned(),
        language,
        topic: topic_name(topic),
        at: samples::days_ago(days),
    };
    vec![
        link("A calendar that answers invitations", "en", "product_updates", 3),
        link("Unser Rundbrief im Mai", "de", "newsletter", 12),
        link("The newsletter of April", "en", "newsletter", 41),
    ]
}

impl Page for NewsPage {
    const TEMPLATE: &'static str = "site/news/list.html";

    fn samples() -> Vec<Self> {
        let topics: Vec<_> =
            ["newsletter", "product_updates"].map(|topic| (topic.to_owned(), topic_name(topic))).into();
        let paging = |total| Paging { page: 1, size: SIZE, total };
        vec![
            NewsPage {
                news: sample_links(),
                paging: paging(64),
                topic: String::new(),
                topics: topics.clone(),
            },
            NewsPage { news: sample_links(), paging: paging(3), topic: "newsletter".to_owned(), topics },
            NewsPage { news: Vec::new(), paging: paging(0), topic: String::new(), topics: Vec::new() },
        ]
    }
}

/// `GET /news?topic=…&page=…`
pub async fn show(ctx: Ctx) -> Answer {
    let asked = Paging::asked(ctx.query.get("page"), SIZE);
    let topics = ctx.state.outreach.archive_topics().await?;
    let topic = topics.iter().find(|topic| *topic == ctx.query.get("topic")).cloned();
    let (news, total) = ctx.state.outreach.archive(topic.as_deref(), asked.skip(), asked.size).await?;
    ctx.page(&NewsPage {
        news: news.iter().map(NewsLink::from).collect(),
        paging: asked.of(total),
        topic: topic.unwrap_or_default(),
        topics: topics
            .into_iter()
            .map(|topic| (topic_name(&topic), topic))
            .map(|(name, topic)| (topic, name))
            .collect(),
    })
}
