//! When the desk stops answering by itself, so that two desks that mail each other fall silent.

use super::machine::Sign;

/// So many letters the desk writes by itself to one address within the window.
pub const MOST_ANSWERS: u32 = 2;
/// An address that writes more often within the window is no person who waits for a word that the letter arrived.
pub const MOST_LETTERS: u32 = 20;
/// The window, in hours.
pub const WINDOW_HOURS: u32 = 24;

/// What went between the desk and one address within the window. What a person of ours wrote is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exchange {
    /// Letters that the desk wrote by itself.
    pub answered: u32,
    /// Letters that came, this one with them.
    pub received: u32,
}

/// Whether the desk may say by itself that a letter arrived: never to a machine, and only so often to anybody. What another desk
/// writes may show no sign of a machine at all; the count stops it.
pub fn may_answer(sign: Option<Sign>, exchange: Exchange) -> bool {
    sign.is_none() && exchange.answered < MOST_ANSWERS && exchange.received <= MOST_LETTERS
}
