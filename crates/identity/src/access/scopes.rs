//! What a person's API token may be used for.

use mailkeep_types::words;
use serde::{Deserialize, Serialize};

words! {
    /// What an API token may be used for.
    Scope {
        /// See one's profile and the customers one is a contact of.
        ProfileRead = "profile:read",
        /// Correct one's profile.
        ProfileWrite = "profile:write",
        /// See who used one's data.
        PrivacyRead = "privacy:read",
        /// See where one is signed in.
        SessionsRead = "sessions:read",
        /// End sessions.
        SessionsWrite = "sessions:write",
        /// See plans, orders, services and invoices.
        BillingRead = "billing:read",
        /// Order, change and cancel services.
        BillingWrite = "billing:write",
        /// See domains and their DNS check.
        DomainsRead = "domains:read",
        /// Add and remove domains and aliases.
        DomainsWrite = "domains:write",
        /// See mailboxes.
        MailboxesRead = "mailboxes:read",
        /// Make, change and close mailboxes.
        MailboxesWrite = "mailboxes:write",
        /// See webhooks and what was sent to them.
        WebhooksRead = "webhooks:read",
        /// Register, change and remove webhooks.
        WebhooksWrite = "webhooks:write",
        /// See what was asked of support.
        TicketsRead = "tickets:read",
        /// Ask support, and answer it.
        TicketsWrite = "tickets:write",
    }
}

/// A set of scopes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// A set of scopes.
    pub fn of(scopes: &[Scope]) -> Self {
        let mut scopes = scopes.to_vec();
        scopes.sort_unstable();
        scopes.dedup();
        Scopes(scopes)
    }

    /// Whether one is among them. Whoever may write may read.
    pub fn contains(&self, scope: Scope) -> bool {
        let wider = match scope {
            Scope::ProfileRead => Some(Scope::ProfileWrite),
            Scope::SessionsRead => Some(Scope::SessionsWrite),
            Scope::BillingRead => Some(Scope::BillingWrite),
            Scope::DomainsRead => Some(Scope::DomainsWrite),
            Scope::MailboxesRead => Some(Scope::MailboxesWrite),
            Scope::WebhooksRead => Some(Scope::WebhooksWrite),
            Scope::TicketsRead => Some(Scope::TicketsWrite),
            _ => None,
        };
        self.0.contains(&scope) || wider.is_some_and(|wider| self.0.contains(&wider))
    }

    /// The scopes.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn stored(&self) -> String {
        self.0.iter().map(|scope| scope.word()).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn from_stored(text: &str) -> Self {
        Scopes(text.split(' ').filter_map(Scope::from_word).collect())
    }
}
