//! Services: what was ordered, and cancelling it.

use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use crate::page::Page;
use crate::samples::{self, usd};

/// The services of the customer.
#[derive(Debug, Serialize)]
pub struct ServicesPage {
    /// The services.
    pub services: Vec<ServiceCard>,
    /// Whether the one who asks may cancel.
    pub may_change: bool,
}

/// A service.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceCard {
    /// Its subscription's id.
    pub id: String,
    /// The plan.
    pub plan: String,
    /// The domain it was ordered for.
    pub domain: String,
    /// `pending`, `active`, `suspended`, `cancelled` or `ended`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Mailboxes ordered.
    pub mailboxes: i64,
    /// `annual` or `monthly`.
    pub term: String,
    /// What a term comes to.
    pub price: Money,
    /// When it is billed next, or ends.
    pub next_billing: Option<Timestamp>,
    /// Whether it was cancelled for the end of its term.
    pub ends: bool,
    /// Whether it can be cancelled now.
    pub can_cancel: bool,
}

impl Page for ServicesPage {
    const TEMPLATE: &'static str = "center/services.html";

    fn samples() -> Vec<Self> {
        let card = ServiceCard {
            id: "a".to_owned(),
            plan: "Business".to_owned(),
            domain: "larkspur-books.example".to_owned(),
            state: "active",
            tone: "good",
            mailboxes: 5,
            term: "annual".to_owned(),
            price: usd(36_000),
            next_billing: Some(samples::days_ago(-300)),
            ends: false,
            can_cancel: true,
        };
        let cancelled = ServiceCard {
            id: "b".to_owned(),
            state: "cancelled",
            tone: "warn",
            ends: true,
            can_cancel: false,
            term: "monthly".to_owned(),
            ..card.clone()
        };
        vec![
            ServicesPage { services: vec![card, cancelled], may_change: true },
            ServicesPage { services: Vec::new(), may_change: false },
        ]
    }
}
