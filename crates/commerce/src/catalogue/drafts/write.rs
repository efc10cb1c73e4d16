//! Writing drafts and throwing them away; the history of a plan.

use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::{PlanDraft, PublishedVersion, store};
use crate::catalogue::config::{PlanConfig, check_plans};
use crate::catalogue::price_config::config_of;
use crate::catalogue::{self, PlanVersion};
use crate::commerce::Commerce;
use crate::config::ConfigProblem;
use crate::error::CommerceError;

impl Commerce {
    /// The plan as a draft would begin: as its version in force, or the draft that is open.
    pub async fn plan_to_edit(&self, key: &str) -> Result<PlanConfig, CommerceError> {
        let key = key.to_owned();
        self.read(move |tx| {
            if let Some(draft) = store::of_plan(tx, &key)? {
                return Ok(draft.plan);
            }
            let plan = catalogue::store::current(tx, &key)?.ok_or(CommerceError::NotFound("plan"))?;
            Ok(config_of(&plan))
        })
        .await
    }

    /// Writes the draft of a plan; a plan has one at a time. Drafts may hold mistakes: they are told, and publishing
    /// waits until they are mended.
    pub async fn write_plan_draft(
        &self,
        staff: StaffId,
        plan: PlanConfig,
    ) -> Result<(PlanDraft, Vec<ConfigProblem>), CommerceError> {
        let problems = self.draft_problems(&plan).await?;
        let id = new_uuid(&**self.clock());
        let draft = self
            .write(move |tx| {
                let base = catalogue::store::current(tx, &plan.key)?.map(|current| current.id);
                let id = store::of_plan(tx, &plan.key)?.map_or(id, |open| open.id);
                let draft = PlanDraft { id, plan: plan.clone(), base, by: staff, at: tx.now() };
                store::put(tx, &draft)?;
                Ok(draft)
            })
            .await?;
        Ok((draft, problems))
    }

    /// The mistakes of a plan.
    pub async fn draft_problems(&self, plan: &PlanConfig) -> Result<Vec<ConfigProblem>, CommerceError> {
        let classes = self.list_classes().await?;
        let classes: Vec<&str> = classes.iter().map(|class| class.key.as_str()).collect();
        Ok(check_plans(std::slice::from_ref(plan), &classes, self.config().currency))
    }

    /// The open draft of a plan.
    pub async fn plan_draft(&self, key: &str) -> Result<Option<PlanDraft>, CommerceError> {
        let key = key.to_owned();
        self.read(move |tx| store::of_plan(tx, &key)).await
    }

    /// Every open draft.
    pub async fn list_plan_drafts(&self) -> Result<Vec<PlanDraft>, CommerceError> {
        self.read(store::open).await
    }

    /// Throws the draft of a plan away.
    pub async fn discard_plan_draft(&self, key: &str) -> Result<(), CommerceError> {
        let key = key.to_owned();
        self.write(move |tx| match store::delete(tx, &key)? {
            true => Ok(()),
            false => Err(CommerceError::NotFound("draft")),
        })
        .await
    }

    /// Every version of a plan, newest first, with how many subscriptions have it.
    pub async fn plan_history(&self, key: &str) -> Result<Vec<PublishedVersion>, CommerceError> {
        let key = key.to_owned();
        self.read(move |tx| store::history(tx, &key)).await
    }

    /// Every plan, on offer or not, with whether it is.
    pub async fn list_all_plans(&self) -> Result<Vec<(PlanVersion, bool)>, CommerceError> {
        self.read(catalogue::store::all).await
    }

    /// Takes a plan off the offer, or puts it back. Subscriptions to it go on.
    pub async fn offer_plan(&self, key: &str, offered: bool) -> Result<(), CommerceError> {
        let key = key.to_owned();
        self.write(move |tx| match catalogue::store::set_offered(tx, &key, offered)? {
            true => Ok(()),
            false => Err(CommerceError::NotFound("plan")),
        })
        .await
    }

    /// Whether an identifier is the version that a draft was begun from and that is still in force.
    pub(crate) fn is_current(base: Option<Uuid>, current: Option<&PlanVersion>) -> bool {
        base == current.map(|plan| plan.id)
    }
}
