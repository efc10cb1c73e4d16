//! Numbers that people can read out: random, so that nobody counts our tickets, and without letters that look or sound alike.

/// Crockford's base32.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A number such as `T-7K2M-Q9XA`, out of 40 bits.
pub(super) fn number_of(random: [u8; 5]) -> String {
    let bits = random.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let mut number = String::from("T");
    for place in 0..8_u32 {
        if place % 4 == 0 {
            number.push('-');
        }
        let symbol = usize::try_from(bits >> (35 - 5 * place) & 31).unwrap_or(0);
        number.push(char::from(SYMBOLS[symbol]));
    }
    number
}

/// What somebody typed or read out as a number, as it is stored.
pub(crate) fn read_number(typed: &str) -> Option<String> {
    let plain: String =
        typed.trim().to_ascii_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let symbols = plain.strip_prefix('T').filter(|rest| rest.len() == 8)?;
    let mut number = String::from("T");
    for (place, letter) in symbols.chars().enumerate() {
        if place % 4 == 0 {
            number.push('-');
        }
        number.push(match letter {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => return None,
            letter => letter,
        });
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::{number_of, read_number};

    #[test]
    fn a_number_is_read_as_it_is_said() {
        assert_eq!(number_of([0; 5]), "T-0000-0000");
        assert_eq!(number_of([0xff; 5]), "T-ZZZZ-ZZZZ");
        assert_eq!(number_of([0, 0x44, 0x32, 0x14, 0xc7]), "T-0123-4567");
        let number = number_of([1, 2, 3, 4, 5]);
        assert_eq!(read_number(&number).as_deref(), Some(number.as_str()));
        assert_eq!(read_number(" t o1l3 4567").as_deref(), Some("T-0113-4567"));
        for wrong in ["", "T", "T-1234", "X-1234-5678", "T-1234-56789", "T-1234-567U"] {
            assert_eq!(read_number(wrong), None, "{wrong}");
        }
    }
}
