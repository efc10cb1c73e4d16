//! What changed between two revisions, line by line.

use serde::Serialize;

/// A line, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "text")]
pub enum Line {
    /// It stands in both.
    Same(String),
    /// It stands in the newer alone.
    Added(String),
    /// It stands in the older alone.
    Removed(String),
    /// So many lines that stand in both are left out here.
    Skipped(usize),
}

/// Lines around a change that are shown.
const AROUND: usize = 2;
/// Above this the comparison would take too long for a page; everything is then shown as changed.
const MOST_CELLS: usize = 4_000_000;

/// The lines of both texts in one, by their longest common subsequence; long stretches that did not change are left out.
pub fn lines(older: &str, newer: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (older.lines().collect(), newer.lines().collect());
    shorten(compare(&old, &new))
}

fn compare(old: &[&str], new: &[&str]) -> Vec<Line> {
    let removed = |line: &&str| Line::Removed((*line).to_owned());
    let added = |line: &&str| Line::Added((*line).to_owned());
    let width = new.len() + 1;
    if (old.len() + 1).saturating_mul(width) > MOST_CELLS {
        return old.iter().map(removed).chain(new.iter().map(added)).collect();
    }
    // common[i * width + j]: the most lines that old[i..] and new[j..] have in common.
    let mut common = vec![0u32; (old.len() + 1) * width];
    let at = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(0);
    for (i, one) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let most = match one == other {
                true => at(&common, i + 1, j + 1) + 1,
                false => at(&common, i + 1, j).max(at(&common, i, j + 1)),
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = most;
            }
        }
    }
    let mut lines = Vec::with_capacity(old.len().max(new.len()));
    let (mut i, mut j) = (0, 0);
    while let (Some(one), Some(other)) = (old.get(i), new.get(j)) {
        if one == other {
            lines.push(Line::Same((*one).to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if at(&common, i + 1, j) >= at(&common, i, j + 1) {
            lines.push(removed(one));
            i += 1;
        } else {
            lines.push(added(other));
            j += 1;
        }
    }
    lines.extend(old.iter().skip(i).map(removed));
    lines.extend(new.iter().skip(j).map(added));
    lines
}

fn shorten(lines: Vec<Line>) -> Vec<Line> {
    let changed: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !matches!(line, Line::Same(_)))
        .map(|(at, _)| at)
        .collect();
    let mut short = Vec::new();
    let mut skipped = 0;
    for (at, line) in lines.into_iter().enumerate() {
        let next = changed.partition_point(|change| *change < at);
        let near = |change: Option<&usize>| change.is_some_and(|change| change.abs_diff(at) <= AROUND);
        if near(changed.get(next)) || near(next.checked_sub(1).and_then(|before| changed.get(before))) {
            if skipped > 0 {
                short.push(Line::Skipped(skipped));
                skipped = 0;
            }
            short.push(line);
        } else {
            skipped += 1;
        }
    }
    if skipped > 0 {
        short.push(Line::Skipped(skipped));
    }
    short
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Line, compare, lines};

    #[test]
    fn a_changed_line_stands_beside_its_neighbours() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9";
        let same = |text: &str| Line::Same(text.to_owned());
        let expected = vec![
            Line::Skipped(2),
            same("3"),
            same("4"),
            Line::Removed("5".to_owned()),
            Line::Added("five".to_owned()),
            same("6"),
            same("7"),
            Line::Skipped(2),
        ];
        assert_eq!(lines(old, new), expected);
        assert_eq!(lines("a\nb", "a\nb"), vec![Line::Skipped(2)]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_out_of_it(old in prop::collection::vec("[ab]{0,1}", 0..12), new in prop::collection::vec("[ab]{0,1}", 0..12)) {
            let (old, new): (Vec<&str>, Vec<&str>) = (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
            let all = compare(&old, &new);
            let read = |newer: bool| all.iter().filter_map(|line| match line {
                Line::Same(text) => Some(text.as_str()),
                Line::Added(text) if newer => Some(text.as_str()),
                Line::Removed(text) if !newer => Some(text.as_str()),
                _ => None,
            }).collect::<Vec<_>>();
            prop_assert_eq!(read(false), old);
            prop_assert_eq!(read(true), new);
        }
    }
}
