//! What papers say beside what was sold, in the language of whom they are written to: Fluent files under
//! `locales/<language>/papers.ftl`, amounts after the habits of the language. Days stand as 2026-03-01, which is read the
//! same everywhere.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use mailkeep_types::{Habits, Money};
use unic_langid::LanguageIdentifier;

use crate::catalogue::pricing::Measure;
use crate::orders::BillingDetails;

const TEXTS: [(&str, &str); 3] = [
    ("en", include_str!("../../locales/en/papers.ftl")),
    ("de", include_str!("../../locales/de/papers.ftl")),
    ("es", include_str!("../../locales/es/papers.ftl")),
];

/// The languages that papers are written in; the first is that of whoever chose none.
pub const LANGUAGES: [&str; 3] = [TEXTS[0].0, TEXTS[1].0, TEXTS[2].0];

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> =
    LazyLock::new(|| TEXTS.map(|(language, text)| bundle(language, text)));

/// The texts of one language. That its file can be read is what the tests are for.
fn bundle(language: &str, text: &str) -> FluentBundle<FluentResource> {
    let language = language.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks around filled-in values disturb copying of numbers out of the document.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, _)| read));
    bundle
}

/// The words of one language.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    bundle: &'static FluentBundle<FluentResource>,
    habits: &'static Habits,
}

impl Words {
    /// Those of a language such as `de`; English for any that papers are not written in.
    pub(crate) fn of(language: &str) -> Self {
        let habits = Habits::of(language);
        let [english, ..] = &*BUNDLES;
        let own = LANGUAGES.iter().zip(&*BUNDLES).find(|(known, _)| **known == habits.language());
        Words { bundle: own.map_or(english, |(_, bundle)| bundle), habits }
    }

    /// Those of the addressee; English where there is none.
    pub(crate) fn to(addressee: Option<&BillingDetails>) -> Self {
        Words::of(addressee.map_or("", |details| details.language.as_str()))
    }

    /// The language, as `de`.
    pub(crate) fn language(&self) -> &'static str {
        self.habits.language()
    }

    /// A text with nothing filled in.
    pub(crate) fn say(&self, id: &str) -> String {
        self.fill(id, &[])
    }

    /// A text with what is filled in.
    pub(crate) fn fill(&self, id: &str, values: &[(&'static str, &str)]) -> String {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, *value)).collect();
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        debug_assert!(pattern.is_some(), "no paper says {id} in {}", self.language());
        pattern.map_or_else(
            || id.to_owned(),
            |pattern| {
                let mut errors = Vec::new();
                let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
                debug_assert!(errors.is_empty(), "{id} in {}: {errors:?}", self.language());
                text
            },
        )
    }

    /// An amount without its currency, for columns.
    pub(crate) fn plain(&self, amount: Money) -> String {
        self.habits.amount(amount)
    }

    /// An amount with the code of its currency.
    pub(crate) fn money(&self, amount: Money) -> String {
        self.habits.amount_with_code(amount)
    }

    /// A number or rate as the language writes it.
    pub(crate) fn number(&self, number: &str) -> String {
        self.habits.decimals(number)
    }

    /// How many, with what is counted where it is not plain.
    pub(crate) fn counted(&self, quantity: &str, measure: Measure) -> String {
        let number = self.number(quantity);
        match measure {
            Measure::Mailbox | Measure::Piece => number,
            Measure::Gigabyte => self.fill("in-gigabytes", &[("n", &number)]),
            Measure::Hour => self.fill("in-hours", &[("n", &number)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The ids of a file, each with what is filled in.
    fn read(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        FluentResource::try_new(text.to_owned()).unwrap();
        let entries =
            text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
        let values = |text: &str| {
            text.split("{ $")
                .skip(1)
                .filter_map(|part| part.split_once(" }"))
                .map(|(name, _)| name.to_owned())
                .collect()
        };
        entries.map(|(id, text)| (id.to_owned(), values(text))).collect()
    }

    #[test]
    fn every_language_says_the_same() {
        let english = read(TEXTS[0].1);
        assert!(english.len() > 50);
        for (language, text) in TEXTS {
            assert_eq!(read(text), english, "{language}");
        }
    }

    #[test]
    fn amounts_and_numbers_are_those_of_the_language() {
        let amount = Money::new(123_456, mailkeep_types::Currency::EUR);
        let [english, german, unknown] = ["en", "de", "tlh"].map(Words::of);
        assert_eq!(english.money(amount), "1,234.56\u{a0}EUR");
        assert_eq!(german.money(amount), "1.234,56\u{a0}EUR");
        assert_eq!(german.counted("0.5", Measure::Hour), "0,5 Std.");
        assert_eq!(
            german.fill("days", &[("from", "2026-03-01"), ("to", "2026-03-31")]),
            "2026-03-01 bis 2026-03-31"
        );
        assert_eq!(unknown.language(), "en");
    }
}
