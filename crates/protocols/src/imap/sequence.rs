//! Sequence sets (RFC 3501 section 9 `sequence-set`).

use std::num::NonZeroU32;
use std::ops::RangeInclusive;

use super::cursor::{Bad, Cursor, Parsed};

/// Sets with more ranges than this are refused.
const MAX_RANGES: usize = 20_000;

/// One range; `None` is `*`, the largest number in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SequenceRange {
    /// One end.
    pub from: Option<NonZeroU32>,
    /// The other end; the order of the two means nothing.
    pub to: Option<NonZeroU32>,
}

impl SequenceRange {
    fn resolve(self, largest: u32) -> RangeInclusive<u32> {
        let from = self.from.map_or(largest, NonZeroU32::get);
        let to = self.to.map_or(largest, NonZeroU32::get);
        from.min(to)..=from.max(to)
    }
}

/// A set of message numbers or UIDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequenceSet(pub Vec<SequenceRange>);

impl SequenceSet {
    /// The set as ascending ranges that do not touch, with `*` as `largest`.
    ///
    /// With `largest` 0 (an empty folder) `*` matches nothing.
    pub fn resolve(&self, largest: u32) -> Vec<RangeInclusive<u32>> {
        let mut ranges: Vec<_> = self.0.iter().map(|range| range.resolve(largest)).collect();
        ranges.retain(|range| *range.end() > 0);
        ranges.sort_unstable_by_key(|range| *range.start());
        let mut merged: Vec<RangeInclusive<u32>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if *range.start() <= last.end().saturating_add(1) => {
                    *last = *last.start()..=*last.end().max(range.end());
                }
                _ => merged.push(range),
            }
        }
        merged
    }

    /// True when a number above `largest` is named; such message numbers make a command `BAD`.
    pub fn exceeds(&self, largest: u32) -> bool {
        let over = |end: Option<NonZeroU32>| {
            end.is_none_or(|n| n.get() > largest) && !(end.is_none() && largest > 0)
        };
        self.0.iter().any(|range| over(range.from) || over(range.to))
    }

    pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Self> {
        let mut ranges = Vec::new();
        loop {
            let from = Self::read_number(cursor)?;
            let to = if cursor.eat(b':') { Self::read_number(cursor)? } else { from };
            ranges.push(SequenceRange { from, to });
            if ranges.len() > MAX_RANGES {
                return Err(Bad::new("the sequence set has too many parts; send it in several commands"));
            }
            if !cursor.eat(b',') {
                return Ok(SequenceSet(ranges));
            }
        }
    }

    fn read_number(cursor: &mut Cursor<'_>) -> Parsed<Option<NonZeroU32>> {
        if cursor.eat(b'*') {
            return Ok(None);
        }
        if !cursor.peek().is_some_and(|b| b.is_ascii_digit()) {
            return Err(Bad::new("a sequence set is expected, such as 1:5,9 or 12:*"));
        }
        cursor.nz_number().map(NonZeroU32::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(text: &str) -> SequenceSet {
        SequenceSet::read(&mut Cursor::new(text.as_bytes())).unwrap()
    }

    #[test]
    fn resolves_and_merges() {
        assert_eq!(set("4,1:2,3,9:7").resolve(20), [1..=4, 7..=9]);
        assert_eq!(set("5:*").resolve(3), [3..=5]);
        assert_eq!(set("*:4,2").resolve(10), [2..=2, 4..=10]);
        assert_eq!(set("*").resolve(0), []);
        assert_eq!(set("1:4294967295,4294967295").resolve(3), [1..=u32::MAX]);
    }

    #[test]
    fn knows_numbers_that_do_not_exist() {
        assert!(set("1:5").exceeds(4));
        assert!(!set("1:5").exceeds(5));
        assert!(set("*").exceeds(0));
        assert!(!set("1:*").exceeds(1));
    }

    #[test]
    fn refuses_what_is_none() {
        for bad in ["", "0", "1:", ",1", "a", "1,,2", "4294967296", "99999999999999999999"] {
            assert!(SequenceSet::read(&mut Cursor::new(bad.as_bytes())).is_err(), "{bad}");
        }
        let long = "1,".repeat(MAX_RANGES + 5);
        assert!(SequenceSet::read(&mut Cursor::new(long.as_bytes())).is_err());
    }

    proptest! {
        #[test]
        fn resolving_keeps_the_members(
            ranges in proptest::collection::vec((0u32..30, 0u32..30), 1..8), largest in 1u32..25
        ) {
            let set = SequenceSet(ranges.iter().map(|(a, b)| SequenceRange {
                from: NonZeroU32::new(*a), to: NonZeroU32::new(*b),
            }).collect());
            let resolved = set.resolve(largest);
            for n in 1..40 {
                let member = ranges.iter().any(|(a, b)| {
                    let (a, b) = (if *a == 0 { largest } else { *a }, if *b == 0 { largest } else { *b });
                    (a.min(b)..=a.max(b)).contains(&n)
                });
                prop_assert_eq!(resolved.iter().any(|range| range.contains(&n)), member);
            }
            prop_assert!(resolved.windows(2).all(|w| w[0].end() + 1 < *w[1].start()));
        }
    }
}
