//! How well what goes out is received, in four words.

use super::Counts;

/// Of fewer recipients nothing is said.
const ENOUGH: i64 = 50;
/// In thousandths of the recipients: refused for what we are or sent, not existing, complaining; from which on it is to be watched, and poor.
const BLOCKED: (i64, i64) = (10, 50);
const DEAD: (i64, i64) = (30, 100);
const COMPLAINTS: (i64, i64) = (1, 3);
/// So many complaints at least, however few the recipients.
const COMPLAINING: (i64, i64) = (2, 3);

/// How well what goes out is received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reputation {
    /// There is too little to say.
    TooFew,
    /// It is.
    Good,
    /// Something begins that should be looked at.
    Watch,
    /// It is not.
    Poor,
}

impl Reputation {
    /// All of them.
    pub const ALL: [Reputation; 4] =
        [Reputation::TooFew, Reputation::Good, Reputation::Watch, Reputation::Poor];

    /// The word in the keys of texts.
    pub const fn word(self) -> &'static str {
        match self {
            Reputation::TooFew => "few",
            Reputation::Good => "good",
            Reputation::Watch => "watch",
            Reputation::Poor => "poor",
        }
    }

    /// By how recipients ended and how many of them complained.
    pub fn of(counts: &Counts, complaints: i64) -> Self {
        let all = counts.answered();
        let enough = all >= ENOUGH;
        let of = |part: i64, (watch, poor): (i64, i64)| match part * 1_000 {
            _ if !enough => Reputation::TooFew,
            part if part >= poor * all => Reputation::Poor,
            part if part >= watch * all => Reputation::Watch,
            _ => Reputation::Good,
        };
        let complained = match of(complaints, COMPLAINTS) {
            Reputation::Poor if complaints < COMPLAINING.1 => Reputation::Watch,
            other => other,
        };
        let complained = if complaints < COMPLAINING.0 { Reputation::TooFew } else { complained };
        of(counts.blocked(), BLOCKED).max(of(counts.dead, DEAD)).max(complained)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(delivered: i64, dead: i64, spam: i64, policy: i64, complaints: i64) -> &'static str {
        let counts = Counts { delivered, dead, spam, policy, ..Counts::default() };
        Reputation::of(&counts, complaints).word()
    }

    #[test]
    fn little_mail_says_nothing_and_much_says_it_by_its_worst() {
        assert_eq!(of(0, 0, 0, 0, 0), "few");
        assert_eq!(of(20, 20, 9, 0, 5), "few");
        assert_eq!(of(1_000, 0, 0, 0, 0), "good");
        assert_eq!(of(990, 0, 5, 5, 0), "watch", "1 % refused for what it is");
        assert_eq!(of(950, 0, 25, 25, 0), "poor");
        assert_eq!(of(970, 30, 0, 0, 0), "watch", "3 % do not exist");
        assert_eq!(of(900, 100, 0, 0, 0), "poor");
        assert_eq!(of(100, 0, 0, 0, 1), "good", "one reader alone decides nothing");
        assert_eq!(of(100, 0, 0, 0, 2), "watch");
        assert_eq!(of(1_000, 0, 0, 0, 3), "poor");
        assert_eq!(of(10_000, 0, 0, 0, 3), "good", "0.03 %");
    }
}
