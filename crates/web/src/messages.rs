//! Every text that a person reads, in Fluent files under `locales/<language>/`.
//!
//! Templates call `t("id", name=value)`. A text that does not exist is an error of the template, found by the test
//! that renders every page; at run time the id is shown, so that the page still works.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A text to show later, in the language of whoever reads it: its id and what is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Msg {
    /// The id in the Fluent files.
    pub id: Cow<'static, str>,
    /// What is filled in; numbers that decide between singular and plural are given as numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<Cow<'static, str>, Arg>,
}

/// A value filled into a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A number; decides between singular and plural.
    Number(i64),
    /// Any text.
    Text(String),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

/// The text `id` with nothing filled in.
pub fn msg(id: &'static str) -> Msg {
    Msg { id: Cow::Borrowed(id), args: BTreeMap::new() }
}

impl Msg {
    /// Fills in `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.insert(Cow::Borrowed(name), value.into());
        self
    }
}

/// All languages of the build.
pub struct Messages {
    languages: BTreeMap<String, FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.languages.keys()).finish()
    }
}

/// The language that every text exists in.
pub const FALLBACK: &str = "en";

impl Messages {
    /// Reads message files given as language and text.
    ///
    /// # Errors
    /// What is wrong with a file, in words.
    pub fn read<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, String> {
        let mut languages = BTreeMap::new();
        for (language, text) in files {
            let id: LanguageIdentifier =
                language.parse().map_err(|_| format!("{language} is no language tag"))?;
            let resource = FluentResource::try_new(text.to_owned())
                .map_err(|(_, errors)| format!("messages in {language}: {errors:?}"))?;
            let bundle = languages.entry(language.to_owned()).or_insert_with(|| {
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                // The marks around filled-in values disturb copying of addresses and records.
                bundle.set_use_isolating(false);
                bundle
            });
            bundle.add_resource(resource).map_err(|errors| format!("messages in {language}: {errors:?}"))?;
        }
        if !languages.contains_key(FALLBACK) {
            return Err(format!("there are no messages in {FALLBACK}"));
        }
        Ok(Messages { languages })
    }

    /// The text in `language`, else in English; `None` if there is no such text.
    pub fn text(&self, language: &str, id: &str, args: &BTreeMap<Cow<'static, str>, Arg>) -> Option<String> {
        self.format(language, id, None, args)
    }

    /// An attribute of a text, e.g. what the button of a message says.
    pub fn attribute(
        &self,
        language: &str,
        id: &str,
        attribute: &str,
        args: &BTreeMap<Cow<'static, str>, Arg>,
    ) -> Option<String> {
        self.format(language, id, Some(attribute), args)
    }

    fn format(
        &self,
        language: &str,
        id: &str,
        attribute: Option<&str>,
        args: &BTreeMap<Cow<'static, str>, Arg>,
    ) -> Option<String> {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(
                name.as_ref(),
                match value {
                    Arg::Number(number) => FluentValue::Number(FluentNumber::from(*number)),
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                },
            );
        }
        [language, FALLBACK].into_iter().find_map(|language| {
            let bundle = self.languages.get(language)?;
            let message = bundle.get_message(id)?;
            let pattern = match attribute {
                Some(attribute) => message.get_attribute(attribute)?.value(),
                None => message.value()?,
            };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned();
            for error in errors {
                tracing::warn!(id, %error, "a message could not be filled in");
            }
            Some(text)
        })
    }

    /// The best language of ours for an `Accept-Language` header.
    pub fn negotiate(&self, accept_language: Option<&str>) -> String {
        let mut wanted: Vec<(f32, &str)> = accept_language
            .unwrap_or_default()
            .split(',')
            .take(16)
            .filter_map(|item| {
                let (tag, rest) = item.split_once(';').unwrap_or((item, ""));
                let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok())?;
                Some((weight, tag.trim()))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted
            .into_iter()
            .filter_map(|(_, tag)| tag.split('-').next())
            .find(|tag| self.languages.contains_key(*tag))
            .unwrap_or(FALLBACK)
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::embedded::MESSAGES;

    fn messages() -> Messages {
        let files = [
            (
                "en",
                "greet = Hello { $name }\nboxes = { $n ->\n  [one] one mailbox\n *[other] { $n } mailboxes\n }",
            ),
            ("de", "greet = Hallo { $name }"),
        ];
        Messages::read(files.into_iter()).unwrap()
    }

    fn show(language: &str, message: &Msg) -> Option<String> {
        messages().text(language, &message.id, &message.args)
    }

    #[test]
    fn fills_in_and_falls_back_to_english() {
        assert_eq!(show("de", &msg("greet").with("name", "Ada")).as_deref(), Some("Hallo Ada"));
        assert_eq!(show("de", &msg("boxes").with("n", 1)).as_deref(), Some("one mailbox"));
        assert_eq!(show("en", &msg("boxes").with("n", 1200)).as_deref(), Some("1200 mailboxes"));
        assert_eq!(show("en", &msg("absent")), None);
    }

    #[test]
    fn takes_the_visitors_best_language() {
        let messages = messages();
        assert_eq!(messages.negotiate(Some("fr, de-AT;q=0.8, en;q=0.3")), "de");
        assert_eq!(messages.negotiate(Some("en;q=nonsense, ,;;")), "en");
        assert_eq!(messages.negotiate(None), "en");
    }

    /// Every text and attribute of a language, each with the variables and tags that stand in it.
    fn outline(language: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let (mut id, mut place) = (String::new(), String::new());
        let lines =
            MESSAGES.iter().filter(|(tag, _, _)| *tag == language).flat_map(|(_, _, text)| text.lines());
        for line in lines.filter(|line| !line.starts_with('#')) {
            let name = line.split_once('=').map_or("", |(name, _)| name.trim_end());
            if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                name.clone_into(&mut id);
                place.clone_from(&id);
            } else if name.trim_start().starts_with('.') {
                place = format!("{id}{}", name.trim_start());
            }
            let known = texts.entry(place.clone()).or_default();
            for (mark, end) in [('$', ""), ('<', ">")] {
                known.extend(line.split(mark).skip(1).filter_map(|rest| {
                    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/');
                    let word = rest.split(|c| !letter(c)).next().filter(|word| !word.is_empty())?;
                    rest.strip_prefix(word)?.starts_with(end).then(|| format!("{mark}{word}{end}"))
                }));
            }
        }
        texts.remove("");
        texts
    }

    #[test]
    fn every_language_says_what_english_says() {
        let english = outline(FALLBACK);
        assert!(english["mail-commerce-order_question.text"].contains("$question"));
        assert!(english["sign-in-new"].contains("</register>"));
        let mut wrong = Vec::new();
        for language in MESSAGES.iter().map(|(language, _, _)| *language).collect::<BTreeSet<_>>() {
            let own = outline(language);
            wrong.extend(
                own.keys()
                    .filter(|id| !english.contains_key(*id))
                    .map(|id| format!("{language} has {id}, which is not in {FALLBACK}")),
            );
            for (id, parts) in &english {
                let Some(own) = own.get(id) else {
                    wrong.push(format!("{language} lacks {id}"));
                    continue;
                };
                wrong.extend(parts.difference(own).map(|part| format!("{language}: {id} lacks {part}")));
                wrong.extend(
                    own.difference(parts).map(|part| format!("{language}: {id} has a {part} too many")),
                );
            }
        }
        assert!(wrong.is_empty(), "mend the files under locales:\n{}", wrong.join("\n"));
    }

    #[test]
    fn a_person_can_choose_every_language_of_the_build() {
        let offered: BTreeSet<String> =
            crate::center::profile::languages().into_iter().map(|choice| choice.value).collect();
        let built: BTreeSet<String> =
            MESSAGES.iter().map(|(language, _, _)| (*language).to_owned()).collect();
        assert_eq!(offered, built);
    }
}
