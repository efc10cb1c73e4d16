//! How colleagues are called: for queues in which one looks at what another did.

use std::collections::BTreeMap;

use mailkeep_types::StaffId;

use super::{StaffStatus, store};
use crate::access::{Access, Permission, StaffPermission};
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

    /// The login name of every active member of staff who may do this, by identifier: to give work to.
    ///
    /// # Errors
    /// When nobody asks who may do it themself.
    pub async fn name_colleagues_who_may(
        &self,
        access: &Access,
        permission: StaffPermission,
    ) -> Result<BTreeMap<StaffId, String>, IdentityError> {
        access.require(Permission::Staff(permission))?;
        let members = self.db().read(store::list).await?;
        let may = members.into_iter().filter(|member| {
            member.status == StaffStatus::Active
                && member.roles.iter().any(|role| role.permissions().contains(&permission))
        });
        Ok(may.map(|member| (member.staff, member.login)).collect())
    }

    /// The active member of staff whom somebody at the machine's command line names, by login or identifier, if their
    /// roles allow what is to be done in their name.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`] when nobody is called so or they do not sign in any more; [`IdentityError::Forbidden`].
    pub async fn colleague_from_command_line(
        &self,
        name: &str,
        needed: StaffPermission,
    ) -> Result<StaffId, IdentityError> {
        let members = self.db().read(store::list).await?;
        let named = name.parse::<StaffId>().ok();
        let member = members
            .into_iter()
            .find(|member| {
                member.status == StaffStatus::Active && (named == Some(member.staff) || member.login == name)
            })
            .ok_or(IdentityError::NotFound)?;
        let may = member.roles.iter().any(|role| role.permissions().contains(&needed));
        if may { Ok(member.staff) } else { Err(IdentityError::Forbidden) }
    }
}
