//! The staff console: what waits for a person, with no more of anybody's data than the work in hand justifies.

pub mod customers;
pub mod enrol;
pub mod jobs;
pub mod orders;
pub mod overview;
pub mod queue;
pub mod sign_in;
pub mod staff;
pub mod you;

use crate::routes::{Permission, Routes, StaffPermission};

/// Declares the routes of the console.
pub fn routes(routes: &mut Routes) {
    let any = Permission::Staff(StaffPermission::Any);
    routes.get("/console/sign-in", Permission::Credentials, sign_in::show);
    routes.post("/console/sign-in", Permission::Credentials, sign_in::submit);
    routes.get("/console/enrol", Permission::Credentials, enrol::show);
    routes.post("/console/enrol", Permission::Credentials, enrol::submit);
    routes.post("/console/enrol/code", Permission::Credentials, enrol::submit_code);
    routes.post("/console/sign-out", any, sign_in::sign_out);
    routes.get("/console", any, overview::show);
    routes.get("/console/you", any, you::show);
    routes.post("/console/you/password", any, you::change_password);
    routes.post("/console/you/sessions/{session}/end", any, you::end_session);

    let review = Permission::Staff(StaffPermission::Orders);
    routes.get("/console/orders", review, orders::show);
    routes.get("/console/orders/{order}", review, orders::show_one);
    routes.post("/console/orders/{order}/open", review, orders::open);
    routes.post("/console/orders/{order}/approve", review, orders::approve);
    routes.post("/console/orders/{order}/ask", review, orders::ask);
    routes.post("/console/orders/{order}/refuse", review, orders::refuse);

    routes.get("/console/customers", Permission::Staff(StaffPermission::Customers), customers::show);
    routes.get("/console/queue", Permission::Staff(StaffPermission::Queue), queue::show);
    routes.post("/console/queue/{message}/now", Permission::Staff(StaffPermission::Queue), queue::try_now);
    routes.get("/console/jobs", Permission::Staff(StaffPermission::Jobs), jobs::show);
    routes.post("/console/jobs/{job}/retry", Permission::Staff(StaffPermission::Jobs), jobs::retry);
    routes.get("/console/staff", Permission::Staff(StaffPermission::Staff), staff::show);
}
