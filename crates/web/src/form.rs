//! Forms: what was sent, what is wrong with it, and what is shown again.
//!
//! A handler takes [`Submitted`], checks it into a [`Form`], and either acts and redirects or renders the page with
//! the form again: values kept (never passwords), one message beside each wrong field.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mailkeep_policy::{Shown, card_numbers};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::error::{WebError, sentence};
use crate::messages::{Msg, msg};

/// The fields of a form as they came in; names may repeat.
#[derive(Debug, Clone, Default)]
pub struct Submitted {
    fields: Vec<(String, String)>,
    /// The fields out of which a number of a card was taken.
    cards: Vec<String>,
}

impl Submitted {
    /// Reads `application/x-www-form-urlencoded`.
    pub fn parse(body: &[u8]) -> Self {
        Submitted::of(form_pairs(body))
    }

    /// Takes fields that were read elsewhere.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Submitted { fields, cards: Vec::new() }
    }

    /// The same without numbers of cards: none of our forms asks for one, and none is to be stored by mistake (P43). The
    /// fields that had one are refused by [`Form::of`].
    #[must_use]
    pub fn without_card_numbers(mut self) -> Self {
        for (name, value) in &mut self.fields {
            if is_secret(name) {
                continue;
            }
            if let Cow::Owned(clean) = card_numbers::without(value) {
                *value = clean;
                self.cards.push(name.clone());
            }
        }
        self
    }

    /// The first value of a field without surrounding white space; empty if absent.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as typed; for passwords, where white space counts.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The first value of a field of several lines, as typed; browsers end lines as in mail, and here they end as in texts.
    pub fn lines(&self, name: &str) -> String {
        self.raw(name).replace("\r\n", "\n")
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
}

/// Whether a field holds a secret, which is never shown again.
fn is_secret(name: &str) -> bool {
    name.contains("password") || name.contains("code") || name == "csrf" || name.contains("token")
}

fn form_pairs(body: &[u8]) -> Vec<(String, String)> {
    // A thousand fields are more than any of our forms has.
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .take(1000)
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            (decode(halves.next().unwrap_or_default()), decode(halves.next().unwrap_or_default()))
        })
        .collect()
}

fn decode(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (*first, tail) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(b'%'),
            },
            (byte, _) => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A form to show: values, errors beside fields, and a message for the whole.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Form {
    /// What stands in the fields.
    pub values: BTreeMap<String, Shown<String>>,
    /// What is wrong, by field.
    pub errors: BTreeMap<String, Msg>,
    /// What is wrong with the whole.
    pub error: Option<Msg>,
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Form::default()
    }

    /// The same with a value in a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Shown<String>>) -> Self {
        self.values.insert(field.to_owned(), value.into());
        self
    }

    /// The same with a message beside a field.
    #[must_use]
    pub fn wrong(mut self, field: &str, message: Msg) -> Self {
        self.refuse(field, message);
        self
    }

    /// Takes what was sent, so that it can be shown again. Passwords and codes are left out.
    pub fn of(submitted: &Submitted) -> Self {
        let mut form = Form::new();
        for (name, value) in &submitted.fields {
            if !is_secret(name) && !submitted.cards.contains(name) {
                form.values.entry(name.clone()).or_insert_with(|| value.trim().into());
            }
        }
        for name in &submitted.cards {
            form.refuse(name, msg("form-card-number"));
        }
        form
    }

    /// Puts a message beside a field; the first one stays.
    pub fn refuse(&mut self, field: &str, message: Msg) {
        self.errors.entry(field.to_owned()).or_insert(message);
    }

    /// Puts a message above the form.
    pub fn refuse_all(&mut self, message: Msg) {
        self.error.get_or_insert(message);
    }

    /// Reads a required field; a message stands beside it if it is empty.
    pub fn required<'a>(&mut self, submitted: &'a Submitted, field: &str) -> &'a str {
        let value = submitted.get(field);
        if value.is_empty() {
            self.refuse(field, msg("form-required"));
        }
        value
    }

    /// Reads a day as a date field sends it, from its midnight in a time zone; with `after`, from the midnight after it. `None` when it
    /// is left empty; a message stands beside what is no day.
    pub fn day(
        &mut self,
        submitted: &Submitted,
        field: &str,
        time_zone: &str,
        after: bool,
    ) -> Option<Timestamp> {
        let text = submitted.get(field);
        if text.is_empty() {
            return None;
        }
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        let day = text.parse::<Date>().and_then(|date| if after { date.tomorrow() } else { Ok(date) });
        match day.and_then(|date| date.to_zoned(zone)) {
            Ok(zoned) => Some(Timestamp::from_jiff(zoned.timestamp())),
            Err(_) => {
                self.refuse(field, msg("form-date"));
                None
            }
        }
    }

    /// Reads a field through a check; `message` stands beside it if the check refuses it.
    pub fn checked<T, E>(
        &mut self,
        submitted: &Submitted,
        field: &str,
        message: Msg,
        check: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let value = self.required(submitted, field);
        if value.is_empty() {
            return None;
        }
        match check(value) {
            Ok(checked) => Some(checked),
            Err(_) => {
                self.refuse(field, message);
                None
            }
        }
    }

    /// Whether nothing is wrong.
    pub fn good(&self) -> bool {
        self.errors.is_empty() && self.error.is_none()
    }
}

/// An error of a domain crate that may belong to a field.
pub trait FieldRefusal: Into<WebError> {
    /// The field and the sentence for the person; `None` if the error is not about the form.
    fn about(&self) -> Option<(Option<&'static str>, String)>;
}

impl FieldRefusal for mailkeep_identity::IdentityError {
    fn about(&self) -> Option<(Option<&'static str>, String)> {
        use mailkeep_identity::IdentityError as E;
        let elsewhere = matches!(self, E::NotFound | E::Forbidden | E::SignInNeeded | E::PasswordNeeded);
        (self.is_for_the_person() && !elsewhere).then(|| (self.field_name(), self.to_string()))
    }
}

impl FieldRefusal for mailkeep_outreach::OutreachError {
    fn about(&self) -> Option<(Option<&'static str>, String)> {
        use mailkeep_outreach::OutreachError as E;
        match self {
            E::Field { field, sentence } => Some((Some(field), sentence.clone())),
            E::State(sentence) => Some((None, sentence.clone())),
            _ => None,
        }
    }
}

impl FieldRefusal for mailkeep_helpdesk::articles::ArticleError {
    fn about(&self) -> Option<(Option<&'static str>, String)> {
        use mailkeep_helpdesk::articles::ArticleError as E;
        match self {
            E::Field { field, sentence } => Some((Some(field), sentence.clone())),
            E::State(sentence) => Some((None, sentence.clone())),
            _ => None,
        }
    }
}

impl FieldRefusal for mailkeep_helpdesk::tickets::TicketError {
    fn about(&self) -> Option<(Option<&'static str>, String)> {
        use mailkeep_helpdesk::tickets::TicketError as E;
        match self {
            E::Field { field, sentence: text } => Some((Some(field), sentence(text))),
            E::Attachment(fault) => Some((Some("files"), sentence(&fault.to_string()))),
            E::State(text) => Some((None, sentence(text))),
            E::Changed => Some((None, sentence(&self.to_string()))),
            _ => None,
        }
    }
}

impl FieldRefusal for mailkeep_helpdesk::downloads::DownloadError {
    fn about(&self) -> Option<(Option<&'static str>, String)> {
        use mailkeep_helpdesk::downloads::DownloadError as E;
        match self {
            E::Field { field, sentence } => Some((Some(field), sentence.clone())),
            E::State(sentence) => Some((None, sentence.clone())),
            _ => None,
        }
    }
}

impl FieldRefusal for mailkeep_commerce::CommerceError {
    fn about(&self) -> Option<(Option<&'static str>, String)> {
        use mailkeep_commerce::CommerceError as E;
        match self {
            E::Invalid { field, message } => Some((Some(field), sentence(message))),
            E::Unchanged => Some((Some("name"), sentence(&self.to_string()))),
            E::State(message) | E::Staff(message) => Some((None, sentence(message))),
            _ => None,
        }
    }
}

impl FieldRefusal for mailkeep_mailbox::MailError {
    fn about(&self) -> Option<(Option<&'static str>, String)> {
        use mailkeep_mailbox::{MailError as E, MailRefusal as R};
        let E::Refused(refusal) = self else { return None };
        let field = match refusal {
            R::DomainTaken | R::DomainExists => Some("domain"),
            R::AliasTarget => Some("alias_of"),
            R::AddressTaken => Some("local"),
            R::ForeignAddress | R::DomainUnproven => Some("address"),
            R::WeakPassword(_) => Some("password"),
            _ => None,
        };
        Some((field, sentence(&refusal.to_string())))
    }
}

impl Form {
    /// Puts what a domain crate refused beside its field, or above the form. Fields that the form does not have get
    /// their sentence above the form.
    ///
    /// # Errors
    /// The error itself if it is not about the form.
    pub fn take<E: FieldRefusal>(&mut self, error: E, fields: &[&str]) -> Result<(), WebError> {
        let Some((field, text)) = error.about() else { return Err(error.into()) };
        let message = msg("verbatim").with("text", text);
        match field.filter(|field| fields.contains(field)) {
            Some(field) => self.refuse(field, message),
            None => self.refuse_all(message),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_browsers_send() {
        let form = Submitted::parse(b"name=Ada+Ex%C3%A4mple&empty=&topic=a&topic=b&bad=%zz%4&&=x");
        assert_eq!(form.get("name"), "Ada Exämple");
        assert_eq!(form.get("empty"), "");
        assert_eq!(form.all("topic").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(form.get("bad"), "%zz%4");
        assert!(!form.ticked("absent"));
    }

    #[test]
    fn keeps_values_but_no_secrets() {
        let form =
            Form::of(&Submitted::parse(b"email=a%40example.com&password=x&new_password=y&code=1&csrf=t"));
        assert_eq!(form.values.keys().collect::<Vec<_>>(), ["email"]);
    }

    #[test]
    fn numbers_of_cards_are_taken_out_and_refused_at_their_field() {
        let typed = Submitted::parse(b"name=Ada&note=pay+with+4111+1111+1111+1111&password=4111111111111111");
        let submitted = typed.without_card_numbers();
        assert_eq!(submitted.get("note"), format!("pay with {}", card_numbers::REMOVED));
        assert_eq!(submitted.raw("password"), "4111111111111111", "a password is what it is");
        let form = Form::of(&submitted);
        assert_eq!(form.errors["note"], msg("form-card-number"));
        assert_eq!(form.values.keys().collect::<Vec<_>>(), ["name"]);
        assert!(!form.good());
    }

    #[test]
    fn required_and_checked_fields_carry_messages() {
        let submitted = Submitted::parse(b"count=many");
        let mut form = Form::of(&submitted);
        assert_eq!(form.checked(&submitted, "count", msg("form-number"), str::parse::<u32>), None);
        form.required(&submitted, "name");
        assert_eq!(form.errors["count"], msg("form-number"));
        assert_eq!(form.errors["name"], msg("form-required"));
        assert!(!form.good());
    }
}
