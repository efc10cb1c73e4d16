//! How an order went, and what the customer can do.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::bill::Bill;
use crate::page::Page;
use crate::samples;

/// An order's state.
#[derive(Debug, Serialize)]
pub struct StatusPage {
    /// `awaiting_payment`, `checking`, `active`, `review`, `question`, `refused`, `declined` or `cancelled`.
    pub state: &'static str,
    /// `good`, `note`, `warn` or `bad`.
    pub tone: &'static str,
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// Whether the page should ask again by itself.
    pub waiting: bool,
    /// What the reviewer asked.
    pub question: Option<String>,
    /// The number that support asks for.
    pub number: String,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// What it comes to.
    pub bill: Bill,
    /// The payment page, while payment is open.
    pub pay_href: Option<String>,
}

impl StatusPage {
    /// The page for a state.
    pub fn of(state: &'static str, number: String, placed_at: Timestamp, bill: Bill) -> Self {
        let (tone, icon) = match state {
            "active" => ("good", "check"),
            "awaiting_payment" => ("warn", "card"),
            "declined" => ("bad", "card"),
            "refused" | "cancelled" => ("bad", "x"),
            "question" => ("warn", "help"),
            _ => ("note", "clock"),
        };
        let waiting = state == "checking";
        StatusPage { state, tone, icon, waiting, question: None, number, placed_at, bill, pay_href: None }
    }
}

impl Page for StatusPage {
    const TEMPLATE: &'static str = "site/order_status.html";

    fn samples() -> Vec<Self> {
        let states = [
            "checking",
            "active",
            "review",
            "question",
            "refused",
            "declined",
            "awaiting_payment",
            "cancelled",
        ];
        let page = |state| {
            let mut page =
                StatusPage::of(state, "O-2026-00042".to_owned(), samples::minutes_ago(3), Bill::sample());
            match state {
                "question" => {
                    page.question =
                        Some("Please send us a telephone number at which we can reach you.".to_owned())
                }
                "declined" | "awaiting_payment" => page.pay_href = Some("/sandbox/pay/sample".to_owned()),
                _ => {}
            }
            page
        };
        states.into_iter().map(page).collect()
    }
}
