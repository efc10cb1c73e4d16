//! The Customer Center: what a contact of a customer sees and does.

pub mod add_ons;
pub mod aliases;
pub mod billing;
pub mod cards;
pub mod changes;
pub mod choices;
pub mod contacts;
pub mod cover;
pub mod credit;
pub mod customers;
pub mod domains;
pub mod extras;
pub mod hand_over;
pub mod invoices;
pub mod leaving;
pub mod lists;
pub mod mailboxes;
pub mod overview;
pub mod password;
pub mod privacy;
pub mod profile;
pub mod reports;
pub mod second_factor;
pub mod security;
pub mod services;
pub mod set_up;
pub mod statements;
pub mod terms;
pub mod tickets;
pub mod tokens;
pub mod traces;
pub mod webhooks;

use crate::routes::{ANY_ROLE, BILLING, OWNER, Permission, Routes, TECHNICAL};
use crate::webhooks::{self as endpoints, Button};

/// Declares the routes of the Customer Center.
pub fn routes(routes: &mut Routes) {
    let person = Permission::Person;
    routes.get("/center", person, overview::show);
    routes.get("/center/password", person, password::show);
    routes.post("/center/password", person, password::submit);
    routes.get("/center/profile", person, profile::show);
    routes.post("/center/profile", person, profile::submit);
    routes.post("/center/profile/email", person, profile::change_email);
    routes.get("/center/security", person, security::show);
    routes.post("/center/security/password", person, security::change_password);
    routes.post("/center/security/sessions/end-others", person, security::end_other_sessions);
    routes.post("/center/security/sessions/{session}/end", person, security::end_session);
    let own = Permission::CustomerRole(OWNER);
    routes.get("/center/webhooks", own, endpoints::show::<webhooks::OfCustomer>);
    routes.post("/center/webhooks", own, endpoints::submit::<webhooks::OfCustomer>);
    routes.get("/center/webhooks/{endpoint}", own, endpoints::show_one::<webhooks::OfCustomer>);
    routes.post("/center/webhooks/{endpoint}", own, endpoints::submit_one::<webhooks::OfCustomer>);
    routes.post("/center/webhooks/{endpoint}/rotate", own, endpoints::rotate::<webhooks::OfCustomer>);
    routes.post(
        "/center/webhooks/{endpoint}/deliveries/{delivery}",
        own,
        endpoints::replay::<webhooks::OfCustomer>,
    );
    for (path, button) in [
        ("/center/webhooks/{endpoint}/test", Button::Test),
        ("/center/webhooks/{endpoint}/enable", Button::Enable),
        ("/center/webhooks/{endpoint}/disable", Button::Disable),
        ("/center/webhooks/{endpoint}/remove", Button::Remove),
        ("/center/webhooks/{endpoint}/replay", Button::Replay),
    ] {
        routes.post(path, own, move |ctx| endpoints::push::<webhooks::OfCustomer>(ctx, button));
    }
    routes.get("/center/tokens", person, tokens::show);
    routes.post("/center/tokens", person, tokens::make);
    routes.post("/center/tokens/{token}/revoke", person, tokens::revoke);
    routes.get("/center/security/factor", person, second_factor::show);
    routes.post("/center/security/factor", person, second_factor::confirm);
    routes.post("/center/security/factor/off", person, second_factor::turn_off);
    routes.get("/center/security/recovery", person, second_factor::show_recovery);
    routes.post("/center/security/recovery", person, second_factor::make_recovery);
    privacy::routes(routes);
    tickets::routes(routes);
    lists::routes(routes);
    routes.get("/center/choices", person, choices::show);
    routes.post("/center/choices", person, choices::submit);
    routes.post("/center/choices/stop", person, choices::stop);
    routes.post("/center/choices/undo", person, choices::undo);
    routes.get("/center/customers", person, customers::show);
    routes.post("/center/customers/{customer}", person, customers::choose);
    routes.get("/invitation", person, contacts::show_invitation);
    routes.post("/invitation", person, contacts::accept_invitation);

    let look = Permission::CustomerRole(ANY_ROLE);
    routes.get("/center/contacts", look, contacts::show);
    routes.post("/center/contacts", Permission::CustomerRole(OWNER), contacts::invite);
    routes.post("/center/contacts/{contact}/remove", Permission::CustomerRole(OWNER), contacts::remove);
    routes.get("/center/services", look, services::show);
    let pays = Permission::CustomerRole(BILLING);
    routes.post("/center/services/{subscription}/keep", pays, services::keep);
    routes.get("/center/services/{subscription}/change", pays, changes::show);
    routes.post("/center/services/{subscription}/change", pays, changes::submit);
    routes.post("/center/services/{subscription}/change/take-back", pays, changes::take_back);
    routes.get("/center/services/{subscription}/add-ons", pays, add_ons::show);
    routes.post("/center/services/{subscription}/add-ons", pays, add_ons::add);
    routes.post("/center/services/{subscription}/add-ons/{add_on}/remove", pays, add_ons::remove);
    routes.post("/center/services/{subscription}/add-ons/{add_on}/keep", pays, add_ons::keep);
    routes.get("/center/services/{subscription}/extras", pays, extras::show);
    routes.post("/center/services/{subscription}/extras", pays, extras::order);
    routes.get("/center/services/{subscription}/leave", pays, leaving::show);
    routes.post("/center/services/{subscription}/leave", pays, leaving::submit);
    routes.get("/center/services/{subscription}/report", pays, reports::show_one);
    routes.get("/center/services/{subscription}/report/csv", pays, reports::csv);
    routes.get("/center/services/{subscription}/report/pdf", pays, reports::pdf);
    routes.get("/center/hand-over", own, hand_over::show);
    routes.post("/center/hand-over", own, hand_over::ask);
    routes.get("/center/hand-over/{hand_over}/{hand_over_file}", own, hand_over::fetch);
    routes.get("/center/reports", pays, reports::show);
    routes.get("/center/statements", pays, statements::show);
    routes.get("/center/statements/pdf", pays, statements::pdf);
    routes.get("/center/billing", Permission::CustomerRole(BILLING), billing::show);
    routes.post("/center/billing", Permission::CustomerRole(BILLING), billing::submit);
    routes.post("/center/billing/name", Permission::CustomerRole(OWNER), billing::rename);
    routes.get("/center/cards", pays, cards::show);
    routes.post("/center/cards", pays, cards::add);
    routes.post("/center/cards/{card}/permit", pays, cards::permit);
    routes.post("/center/cards/{card}/remove", pays, cards::remove);
    routes.post("/center/services/{subscription}/card", pays, cards::switch);
    routes.post("/center/services/{subscription}/card/withdraw", pays, cards::withdraw);
    routes.get("/center/credit", pays, credit::show);
    routes.get("/center/terms", pays, terms::show);
    routes.get("/center/terms/{terms}", pays, terms::download);
    routes.get("/center/cover", pays, cover::show);
    routes.post("/center/cover", pays, cover::claim);
    routes.post("/center/invoices/{invoice}/pay", pays, invoices::pay);
    routes.get("/center/invoices", Permission::CustomerRole(BILLING), invoices::show);
    routes.get("/center/invoices/{invoice}", Permission::CustomerRole(BILLING), invoices::show_one);
    routes.get("/center/invoices/{invoice}/pdf", Permission::CustomerRole(BILLING), invoices::pdf);
    let note = "/center/invoices/{invoice}/credit-notes/{note}/pdf";
    routes.get(note, Permission::CustomerRole(BILLING), invoices::note_pdf);

    let (see, change) = (Permission::DomainAdmin(ANY_ROLE), Permission::DomainAdmin(TECHNICAL));
    routes.get("/center/domains", look, domains::show);
    routes.post("/center/domains", Permission::CustomerRole(TECHNICAL), domains::add);
    routes.get("/center/domains/{domain}", see, domains::show_one);
    routes.post("/center/domains/{domain}/prove", change, domains::prove);
    routes.post("/center/domains/{domain}/check", see, domains::check);
    routes.post("/center/domains/{domain}/catch-all", change, domains::set_catch_all);
    routes.post("/center/domains/{domain}/rules", change, domains::set_rules);
    routes.post("/center/domains/{domain}/remove", change, domains::remove);
    routes.get("/center/mailboxes", look, mailboxes::show);
    routes.get("/center/mailboxes/new", Permission::CustomerRole(TECHNICAL), mailboxes::show_new);
    routes.post("/center/mailboxes", Permission::CustomerRole(TECHNICAL), mailboxes::make);
    routes.get("/center/mailboxes/{mailbox}", see, mailboxes::show_one);
    routes.post("/center/mailboxes/{mailbox}/passwords", change, mailboxes::make_password);
    routes.post(
        "/center/mailboxes/{mailbox}/passwords/{password}/revoke",
        change,
        mailboxes::revoke_password,
    );
    routes.post("/center/mailboxes/{mailbox}/quota", change, mailboxes::set_quota);
    routes.post("/center/mailboxes/{mailbox}/rules", change, mailboxes::set_rules);
    routes.post("/center/mailboxes/{mailbox}/name", change, mailboxes::set_name);
    routes.post("/center/mailboxes/{mailbox}/sign-in", change, mailboxes::answer_sign_in);
    routes.post("/center/mailboxes/{mailbox}/close", change, mailboxes::close);
    routes.post("/center/mailboxes/{mailbox}/open", change, mailboxes::open_again);
    let technical = Permission::CustomerRole(TECHNICAL);
    routes.get("/center/traces", technical, traces::show);
    routes.post("/center/traces", technical, traces::find);
    routes.get("/center/mailboxes/{mailbox}/set-up", see, set_up::show);
    routes.get("/center/mailboxes/{mailbox}/apple", see, set_up::apple);
    routes.get("/center/aliases", look, aliases::show);
    routes.post("/center/aliases", Permission::CustomerRole(TECHNICAL), aliases::add);
    routes.post("/center/aliases/{alias}/remove", Permission::CustomerRole(TECHNICAL), aliases::remove);
}
