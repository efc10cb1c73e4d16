//! Who works here, and what each may do.

use mailkeep_identity::staff::{StaffMember, StaffStatus};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

/// The staff.
#[derive(Debug, Serialize)]
pub struct StaffPage {
    /// The members.
    pub staff: Vec<StaffRow>,
}

/// A member of staff.
#[derive(Debug, Clone, Serialize)]
pub struct StaffRow {
    /// The name they sign in with.
    pub login: String,
    /// What they may do.
    pub permissions: Vec<String>,
    /// Whether a second factor is set up.
    pub factor: bool,
    /// Whether they can sign in.
    pub active: bool,
}

impl Page for StaffPage {
    const TEMPLATE: &'static str = "console/staff.html";

    fn samples() -> Vec<Self> {
        let row = |login: &str, factor, active| StaffRow {
            login: login.to_owned(),
            permissions: vec!["orders".to_owned(), "customers".to_owned()],
            factor,
            active,
        };
        vec![StaffPage { staff: vec![row("rosalind", true, true), row("emmy", false, false)] }]
    }
}

/// `GET /console/staff`
pub async fn show(ctx: Ctx) -> Answer {
    let members = ctx.state.identity.list_staff(ctx.access()).await?;
    let row = |member: StaffMember| StaffRow {
        login: member.login,
        permissions: member.roles.iter().map(|role| role.word().to_owned()).collect(),
        // Nobody becomes active without a second factor.
        factor: member.status == StaffStatus::Active,
        active: member.status == StaffStatus::Active,
    };
    ctx.page(&StaffPage { staff: members.into_iter().map(row).collect() })
}
