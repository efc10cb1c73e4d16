//! The transparency report: what happened with people's data outside of everyday work, half-year by half-year, counted and
//! never named.
//!
//! Disclosures that the law forbids to tell of are given as a band, together for all grounds, until they are revealed; then
//! they are counted in the half-year in which they were made.

mod count;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::disclosures::Ground;

pub use count::report;

/// The report.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The policy in force, 64 hexadecimal digits.
    pub policy_id: String,
    /// The half-years, the newest first; the newest is not over yet.
    pub halves: Vec<Half>,
}

/// A half-year, in UTC.
#[derive(Debug, Clone, Serialize)]
pub struct Half {
    /// The year.
    pub year: i16,
    /// 1 or 2.
    pub half: u8,
    /// Whether it goes on.
    pub running: bool,
    /// Disclosures, by ground.
    pub grounds: Vec<GroundTotals>,
    /// Disclosures that nobody may be told of yet, on all grounds together.
    pub sealed: Band,
    /// Cases in which staff opened data with a reason, where no fact fitted.
    pub break_glass: CaseTotals,
    /// Unusual accesses that the program found.
    pub unusual: UnusualTotals,
    /// Requests of persons, by kind.
    pub requests: Vec<RequestTotals>,
}

/// Disclosures on one ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GroundTotals {
    /// The ground.
    pub ground: Ground,
    /// How many were agreed to by two people.
    pub disclosed: u64,
    /// How many were refused, by the register itself or by the second person.
    pub refused: u64,
}

/// A number that may be told only roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Band {
    /// At least.
    pub from: u64,
    /// At most; `None` without an end.
    pub to: Option<u64>,
}

impl Band {
    /// The band in which a count lies. Zero is not told apart from a few.
    pub const fn of(count: u64) -> Self {
        match count {
            0..=9 => Band { from: 0, to: Some(9) },
            10..=49 => Band { from: 10, to: Some(49) },
            50..=249 => Band { from: 50, to: Some(249) },
            _ => Band { from: 250, to: None },
        }
    }
}

/// Break-glass cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CaseTotals {
    /// How many were opened.
    pub opened: u64,
    /// How many a second person found good.
    pub confirmed: u64,
    /// How many a second person disputed.
    pub disputed: u64,
    /// How many nobody looked at within a day.
    pub unseen: u64,
}

/// Unusual accesses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct UnusualTotals {
    /// How many were found.
    pub found: u64,
    /// How many of them are explained, and the explanation agreed to by a second person.
    pub explained: u64,
}

/// Requests of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestTotals {
    /// What was asked for, e.g. `export` or `erase`.
    pub kind: String,
    /// How many came.
    pub received: u64,
    /// How many of them are answered.
    pub answered: u64,
    /// How long half of the answers took at most, in seconds.
    pub median_seconds: Option<u64>,
    /// How long the slowest answer took, in seconds.
    pub longest_seconds: Option<u64>,
}
