//! Announcements: staff write, look at what readers will see, see how many that are, and send. Nobody's data is opened for
//! it; who the readers are is not shown.

pub mod act;
pub mod compose;
pub mod one;
pub mod preview;

use mailkeep_outreach::announcements::{Announcement, AnnouncementState};
use mailkeep_outreach::lists::ListExport;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::mail::topic_name;
use crate::messages::Msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// All announcements, and the lists for letters and calls that were made.
#[derive(Debug, Serialize)]
pub struct AnnouncementsPage {
    /// The announcements.
    pub announcements: Vec<AnnouncementRow>,
    /// The lists.
    pub lists: Vec<ListRow>,
}

/// An announcement in the list.
#[derive(Debug, Clone, Serialize)]
pub struct AnnouncementRow {
    /// Its number.
    pub id: String,
    /// Its subject.
    pub title: String,
    /// Its topic in words.
    pub topic: Msg,
    /// Whether it is an offer.
    pub offer: bool,
    /// Where it stands.
    pub state: &'static str,
    /// How many messages passed the gate.
    pub queued: i64,
    /// How many were gone through.
    pub considered: i64,
    /// When it was changed last.
    pub at: Timestamp,
    /// When it begins by itself.
    pub send_at: Option<Timestamp>,
    /// Whether it waits for somebody else to look at it.
    pub waits: bool,
}

/// A list that was made.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow {
    /// Its topic in words.
    pub topic: Msg,
    /// For letters or calls.
    pub channel: &'static str,
    /// How many people.
    pub people: i64,
    /// How many were left out.
    pub left_out: i64,
    /// The day of the do-not-call registry.
    pub scrubbed_on: Option<String>,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub at: Timestamp,
}

impl Page for AnnouncementsPage {
    const TEMPLATE: &'static str = "console/announcements.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, topic: &str, state, queued, considered, days| AnnouncementRow {
            id: "a".to_owned(),
            title: title.to_owned(),
            topic: topic_name(topic),
            offer: topic == "special_offers" && state != "scheduled",
            state,
            queued,
            considered,
            at: samples::days_ago(days),
            send_at: (state == "scheduled").then(|| samples::days_ago(-2)),
            waits: state == "draft",
        };
        let list = ListRow {
            topic: topic_name("special_offers"),
            channel: "telephone",
            people: 41,
            left_out: 6,
            scrubbed_on: Some("2026-05-02".to_owned()),
            made_by: "rosalind".to_owned(),
            at: samples::days_ago(9),
        };
        let announcements = vec![
            row("A calendar that answers invitations", "product_updates", "draft", 0, 0, 0),
            row("New prices from July", "special_offers", "scheduled", 0, 0, 1),
            row("Three months for the price of two", "special_offers", "sending", 312, 900, 0),
            row("The newsletter of May", "newsletter", "sent", 2210, 2391, 12),
        ];
        vec![
            AnnouncementsPage { announcements, lists: vec![list] },
            AnnouncementsPage { announcements: Vec::new(), lists: Vec::new() },
        ]
    }
}

fn row(announcement: Announcement) -> AnnouncementRow {
    AnnouncementRow {
        id: announcement.id.to_string(),
        topic: topic_name(&announcement.topic),
        offer: announcement.offer.is_some(),
        title: announcement.title,
        state: announcement.state.word(),
        queued: announcement.queued,
        considered: announcement.considered,
        at: announcement.changed_at,
        send_at: announcement.send_at.filter(|_| announcement.state == AnnouncementState::Scheduled),
        waits: announcement.asked_at.is_some()
            && announcement.approved.is_none()
            && !matches!(announcement.state, AnnouncementState::Sent | AnnouncementState::Cancelled),
    }
}

fn list_row(list: ListExport) -> ListRow {
    ListRow {
        topic: topic_name(&list.topic),
        channel: list.channel.id(),
        people: list.people,
        left_out: list.left_out,
        scrubbed_on: list.scrubbed_on,
        made_by: list.made_by,
        at: list.at,
    }
}

/// `GET /console/announcements`
pub async fn show(ctx: Ctx) -> Answer {
    let announcements = ctx.state.outreach.list_announcements().await?;
    let lists = ctx.state.outreach.lists_made().await?;
    ctx.page(&AnnouncementsPage {
        announcements: announcements.into_iter().map(row).collect(),
        lists: lists.into_iter().map(list_row).collect(),
    })
}
