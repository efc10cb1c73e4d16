//! A member of staff is added: from the command line for the first, by an operator for the others.

use mailkeep_policy::Subject;
use mailkeep_types::StaffId;

use super::{EnrolmentLink, store};
use crate::access::{Access, Permission, StaffPermission, StaffRole};
use crate::config::hours;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::links::LinkKind;
use crate::principal::Principal;

fn check_login(login: &str) -> Result<String, IdentityError> {
    let login = login.trim().to_lowercase();
    let good = (2..=40).contains(&login.len())
        && login
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte));
    let sentence = "Use 2 to 40 letters, digits, dots, hyphens or underscores.";
    if good { Ok(login) } else { Err(IdentityError::field("login", "login_invalid", sentence)) }
}

pub(super) fn check_roles(roles: &[StaffRole]) -> Result<(), IdentityError> {
    if roles.is_empty() {
        return Err(IdentityError::field("roles", "roles_missing", "Choose at least one role."));
    }
    Ok(())
}

impl Identity {
    /// Adds a member of staff on the word of whoever has the command line, and gives the link to enrol with.
    ///
    /// # Errors
    /// [`IdentityError::LoginTaken`]; [`IdentityError::Field`] for `login` or `roles`.
    pub async fn add_staff_from_command_line(
        &self,
        login: &str,
        roles: &[StaffRole],
    ) -> Result<EnrolmentLink, IdentityError> {
        let login = check_login(login)?;
        check_roles(roles)?;
        let staff = StaffId::new(&**self.clock());
        let principal = Principal::Staff(staff);
        self.policy().create_key(Subject::staff(staff)).await?;
        let link = self.new_link(LinkKind::EnrolStaff, hours(self.config().links.enrolment_hours));
        let (roles, token) = (roles.to_vec(), link.token.clone());
        let expires_at = self
            .db()
            .write(move |tx| {
                if !store::insert(tx, staff, &login, &roles)? {
                    return Err(IdentityError::LoginTaken(login.clone()));
                }
                Ok(link.write(tx, principal)?)
            })
            .await?;
        Ok(EnrolmentLink { staff, token, expires_at })
    }

    /// Adds a member of staff, and gives the link to enrol with. Asks for a recent password.
    ///
    /// # Errors
    /// As [`Identity::add_staff_from_command_line`], and when the permission is lacking.
    pub async fn add_staff(
        &self,
        access: &Access,
        login: &str,
        roles: &[StaffRole],
    ) -> Result<EnrolmentLink, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Staff))?;
        self.require_recent_password(access)?;
        self.add_staff_from_command_line(login, roles).await
    }
}
