//! Static checks: what a promise says about the decision table, tried on every cell of it. A promise that passes is
//! proven for the file in force, not sampled.

use serde::Serialize;

use crate::file::{CompiledPolicy, Erasure};
use crate::outbound::{Choice, MessageClass};
use crate::table::{Cell, CellKey, FactSet, Way};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

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

/// Runs the check of every promise whose proof is static. One that names an unknown check is broken.
pub fn check_static(policy: &CompiledPolicy) -> Vec<Checked> {
    let promises =
        policy.raw.promise.iter().filter(|promise| promise.proof.iter().any(|proof| proof == "static"));
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
        "purposes-closed" => purposes_closed(policy),
        "fields-asked" => fields_asked(policy),
        "deliver-cells" => deliver_cells(policy),
        "troubleshoot-needs-ticket" => troubleshoot_needs_ticket(policy),
        "feedback-opt-out" => feedback_opt_out(policy),
        "inform-split" => inform_split(policy),
        "asked-is-editable" => asked_is_editable(policy),
        "first-order-screened" => first_order_screened(policy),
        "review-until-decided" => review_until_decided(policy),
        "card-cells" => card_cells(policy),
        "token-for-recurring" => token_for_recurring(policy),
        unknown => Err(format!("there is no static check “{unknown}”")),
    }
}

/// Every allowed way of the cells that `chosen` picks satisfies `holds`.
fn every_way(
    policy: &CompiledPolicy,
    chosen: impl Fn(CellKey) -> bool,
    holds: impl Fn(CellKey, &Way) -> bool,
) -> Outcome {
    for key in CellKey::all().filter(|key| chosen(*key)) {
        if let Cell::Allowed(ways) = policy.table.cell(key)
            && let Some(way) = ways.iter().find(|way| !holds(key, way))
        {
            let rule = &policy.table.rules()[usize::from(way.rule)];
            return Err(format!(
                "rule {rule} lets {} {} {} for {} with {:?}",
                key.role, key.act, key.category, key.purpose, way.needs
            ));
        }
    }
    Ok(())
}

fn needs(way: &Way, kind: FactKind) -> bool {
    way.needs.contains(FactSet::one(kind))
}

fn needs_one(way: &Way, kinds: &[FactKind]) -> bool {
    kinds.iter().any(|kind| needs(way, *kind))
}

fn allowed_with(policy: &CompiledPolicy, key: CellKey, kind: FactKind) -> bool {
    policy.table.decide(key, FactSet::one(kind)).is_ok()
}

/// P1, P11: the purposes are the nine, and nothing is handed to others without a recorded ground.
fn purposes_closed(policy: &CompiledPolicy) -> Outcome {
    const NINE: [&str; 9] =
        ["deliver", "prefill", "troubleshoot", "feedback", "inform", "protect", "comply", "rights", "audit"];
    if let Some(other) = PurposeId::ALL.iter().find(|purpose| !NINE.contains(&purpose.id())) {
        return Err(format!("there is a purpose “{other}”"));
    }
    every_way(policy, |key| key.act == Act::Disclose, |_, way| needs(way, FactKind::Ground))
}

/// P5: personal fields are asked of the person in a session, or arise from an order that is being decided.
fn fields_asked(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.act == Act::Collect,
        |key, way| match key.role {
            Role::Person => needs(way, FactKind::OwnSession),
            Role::System => needs_one(way, &[FactKind::OrderPlaced, FactKind::OrderInReview]),
            _ => false,
        },
    )
}

/// P6: what is used to deliver is justified by something ordered, due, sent or one's own.
fn deliver_cells(policy: &CompiledPolicy) -> Outcome {
    use FactKind::{
        DueInvoice, OrderInReview, OrderPlaced, OutboundMessage, OwnMailbox, OwnSession, QueuedMessage,
        ServiceOrdered,
    };
    every_way(
        policy,
        |key| key.purpose == PurposeId::Deliver,
        |key, way| match key.role {
            Role::Person => needs(way, OwnSession),
            Role::Mailbox => needs(way, OwnMailbox),
            Role::System => needs_one(
                way,
                &[ServiceOrdered, OrderPlaced, DueInvoice, OutboundMessage, QueuedMessage, OwnMailbox],
            ),
            _ => needs_one(way, &[DueInvoice, OrderInReview]),
        },
    )
}

/// P8: only support, only under a ticket.
fn troubleshoot_needs_ticket(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.purpose == PurposeId::Troubleshoot,
        |key, way| key.role == Role::Support && needs(way, FactKind::OpenTicket),
    )?;
    // Whatever the purpose, support has no other way to a profile.
    every_way(policy, |key| key.role == Role::Support, |_, way| needs(way, FactKind::OpenTicket))
}

fn only_by_message(policy: &CompiledPolicy, purpose: PurposeId) -> Outcome {
    every_way(
        policy,
        |key| key.purpose == purpose,
        |key, way| key.role == Role::System && needs(way, FactKind::OutboundMessage),
    )
}

/// P9: questions go through the message gate and can be declined.
fn feedback_opt_out(policy: &CompiledPolicy) -> Outcome {
    only_by_message(policy, PurposeId::Feedback)?;
    match policy.classes.get(&MessageClass::Feedback) {
        Some(terms) if terms.choice >= Choice::OptOut => Ok(()),
        _ => Err("messages of class feedback cannot be declined".to_owned()),
    }
}

/// P10: what serves to inform goes through the message gate, and only to those who asked for it.
fn inform_split(policy: &CompiledPolicy) -> Outcome {
    only_by_message(policy, PurposeId::Inform)?;
    for class in [MessageClass::News, MessageClass::Marketing, MessageClass::Subscribed] {
        match policy.classes.get(&class) {
            Some(terms) if terms.choice == Choice::OptIn && terms.purpose == PurposeId::Inform => {}
            _ => return Err(format!("messages of class {class} go to people who did not ask for them")),
        }
    }
    Ok(())
}

/// P18: what a person is asked for, a person can change.
fn asked_is_editable(policy: &CompiledPolicy) -> Outcome {
    for category in CategoryId::ALL {
        let cell = |purpose, act| CellKey { purpose, category: *category, role: Role::Person, act };
        let may = |act| {
            PurposeId::ALL
                .iter()
                .any(|purpose| allowed_with(policy, cell(*purpose, act), FactKind::OwnSession))
        };
        if may(Act::Collect) && !may(Act::Change) {
            return Err(format!("a person is asked for {category} and cannot change it"));
        }
    }
    Ok(())
}

/// P28: the screening may read what it needs of an order that was placed, and nobody else sees what it found.
fn first_order_screened(policy: &CompiledPolicy) -> Outcome {
    let category = CategoryId::FraudSignal;
    let key = CellKey { purpose: PurposeId::Protect, category, role: Role::System, act: Act::Collect };
    if !allowed_with(policy, key, FactKind::OrderPlaced) {
        return Err("the screening may not note what it found".to_owned());
    }
    every_way(
        policy,
        |key| key.category == category,
        |key, _| key.purpose == PurposeId::Protect && matches!(key.role, Role::System | Role::FraudReviewer),
    )
}

/// P29: a reviewer sees the order while it waits, and nothing else.
fn review_until_decided(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.role == Role::FraudReviewer,
        |key, way| {
            needs(way, FactKind::OrderInReview)
                && key.act == Act::Read
                && !matches!(
                    key.category,
                    CategoryId::PaymentToken | CategoryId::MailContent | CategoryId::MailMetadata
                )
        },
    )
}

/// P43: the card reference serves to bill and the person themselves; the billing address also the screening.
fn card_cells(policy: &CompiledPolicy) -> Outcome {
    use FactKind::{DueInvoice, OrderPlaced, OwnSession, ServiceOrdered};
    every_way(
        policy,
        |key| key.category == CategoryId::PaymentToken,
        |key, way| {
            key.purpose == PurposeId::Deliver
                && match key.role {
                    Role::Person => needs(way, OwnSession),
                    Role::System => needs_one(way, &[DueInvoice, OrderPlaced, ServiceOrdered]),
                    _ => false,
                }
        },
    )?;
    every_way(
        policy,
        |key| key.category == CategoryId::BillingAddress,
        |key, _| {
            matches!(key.purpose, PurposeId::Deliver | PurposeId::Protect)
                || key.role == Role::Person && matches!(key.purpose, PurposeId::Rights | PurposeId::Prefill)
        },
    )
}

/// P44: kept for what recurs, and gone soon after the last service.
fn token_for_recurring(policy: &CompiledPolicy) -> Outcome {
    let category = CategoryId::PaymentToken;
    let key = CellKey { purpose: PurposeId::Deliver, category, role: Role::System, act: Act::Read };
    if !allowed_with(policy, key, FactKind::DueInvoice) {
        return Err("a due invoice does not justify reading the card reference".to_owned());
    }
    let terms = policy.terms(category);
    match (terms.erasure, terms.keep_days) {
        (Erasure::DestroyKey, ..=30) => Ok(()),
        _ => Err("the card reference outlives the last service by more than 30 days".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::BUILT_FILE;

    fn marks(text: &str) -> Vec<Checked> {
        check_static(&CompiledPolicy::compile(text).unwrap_or_else(|error| panic!("{error}")))
    }

    #[test]
    fn every_static_promise_of_the_build_is_proven() {
        let marks = marks(BUILT_FILE);
        assert!(marks.len() >= 12, "{marks:?}");
        let broken: Vec<_> = marks.iter().filter(|checked| checked.mark != Mark::Proven).collect();
        assert!(broken.is_empty(), "{broken:?}");
    }

    #[test]
    fn each_check_notices_its_sabotage() {
        // Each is a file without lint errors that breaks one promise.
        let sabotages = [
            (
                "P1",
                "acts = [\"read\", \"change\", \"export\", \"erase\"]",
                "acts = [\"read\", \"change\", \"export\", \"erase\", \"disclose\"]",
            ),
            (
                "P5",
                "roles = [\"fraud_reviewer\"]\nacts = [\"read\"]",
                "roles = [\"fraud_reviewer\"]\nacts = [\"read\", \"collect\"]",
            ),
            (
                "P6",
                "requires = [\"due_invoice\", \"order_in_review\"]",
                "requires = [\"due_invoice\", \"open_ticket\"]",
            ),
            ("P8", "requires = [\"open_ticket\"]", "requires = [\"open_ticket\", \"second_person\"]"),
            ("P8", "roles = [\"fraud_reviewer\"]", "roles = [\"fraud_reviewer\", \"support\"]"),
            (
                "P9",
                "purpose = \"feedback\"\ncategories = [\"identity\", \"contact\", \"preferences\"]\nroles = [\"system\"]",
                "purpose = \"feedback\"\ncategories = [\"identity\", \"contact\", \"preferences\"]\nroles = [\"system\", \"writer\"]",
            ),
            (
                "P10",
                "words = \"offers\"\nchannels = [\"email\", \"post\", \"telephone\"]\nchoice = \"opt_in\"",
                "words = \"offers\"\nchannels = [\"email\"]\nchoice = \"opt_out\"",
            ),
            ("P18", "acts = [\"collect\", \"read\", \"change\"]", "acts = [\"collect\", \"read\"]"),
            (
                "P28",
                "acts = [\"collect\", \"read\"]\nrequires = [\"order_placed\", \"order_in_review\"]",
                "acts = [\"read\"]\nrequires = [\"order_placed\", \"order_in_review\"]",
            ),
            ("P29", "roles = [\"billing\"]", "roles = [\"billing\", \"fraud_reviewer\"]"),
            (
                "P43",
                "categories = [\"identity\", \"contact\", \"postal\", \"billing_address\", \"network\", \"fraud_signal\"]\nroles = [\"system\"]",
                "categories = [\"identity\", \"contact\", \"postal\", \"payment_token\", \"network\", \"fraud_signal\"]\nroles = [\"system\"]",
            ),
            (
                "P44",
                "your card, never the card number\"\nas = \"controller\"\nkeep_days = 30",
                "your card, never the card number\"\nas = \"controller\"\nkeep_days = 60",
            ),
        ];
        for (promise, from, to) in sabotages {
            assert!(BUILT_FILE.contains(from), "the policy file has no {from:?} any more");
            let marks = marks(&BUILT_FILE.replacen(from, to, 1));
            let checked = marks.iter().find(|checked| checked.promise == promise).unwrap();
            assert!(matches!(checked.mark, Mark::Broken(_)), "{promise} survived {to:?}");
        }
    }

    #[test]
    fn an_unknown_check_is_no_proof() {
        let marks = marks(&BUILT_FILE.replacen("check = \"card-cells\"", "check = \"card-sells\"", 1));
        let checked = marks.iter().find(|checked| checked.promise == "P43").unwrap();
        assert!(matches!(&checked.mark, Mark::Broken(why) if why.contains("card-sells")), "{checked:?}");
    }
}
