//! The list of every page, for the test that renders them all and for the gallery.

use crate::page::Entry;
use crate::{api, center, console, error, sandbox, site, webmail};

/// Every page of the crate.
pub fn all() -> Vec<Entry> {
    let mut pages = vec![
        Entry::of::<error::ErrorPage>(),
        Entry::of::<site::home::HomePage>(),
        Entry::of::<site::plans::PlansPage>(),
        Entry::of::<site::policy::PolicyPage>(),
        Entry::of::<site::components::ComponentsPage>(),
        Entry::of::<site::account::sign_in::SignInPage>(),
        Entry::of::<site::account::second_factor::SecondFactorPage>(),
        Entry::of::<site::account::register::RegisterPage>(),
        Entry::of::<site::account::confirm::ConfirmPage>(),
        Entry::of::<site::account::reset::ResetPage>(),
        Entry::of::<site::account::outcome::OutcomePage>(),
        Entry::of::<site::order::choose::OrderPage>(),
        Entry::of::<site::order::review::ReviewPage>(),
        Entry::of::<site::order::status::StatusPage>(),
        Entry::of::<center::overview::OverviewPage>(),
        Entry::of::<center::password::PasswordPage>(),
        Entry::of::<center::contacts::InvitationPage>(),
        Entry::of::<center::profile::ProfilePage>(),
        Entry::of::<center::security::SecurityPage>(),
        Entry::of::<center::tokens::TokensPage>(),
        Entry::of::<center::second_factor::FactorPage>(),
        Entry::of::<center::second_factor::RecoveryPage>(),
        Entry::of::<center::contacts::ContactsPage>(),
        Entry::of::<center::customers::CustomersPage>(),
        Entry::of::<center::services::ServicesPage>(),
        Entry::of::<center::domains::DomainsPage>(),
        Entry::of::<center::domains::DomainPage>(),
        Entry::of::<center::mailboxes::MailboxesPage>(),
        Entry::of::<center::mailboxes::NewMailboxPage>(),
        Entry::of::<center::mailboxes::MailboxPage>(),
        Entry::of::<center::set_up::SetUpPage>(),
        Entry::of::<center::aliases::AliasesPage>(),
        Entry::of::<center::invoices::InvoicesPage>(),
        Entry::of::<center::invoices::InvoicePage>(),
        Entry::of::<center::privacy::PrivacyPage>(),
        Entry::of::<console::sign_in::StaffSignInPage>(),
        Entry::of::<console::enrol::EnrolPage>(),
        Entry::of::<console::overview::ConsolePage>(),
        Entry::of::<console::orders::OrdersPage>(),
        Entry::of::<console::orders::OrderPage>(),
        Entry::of::<console::customers::CustomersPage>(),
        Entry::of::<console::queue::QueuePage>(),
        Entry::of::<console::jobs::JobsPage>(),
        Entry::of::<console::staff::StaffPage>(),
        Entry::of::<console::you::YouPage>(),
        Entry::of::<sandbox::pay::PayPage>(),
    ];
    pages.push(Entry::of::<api::page::ApiPage>());
    pages.extend(webmail::pages());
    pages
}
