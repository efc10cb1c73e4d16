//! What every check is made of: statements about all cells, or about all ways through the cells that are picked.

use super::Outcome;
use crate::file::CompiledPolicy;
use crate::table::{Cell, CellKey, FactSet, Way};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// Every allowed way of the cells that `chosen` picks satisfies `holds`.
pub(super) fn every_way(
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

pub(super) fn needs(way: &Way, kind: FactKind) -> bool {
    way.needs.contains(FactSet::one(kind))
}

pub(super) fn needs_one(way: &Way, kinds: &[FactKind]) -> bool {
    kinds.iter().any(|kind| needs(way, *kind))
}

pub(super) fn allowed_with(policy: &CompiledPolicy, key: CellKey, kind: FactKind) -> bool {
    policy.table.decide(key, FactSet::one(kind)).is_ok()
}

/// The program may do what it has to do to keep the promise.
pub(super) fn must(
    policy: &CompiledPolicy,
    purpose: PurposeId,
    category: CategoryId,
    role: Role,
    act: Act,
    fact: FactKind,
) -> Outcome {
    match allowed_with(policy, CellKey { purpose, category, role, act }, fact) {
        true => Ok(()),
        false => Err(format!("{role} may not {act} {category} for {purpose} with {fact}")),
    }
}
