//! What staff write to many: one topic, one text, one message for each who wants it; at once or at a time, and above a size
//! after somebody else looked at it.

mod approve;
mod archive;
mod begin;
mod clicks;
mod count;
mod readers;
mod schedule;
pub(crate) mod send;
mod steer;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod try_out;
mod write;

use mailkeep_policy::outbound::MessageClass;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{AnnouncementId, OutboundId, StaffId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::offers::{self, Offer};
use crate::returns::StopReason;
use crate::{Outreach, OutreachError};

pub use clicks::Clicks;
pub use readers::{PlansOf, Readers};
pub use try_out::TEST;
pub use write::{Draft, MAX_BODY};

/// An announcement.
#[derive(Debug, Clone, Serialize)]
pub struct Announcement {
    /// Its number.
    pub id: AnnouncementId,
    /// About what.
    pub topic: String,
    /// The class of that topic.
    pub class: MessageClass,
    /// The language of the words around the text.
    pub language: String,
    /// The subject of the message.
    pub title: String,
    /// Another subject, which every other reader gets.
    pub other_title: Option<String>,
    /// The text.
    pub body: String,
    /// In which language the text is written.
    pub format: Format,
    /// Whether it is counted how often its links are followed.
    pub counts_links: bool,
    /// For whom of those who want it.
    pub readers: Readers,
    /// The coupon that it is about, where it is an offer.
    pub offer: Option<Offer>,
    /// Whether everybody finds it on the site once it is sent: an offer on the page of offers, as long as its coupon can be used, and everything
    /// else in the archive.
    pub listed: bool,
    /// Where it stands.
    pub state: AnnouncementState,
    /// Who wrote it.
    pub written_by: StaffId,
    /// Whose words they are: who changed it last.
    pub changed_by: StaffId,
    /// When it was begun to be written.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// When sending began.
    pub begun_at: Option<Timestamp>,
    /// When sending ended.
    pub finished_at: Option<Timestamp>,
    /// How many of the audience were gone through.
    pub considered: i64,
    /// How many messages passed the gate.
    pub queued: i64,
    /// How many of them have the other subject.
    pub queued_other: i64,
    /// Why it stopped by itself, until somebody lets it go on.
    pub stopped_because: Option<StopReason>,
    /// When it begins by itself.
    pub send_at: Option<Timestamp>,
    /// Since when it waits for somebody else to look at it.
    pub asked_at: Option<Timestamp>,
    /// Who else looked at it, and when.
    pub approved: Option<(StaffId, Timestamp)>,
}

/// In which language a text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Words with a little emphasis; the house designs the letter.
    #[default]
    Markdown,
    /// A design of its author's.
    Mjml,
}

impl Format {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Mjml => "mjml",
        }
    }

    /// That of a word; Markdown for any other.
    pub fn from_word(word: &str) -> Self {
        if word == Format::Mjml.word() { Format::Mjml } else { Format::Markdown }
    }
}

/// Where an announcement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnouncementState {
    /// Being written.
    Draft,
    /// Begins at its time.
    Scheduled,
    /// The audience is gone through.
    Sending,
    /// Stopped for a while; what was handed over goes out.
    Paused,
    /// Everybody was gone through.
    Sent,
    /// Stopped for good; what was not delivered yet is not.
    Cancelled,
}

impl AnnouncementState {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            AnnouncementState::Draft => "draft",
            AnnouncementState::Scheduled => "scheduled",
            AnnouncementState::Sending => "sending",
            AnnouncementState::Paused => "paused",
            AnnouncementState::Sent => "sent",
            AnnouncementState::Cancelled => "cancelled",
        }
    }

    fn from_stored(word: &str) -> Self {
        match word {
            "draft" => AnnouncementState::Draft,
            "scheduled" => AnnouncementState::Scheduled,
            "sending" => AnnouncementState::Sending,
            "paused" => AnnouncementState::Paused,
            "sent" => AnnouncementState::Sent,
            _ => AnnouncementState::Cancelled,
        }
    }
}

impl Announcement {
    /// The subject of a message: the other one, where there is one, or the first.
    pub fn subject(&self, other: bool) -> &str {
        self.other_title.as_deref().filter(|_| other).unwrap_or(&self.title)
    }

    /// The template in which it is sent; that of offers belongs to marketing, whatever class stands here.
    pub fn template(&self) -> Option<&'static str> {
        if self.offer.is_some() { Some(offers::TEMPLATE) } else { template_of(self.class) }
    }
}

/// In the context of a message of an announcement: it has the other subject.
pub const OTHER: &str = "other";

/// The template in which announcements of a class are sent.
pub const fn template_of(class: MessageClass) -> Option<&'static str> {
    match class {
        MessageClass::Account => None,
        MessageClass::Feedback => Some("outreach/announcement_feedback"),
        MessageClass::News => Some("outreach/announcement_news"),
        MessageClass::Marketing => Some("outreach/announcement_marketing"),
        MessageClass::Subscribed => Some("outreach/announcement_subscribed"),
    }
}

impl Outreach {
    /// The announcements, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_announcements(&self) -> Result<Vec<Announcement>, OutreachError> {
        Ok(self.db().read(store::newest).await?)
    }

    /// One announcement.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn announcement(&self, id: AnnouncementId) -> Result<Announcement, OutreachError> {
        self.db().read(move |tx| store::find(tx, id)).await?.ok_or(OutreachError::NotFound)
    }

    /// The announcement that a message of the gate is of, if it is of one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announcement_of(&self, message: OutboundId) -> Result<Option<Announcement>, OutreachError> {
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            match store::of_message(tx, message)? {
                Some(id) => store::find(tx, id),
                None => Ok(None),
            }
        });
        Ok(found.await?)
    }
}
