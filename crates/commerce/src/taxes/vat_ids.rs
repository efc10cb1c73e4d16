//! Value added tax numbers of the European Union: their form, and their check digits where the states publish the rule.
//!
//! What passes is well formed; whether it is registered only the states' register (VIES) says. Numbers of Bulgaria and
//! Spain, Czech numbers of persons, and old Irish ones are held to their form alone.

/// The country (ISO 3166) that a number is of, if it is a well-formed one. Blanks, dots and hyphens do not matter.
pub fn country_of(number: &str) -> Option<&'static str> {
    let clean: String = number.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    if !clean.is_ascii() || clean.len() > 16 {
        return None;
    }
    let clean = clean.to_ascii_uppercase();
    let (prefix, rest) = clean.split_at_checked(2)?;
    // Greece writes EL in front of its numbers.
    let country = super::places::country(if prefix == "EL" { "GR" } else { prefix })?;
    is_well_formed(country, rest).then_some(country)
}

fn is_well_formed(country: &str, number: &str) -> bool {
    match country {
        "AT" => number.strip_prefix('U').and_then(digits::<8>).is_some_and(austrian),
        "BE" => digits::<10>(number).is_some_and(|d| d[0] <= 1 && 97 - value(&d[..8]) % 97 == value(&d[8..])),
        "BG" => digits::<9>(number).is_some() || digits::<10>(number).is_some(),
        "CY" => cypriot(number),
        "CZ" => match number.len() {
            8 => digits::<8>(number).is_some_and(czech),
            _ => digits::<9>(number).is_some() || digits::<10>(number).is_some(),
        },
        "DE" => digits::<9>(number).is_some_and(|d| d[0] != 0 && iso_7064(&d)),
        "DK" => {
            digits::<8>(number).is_some_and(|d| weighted(&d, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
        }
        "EE" => digits::<9>(number)
            .is_some_and(|d| (10 - weighted(&d, &[3, 7, 1, 3, 7, 1, 3, 7]) % 10) % 10 == d[8]),
        "ES" => spanish(number),
        "FI" => digits::<8>(number).is_some_and(|d| match weighted(&d, &[7, 9, 10, 5, 8, 4, 2]) % 11 {
            0 => d[7] == 0,
            1 => false,
            rest => d[7] == 11 - rest,
        }),
        "FR" => french(number),
        "GR" => digits::<9>(number)
            .is_some_and(|d| weighted(&d, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == d[8]),
        "HR" => digits::<11>(number).is_some_and(|d| iso_7064(&d)),
        "HU" => {
            digits::<8>(number).is_some_and(|d| (10 - weighted(&d, &[9, 7, 3, 1, 9, 7, 3]) % 10) % 10 == d[7])
        }
        "IE" => irish(number),
        "IT" => digits::<11>(number).is_some_and(|d| luhn(&d)),
        "LT" => lithuanian(number),
        "LU" => digits::<8>(number).is_some_and(|d| value(&d[..6]) % 89 == value(&d[6..])),
        "LV" => digits::<11>(number).is_some_and(latvian),
        "MT" => {
            digits::<8>(number).is_some_and(|d| 37 - weighted(&d, &[3, 4, 6, 7, 8, 9]) % 37 == value(&d[6..]))
        }
        "NL" => dutch(number),
        "PL" => digits::<10>(number).is_some_and(|d| weighted(&d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == d[9]),
        "PT" => digits::<9>(number).is_some_and(|d| {
            let check = 11 - weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            d[0] != 0 && d[8] == if check > 9 { 0 } else { check }
        }),
        "RO" => romanian(number),
        "SE" => digits::<12>(number).is_some_and(|d| luhn(&d[..10]) && value(&d[10..]) > 0),
        "SI" => digits::<8>(number).is_some_and(|d| {
            let check = 11 - weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
            d[0] != 0 && check != 11 && d[7] == check % 10
        }),
        "SK" => digits::<10>(number).is_some_and(|d| d[0] != 0 && value(&d).is_multiple_of(11)),
        _ => false,
    }
}

/// Exactly so many digits.
fn digits<const N: usize>(text: &str) -> Option<[u64; N]> {
    let read: Vec<u64> = text.chars().map(|c| c.to_digit(10).map(u64::from)).collect::<Option<_>>()?;
    read.try_into().ok()
}

fn value(digits: &[u64]) -> u64 {
    digits.iter().fold(0, |sum, digit| sum * 10 + digit)
}

/// The sum of the first digits times their weights.
fn weighted(digits: &[u64], weights: &[u64]) -> u64 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The sum of digits in which every second one, from the right, is doubled, ends in zero.
fn luhn(digits: &[u64]) -> bool {
    let doubled = |digit: u64| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u64 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    sum.is_multiple_of(10)
}

/// ISO 7064, modulus 11,10; the last digit checks the others.
fn iso_7064(digits: &[u64]) -> bool {
    let Some((check, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, digit| match (digit + product) % 10 {
        0 => 20 % 11,
        sum => sum * 2 % 11,
    });
    (11 - product) % 10 == *check
}

fn austrian(d: [u64; 8]) -> bool {
    let sum: u64 = d
        .iter()
        .take(7)
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    (10 - (sum + 4) % 10) % 10 == d[7]
}

fn cypriot(number: &str) -> bool {
    let Some((digits_text, letter)) = number.split_at_checked(8) else { return false };
    let Some(d) = digits::<8>(digits_text) else { return false };
    let odd = |digit: u64| match digit {
        0 => 1,
        1 => 0,
        2 => 5,
        3 => 7,
        4 => 9,
        more => more * 2 + 3,
    };
    let sum: u64 =
        d.iter().enumerate().map(|(at, digit)| if at % 2 == 0 { odd(*digit) } else { *digit }).sum();
    let wanted = u8::try_from(sum % 26).map(|at| char::from(b'A' + at));
    wanted.is_ok_and(|wanted| letter.chars().eq([wanted]))
}

fn czech(d: [u64; 8]) -> bool {
    let check = 11 - weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    d[0] != 9 && d[7] == check % 10
}

fn spanish(number: &str) -> bool {
    let bytes = number.as_bytes();
    let [first, middle @ .., last] = bytes else { return false };
    let letter_or_digit = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    middle.len() == 7
        && middle.iter().all(u8::is_ascii_digit)
        && letter_or_digit(first)
        && letter_or_digit(last)
        && (first.is_ascii_uppercase() || last.is_ascii_uppercase())
}

fn french(number: &str) -> bool {
    let Some((key, siren)) = number.split_at_checked(2) else { return false };
    let Some(siren) = digits::<9>(siren) else { return false };
    match digits::<2>(key) {
        Some(key) => (12 + 3 * (value(&siren) % 97)) % 97 == value(&key),
        // Keys with letters: I and O are not used.
        None => key.chars().all(|c| c.is_ascii_digit() || (c.is_ascii_uppercase() && c != 'I' && c != 'O')),
    }
}

fn irish(number: &str) -> bool {
    let letter = |c: char| c.is_ascii_uppercase().then(|| u64::from(u32::from(c) - u32::from('A')) + 1);
    if let Some((d, rest)) = number.split_at_checked(7)
        && let Some(d) = digits::<7>(d)
    {
        let mut rest = rest.chars();
        let (Some(check), second) = (rest.next().and_then(letter), rest.next()) else { return false };
        let more = match second {
            None => 0,
            Some(second) => match letter(second) {
                Some(at) if at <= 9 => at * 9,
                _ => return false,
            },
        };
        return rest.next().is_none()
            && (weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) + more) % 23 == check % 23
            && check <= 23;
    }
    // Until 2013 the second character could be a letter or a sign.
    let old: Vec<char> = number.chars().collect();
    matches!(old.as_slice(), [first, second, middle @ .., last]
        if middle.len() == 5 && first.is_ascii_digit() && middle.iter().all(char::is_ascii_digit)
            && (second.is_ascii_uppercase() || matches!(second, '+' | '*')) && last.is_ascii_uppercase())
}

fn lithuanian(number: &str) -> bool {
    let fits = |d: &[u64]| {
        let Some((check, rest)) = d.split_last() else { return false };
        let sum = |shift: u64| -> u64 {
            (0u64..).zip(rest).map(|(at, digit)| digit * ((at + shift) % 9 + 1)).sum::<u64>() % 11
        };
        let first = sum(0);
        let found = if first == 10 { sum(2) % 10 } else { first };
        found == *check
    };
    digits::<9>(number).is_some_and(|d| fits(&d)) || digits::<12>(number).is_some_and(|d| fits(&d))
}

fn latvian(d: [u64; 11]) -> bool {
    if d[0] <= 3 {
        // Persons: the number begins with a date of birth, or with 32.
        return true;
    }
    let sum = weighted(&d, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6]) % 11;
    let check = match sum {
        4 => return false,
        more if more > 4 => 14 - more,
        less => 3 - less,
    };
    check == d[10]
}

fn dutch(number: &str) -> bool {
    let Some((d, rest)) = number.split_at_checked(9) else { return false };
    let Some(branch) = rest.strip_prefix('B').and_then(digits::<2>) else { return false };
    let Some(d) = digits::<9>(d) else { return false };
    let old = weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == d[8];
    // Since 2020 the whole, with N L as 23 21 and B as 11, leaves 1 of 97.
    let chained = [2, 3, 2, 1].into_iter().chain(d).chain([1, 1]).chain(branch);
    old || chained.fold(0, |rest, digit| (rest * 10 + digit) % 97) == 1
}

fn romanian(number: &str) -> bool {
    let Some(d) = number.chars().map(|c| c.to_digit(10).map(u64::from)).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let Some((check, rest)) = d.split_last().filter(|(_, rest)| (1..=9).contains(&rest.len())) else {
        return false;
    };
    let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let sum: u64 = rest.iter().rev().zip(weights.iter().rev()).map(|(digit, weight)| digit * weight).sum();
    rest.first().is_some_and(|first| *first != 0) && sum * 10 % 11 % 10 == *check
}
