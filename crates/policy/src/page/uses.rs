//! The decision table as a reader sees it: by kind of data and purpose, and by who uses it.

use super::{MatrixCell, MatrixRow, PageRole, PageRule, PageUse, RoleUse};
use crate::file::CompiledPolicy;
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, PurposeId, Role};

/// A row for each category of the file, with a cell for each purpose.
pub(super) fn matrix(policy: &CompiledPolicy) -> Vec<MatrixRow> {
    let file = &policy.raw;
    let purposes = || file.purpose.iter().map(|purpose| purpose.id.get_ref());
    let cell = |category: &String, purpose: &String| {
        let known = CategoryId::from_id(category).zip(PurposeId::from_id(purpose));
        let uses = known.map_or_else(Vec::new, |(category, purpose)| uses(policy, purpose, category));
        let never = file.never.iter().any(|never| never.covers_every_role(purpose, category));
        let state = match (uses.is_empty(), never) {
            (false, _) => "open",
            (true, true) => "never",
            (true, false) => "closed",
        };
        MatrixCell { purpose: purpose.clone(), state, uses }
    };
    let categories = file.category.iter().map(|category| category.id.get_ref());
    categories
        .map(|category| MatrixRow {
            category: category.clone(),
            cells: purposes().map(|purpose| cell(category, purpose)).collect(),
        })
        .collect()
}

/// Who may use a category for a purpose. Acts on the same facts stand together.
fn uses(policy: &CompiledPolicy, purpose: PurposeId, category: CategoryId) -> Vec<PageUse> {
    let mut found: Vec<PageUse> = Vec::new();
    for role in Role::ALL {
        for act in Act::ALL {
            let key = CellKey { purpose, category, role: *role, act: *act };
            let Cell::Allowed(ways) = policy.table.cell(key) else { continue };
            let mut facts: Vec<Vec<&'static str>> =
                ways.iter().map(|way| way.needs.iter().map(|fact| fact.id()).collect()).collect();
            facts.sort();
            facts.dedup();
            let told = ways.iter().all(|way| policy.notifies.get(usize::from(way.rule)) == Some(&true));
            match found.iter_mut().find(|one| one.role == role.id() && one.facts == facts && one.told == told)
            {
                Some(one) => one.acts.push(act.id()),
                None => found.push(PageUse { role: role.id(), acts: vec![act.id()], facts, told }),
            }
        }
    }
    found
}

/// What each role can see or do: what it may use in the same way stands together.
pub(super) fn roles(policy: &CompiledPolicy) -> Vec<PageRole> {
    let of = |role: &Role| {
        let mut all: Vec<RoleUse> = Vec::new();
        for purpose in PurposeId::ALL {
            for category in CategoryId::ALL {
                for way in uses(policy, *purpose, *category).into_iter().filter(|way| way.role == role.id()) {
                    match all.iter_mut().find(|one| one.purpose == purpose.id() && one.way == way) {
                        Some(one) => one.categories.push(category.id().to_owned()),
                        None => all.push(RoleUse {
                            purpose: purpose.id().to_owned(),
                            categories: vec![category.id().to_owned()],
                            way,
                        }),
                    }
                }
            }
        }
        PageRole { role: role.id(), staff: role.is_staff(), uses: all }
    };
    Role::ALL.iter().map(of).collect()
}

/// The rules in the order of the file.
pub(super) fn rules(policy: &CompiledPolicy) -> Vec<PageRule> {
    let rules = policy.raw.rule.iter().enumerate();
    rules
        .map(|(index, rule)| PageRule {
            id: rule.id.get_ref().clone(),
            purpose: rule.purpose.clone(),
            categories: rule.categories.clone(),
            roles: rule.roles.clone(),
            acts: rule.acts.clone(),
            facts: rule
                .requires
                .iter()
                .map(|way| way.split('+').map(|fact| fact.trim().to_owned()).collect())
                .collect(),
            told: policy.notifies.get(index) == Some(&true),
        })
        .collect()
}
