//! How bad a rate of complaints is. Of few recipients it says little, so the lower end of what it may be in truth counts (Wilson's interval, 95 %
//! on one side).

use super::Level;

/// The quantile of 95 %.
const Z: f64 = 1.644_853_6;
/// From which share on, in units of a hundred thousand, and from how many complaints on; the gravest first.
const STEPS: [(Level, u64, u64); 3] =
    [(Level::Hold, 1_000, 5), (Level::Demote, 300, 3), (Level::Warn, 100, 2)];

/// Complaints of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Complaints {
    /// How many there were.
    pub count: u64,
    /// What they weigh, in thousandths.
    pub weight: u64,
}

/// The lower end of the share of complaints, of a hundred thousand recipients.
fn lower_bound(weight: u64, recipients: u64) -> u64 {
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 recipients")]
    let (complaints, recipients) = (weight as f64 / 1_000.0, recipients as f64);
    let n = recipients.max(complaints);
    if n <= 0.0 {
        return 0;
    }
    let (share, z2) = (complaints / n, Z * Z);
    let spread = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let low = (share + z2 / (2.0 * n) - spread) / (1.0 + z2 / n);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100,000")]
    let scaled = (low.clamp(0.0, 1.0) * 100_000.0).round() as u64;
    scaled
}

/// What follows, with the share and the one from which it follows, of a hundred thousand recipients.
pub(crate) fn level(complaints: Complaints, recipients: u64) -> Option<(Level, u64, u64)> {
    let share = lower_bound(complaints.weight, recipients);
    let step = STEPS.iter().find(|(_, from, count)| share >= *from && complaints.count >= *count)?;
    Some((step.0, share, step.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: u64, recipients: u64) -> Option<Level> {
        level(Complaints { count, weight: count * 1_000 }, recipients).map(|(level, ..)| level)
    }

    #[test]
    fn few_complaints_of_many_are_nothing_and_many_of_few_are_grave() {
        assert_eq!(of(0, 0), None);
        assert_eq!(of(1, 10), None, "one reader alone decides nothing");
        assert_eq!(of(2, 20), Some(Level::Warn), "two cannot do more than warn");
        assert_eq!(of(2, 1_000), None, "0.2 % of a thousand may be less than 0.1 % in truth");
        assert_eq!(of(4, 40), Some(Level::Demote));
        assert_eq!(of(5, 50), Some(Level::Hold));
        assert_eq!(of(5, 1_000), Some(Level::Warn));
        assert_eq!(of(10, 1_000), Some(Level::Demote));
        assert_eq!(of(30, 1_000), Some(Level::Hold));
        assert_eq!(of(30, 100_000), None);
        assert_eq!(of(7, 3), Some(Level::Hold), "more than there were recipients");
    }

    #[test]
    fn the_bound_is_wilsons() {
        // Found by halving: where the test of the score says that the share is just possible.
        assert_eq!(lower_bound(10_000, 1_000), 599);
        assert_eq!(lower_bound(0, 1_000), 0);
        assert_eq!(lower_bound(500, 1_000), 7, "half a complaint");
    }
}
