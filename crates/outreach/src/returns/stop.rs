//! Why an announcement stops by itself, and the rule by which what came back stops it.

use serde::Serialize;

use super::ReturnFigures;

/// Complaints count from so many messages on: before, one reader would decide.
const ENOUGH_FOR_COMPLAINTS: i64 = 1_000;
/// Dead addresses count from so many messages on.
const ENOUGH_FOR_HARD: i64 = 100;

/// Why an announcement stopped by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// One reader in a thousand complained, or more.
    Complaints,
    /// Two addresses in a hundred were dead, or more.
    Hard,
    /// More people want it than one member of staff alone may write to.
    Unapproved,
    /// The coupon of an offer cannot be used any more.
    CouponOver,
    /// The coupon of an offer was used as often as it can be.
    CouponUsedUp,
}

impl StopReason {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            StopReason::Complaints => "complaints",
            StopReason::Hard => "hard",
            StopReason::Unapproved => "unapproved",
            StopReason::CouponOver => "coupon_over",
            StopReason::CouponUsedUp => "coupon_used_up",
        }
    }

    pub(crate) fn from_stored(word: &str) -> Option<Self> {
        match word {
            "complaints" => Some(StopReason::Complaints),
            "hard" => Some(StopReason::Hard),
            "unapproved" => Some(StopReason::Unapproved),
            "coupon_over" => Some(StopReason::CouponOver),
            "coupon_used_up" => Some(StopReason::CouponUsedUp),
            _ => None,
        }
    }
}

/// Whether an announcement of which so many messages went out must stop.
pub(super) fn must_stop(sent: i64, figures: ReturnFigures) -> Option<StopReason> {
    if sent >= ENOUGH_FOR_COMPLAINTS && figures.complaints.saturating_mul(1_000) >= sent {
        Some(StopReason::Complaints)
    } else if sent >= ENOUGH_FOR_HARD && figures.hard.saturating_mul(50) >= sent {
        Some(StopReason::Hard)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_at_its_thresholds_and_not_before() {
        let figures = |hard, complaints| ReturnFigures { hard, other: 10_000, complaints };
        let cases = [
            (999, figures(0, 900), None),
            (1_000, figures(0, 0), None),
            (1_000, figures(0, 1), Some(StopReason::Complaints)),
            (10_000, figures(0, 9), None),
            (10_000, figures(0, 10), Some(StopReason::Complaints)),
            (99, figures(90, 0), None),
            (100, figures(1, 0), None),
            (100, figures(2, 0), Some(StopReason::Hard)),
            (10_000, figures(199, 0), None),
            (10_000, figures(200, 0), Some(StopReason::Hard)),
        ];
        for (sent, figures, wanted) in cases {
            assert_eq!(must_stop(sent, figures), wanted, "{sent} {figures:?}");
        }
    }
}
