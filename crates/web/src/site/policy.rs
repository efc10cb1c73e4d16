//! The policy page, printed from the file that the servers enforce.

use serde::Serialize;
use serde_json::json;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::Answer;

/// The policy page.
#[derive(Debug, Serialize)]
pub struct PolicyPage {
    /// The page model of the policy crate.
    pub policy: serde_json::Value,
}

impl Page for PolicyPage {
    const TEMPLATE: &'static str = "site/policy.html";

    fn samples() -> Vec<Self> {
        vec![PolicyPage {
            policy: json!({
                "title": "Privacy policy", "version": "1", "policy_id": "9f".repeat(32),
                "sections": [{ "id": "use", "title": "What your data is used for", "intro": "Five purposes, and four that support them.",
                    "promises": [{ "id": "P1", "text": "We sell your data to nobody.", "rests_on": ["never-sell"], "proof": ["static", "attested"] },
                                 { "id": "P6", "text": "We use it to deliver what you ordered and to bill for it.", "rests_on": ["deliver"], "proof": ["probe"] }] }],
                "purposes": [{ "id": "deliver", "words": "deliver what was ordered and bill for it", "kind": "primary", "trigger": "your order" }],
                "categories": [{ "id": "contact", "words": "how you can be reached", "held_as": "controller", "kept": "30 days after you leave", "purposes": ["deliver", "inform"] }],
                "nevers": ["A payment token is never used for feedback."],
                "messages": [{ "class": "account", "words": "billing and security", "channels": ["email"], "choice": "none" }],
            }),
        }]
    }
}

/// `GET /policy`
pub async fn show(ctx: Ctx) -> Answer {
    let page = ctx.state.policy.page(&ctx.state.config.company);
    let policy = serde_json::to_value(page).map_err(WebError::internal)?;
    ctx.page(&PolicyPage { policy })
}
