//! How colleagues are called: for queues in which one looks at what another did.

use std::collections::BTreeMap;

use mailkeep_types::StaffId;

use super::store;
use crate::access::{Access, Permission};
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// The login name of every member of staff, by identifier.
    ///
    /// # Errors
    /// When no member of staff asks.
    pub async fn name_colleagues(&self, access: &Access) -> Result<BTreeMap<StaffId, String>, IdentityError> {
        access.require(Permission::AnyStaff)?;
        let members = self.db().read(store::list).await?;
        Ok(members.into_iter().map(|member| (member.staff, member.login)).collect())
    }
}
