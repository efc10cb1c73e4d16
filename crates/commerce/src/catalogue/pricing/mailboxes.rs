//! Steps of a price by number.

use crate::catalogue::sheet::{TierMode, Tiers};

/// How many cost how much each: one entry for each step that is reached.
pub(super) fn steps(tiers: &Tiers, count: u32) -> Vec<(u32, i64)> {
    if count == 0 {
        return Vec::new();
    }
    let mut reached = tiers.steps.iter().filter(|step| step.from <= count);
    match tiers.mode {
        TierMode::Volume => reached.next_back().map(|step| (count, step.unit_minor)).into_iter().collect(),
        TierMode::Graduated => {
            let reached: Vec<_> = reached.collect();
            let ends = reached.iter().skip(1).map(|next| next.from - 1).chain([count]);
            let begun = reached.iter().map(|step| step.from.saturating_sub(1));
            reached
                .iter()
                .zip(begun.zip(ends))
                .map(|(step, (before, end))| (end - before, step.unit_minor))
                .collect()
        }
    }
}
