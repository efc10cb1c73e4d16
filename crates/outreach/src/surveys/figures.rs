//! What answers come to: counts, and the score of each scale.

use std::collections::BTreeMap;

use serde::Serialize;

use super::questions::{Given, Kind, Question, Sheet};

/// How many answered a question at all, among its counts.
pub(super) const ALL: i64 = -1;

/// Counts, by question and value.
pub(super) type Counts = BTreeMap<(u32, i64), i64>;

/// Adds the answers of one person.
pub(super) fn add(counts: &mut Counts, sheet: &Sheet) {
    for (question, given) in sheet {
        *counts.entry((*question, ALL)).or_default() += 1;
        if let Given::Values(values) = given {
            for value in values {
                *counts.entry((*question, i64::from(*value))).or_default() += 1;
            }
        }
    }
}

/// The score of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Score {
    /// Share of those who would recommend it (9, 10) less share of those who would not (0 to 6), −100 to 100.
    Nps {
        /// The score.
        score: i64,
        /// 9 and 10.
        promoters: i64,
        /// 7 and 8.
        passives: i64,
        /// 0 to 6.
        detractors: i64,
    },
    /// Share of those who are satisfied (4, 5), in hundredths.
    Csat {
        /// 0 to 100.
        percent: i64,
        /// 4 and 5.
        satisfied: i64,
    },
    /// The mean, in hundredths.
    Ces {
        /// 100 to 700.
        hundredths: i64,
    },
}

/// What a question was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The question.
    pub question: Question,
    /// How many answered it.
    pub answered: i64,
    /// How often each value was chosen, in the order of the values; nothing for a text, and where too few answered.
    pub values: Vec<(u32, i64)>,
    /// The score of a scale that somebody answered.
    pub score: Option<Score>,
    /// Whether too few answered it for the answers to be shown.
    pub withheld: bool,
}

/// The figures of a question; with fewer answers than `least`, none but how many.
pub(super) fn figures(question: Question, counts: &Counts, least: i64) -> Figures {
    let count = |value: i64| counts.get(&(question.id, value)).copied().unwrap_or(0);
    let answered = count(ALL);
    let withheld = answered < least;
    let values: Vec<(u32, i64)> = match withheld {
        true => Vec::new(),
        false => question.values().into_iter().map(|value| (value, count(i64::from(value)))).collect(),
    };
    let score = score(question.kind, &values);
    Figures { question, answered, values, score, withheld }
}

fn score(kind: Kind, values: &[(u32, i64)]) -> Option<Score> {
    let within = |from: u32, to: u32| -> i64 {
        values.iter().filter(|(value, _)| (from..=to).contains(value)).map(|(_, count)| count).sum()
    };
    let all = within(0, u32::MAX);
    if all == 0 {
        return None;
    }
    match kind {
        Kind::Nps => {
            let (promoters, passives, detractors) = (within(9, 10), within(7, 8), within(0, 6));
            let score = rounded((promoters - detractors) * 100, all);
            Some(Score::Nps { score, promoters, passives, detractors })
        }
        Kind::Csat => {
            let satisfied = within(4, 5);
            Some(Score::Csat { percent: rounded(satisfied * 100, all), satisfied })
        }
        Kind::Ces => {
            let sum: i64 = values.iter().map(|(value, count)| i64::from(*value) * count).sum();
            Some(Score::Ces { hundredths: rounded(sum * 100, all) })
        }
        Kind::One | Kind::Several | Kind::Text => None,
    }
}

/// A quotient, halves rounded away from zero. `by` is more than nothing.
pub fn rounded(value: i64, by: i64) -> i64 {
    let half = by / 2 * value.signum();
    // An odd divisor has no half that is whole.
    (value + half) / by
}
