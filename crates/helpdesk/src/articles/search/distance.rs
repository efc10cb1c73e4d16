//! How far a typed word is from one of the index, in slips of the finger.
//!
//! The optimal string alignment distance with weights: letters that change places, a letter that is doubled or not, and one
//! vowel for another are half slips, because they are what people get wrong most; a wrong first letter is more than one.

/// What one whole slip costs.
pub(super) const SLIP: u32 = 10;
const HALF: u32 = 6;
const FIRST: u32 = 4;

/// The furthest that a word of so many letters may be.
pub(super) const fn furthest(letters: usize) -> u32 {
    match letters {
        0..=2 => 0,
        3 => SLIP,
        4 | 5 => 2 * SLIP - 2,
        6..=8 => 2 * SLIP + HALF,
        _ => 3 * SLIP + HALF,
    }
}

/// A bit for each letter that stands in a word. Two words differ in at most two bits for each slip, which rules out most of
/// an index without looking closer.
pub(super) fn letters_of(word: &[char]) -> u64 {
    word.iter().fold(0, |bits, letter| bits | 1 << (u32::from(*letter) % 64))
}

/// Whether two words may be within a distance, by their letters and lengths alone.
pub(super) fn may_be_near(one: (usize, u64), other: (usize, u64), furthest: u32) -> bool {
    // The cheapest slip costs half: the bound must hold for it.
    let slips = furthest / HALF;
    let bits = (one.1 ^ other.1).count_ones();
    bits <= 2 * slips && u32::try_from(one.0.abs_diff(other.0)).is_ok_and(|by| by <= slips)
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether one letter is easily taken for the other.
fn alike(one: char, other: char) -> bool {
    (is_vowel(one) && is_vowel(other))
        || matches!(
            (one, other),
            ('c', 's' | 'k')
                | ('s' | 'k', 'c')
                | ('s', 'z')
                | ('z', 's')
                | ('m', 'n')
                | ('n', 'm')
                | ('f', 'v')
                | ('v', 'f')
        )
}

/// Adding or leaving out `letter` beside `before`: half where it only doubles, or is an `e` or `h` that is not heard.
fn extra(letter: char, before: Option<char>) -> u32 {
    if before == Some(letter) || matches!(letter, 'e' | 'h') { HALF } else { SLIP }
}

fn cell(row: &[u32], at: usize) -> u32 {
    row.get(at).copied().unwrap_or(u32::MAX / 4)
}

/// The distance, or `None` when it is above `furthest`. `rows` is room that is used again.
pub(super) fn distance(
    typed: &[char],
    word: &[char],
    furthest: u32,
    rows: &mut [Vec<u32>; 3],
) -> Option<u32> {
    let before = |letters: &[char], at: usize| at.checked_sub(1).and_then(|at| letters.get(at)).copied();
    let [last_but_one, last, now] = rows;
    last_but_one.clear();
    last.clear();
    last.push(0);
    for (at, letter) in word.iter().enumerate() {
        let so_far = cell(last, at);
        last.push(so_far + extra(*letter, before(word, at)));
    }
    for (row, mine) in typed.iter().enumerate() {
        now.clear();
        now.push(cell(last, 0) + extra(*mine, before(typed, row)));
        let mut least = u32::MAX;
        for (column, theirs) in word.iter().enumerate() {
            let (my_last, their_last) = (before(typed, row), before(word, column));
            let change = match () {
                () if mine == theirs => 0,
                () if alike(*mine, *theirs) => HALF,
                () => SLIP,
            };
            let mut best = cell(last, column) + change;
            best = best.min(cell(last, column + 1) + extra(*mine, my_last));
            best = best.min(cell(now, column) + extra(*theirs, their_last));
            if my_last == Some(*theirs) && their_last == Some(*mine) && mine != theirs {
                best = best.min(cell(last_but_one, column - 1) + HALF);
            }
            least = least.min(best);
            now.push(best);
        }
        if least > furthest && cell(now, 0) > furthest {
            return None;
        }
        std::mem::swap(last_but_one, last);
        std::mem::swap(last, now);
    }
    let first = if typed.first() == word.first() { 0 } else { FIRST };
    let whole = cell(last, word.len()) + first;
    (whole <= furthest).then_some(whole)
}
