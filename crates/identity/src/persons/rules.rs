//! What the fields of a profile may hold. Pure; each refusal is a sentence for its field.

use mailkeep_types::EmailAddress;

use super::PostalAddress;
use crate::error::{FieldError, IdentityError};

fn refuse<T>(field: &'static str, code: &'static str, sentence: &str) -> Result<T, IdentityError> {
    Err(FieldError { field, code, sentence: sentence.to_owned() }.into())
}

/// One line of text, without surrounding or repeated blanks.
fn line(text: &str) -> Option<String> {
    let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (clean.chars().count() <= 200 && !clean.chars().any(char::is_control)).then_some(clean)
}

/// A name of a person or an organisation.
///
/// # Errors
/// A sentence for `field`.
pub fn check_name(field: &'static str, text: &str) -> Result<String, IdentityError> {
    match line(text) {
        Some(name) if name.is_empty() => refuse(field, "name_missing", "Enter a name."),
        Some(name) => Ok(name),
        None => refuse(field, "name_long", "Use at most 200 letters."),
    }
}

pub(crate) fn check_email(field: &'static str, text: &str) -> Result<EmailAddress, IdentityError> {
    EmailAddress::parse(text).or_else(|_| {
        refuse(field, "email_invalid", "Enter an e-mail address that you can open, such as name@example.com.")
    })
}

/// `en`, `de-AT`: the form of BCP 47, without a list of what is spoken.
pub(crate) fn check_language(text: &str) -> Result<String, IdentityError> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let good = (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        && text.len() <= 35;
    if good {
        Ok(text.to_owned())
    } else {
        refuse("language", "language_unknown", "Choose a language from the list.")
    }
}

pub(crate) fn check_time_zone(text: &str) -> Result<String, IdentityError> {
    match jiff::tz::TimeZone::get(text) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or(text).to_owned()),
        Err(_) => refuse(
            "time_zone",
            "time_zone_unknown",
            "Choose a time zone from the list, such as Europe/Vienna.",
        ),
    }
}

/// A telephone number with its country code, kept as `+` and digits (E.164). An empty field removes it.
pub(crate) fn check_phone(text: &str) -> Result<Option<String>, IdentityError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && !"-./()".contains(*c)).collect();
    let digits = kept.strip_prefix('+').or_else(|| kept.strip_prefix("00")).unwrap_or_default();
    let good = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    if good {
        Ok(Some(format!("+{digits}")))
    } else {
        refuse("phone", "phone_invalid", "Enter the number with its country code, such as +1 555 0100 200.")
    }
}

pub(crate) fn check_postal(address: &PostalAddress) -> Result<PostalAddress, IdentityError> {
    let long = || refuse("postal", "postal_long", "Use at most 200 letters in a line.");
    let mut lines = Vec::new();
    for text in &address.lines {
        match line(text) {
            Some(clean) if clean.is_empty() => {}
            Some(clean) => lines.push(clean),
            None => return long(),
        }
    }
    if lines.is_empty() || lines.len() > 4 {
        return refuse("postal_lines", "postal_lines", "Enter street and number in one to four lines.");
    }
    let (Some(postal_code), Some(city), Some(region)) =
        (line(&address.postal_code), line(&address.city), line(&address.region))
    else {
        return long();
    };
    if city.is_empty() {
        return refuse("postal_city", "postal_city", "Enter the town.");
    }
    let country = address.country.trim().to_ascii_uppercase();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return refuse("postal_country", "postal_country", "Choose a country from the list.");
    }
    Ok(PostalAddress { lines, postal_code, city, region, country })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tidied_and_limited() {
        assert_eq!(check_name("name", "  Ada \t Example ").unwrap(), "Ada Example");
        assert_eq!(check_name("name", " ").unwrap_err().code(), "name_missing");
        assert_eq!(check_name("name", &"x".repeat(201)).unwrap_err().code(), "name_long");
        assert_eq!(check_name("name", "a\u{0}b").unwrap_err().code(), "name_long");
    }

    #[test]
    fn numbers_need_a_country_code() {
        assert_eq!(check_phone("+1 (555) 010-0200").unwrap().as_deref(), Some("+15550100200"));
        assert_eq!(check_phone("0043 1 5550 100").unwrap().as_deref(), Some("+4315550100"));
        assert_eq!(check_phone("  ").unwrap(), None);
        for wrong in ["5550100", "+12", "+1234567890123456", "+0155501002", "+1555abc0100"] {
            assert_eq!(check_phone(wrong).unwrap_err().field_name(), Some("phone"), "{wrong}");
        }
    }

    #[test]
    fn languages_and_zones_are_known_or_refused() {
        assert_eq!(check_language("de-AT").unwrap(), "de-AT");
        for wrong in ["", "english", "EN", "en_", "e", "en-<b>"] {
            assert!(check_language(wrong).is_err(), "{wrong}");
        }
        assert_eq!(check_time_zone("Europe/Vienna").unwrap(), "Europe/Vienna");
        assert_eq!(check_time_zone("Mars/Base").unwrap_err().code(), "time_zone_unknown");
    }

    #[test]
    fn an_address_needs_lines_town_and_country() {
        let good = PostalAddress {
            lines: vec!["12 Example  Street".into(), String::new()],
            postal_code: "12345".into(),
            city: "Sampletown".into(),
            region: String::new(),
            country: "us".into(),
        };
        let checked = check_postal(&good).unwrap();
        assert_eq!((checked.lines.len(), checked.country.as_str()), (1, "US"));
        assert_eq!(
            check_postal(&PostalAddress { lines: vec![], ..good.clone() }).unwrap_err().code(),
            "postal_lines"
        );
        assert_eq!(
            check_postal(&PostalAddress { city: " ".into(), ..good.clone() }).unwrap_err().code(),
            "postal_city"
        );
        assert_eq!(
            check_postal(&PostalAddress { country: "USA".into(), ..good }).unwrap_err().code(),
            "postal_country"
        );
    }
}
