//! A member of staff writes or changes a draft.

use mailkeep_policy::outbound::{Channel, MessageClass};
use mailkeep_types::{AnnouncementId, StaffId};

use super::{AnnouncementState, Format, Readers, store, template_of};
use crate::offers::Offer;
use crate::{Outreach, OutreachError};

const MAX_TITLE: usize = 150;
/// A text has at most so many bytes.
pub const MAX_BODY: usize = 50_000;

/// What is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// About what.
    pub topic: String,
    /// The language of the words around the text.
    pub language: String,
    /// The subject of the message.
    pub title: String,
    /// Another subject, which every other reader gets.
    pub other_title: Option<String>,
    /// The text.
    pub body: String,
    /// In which language the text is written. A design is looked at by whoever can render it, before it comes here.
    pub format: Format,
    /// Whether it is counted how often its links are followed.
    pub counts_links: bool,
    /// For whom of those who want it.
    pub readers: Readers,
    /// The coupon that it is about; with one it is an offer.
    pub offer: Option<Offer>,
    /// Whether everybody finds it on the site once it is sent.
    pub listed: bool,
}

impl Outreach {
    /// Writes a new draft, or changes one.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `topic`, `title`, `other_title`, `body`, `coupon` and `listed`; [`OutreachError::State`] for what is no draft any more.
    pub async fn write_announcement(
        &self,
        staff: StaffId,
        id: Option<AnnouncementId>,
        draft: Draft,
    ) -> Result<AnnouncementId, OutreachError> {
        let class = self.check_draft(&draft)?;
        let fresh = AnnouncementId::new(&**self.policy().clock());
        let outreach = self.clone();
        self.db()
            .write(move |tx| -> Result<AnnouncementId, OutreachError> {
                outreach.check_offer(tx, &draft, class)?;
                let Some(id) = id else {
                    store::insert(tx, fresh, &draft, class, staff)?;
                    return Ok(fresh);
                };
                if store::change(tx, id, &draft, class, staff)? {
                    return Ok(id);
                }
                match store::find(tx, id)? {
                    Some(found) if found.state == AnnouncementState::Scheduled => {
                        Err(OutreachError::state("It is scheduled; make it a draft again to change it."))
                    }
                    Some(_) => Err(OutreachError::state("What was sent is not changed; write another.")),
                    None => Err(OutreachError::NotFound),
                }
            })
            .await
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`] for what is no draft.
    pub async fn discard_announcement(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        let gone = self.db().write(move |tx| store::delete_draft(tx, id)).await?;
        if gone { Ok(()) } else { Err(OutreachError::NotFound) }
    }

    fn check_draft(&self, draft: &Draft) -> Result<MessageClass, OutreachError> {
        let topic = self.policy().compiled().topic(&draft.topic);
        let topic = topic.filter(|topic| topic.channels.contains(&Channel::Email));
        let class = topic.map(|topic| topic.class).filter(|class| template_of(*class).is_some());
        let class = class.ok_or_else(|| OutreachError::field("topic", "Choose what it is about."))?;
        if draft.listed && draft.offer.is_none() && class == MessageClass::Feedback {
            let why = "What asks for feedback has a link for each reader, and stands nowhere else.";
            return Err(OutreachError::field("listed", why));
        }
        check_title("title", &draft.title)?;
        if let Some(other) = &draft.other_title {
            check_title("other_title", other)?;
            if other.trim() == draft.title.trim() {
                return Err(OutreachError::field("other_title", "Write another subject than the first."));
            }
        }
        if draft.body.trim().is_empty() || draft.body.len() > MAX_BODY {
            return Err(OutreachError::field("body", "Write the text; it may have up to 50,000 letters."));
        }
        Ok(class)
    }
}

fn check_title(field: &'static str, title: &str) -> Result<(), OutreachError> {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > MAX_TITLE || title.chars().any(char::is_control) {
        return Err(OutreachError::field(field, "Write a subject of at most 150 letters, in one line."));
    }
    Ok(())
}
