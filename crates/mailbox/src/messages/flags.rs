//! Flags of a message: the five of IMAP and the keywords of a mailbox, one bit each.

use std::fmt;

/// A set of flags. Keywords have the bits from [`Flags::FIRST_KEYWORD`] on; each mailbox names its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(pub(crate) i64);

impl Flags {
    /// None.
    pub const NONE: Flags = Flags(0);
    /// `\Seen`
    pub const SEEN: Flags = Flags(1);
    /// `\Answered`
    pub const ANSWERED: Flags = Flags(2);
    /// `\Flagged`
    pub const FLAGGED: Flags = Flags(4);
    /// `\Deleted`
    pub const DELETED: Flags = Flags(8);
    /// `\Draft`
    pub const DRAFT: Flags = Flags(16);
    /// The bit of the first keyword.
    pub const FIRST_KEYWORD: u32 = 8;
    /// How many keywords a mailbox may have.
    pub const MAX_KEYWORDS: usize = 54;
    /// Everything.
    pub const ALL: Flags = Flags(i64::MAX);

    /// The flag of a keyword by its place in the mailbox's list; `None` beyond [`Flags::MAX_KEYWORDS`].
    pub fn keyword(place: usize) -> Option<Flags> {
        let place = u32::try_from(place).ok().filter(|_| place < Self::MAX_KEYWORDS)?;
        Some(Flags(1 << (Self::FIRST_KEYWORD + place)))
    }

    /// The places of the keywords in the set.
    pub fn keyword_places(self) -> impl Iterator<Item = usize> {
        (0..Self::MAX_KEYWORDS).filter(move |place| self.0 >> (Self::FIRST_KEYWORD as usize + place) & 1 == 1)
    }

    /// True when all of `other` are in the set.
    pub const fn contains(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// True when the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// This set without the other.
    #[must_use]
    pub const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }
}

impl std::ops::BitOr for Flags {
    type Output = Flags;
    fn bitor(self, other: Flags) -> Flags {
        self.with(other)
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({:b})", self.0)
    }
}

/// What STORE does with the flags it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagChange {
    /// `+FLAGS`
    Add(Flags),
    /// `-FLAGS`
    Remove(Flags),
    /// `FLAGS`
    Replace(Flags),
}

impl FlagChange {
    /// Applies the change.
    pub fn apply(self, flags: Flags) -> Flags {
        match self {
            FlagChange::Add(more) => flags | more,
            FlagChange::Remove(gone) => flags.without(gone),
            FlagChange::Replace(new) => new,
        }
    }

    /// The change as `(flags & keep) | set`.
    pub(crate) fn masks(self) -> (i64, i64) {
        match self {
            FlagChange::Add(more) => (i64::MAX, more.0),
            FlagChange::Remove(gone) => (i64::MAX & !gone.0, 0),
            FlagChange::Replace(new) => (0, new.0),
        }
    }
}
