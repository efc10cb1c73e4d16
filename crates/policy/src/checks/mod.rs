//! Static checks: what a promise says about the decision table, tried on every cell of it. A promise that passes is
//! proven for the file in force, not sampled.

mod card;
mod cells;
mod choosing;
mod marks;
mod messages;
mod probes;
mod report;
mod staff;
mod store;
#[cfg(test)]
mod tests;
mod uses;

use serde::Serialize;

use crate::file::CompiledPolicy;

pub use marks::{PromiseMark, count_broken, mark_history, newest_marks, record_marks, record_probe};
pub(crate) use report::Probe;
pub use report::{Known, PromiseReport, attest, report};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "mark", content = "why")]
pub enum Mark {
    /// Every cell agrees with the promise.
    Proven,
    /// The promise does not hold; with the first cell or line that breaks it.
    Broken(String),
}

/// A promise with what its static check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// `P1` to `P50`.
    pub promise: String,
    /// The check, as the file names it.
    pub check: String,
    /// What was found.
    pub mark: Mark,
}

/// Runs the check of every promise that is given and whose proof is static. One that names an unknown check is broken.
pub fn check_static(policy: &CompiledPolicy) -> Vec<Checked> {
    let promises =
        policy.kept_promises().filter(|promise| promise.proof.iter().any(|proof| proof == "static"));
    promises
        .map(|promise| Checked {
            promise: promise.id.get_ref().clone(),
            check: promise.check.clone(),
            mark: run(&promise.check, policy).map_or_else(Mark::Broken, |()| Mark::Proven),
        })
        .collect()
}

type Outcome = Result<(), String>;

fn run(check: &str, policy: &CompiledPolicy) -> Outcome {
    match check {
        "purposes-closed" => uses::purposes_closed(policy),
        "cells-as-written" => uses::cells_as_written(policy),
        "fields-asked" => uses::fields_asked(policy),
        "deliver-cells" => uses::deliver_cells(policy),
        "prefill-own-session" => uses::prefill_own_session(policy),
        "sign-in-anywhere" => uses::sites_by_consent(policy),
        "troubleshoot-needs-ticket" => uses::troubleshoot_needs_ticket(policy),
        "asked-is-editable" => uses::asked_is_editable(policy),
        "profile-page" | "own-details" => uses::own_details(policy),
        "row-swap" => uses::erasable(policy),
        "first-order-screened" => uses::first_order_screened(policy),
        "review-until-decided" => uses::review_until_decided(policy),
        "bulk-limited" => uses::bulk_limited(policy),
        "rejected-goes" => uses::rejected_goes(policy),
        "declared-country" => uses::declared_country(policy),
        "profile-needs-session" => uses::profile_needs_session(policy),
        "feedback-opt-out" => messages::feedback_opt_out(policy),
        "inform-split" => messages::inform_split(policy),
        "account-class-always" => messages::account_class_always(policy),
        "choices-honoured" => messages::choices_honoured(policy),
        "topics-chosen" => messages::topics_chosen(policy),
        "one-click" => messages::one_click(policy),
        "declined-stays" => messages::declined_stays(policy),
        "contact-uses" => messages::contact_uses(policy),
        "card-cells" => card::card_cells(policy),
        "token-for-recurring" => card::token_for_recurring(policy),
        "card-needs-permission" => card::card_needs_permission(policy),
        "staff-needs-fact" => staff::staff_needs_fact(policy),
        "privacy-case" => staff::privacy_case(policy),
        "disclosure-grounds" => staff::disclosure_grounds(policy),
        unknown => Err(format!("there is no static check “{unknown}”")),
    }
}
