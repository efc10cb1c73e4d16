//! The staff console: what waits for a person, with no more of anybody's data than the work in hand justifies.

pub mod address;
pub mod announcements;
pub mod articles;
pub mod blocks;
pub mod break_glass;
pub mod canned;
pub mod cases;
pub mod catalogue;
pub mod contests;
pub mod cover;
pub mod credits;
pub mod customer;
pub mod customers;
pub mod destinations;
pub mod disclosures;
pub mod disputes;
pub mod downloads;
pub mod enrol;
pub mod hand_overs;
pub mod held;
pub mod incidents;
pub mod invoices;
pub mod jobs;
pub mod ladder;
pub mod macros;
pub mod month;
pub(crate) mod opening;
pub mod orders;
pub mod overview;
pub mod person;
pub mod posts;
pub mod promises;
pub mod queue;
pub mod refunds;
pub mod reports;
pub mod requests;
pub mod rules;
pub mod second_look;
pub mod sending;
pub mod sign_in;
pub mod sites;
pub mod staff;
pub mod surveys;
pub mod tickets;
pub mod transfers;
pub mod unusual;
pub mod webhooks;
pub mod you;

use crate::routes::{Permission, Routes, StaffPermission};
use crate::webhooks::{self as endpoints, Button};

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
    routes.get("/console/you/address", any, address::show);
    routes.post("/console/you/address", any, address::set);
    routes.post("/console/you/address/prove", any, address::prove);
    routes.post("/console/you/address/remove", any, address::remove);
    routes.post("/console/you/password", any, you::change_password);
    routes.post("/console/you/sessions/{session}/end", any, you::end_session);
    routes.post("/console/you/tokens", any, you::make_token);
    routes.post("/console/you/tokens/{token}/revoke", any, you::revoke_token);
    routes.post("/console/you/profiles", any, unusual::declare);

    let review = Permission::Staff(StaffPermission::Orders);
    routes.get("/console/orders", review, orders::show);
    routes.get("/console/orders/{order}", review, orders::show_one);
    routes.post("/console/orders/{order}/open", review, orders::open);
    routes.post("/console/orders/{order}/approve", review, orders::decide::approve);
    routes.post("/console/orders/{order}/ask", review, orders::decide::ask);
    routes.post("/console/orders/{order}/refuse", review, orders::decide::refuse);
    routes.post("/console/orders/{order}/block", review, orders::decide::propose_block);
    routes.post("/console/orders/{order}/block/agree", review, orders::decide::agree_block);
    routes.post("/console/orders/{order}/block/disagree", review, orders::decide::disagree_block);
    routes.post("/console/orders/{order}/appeal", review, orders::decide::settle_appeal);
    routes.post("/console/orders/{order}/documents/{document}", review, orders::decide::open_document);
    routes.get("/console/blocks", review, blocks::show);
    routes.post("/console/blocks", review, blocks::add);
    routes.post("/console/blocks/{block}/lift", review, blocks::lift);

    let bill = Permission::Staff(StaffPermission::Billing);
    routes.get("/console/month", bill, month::show);
    routes.post("/console/month/run", bill, month::run);
    routes.post("/console/subscriptions/{subscription}/restore", bill, month::restore);

    routes.get("/console/disputes", bill, disputes::show);
    routes.get("/console/disputes/{dispute}", bill, disputes::show_one);
    routes.get("/console/disputes/{dispute}/evidence", bill, disputes::evidence);
    routes.post("/console/disputes/{dispute}/contest", bill, disputes::contest);
    routes.post("/console/disputes/{dispute}/accept", bill, disputes::accept);
    routes.get("/console/transfers", bill, transfers::show);
    routes.post("/console/transfers", bill, transfers::record);
    routes.get("/console/invoices", bill, invoices::show);
    routes.get("/console/invoices/{invoice}", bill, invoices::show_one);
    routes.post("/console/invoices/{invoice}/refund", bill, refunds::refund);
    routes.get("/console/customers/{customer}/credit", bill, credits::show);
    routes.post("/console/customers/{customer}/credit", bill, credits::grant);
    routes.get("/console/cover", bill, cover::show);
    routes.get("/console/cover/{claim}", bill, cover::show_one);
    routes.post("/console/cover/{claim}/findings", bill, cover::record);
    routes.post("/console/cover/{claim}/grant", bill, cover::grant);
    routes.post("/console/cover/{claim}/refuse", bill, cover::refuse);

    routes.get("/console/hand-overs", bill, hand_overs::show);
    routes.get("/console/hand-overs/{hand_over}", bill, hand_overs::show_one);
    routes.post("/console/hand-overs/{hand_over}/cure", bill, hand_overs::cure);
    routes.post("/console/hand-overs/{hand_over}/end", bill, hand_overs::end);
    routes.get("/console/customers/{customer}/hand-over", bill, hand_overs::show_warning);
    routes.post("/console/customers/{customer}/hand-over", bill, hand_overs::warn);

    let customers = Permission::Staff(StaffPermission::Customers);
    routes.get("/console/customers", customers, customers::show);
    routes.get("/console/customers/{customer}", customers, customer::show);
    routes.post("/console/customers/{customer}/open", customers, customer::open);
    routes.get("/console/persons/{person}", customers, person::show);
    routes.post("/console/persons/{person}/open", customers, person::open);

    sites::routes(routes);
    surveys::routes(routes);
    contests::routes(routes);
    tickets::routes(routes);
    canned::routes(routes);
    macros::routes(routes);
    rules::routes(routes);
    cases::routes(routes);

    let break_glass = Permission::Staff(StaffPermission::BreakGlass);
    routes.get("/console/break-glass", break_glass, break_glass::show);
    routes.post("/console/break-glass", break_glass, break_glass::begin);
    routes.get("/console/break-glass/{case}", break_glass, break_glass::show_one);
    routes.post("/console/break-glass/{case}/open", break_glass, break_glass::open);
    routes.post("/console/break-glass/{case}/close", break_glass, break_glass::close);

    let second_look = Permission::Staff(StaffPermission::SecondLook);
    routes.get("/console/second-look", second_look, second_look::show);
    routes.get("/console/second-look/{case}", second_look, second_look::show_one);
    routes.post("/console/second-look/{case}/open", second_look, second_look::open);
    routes.post("/console/second-look/{case}/confirm", second_look, second_look::confirm);
    routes.post("/console/second-look/{case}/dispute", second_look, second_look::dispute);
    routes.post(
        "/console/second-look/{case}/settle",
        Permission::Staff(StaffPermission::Privacy),
        second_look::settle,
    );

    routes.get("/console/unusual", any, unusual::show);
    routes.post("/console/unusual/{finding}/explain", any, unusual::explain);
    routes.post("/console/unusual/{finding}/open", second_look, unusual::open);
    routes.post("/console/unusual/{finding}/agree", second_look, unusual::agree);

    let operate = Permission::Staff(StaffPermission::Jobs);
    routes.get("/console/webhooks", operate, endpoints::show::<webhooks::OfHouse>);
    routes.post("/console/webhooks", operate, endpoints::submit::<webhooks::OfHouse>);
    routes.get("/console/webhooks/{endpoint}", operate, endpoints::show_one::<webhooks::OfHouse>);
    routes.post("/console/webhooks/{endpoint}", operate, endpoints::submit_one::<webhooks::OfHouse>);
    routes.post("/console/webhooks/{endpoint}/rotate", operate, endpoints::rotate::<webhooks::OfHouse>);
    routes.post(
        "/console/webhooks/{endpoint}/deliveries/{delivery}",
        operate,
        endpoints::replay::<webhooks::OfHouse>,
    );
    for (path, button) in [
        ("/console/webhooks/{endpoint}/test", Button::Test),
        ("/console/webhooks/{endpoint}/enable", Button::Enable),
        ("/console/webhooks/{endpoint}/disable", Button::Disable),
        ("/console/webhooks/{endpoint}/remove", Button::Remove),
        ("/console/webhooks/{endpoint}/replay", Button::Replay),
    ] {
        routes.post(path, operate, move |ctx| endpoints::push::<webhooks::OfHouse>(ctx, button));
    }
    disclosures::routes(routes);
    reports::routes(routes);
    catalogue::routes(routes);

    articles::routes(routes);
    downloads::routes(routes);

    let write = Permission::Staff(StaffPermission::Articles);
    routes.get("/console/announcements", write, announcements::show);
    routes.post("/console/announcements", write, announcements::compose::submit);
    routes.get("/console/announcements/new", write, announcements::compose::show_new);
    routes.get("/console/announcements/{announcement}", write, announcements::one::show_one);
    routes.post("/console/announcements/{announcement}", write, announcements::compose::change);
    routes.get("/console/announcements/{announcement}/preview", write, announcements::preview::show);
    routes.post("/console/announcements/{announcement}/discard", write, announcements::act::discard);
    routes.post("/console/announcements/{announcement}/test", write, announcements::act::test);
    routes.post("/console/announcements/{announcement}/ask", write, announcements::act::ask);
    routes.post("/console/announcements/{announcement}/approve", write, announcements::act::approve);
    routes.post("/console/announcements/{announcement}/schedule", write, announcements::act::schedule);
    routes.post("/console/announcements/{announcement}/unschedule", write, announcements::act::unschedule);
    routes.post("/console/announcements/{announcement}/send", write, announcements::act::send);
    routes.post("/console/announcements/{announcement}/pause", write, announcements::act::pause);
    routes.post("/console/announcements/{announcement}/resume", write, announcements::act::resume);
    routes.post("/console/announcements/{announcement}/cancel", write, announcements::act::cancel);
    routes.post("/console/announcements/{announcement}/list", write, announcements::act::list);

    routes.get("/console/posts", write, posts::show);
    routes.post("/console/posts", write, posts::submit);
    routes.get("/console/posts/new", write, posts::show_new);
    routes.get("/console/posts/newsletter", write, posts::newsletter::show);
    routes.post("/console/posts/newsletter", write, posts::newsletter::submit);
    routes.get("/console/posts/{post}", write, posts::show_one);
    routes.post("/console/posts/{post}", write, posts::change);
    routes.post("/console/posts/{post}/publish", write, posts::act::publish);
    routes.post("/console/posts/{post}/schedule", write, posts::act::schedule);
    routes.post("/console/posts/{post}/withdraw", write, posts::act::withdraw);
    routes.post("/console/posts/{post}/discard", write, posts::act::discard);
    routes.post("/console/posts/{post}/announce", write, posts::act::announce);
    routes.get("/console/incidents", write, incidents::show);
    routes.get("/console/incidents/outage", write, incidents::write::show_outage);
    routes.post("/console/incidents/outage", write, incidents::write::report);
    routes.get("/console/incidents/maintenance", write, incidents::write::show_maintenance);
    routes.post("/console/incidents/maintenance", write, incidents::write::plan);
    routes.get("/console/incidents/{incident}", write, incidents::show_one);
    routes.post("/console/incidents/{incident}", write, incidents::act::post_update);
    routes.post("/console/incidents/{incident}/change", write, incidents::act::change);
    routes.post("/console/incidents/{incident}/end", write, incidents::act::end);
    routes.post("/console/incidents/{incident}/cancel", write, incidents::act::cancel);

    held::routes(routes);
    ladder::routes(routes);
    destinations::routes(routes);
    sending::routes(routes);
    routes.get("/console/queue", Permission::Staff(StaffPermission::Queue), queue::show);
    routes.post("/console/queue/{message}/now", Permission::Staff(StaffPermission::Queue), queue::try_now);
    routes.get("/console/jobs", Permission::Staff(StaffPermission::Jobs), jobs::show);
    routes.get("/console/promises", any, promises::show);
    routes.post("/console/jobs/{job}/retry", Permission::Staff(StaffPermission::Jobs), jobs::retry);
    let answer = Permission::Staff(StaffPermission::Privacy);
    routes.get("/console/requests", answer, requests::show);
    routes.get("/console/requests/{request}", answer, requests::show_one);
    routes.post("/console/requests/{request}/open", answer, requests::open);
    routes.post("/console/requests/{request}/answer", answer, requests::answer);
    routes.get("/console/staff", Permission::Staff(StaffPermission::Staff), staff::show);
}
