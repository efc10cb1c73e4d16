//! A test message: an announcement as readers will get it, to an address of the house. Addresses elsewhere are those of people,
//! whose choice counts.

use mailkeep_policy::outbound::{MessageClass, Notice};
use mailkeep_policy::{Personal, Subject, category};
use mailkeep_types::{AnnouncementId, DomainName, EmailAddress, StaffId};
use serde_json::json;

use crate::{Outreach, OutreachError};

/// The template of a test message; it is the member of staff's own.
pub const TEST: &str = "outreach/announcement_test";

impl Outreach {
    /// Sends the announcement as it stands to an address at the domain of the house; with the words of its offer, where it is one. No
    /// figure counts it.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for an address `to` that is none, or not of the house.
    pub async fn try_announcement(
        &self,
        staff: StaffId,
        id: AnnouncementId,
        to: &str,
        house: &DomainName,
        offer: Option<serde_json::Value>,
    ) -> Result<(), OutreachError> {
        let to = EmailAddress::parse(to).ok().filter(|to| to.domain() == house).ok_or_else(|| {
            OutreachError::Field { field: "to", sentence: format!("Tests go to addresses at {house} only.") }
        })?;
        let to: Personal<EmailAddress, category::Contact> = Personal::new(to);
        let found = self.announcement(id).await?;
        let outbound = self.policy().outbound();
        let notice = Notice {
            class: MessageClass::Account,
            template: TEST,
            subject: Subject::staff(staff),
            topic: None,
            to: Some(to),
            unique_key: format!("{TEST}:{id}:{}", self.now().as_micros()),
            context: json!({
                "language": found.language,
                "title": found.title,
                "markdown": found.body,
                "format": found.format,
                "topic": found.topic,
                "offer": offer,
            }),
        };
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                outbound.send(tx, &notice)?;
                Ok(())
            })
            .await
    }
}
