//! How each language of the build writes dates, numbers, amounts and sizes, after CLDR.

use crate::Money;

/// What a language is used to.
#[derive(Debug)]
pub struct Habits {
    language: &'static str,
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    /// What follows the number of a day.
    after_day: &'static str,
    /// What stands between day, month and year of a date in full.
    between: &'static str,
    decimal: char,
    group: char,
    /// The smallest number that is written in groups of three digits.
    grouped_from: u64,
    /// Whether the sign of a currency stands before the number.
    sign_first: bool,
    dollar: &'static str,
    bytes: &'static str,
    just_now: &'static str,
    before_span: &'static str,
    after_span: &'static str,
    minute: [&'static str; 2],
    hour: [&'static str; 2],
    day: [&'static str; 2],
}

const ENGLISH: Habits = Habits {
    language: "en",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    after_day: "",
    between: " ",
    decimal: '.',
    group: ',',
    grouped_from: 1_000,
    sign_first: true,
    dollar: "$",
    bytes: "bytes",
    just_now: "just now",
    before_span: "",
    after_span: " ago",
    minute: ["minute", "minutes"],
    hour: ["hour", "hours"],
    day: ["day", "days"],
};

const GERMAN: Habits = Habits {
    language: "de",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: [
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ],
    after_day: ".",
    between: " ",
    decimal: ',',
    group: '.',
    grouped_from: 1_000,
    sign_first: false,
    dollar: "$",
    bytes: "Byte",
    just_now: "gerade eben",
    before_span: "vor ",
    after_span: "",
    minute: ["Minute", "Minuten"],
    hour: ["Stunde", "Stunden"],
    day: ["Tag", "Tagen"],
};

const SPANISH: Habits = Habits {
    language: "es",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    after_day: "",
    between: " de ",
    decimal: ',',
    group: '.',
    grouped_from: 10_000,
    sign_first: false,
    // A lone dollar sign means pesos in much of Latin America.
    dollar: "US$",
    bytes: "bytes",
    just_now: "hace un momento",
    before_span: "hace ",
    after_span: "",
    minute: ["minuto", "minutos"],
    hour: ["hora", "horas"],
    day: ["día", "días"],
};

static ALL: [Habits; 3] = [ENGLISH, GERMAN, SPANISH];

impl Habits {
    /// Those of a language such as `de` or `de-AT`; of English for one that we do not speak.
    pub fn of(language: &str) -> &'static Habits {
        let [english, ..] = &ALL;
        let spoken = language.split(['-', '_']).next().unwrap_or_default();
        ALL.iter().find(|habits| habits.language.eq_ignore_ascii_case(spoken)).unwrap_or(english)
    }

    /// The language, as `de`.
    pub const fn language(&self) -> &'static str {
        self.language
    }

    /// `3 March 2026`
    pub fn date(&self, date: jiff::civil::Date) -> String {
        let Habits { after_day, between, .. } = self;
        let month = name(&self.months, date.month());
        format!("{}{after_day}{between}{month}{between}{}", date.day(), date.year())
    }

    /// `March 2026`; in short, `Mar 26`.
    pub fn month(&self, date: jiff::civil::Date, short: bool) -> String {
        if short {
            let month = name(&self.short_months, date.month()).trim_end_matches('.');
            return format!("{month} {:02}", date.year().rem_euclid(100));
        }
        // Where days and months are joined by a word, so are months and years; a plain space elsewhere.
        format!("{}{}{}", name(&self.months, date.month()), self.between, date.year())
    }

    /// `12.5 %` for 125 thousandths, with one decimal.
    pub fn percent(&self, thousandths: i64) -> String {
        let sign = if thousandths < 0 { "−" } else { "" };
        let (whole, rest) = (thousandths.unsigned_abs() / 10, thousandths.unsigned_abs() % 10);
        let space = if self.sign_first { "" } else { "\u{a0}" };
        format!("{sign}{}{}{rest}{space}%", self.grouped(whole), self.decimal)
    }

    /// `25%` or `33.33%` from hundredths of a percent, without needless digits.
    pub fn share(&self, hundredths: u16) -> String {
        let space = if self.sign_first { "" } else { "\u{a0}" };
        let (whole, part) = (hundredths / 100, hundredths % 100);
        match part {
            0 => format!("{whole}{space}%"),
            _ => format!("{whole}{}{part:02}{space}%", self.decimal),
        }
    }

    /// `3 Mar`
    pub fn short_date(&self, date: jiff::civil::Date) -> String {
        format!("{}{} {}", date.day(), self.after_day, name(&self.short_months, date.month()))
    }

    /// `99.987%` from thousandths of a percent; the whole is written without digits after the point.
    pub fn up_time(&self, milli_percent: i64) -> String {
        let space = if self.sign_first { "" } else { "\u{a0}" };
        match milli_percent.rem_euclid(1000) {
            0 if milli_percent == 100_000 => format!("100{space}%"),
            rest => format!("{}{}{rest:03}{space}%", milli_percent.div_euclid(1000), self.decimal),
        }
    }

    /// `5 minutes ago`, for up to weeks; `just now` for less than a minute.
    pub fn ago(&self, seconds: i64) -> String {
        let (count, [one, many]) = match seconds {
            ..=59 => return self.just_now.to_owned(),
            60..=3_599 => (seconds / 60, self.minute),
            3_600..=86_399 => (seconds / 3_600, self.hour),
            _ => (seconds / 86_400, self.day),
        };
        let unit = if count == 1 { one } else { many };
        format!("{}{count} {unit}{}", self.before_span, self.after_span)
    }

    /// `1,234,567`
    pub fn number(&self, number: i64) -> String {
        let sign = if number < 0 { "−" } else { "" };
        format!("{sign}{}", self.grouped(number.unsigned_abs()))
    }

    /// `1,250.00`, for columns of one currency.
    pub fn amount(&self, amount: Money) -> String {
        let minus = if amount.minor < 0 { "−" } else { "" };
        format!("{minus}{}", self.unsigned(amount))
    }

    /// `1,250.00 USD`, for papers that are read in many countries.
    pub fn amount_with_code(&self, amount: Money) -> String {
        format!("{}\u{a0}{}", self.amount(amount), amount.currency.code())
    }

    /// A number that is written as programs do, e.g. `0.5`, with the decimal sign of the language.
    pub fn decimals(&self, number: &str) -> String {
        number.replace('.', self.decimal.encode_utf8(&mut [0; 4]))
    }

    /// `$1,250.00`; a currency without a sign of its own is shown by its code.
    pub fn money(&self, amount: Money) -> String {
        let number = self.unsigned(amount);
        let minus = if amount.minor < 0 { "−" } else { "" };
        match self.currency_sign(amount.currency.code()) {
            Some(sign) if self.sign_first => format!("{minus}{sign}{number}"),
            Some(sign) => format!("{minus}{number}\u{a0}{sign}"),
            None => format!("{minus}{number}\u{a0}{}", amount.currency.code()),
        }
    }

    /// `$` for USD; `None` for a currency that is shown by its code.
    pub fn currency_sign(&self, code: &str) -> Option<&'static str> {
        match code {
            "USD" => Some(self.dollar),
            "EUR" => Some("€"),
            "GBP" => Some("£"),
            _ => None,
        }
    }

    /// `1.4 GB`, in powers of 1000: what is sold is counted so.
    pub fn bytes(&self, count: i64) -> String {
        let units = [self.bytes, "KB", "MB", "GB", "TB"];
        #[expect(clippy::cast_precision_loss, reason = "shown with one digit after the point")]
        let mut size = count.max(0) as f64;
        let mut unit = 0;
        while size >= 1000.0 && unit + 1 < units.len() {
            size /= 1000.0;
            unit += 1;
        }
        let name = units.get(unit).copied().unwrap_or(self.bytes);
        if unit == 0 || size >= 100.0 || (size.fract() < 0.05) {
            format!("{size:.0}\u{a0}{name}")
        } else {
            let size = format!("{size:.1}").replace('.', &self.decimal.to_string());
            format!("{size}\u{a0}{name}")
        }
    }

    fn unsigned(&self, amount: Money) -> String {
        let digits = amount.currency.minor_digits();
        let unit = 10u64.pow(digits);
        let minor = amount.minor.unsigned_abs();
        let mut number = self.grouped(minor / unit);
        if digits > 0 {
            let rest = minor % unit;
            number.push_str(&format!("{}{rest:0width$}", self.decimal, width = digits as usize));
        }
        number
    }

    fn grouped(&self, number: u64) -> String {
        let digits = number.to_string();
        if number < self.grouped_from {
            return digits;
        }
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(self.group);
            }
            out.push(digit);
        }
        out
    }
}

/// The name of the month from 1 to 12.
fn name(names: &[&'static str; 12], month: i8) -> &'static str {
    names.iter().zip(1..).find(|(_, number)| *number == month).map_or("", |(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use jiff::civil::date;

    /// What English, German and Spanish say.
    fn each(say: impl Fn(&Habits) -> String) -> [String; 3] {
        ["en", "de", "es"].map(|language| say(Habits::of(language)))
    }

    #[test]
    fn a_language_without_habits_has_those_of_english() {
        assert_eq!(Habits::of("es").language(), "es");
        assert_eq!(Habits::of("tlh").language(), "en");
    }

    #[test]
    fn dates_stand_in_the_order_of_the_language() {
        let day = date(2026, 3, 1);
        assert_eq!(each(|habits| habits.date(day)), ["1 March 2026", "1. März 2026", "1 de marzo de 2026"]);
        assert_eq!(each(|habits| habits.short_date(day)), ["1 Mar", "1. März", "1 mar"]);
        let last = date(2026, 12, 31);
        assert_eq!(each(|habits| habits.short_date(last)), ["31 Dec", "31. Dez.", "31 dic"]);
    }

    #[test]
    fn spans_have_singular_and_plural() {
        assert_eq!(each(|habits| habits.ago(59)), ["just now", "gerade eben", "hace un momento"]);
        assert_eq!(each(|habits| habits.ago(60)), ["1 minute ago", "vor 1 Minute", "hace 1 minuto"]);
        assert_eq!(each(|habits| habits.ago(7_200)), ["2 hours ago", "vor 2 Stunden", "hace 2 horas"]);
        assert_eq!(each(|habits| habits.ago(259_200)), ["3 days ago", "vor 3 Tagen", "hace 3 días"]);
    }

    #[test]
    fn numbers_have_the_groups_of_the_language() {
        assert_eq!(each(|habits| habits.number(-1_250)), ["−1,250", "−1.250", "−1250"]);
        assert_eq!(each(|habits| habits.number(1_234_567)), ["1,234,567", "1.234.567", "1.234.567"]);
    }

    #[test]
    fn money_has_sign_groups_and_the_digits_of_its_currency() {
        let dollars = Money::new(125_000, Currency::USD);
        assert_eq!(
            each(|habits| habits.money(dollars)),
            ["$1,250.00", "1.250,00\u{a0}$", "1250,00\u{a0}US$"]
        );
        let euros = Money::new(-125_000, Currency::EUR);
        assert_eq!(
            each(|habits| habits.amount_with_code(euros)),
            ["−1,250.00\u{a0}EUR", "−1.250,00\u{a0}EUR", "−1250,00\u{a0}EUR"]
        );
        assert_eq!(each(|habits| habits.decimals("0.5")), ["0.5", "0,5", "0,5"]);
        let cents = Money::new(-5, Currency::EUR);
        assert_eq!(each(|habits| habits.money(cents)), ["−€0.05", "−0,05\u{a0}€", "−0,05\u{a0}€"]);
        let yen = Money::new(1_234_567, "JPY".parse().unwrap());
        assert_eq!(
            each(|habits| habits.money(yen)),
            ["1,234,567\u{a0}JPY", "1.234.567\u{a0}JPY", "1.234.567\u{a0}JPY"]
        );
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(each(|habits| habits.bytes(0)), ["0\u{a0}bytes", "0\u{a0}Byte", "0\u{a0}bytes"]);
        assert_eq!(each(|habits| habits.bytes(1536)), ["1.5\u{a0}KB", "1,5\u{a0}KB", "1,5\u{a0}KB"]);
        assert_eq!(each(|habits| habits.bytes(25_000_000_000)), ["25\u{a0}GB"; 3]);
    }
}
