//! The register of disclosures: what is handed to others without asking the person first, on one of four grounds, with a
//! document, a scope and two people.

pub mod decide;
pub mod list;
pub mod new;
pub mod produce;
pub mod show;

use crate::routes::{Permission, Routes, StaffPermission};

/// The largest form: a document of 10 MiB and its fields.
const MAX_FORM_BYTES: usize = 11 * 1024 * 1024;

/// Declares the routes of the register.
pub fn routes(routes: &mut Routes) {
    let privacy = Permission::Staff(StaffPermission::Privacy);
    routes.get("/console/disclosures", privacy, list::show);
    routes.upload("/console/disclosures", privacy, MAX_FORM_BYTES, new::submit);
    routes.get("/console/disclosures/new", privacy, new::show);
    routes.get("/console/disclosures/{disclosure}", privacy, show::show);
    routes.post("/console/disclosures/{disclosure}/document", privacy, decide::document);
    routes.post("/console/disclosures/{disclosure}/agree", privacy, decide::agree);
    routes.post("/console/disclosures/{disclosure}/narrow", privacy, decide::narrow);
    routes.post("/console/disclosures/{disclosure}/refuse", privacy, decide::refuse);
    routes.post("/console/disclosures/{disclosure}/reveal", privacy, decide::reveal);
    routes.post("/console/disclosures/{disclosure}/produce", privacy, produce::produce);
    routes.get("/console/disclosures/{disclosure}/package", privacy, produce::package);
}
