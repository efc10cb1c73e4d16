//! The catalogue: plans as drafts with a preview of whom they affect, coupons, taxes, terms, and approved discounts.

pub mod brands;
pub mod classes;
pub mod coupons;
pub mod items;
mod limits_form;
pub mod plan;
mod plan_form;
pub mod plans;
pub mod preview;
pub mod qualifications;
pub mod taxes;
pub mod terms;

use std::collections::BTreeMap;

use mailkeep_types::StaffId;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::{Permission, Routes, StaffPermission};

/// Declares the routes of the catalogue.
pub fn routes(routes: &mut Routes) {
    let edit = Permission::Staff(StaffPermission::Catalogue);
    routes.get("/console/catalogue", edit, plans::show);
    routes.get("/console/catalogue/new", edit, plan::show_new);
    routes.post("/console/catalogue/new", edit, plan::make);
    routes.get("/console/catalogue/plans/{plan}", edit, plan::show);
    routes.post("/console/catalogue/plans/{plan}", edit, plan::save);
    routes.post("/console/catalogue/plans/{plan}/discard", edit, plan::discard);
    routes.post("/console/catalogue/plans/{plan}/offer", edit, plan::offer);
    routes.get("/console/catalogue/plans/{plan}/preview", edit, preview::show);
    routes.post("/console/catalogue/plans/{plan}/publish", edit, preview::publish);
    routes.get("/console/catalogue/brands", edit, brands::show);
    routes.post("/console/catalogue/brands", edit, brands::make);
    routes.get("/console/catalogue/brands/{brand}", edit, brands::show_one);
    routes.post("/console/catalogue/brands/{brand}", edit, brands::save);
    routes.get("/console/catalogue/classes", edit, classes::show);
    routes.get("/console/catalogue/classes/new", edit, classes::show_new);
    routes.post("/console/catalogue/classes/new", edit, classes::make);
    routes.get("/console/catalogue/classes/{class}", edit, classes::show_one);
    routes.post("/console/catalogue/classes/{class}", edit, classes::save);
    routes.get("/console/catalogue/coupons", edit, coupons::show);
    routes.post("/console/catalogue/coupons", edit, coupons::make);
    routes.post("/console/catalogue/coupons/{coupon}/withdraw", edit, coupons::withdraw);
    routes.get("/console/catalogue/items", edit, items::show);
    routes.post("/console/catalogue/items", edit, items::make);
    routes.get("/console/catalogue/items/{item}", edit, items::show_one);
    routes.post("/console/catalogue/items/{item}", edit, items::save);
    routes.post("/console/catalogue/items/{item}/offer", edit, items::offer);
    routes.get("/console/catalogue/taxes", edit, taxes::show);
    routes.post("/console/catalogue/taxes", edit, taxes::make);
    routes.post("/console/catalogue/taxes/{rate}/end", edit, taxes::end);
    routes.get("/console/catalogue/terms", edit, terms::show);
    routes.post("/console/catalogue/terms", edit, terms::publish);
    routes.get("/console/catalogue/discounts/{customer}", edit, qualifications::show);
    routes.post("/console/catalogue/discounts/{customer}", edit, qualifications::approve);
    routes.post(
        "/console/catalogue/discounts/{customer}/{qualification}/revoke",
        edit,
        qualifications::revoke,
    );
}

/// How colleagues are called.
async fn names(ctx: &Ctx) -> Result<BTreeMap<StaffId, String>, WebError> {
    Ok(ctx.state.identity.name_colleagues(ctx.access()).await?)
}

/// How one is called; the configuration when nobody is named.
fn name_of(names: &BTreeMap<StaffId, String>, staff: Option<StaffId>) -> Option<String> {
    staff.map(|staff| names.get(&staff).cloned().unwrap_or_else(|| staff.to_string()))
}
