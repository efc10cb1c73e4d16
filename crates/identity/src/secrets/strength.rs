//! Whether a password is good enough, and what to do if it is not.

use zxcvbn::feedback::Feedback;

use super::Secret;
use crate::config::PasswordConfig;
use crate::error::FieldError;

/// The longest password that is computed, so that nobody can keep the machine busy with a novel.
const MAX_BYTES: usize = 1024;
/// zxcvbn's effort grows with the square of the length; the rest of a long password can only make it better.
const JUDGED_CHARS: usize = 100;

/// Judges a password. `about` is what an attacker would try first: names and addresses of the person, and ours.
///
/// # Errors
/// A sentence that says what would be better, for `field`.
pub(crate) fn check(
    password: &Secret,
    about: &[&str],
    field: &'static str,
    config: &PasswordConfig,
) -> Result<(), FieldError> {
    let refuse = |code, sentence: String| Err(FieldError { field, code, sentence });
    let text = password.expose();
    let length = text.chars().count();
    if length < config.min_length as usize {
        let sentence = format!(
            "Use at least {} characters; a few words that do not belong together are easy to remember.",
            config.min_length
        );
        return refuse("password_short", sentence);
    }
    if text.len() > MAX_BYTES {
        return refuse("password_long", format!("Use fewer than {MAX_BYTES} characters."));
    }
    let judged: String = text.chars().take(JUDGED_CHARS).collect();
    let parts: Vec<&str> = about
        .iter()
        .flat_map(|text| std::iter::once(*text).chain(text.split(|c: char| !c.is_alphanumeric())))
        .filter(|part| part.len() > 2)
        .collect();
    if mostly_of(&judged, &parts, config.min_length as usize / 2) {
        let sentence =
            "This password is too easy to guess. It is made mostly of your name or address, or of ours.";
        return refuse("password_weak", sentence.to_owned());
    }
    let estimate = zxcvbn::zxcvbn(&judged, &parts);
    if u8::from(estimate.score()) < config.min_score {
        return refuse("password_weak", sentence(estimate.feedback()));
    }
    Ok(())
}

/// Whether fewer than `least` characters are left once the words that are about the person are taken out. zxcvbn knows those
/// words too, but finds a row of them with a year good enough.
fn mostly_of(password: &str, words: &[&str], least: usize) -> bool {
    let whole = password.to_lowercase();
    let mut rest = whole.clone();
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &words {
        rest = rest.replace(word.as_str(), "");
    }
    rest.len() < whole.len() && rest.chars().filter(|c| c.is_alphanumeric()).count() < least
}

fn sentence(feedback: Option<&Feedback>) -> String {
    let mut parts = Vec::new();
    if let Some(feedback) = feedback {
        parts.extend(feedback.warning().map(|warning| warning.to_string()));
        parts.extend(feedback.suggestions().iter().take(2).map(ToString::to_string));
    }
    if parts.is_empty() {
        parts.push("Add another word or two.".to_owned());
    }
    format!("This password is too easy to guess. {}", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> &'static str {
        let about = ["Ada Example", "ada.example@books.example.com"];
        check(&password.into(), &about, "password", &PasswordConfig::default())
            .map_or_else(|error| error.code, |()| "ok")
    }

    #[test]
    fn guessable_passwords_are_refused_with_a_sentence() {
        assert_eq!(code("short"), "password_short");
        assert_eq!(code("password1234"), "password_weak");
        assert_eq!(code("adaexample2026"), "password_weak");
        assert_eq!(code("Books-Ada.Example!99"), "password_weak");
        assert_eq!(code("qwertyuiop"), "password_weak");
        assert_eq!(code(&"x".repeat(5000)), "password_long");
        assert_eq!(code("correct yak sandpaper 9 lantern"), "ok");
        assert_eq!(code("Füchse springen über Zäune am Dienstag"), "ok");
        let error = check(&"password1234".into(), &[], "password", &PasswordConfig::default()).unwrap_err();
        assert_eq!(error.field, "password");
        assert!(error.sentence.starts_with("This password is too easy to guess. "), "{}", error.sentence);
    }
}
