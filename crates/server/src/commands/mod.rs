//! The commands, one file each.

pub mod backup;
pub mod break_glass;
pub mod contest;
pub mod disclosure;
pub mod doctor;
pub mod guard;
pub mod init;
pub mod keys;
pub mod ledger;
pub mod migrate;
pub mod migrate_to;
pub mod outreach;
pub mod policy;
pub mod residency;
pub mod restore;
pub mod retention;
pub mod screening;
pub mod serve;
pub mod site;
pub mod staff;
pub mod subject;

use anyhow::{Context, Result};
use mailkeep_identity::{Identity, StaffPermission};
use mailkeep_types::StaffId;

/// The member of staff in whose name a command acts.
async fn colleague(identity: &Identity, name: &str, needed: StaffPermission) -> Result<StaffId> {
    let found = identity.colleague_from_command_line(name, needed).await;
    found.with_context(|| {
        format!(
            "--by {name}: name an active member of staff whose role has the permission `{}`",
            needed.word()
        )
    })
}
