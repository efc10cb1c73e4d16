//! Sets of message numbers.

use std::ops::RangeInclusive;

/// A set of UIDs as ascending ranges that neither touch nor overlap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UidSet(Vec<RangeInclusive<u32>>);

impl UidSet {
    /// All UIDs there can be.
    pub fn all() -> Self {
        UidSet(vec![1..=u32::MAX])
    }

    /// Takes ranges in any order; reversed ones are turned.
    pub fn from_ranges(ranges: impl IntoIterator<Item = RangeInclusive<u32>>) -> Self {
        let mut ranges: Vec<_> = ranges
            .into_iter()
            .map(|r| if r.start() <= r.end() { r } else { *r.end()..=*r.start() })
            .collect();
        ranges.sort_unstable_by_key(|r| *r.start());
        let mut out: Vec<RangeInclusive<u32>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match out.last_mut() {
                Some(last) if *range.start() <= last.end().saturating_add(1) => {
                    *last = *last.start()..=*last.end().max(range.end());
                }
                _ => out.push(range),
            }
        }
        UidSet(out)
    }

    /// The ranges, ascending.
    pub fn ranges(&self) -> &[RangeInclusive<u32>] {
        &self.0
    }

    /// True when nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when the UID is in the set.
    pub fn contains(&self, uid: u32) -> bool {
        self.range_of(uid).is_some()
    }

    /// Which range the UID lies in.
    pub(crate) fn range_of(&self, uid: u32) -> Option<usize> {
        let at = self.0.partition_point(|r| *r.end() < uid);
        self.0.get(at).filter(|r| r.contains(&uid)).map(|_| at)
    }

    /// The ranges to ask the database for. A set of very many pieces is read as one range, and what is not in the set
    /// is passed over by [`UidSet::contains`].
    pub(crate) fn scan_ranges(&self) -> Vec<(i64, i64)> {
        const FEW: usize = 64;
        match (self.0.first(), self.0.last()) {
            (Some(first), Some(last)) if self.0.len() > FEW => {
                vec![(i64::from(*first.start()), i64::from(*last.end()))]
            }
            _ => self.0.iter().map(|r| (i64::from(*r.start()), i64::from(*r.end()))).collect(),
        }
    }
}

impl FromIterator<u32> for UidSet {
    fn from_iter<I: IntoIterator<Item = u32>>(uids: I) -> Self {
        UidSet::from_ranges(uids.into_iter().map(|uid| uid..=uid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "clients write them so, and mean the same")]
    fn ranges_are_joined() {
        let set = UidSet::from_ranges([7..=9, 1..=3, 4..=4, 20..=10]);
        assert_eq!(set.ranges(), [1..=4, 7..=20]);
        assert!(set.contains(3) && !set.contains(5) && set.contains(20) && !set.contains(21));
    }

    proptest! {
        #[test]
        fn holds_what_it_was_made_of(uids in proptest::collection::vec(1u32..60, 0..40)) {
            let set: UidSet = uids.iter().copied().collect();
            for uid in 0..70 {
                prop_assert_eq!(set.contains(uid), uids.contains(&uid));
            }
        }
    }
}
