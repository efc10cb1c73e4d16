//! Checks of what the card and the billing address serve.

use super::Outcome;
use super::cells::{every_way, needs, needs_one};
use crate::file::{CompiledPolicy, Erasure};
use crate::table::{CellKey, FactSet};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// P43: the card reference serves to bill and the person themselves; the billing address also the screening.
pub(super) fn card_cells(policy: &CompiledPolicy) -> Outcome {
    use FactKind::{DueInvoice, OrderPlaced, OwnSession};
    every_way(
        policy,
        |key| key.category == CategoryId::PaymentToken,
        |key, way| {
            key.purpose == PurposeId::Deliver
                && match key.role {
                    Role::Person => needs(way, OwnSession),
                    Role::System => needs_one(way, &[DueInvoice, OrderPlaced]),
                    _ => false,
                }
        },
    )?;
    every_way(
        policy,
        |key| key.category == CategoryId::BillingAddress,
        |key, _| {
            matches!(key.purpose, PurposeId::Deliver | PurposeId::Protect)
                || !key.role.is_staff() && key.purpose == PurposeId::Rights
                || key.role == Role::Person && key.purpose == PurposeId::Prefill
        },
    )
}

/// P44: kept for what recurs, and gone soon after the last service.
pub(super) fn token_for_recurring(policy: &CompiledPolicy) -> Outcome {
    let category = CategoryId::PaymentToken;
    let key = CellKey { purpose: PurposeId::Deliver, category, role: Role::System, act: Act::Read };
    let facts = FactSet::one(FactKind::DueInvoice).with(FactKind::StandingPermission);
    if policy.table.decide(key, facts).is_err() {
        return Err("a due invoice with permission does not justify reading the card reference".to_owned());
    }
    let terms = policy.terms(category);
    match (terms.erasure, terms.keep_days) {
        (Erasure::DestroyKey, ..=30) => Ok(()),
        _ => Err("the card reference outlives the last service by more than 30 days".to_owned()),
    }
}

/// P45: whatever opens the reference to a card for a charge needs a permission: the standing one for what recurs, a fresh
/// one for what is new.
pub(super) fn card_needs_permission(policy: &CompiledPolicy) -> Outcome {
    use FactKind::{DueInvoice, FreshPermission, OrderPlaced, StandingPermission};
    every_way(
        policy,
        |key| key.category == CategoryId::PaymentToken && key.role != Role::Person,
        |_, way| {
            needs(way, DueInvoice) && needs(way, StandingPermission)
                || needs(way, OrderPlaced) && needs(way, FreshPermission)
        },
    )
}
