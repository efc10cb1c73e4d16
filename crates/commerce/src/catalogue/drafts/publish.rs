//! Publishing a draft: a new version in force for new orders, and, where it is meant for those who have an older one, a
//! price change that they are told of first.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::store;
use crate::catalogue::{self, PlanVersion, sync};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::jobs::{ANNOUNCE_PRICES, PriceChangeJob};
use crate::price_changes::{self, NoticeMode, PriceChange};

/// What becomes of subscriptions to older versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForExisting {
    /// They keep what they were sold.
    Keep,
    /// They come to the new version after a notice.
    Change(NoticeMode),
}

impl Commerce {
    /// Publishes the draft of a plan.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when the draft has mistakes, or another version came into force since it was begun.
    pub async fn publish_plan_draft(
        &self,
        staff: StaffId,
        key: &str,
        existing: ForExisting,
    ) -> Result<Uuid, CommerceError> {
        let (key, currency) = (key.to_owned(), self.config().currency);
        let draft = self.plan_draft(&key).await?.ok_or(CommerceError::NotFound("draft"))?;
        if let Some(problem) = self.draft_problems(&draft.plan).await?.first() {
            return Err(CommerceError::Staff(format!("mend this first: {problem}")));
        }
        let (id, change) = (new_uuid(&**self.clock()), new_uuid(&**self.clock()));
        self.write(move |tx| {
            // The draft may have been written again while it was checked.
            if store::of_plan(tx, &key)?.as_ref() != Some(&draft) {
                return Err(CommerceError::Staff("the draft was changed just now; look at it again".to_owned()));
            }
            let current = catalogue::store::current(tx, &key)?;
            if !Commerce::is_current(draft.base, current.as_ref()) {
                return Err(CommerceError::Staff(
                    "another version came into force since this draft was begun; save it again and look at it".to_owned(),
                ));
            }
            let version = catalogue::store::newest_number(tx, &key)? + 1;
            let new = PlanVersion { id, version, ..sync::wanted(&draft.plan, currency) };
            catalogue::store::insert(tx, &new)?;
            catalogue::store::publish(tx, &key, id, staff)?;
            store::delete(tx, &key)?;
            if let (ForExisting::Change(mode), Some(_)) = (existing, current) {
                let change =
                    PriceChange { id: change, plan_key: key.clone(), plan_version: id, mode, by: staff, at: tx.now() };
                price_changes::store::insert(tx, &change)?;
                enqueue(tx, NewJob::new(ANNOUNCE_PRICES, &PriceChangeJob { price_change_id: change.id }))?;
            }
            Ok(id)
        })
        .await
    }
}
