//! An operator looks after staff: roles, suspension, a new enrolment for one who lost the second factor.

use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::StaffId;

use super::{EnrolmentLink, StaffMember, StaffStatus, add::check_roles, store};
use crate::access::{Access, Permission, StaffPermission, StaffRole};
use crate::config::hours;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::links::{self, LinkKind};
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;
use crate::{credentials, sessions, staff_tokens};

impl Identity {
    /// The active operator who was added first; `None` when nobody keeps the machines running. For the program's own alerts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_operator(&self) -> Result<Option<StaffId>, IdentityError> {
        let staff = self.db().read(store::list).await?;
        let operators = staff.into_iter().filter(|member| {
            member.status == StaffStatus::Active && member.roles.contains(&StaffRole::Operator)
        });
        Ok(operators.min_by_key(|member| member.created_at).map(|member| member.staff))
    }

    /// All members of staff, by login name.
    ///
    /// # Errors
    /// When the permission is lacking.
    pub async fn list_staff(&self, access: &Access) -> Result<Vec<StaffMember>, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Staff))?;
        Ok(self.db().read(store::list).await?)
    }

    /// Gives other roles. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::LastOperator`]; [`IdentityError::Field`] for `roles`.
    pub async fn change_staff_roles(
        &self,
        access: &Access,
        staff: StaffId,
        roles: &[StaffRole],
    ) -> Result<(), IdentityError> {
        self.require_staff_manager(access)?;
        check_roles(roles)?;
        let (this, roles) = (self.clone(), roles.to_vec());
        self.db()
            .write(move |tx| {
                store::find(tx, staff)?.ok_or(IdentityError::NotFound)?;
                if !roles.contains(&StaffRole::Operator) {
                    keep_an_operator(tx, staff)?;
                }
                store::set_roles(tx, staff, &roles)?;
                this.record(tx, Principal::Staff(staff), SecurityEventKind::StaffChanged, None)
            })
            .await
    }

    /// Ends all sessions and tokens of a member of staff and lets them sign in no more. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::LastOperator`].
    pub async fn suspend_staff(&self, access: &Access, staff: StaffId) -> Result<(), IdentityError> {
        self.require_staff_manager(access)?;
        let this = self.clone();
        self.db()
            .write(move |tx| {
                store::find(tx, staff)?.ok_or(IdentityError::NotFound)?;
                keep_an_operator(tx, staff)?;
                store::set_status(tx, staff, StaffStatus::Suspended)?;
                links::store::delete_all(tx, Principal::Staff(staff), LinkKind::EnrolStaff)?;
                sessions::store::delete_all(tx, Principal::Staff(staff), None)?;
                staff_tokens::store::delete_all(tx, staff)?;
                this.record(tx, Principal::Staff(staff), SecurityEventKind::StaffChanged, None)
            })
            .await
    }

    /// Gives a new enrolment link to one who was suspended or lost the second factor; what proved them is removed. Asks for a
    /// recent password.
    ///
    /// # Errors
    /// [`IdentityError::LastOperator`] when nobody else could manage staff until then.
    pub async fn enrol_staff_again(
        &self,
        access: &Access,
        staff: StaffId,
    ) -> Result<EnrolmentLink, IdentityError> {
        self.require_staff_manager(access)?;
        self.reissue_enrolment(staff, true).await
    }

    /// The same from the command line, by login name: the way back in for an operator who lost everything.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`].
    pub async fn enrol_staff_again_from_command_line(
        &self,
        login: &str,
    ) -> Result<EnrolmentLink, IdentityError> {
        let login = login.trim().to_lowercase();
        let found = self.db().read(move |tx| store::find_by_login(tx, &login)).await?;
        self.reissue_enrolment(found.ok_or(IdentityError::NotFound)?.staff, false).await
    }

    async fn reissue_enrolment(&self, staff: StaffId, guarded: bool) -> Result<EnrolmentLink, IdentityError> {
        let principal = Principal::Staff(staff);
        self.policy().create_key(Subject::staff(staff)).await?;
        let link = self.new_link(LinkKind::EnrolStaff, hours(self.config().links.enrolment_hours));
        let (this, token) = (self.clone(), link.token.clone());
        let expires_at = self
            .db()
            .write(move |tx| {
                store::find(tx, staff)?.ok_or(IdentityError::NotFound)?;
                if guarded {
                    keep_an_operator(tx, staff)?;
                }
                credentials::store::remove(tx, principal)?;
                sessions::store::delete_all(tx, principal, None)?;
                staff_tokens::store::delete_all(tx, staff)?;
                store::set_status(tx, staff, StaffStatus::Invited)?;
                this.record(tx, principal, SecurityEventKind::StaffChanged, None)?;
                Ok::<_, IdentityError>(link.write(tx, principal)?)
            })
            .await?;
        Ok(EnrolmentLink { staff, token, expires_at })
    }

    fn require_staff_manager(&self, access: &Access) -> Result<(), IdentityError> {
        access.require(Permission::Staff(StaffPermission::Staff))?;
        self.require_recent_password(access)
    }
}

/// Refuses when `leaving` is the only active operator.
fn keep_an_operator(tx: &mut Tx<'_>, leaving: StaffId) -> Result<(), IdentityError> {
    let members: Result<Vec<StaffMember>, SqlError> = store::list(tx);
    let is_operator = |member: &&StaffMember| {
        member.status == StaffStatus::Active && member.roles.contains(&StaffRole::Operator)
    };
    let operators: Vec<StaffId> = members?.iter().filter(is_operator).map(|member| member.staff).collect();
    if operators.contains(&leaving) && operators.len() == 1 {
        Err(IdentityError::LastOperator)
    } else {
        Ok(())
    }
}
