//! Which mail to the privacy desk is a case for certain (P36): that whose subject has the name of the policy in it, however it is
//! written. All other mail there is looked at by a person; nothing is lost and nothing is decided by what a machine guesses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Letter;

/// The names of the policy in the languages of its page, folded as [`fold`] does.
const NAMES: [&str; 3] = ["privacypolicy", "datenschutzerklarung", "politicadeprivacidad"];
/// A longer subject is not read to its end.
const MAX_SUBJECT: usize = 1_000;
/// So much of the text is read for the hint.
const MAX_TEXT: usize = 8_000;

/// What becomes of a letter to the privacy desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// It is a case: its clock runs, and its sender is told so.
    Certain,
    /// A person says what it is.
    Triage,
}

/// What a letter may be about: a hint for the one who reads it, never a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// To see what is held.
    Access,
    /// To take it along.
    Portability,
    /// To have it corrected.
    Correction,
    /// To have it erased.
    Erasure,
    /// To have a use of it ended.
    Objection,
    /// To have it kept and not used.
    Restriction,
    /// To complain.
    Complaint,
}

/// Words of each kind, folded; the rarer kinds first, since “delete” also stands in letters about other things.
const HINTS: [(Hint, &[&str]); 7] = [
    (
        Hint::Portability,
        &["portability", "portable copy", "machine readable", "datenubertragbarkeit", "portabilidad"],
    ),
    (
        Hint::Restriction,
        &[
            "restrict",
            "restriction of processing",
            "einschrankung der verarbeitung",
            "limitacion del tratamiento",
        ],
    ),
    (
        Hint::Objection,
        &[
            "object to",
            "objection",
            "opt out",
            "unsubscribe",
            "withdraw my consent",
            "widerspruch",
            "widerspreche",
            "widerrufe",
            "oponerme",
            "oposicion",
        ],
    ),
    (
        Hint::Erasure,
        &[
            "erase",
            "erasure",
            "delete",
            "deletion",
            "right to be forgotten",
            "remove my data",
            "loschen",
            "loschung",
            "suprimir",
            "supresion",
            "borrar",
        ],
    ),
    (
        Hint::Correction,
        &[
            "correct my",
            "correction",
            "rectify",
            "rectification",
            "berichtigen",
            "berichtigung",
            "rectificar",
            "rectificacion",
        ],
    ),
    (
        Hint::Access,
        &[
            "access request",
            "subject access",
            "copy of my data",
            "what data",
            "which data",
            "data you hold",
            "auskunft",
            "acceso a mis datos",
            "derecho de acceso",
        ],
    ),
    (
        Hint::Complaint,
        &["complaint", "complain", "violation", "breach", "beschwerde", "verstoss", "queja", "reclamacion"],
    ),
];

/// Whether a letter to the privacy desk is a case for certain.
pub fn intake(subject: &str) -> Intake {
    let folded: String = fold(subject, MAX_SUBJECT).filter(|c| c.is_alphanumeric()).collect();
    // Letters that look alike are one letter here, also in the name that is looked for.
    let found = NAMES.iter().any(|name| folded.contains(&fold(name, MAX_SUBJECT).collect::<String>()));
    if found { Intake::Certain } else { Intake::Triage }
}

/// What a letter may be about.
pub fn hint(letter: &Letter) -> Option<Hint> {
    let text = plain(&letter.subject, MAX_SUBJECT) + " " + &plain(&letter.text, MAX_TEXT);
    HINTS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(hint, _)| *hint)
}

/// Lower case, without accents and widths, words parted by one blank.
fn plain(text: &str, most: usize) -> String {
    let letters =
        text.chars().take(most).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let spaced: String = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.replace('ß', "ss").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters of a text with what looks alike made one: compatibility forms (NFKD: wide, bold, circled letters), accents, case,
/// and letters of other scripts and digits that stand in for Latin ones.
fn fold(text: &str, most: usize) -> impl Iterator<Item = char> {
    let letters =
        text.chars().take(most).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters.map(|c| match c {
        'а' | 'α' | 'ɑ' => 'a',
        'с' | 'ϲ' | 'ᴄ' => 'c',
        'ԁ' => 'd',
        'е' | 'є' | 'ε' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' | 'ɪ' | 'l' | '1' | '|' | '!' | 'ӏ' | 'ⅼ' => 'i',
        'κ' | 'к' => 'k',
        'ո' | 'п' => 'n',
        'о' | 'ο' | 'σ' | '0' | 'օ' | 'ᴏ' => 'o',
        'р' | 'ρ' => 'p',
        'г' | 'ʀ' => 'r',
        'ѕ' | 'ꜱ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' | 'ᴠ' => 'v',
        'у' | 'ү' | 'γ' | 'ʏ' => 'y',
        'ᴢ' => 'z',
        c => c,
    })
}
