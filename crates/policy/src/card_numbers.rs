//! Numbers of payment cards, recognised where somebody types one into a field that is for something else. None is ever
//! stored: forms refuse it, and what gets that far has it taken out.
//!
//! A number of a card has 14 to 19 digits with the beginning of one of the networks and a right check digit (ISO/IEC
//! 7812). Blanks and hyphens may stand between groups. A telephone number that begins with `+` is none.

use std::borrow::Cow;
use std::ops::Range;

/// What stands in the place of a number that was taken out.
pub const REMOVED: &str = "[card number removed]";

/// Whether a text holds the number of a card.
pub fn holds_one(text: &str) -> bool {
    next(text, 0).is_some()
}

/// The text without numbers of cards.
pub fn without(text: &str) -> Cow<'_, str> {
    let Some(mut found) = next(text, 0) else { return Cow::Borrowed(text) };
    let (mut clean, mut from) = (String::with_capacity(text.len()), 0);
    loop {
        clean.push_str(&text[from..found.start]);
        clean.push_str(REMOVED);
        from = found.end;
        match next(text, from) {
            Some(another) => found = another,
            None => break,
        }
    }
    clean.push_str(&text[from..]);
    Cow::Owned(clean)
}

/// Takes the numbers out of every text of a JSON value.
pub fn clean(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => {
            if let Cow::Owned(clean) = without(text) {
                *text = clean;
            }
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(clean),
        serde_json::Value::Object(values) => values.values_mut().for_each(clean),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// The next number of a card at or after `from`.
fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = run(bytes, at);
        let found = within(bytes, at, end);
        if found.is_some() {
            return found;
        }
        at = end;
    }
    None
}

/// The end of digits that belong together: single blanks or hyphens may stand between them.
fn run(bytes: &[u8], from: usize) -> usize {
    let mut end = from;
    while end < bytes.len() {
        let between = matches!(bytes[end], b' ' | b'-') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !between {
            break;
        }
        end += 1;
    }
    end
}

/// A number among groups of digits: it begins and ends with a group, e.g. after a date or before a check code.
fn within(bytes: &[u8], from: usize, to: usize) -> Option<Range<usize>> {
    // What letters touch is a code of something else, what follows a plus is dialled.
    let apart = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'+');
    let begins = |at: usize| apart(at.checked_sub(1).map(|before| &bytes[before]));
    let ends = |at: usize| apart(bytes.get(at));
    for start in (from..to).filter(|at| bytes[*at].is_ascii_digit() && begins(*at)) {
        let mut digits = Vec::with_capacity(19);
        for (at, byte) in
            bytes.iter().enumerate().take(to).skip(start).filter(|(_, byte)| byte.is_ascii_digit())
        {
            digits.push(byte - b'0');
            if digits.len() > 19 {
                break;
            }
            if ends(at + 1) && is_card(&digits) {
                return Some(start..at + 1);
            }
        }
    }
    None
}

fn is_card(digits: &[u8]) -> bool {
    let length = digits.len();
    if length < 14 {
        return false;
    }
    let first =
        |count: usize| digits.iter().take(count).fold(0u32, |number, digit| number * 10 + u32::from(*digit));
    let network = match (first(1), first(2), first(4)) {
        (4, ..) => matches!(length, 16 | 19),
        (_, 34 | 37, _) => length == 15,
        (_, 51..=55, _) | (_, _, 2221..=2720) => length == 16,
        (_, 36 | 38 | 39, _) | (_, _, 3000..=3059) => length == 14,
        (_, 35 | 60 | 62 | 64 | 65, _) => matches!(length, 16..=19),
        _ => false,
    };
    network && check_digit_fits(digits)
}

/// The check of Luhn (ISO/IEC 7812-1 annex B).
fn check_digit_fits(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let weigh = |(at, digit): (usize, &u8)| u32::from(if at % 2 == 1 { doubled(*digit) } else { *digit });
    digits.iter().rev().enumerate().map(weigh).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that the networks publish for tests.
    const CARDS: [&str; 8] = [
        "4111111111111111",
        "4242 4242 4242 4242",
        "5555-5555-5555-4444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "3530111333300000",
        "36227206271667",
    ];

    #[test]
    fn numbers_of_cards_are_recognised_as_people_write_them() {
        for card in CARDS {
            assert!(holds_one(card), "{card}");
            let text = format!("Please charge {card}, it ends 12/29.");
            assert_eq!(without(&text), format!("Please charge {REMOVED}, it ends 12/29."));
        }
        assert_eq!(without("4111111111111111 and 5555555555554444"), format!("{REMOVED} and {REMOVED}"));
        assert_eq!(without("12 2029 4111 1111 1111 1111 123"), format!("12 2029 {REMOVED} 123"));
    }

    #[test]
    fn other_numbers_stay() {
        for other in [
            "",
            "4111111111111112",
            "1234567812345670",
            "+4 111 111 111 111 111",
            "+491701234567",
            "INV-2026-000118",
            "1778765400000000",
            "a4111111111111111b",
            "https://www.example.com/confirm?token=k4242424242424242z",
        ] {
            assert_eq!(without(other), other);
        }
    }

    #[test]
    fn every_text_of_a_structure_is_cleaned() {
        let mut value =
            serde_json::json!({ "note": ["card 4111111111111111"], "n": 4_111_111_111_111_111u64 });
        clean(&mut value);
        assert_eq!(value["note"][0], format!("card {REMOVED}"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[0-9 +\\-a🂡]{0,60}") {
            let clean = without(&text);
            proptest::prop_assert!(!holds_one(&clean));
        }
    }
}
