//! Money: integer minor units and a currency, rounded half away from zero (BUSINESS-RULES: money, time and documents).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code with the number of its minor digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Why an amount or currency is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three capital letters.
    #[error("a currency is three capital letters such as USD")]
    Currency,
    /// Amounts of two currencies cannot be added.
    #[error("amounts in {0} and {1} cannot be added")]
    Mixed(Currency, Currency),
    /// The amount does not fit 64 bits of minor units.
    #[error("the amount is too large")]
    Overflow,
}

impl Currency {
    /// United States dollar.
    pub const USD: Currency = Currency(*b"USD");
    /// Euro.
    pub const EUR: Currency = Currency(*b"EUR");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many digits the minor unit has (ISO 4217): 2 for most, 0 for the yen, 3 for some dinars.
    pub fn minor_digits(&self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
            | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_uppercase()) => Ok(Currency([*a, *b, *c])),
            _ => Err(MoneyError::Currency),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An exact fraction, kept in lowest terms with a positive denominator: shares, rates and parts of a period.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

impl Ratio {
    /// One.
    pub const ONE: Ratio = Ratio { numerator: 1, denominator: 1 };
    /// Zero.
    pub const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };

    /// `numerator / denominator`.
    ///
    /// # Panics
    /// If the denominator is zero.
    pub fn new(numerator: i64, denominator: i64) -> Self {
        assert!(denominator != 0, "a fraction needs a denominator");
        Self::reduced(i128::from(numerator), i128::from(denominator))
    }

    fn reduced(numerator: i128, denominator: i128) -> Self {
        let gcd = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1);
        let gcd = i128::try_from(gcd).unwrap_or(1) * denominator.signum();
        Ratio {
            numerator: i64::try_from(numerator / gcd).expect("a fraction within 64 bits"),
            denominator: i64::try_from(denominator / gcd).expect("a fraction within 64 bits"),
        }
    }

    /// The part above the line.
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// The part below the line, always positive.
    pub fn denominator(self) -> i64 {
        self.denominator
    }
}

impl std::ops::Add for Ratio {
    type Output = Ratio;
    fn add(self, other: Ratio) -> Ratio {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(other.numerator), i128::from(other.denominator));
        Ratio::reduced(a * d + c * b, b * d)
    }
}

impl std::ops::Mul for Ratio {
    type Output = Ratio;
    fn mul(self, other: Ratio) -> Ratio {
        Ratio::reduced(
            i128::from(self.numerator) * i128::from(other.numerator),
            i128::from(self.denominator) * i128::from(other.denominator),
        )
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == 1 {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// An amount in minor units (cents) of a currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: cents for USD and EUR.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Money { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Money { minor: 0, currency }
    }

    /// The sum; an error for two currencies or an overflow.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    /// The amount with its sign turned.
    #[must_use]
    pub fn negated(self) -> Money {
        Money { minor: -self.minor, ..self }
    }

    /// This amount times an exact fraction, rounded once, half away from zero.
    pub fn times(self, ratio: Ratio) -> Result<Money, MoneyError> {
        let (n, d) = (i128::from(ratio.numerator), i128::from(ratio.denominator));
        let product = i128::from(self.minor) * n;
        let rounded = (product.abs() * 2 + d) / (d * 2) * product.signum();
        Ok(Money { minor: i64::try_from(rounded).map_err(|_| MoneyError::Overflow)?, ..self })
    }
}

impl fmt::Display for Money {
    /// `12.50 USD`: for logs, APIs and plain text. Pages format amounts in the reader's language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.minor_digits();
        let unit = 10u64.pow(digits);
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        if digits == 0 {
            write!(f, "{sign}{minor} {}", self.currency)
        } else {
            write!(
                f,
                "{sign}{}.{:0width$} {}",
                minor / unit,
                minor % unit,
                self.currency,
                width = digits as usize
            )
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(usd(5).times(Ratio::new(1, 2)), Ok(usd(3)));
        assert_eq!(usd(-5).times(Ratio::new(1, 2)), Ok(usd(-3)));
        assert_eq!(usd(20_000).times(Ratio::new(29, 30)), Ok(usd(19_333)));
        assert_eq!(usd(16_000).times(Ratio::new(29, 30)), Ok(usd(15_467)));
        assert_eq!(usd(i64::MAX).times(Ratio::new(2, 1)), Err(MoneyError::Overflow));
    }

    #[test]
    fn shows_the_minor_digits_of_the_currency() {
        assert_eq!(usd(1250).to_string(), "12.50 USD");
        assert_eq!(usd(-5).to_string(), "-0.05 USD");
        assert_eq!(Money::new(500, "JPY".parse().unwrap()).to_string(), "500 JPY");
        assert_eq!(Money::new(1500, "KWD".parse().unwrap()).to_string(), "1.500 KWD");
    }

    #[test]
    fn currencies_do_not_mix() {
        assert!(usd(1).plus(Money::new(1, Currency::EUR)).is_err());
        assert!("usd".parse::<Currency>().is_err());
    }

    proptest! {
        #[test]
        fn fractions_add_exactly(a in -99i64..99, b in 1i64..99, c in -99i64..99, d in 1i64..99) {
            let sum = Ratio::new(a, b) + Ratio::new(c, d);
            prop_assert_eq!(i128::from(sum.numerator()) * i128::from(b * d), i128::from(a * d + c * b) * i128::from(sum.denominator()));
        }

        #[test]
        fn a_share_and_its_rest_differ_from_the_whole_by_one_unit_at_most(minor in -1_000_000i64..1_000_000, n in 0i64..100) {
            let part = usd(minor).times(Ratio::new(n, 100)).unwrap().minor;
            let rest = usd(minor).times(Ratio::new(100 - n, 100)).unwrap().minor;
            prop_assert!((part + rest - minor).abs() <= 1);
        }
    }
}
