//! From text to words: small letters without accents, and their stems.

use rust_stemmers::{Algorithm, Stemmer};

/// Longer words are cut: no index needs them, and a search box takes anything.
const LONGEST: usize = 40;

/// Words that say nothing of what is looked for.
const STOP_EN: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but",
    "by", "can", "cannot", "could", "did", "do", "does", "doing", "for", "from", "get", "had", "has", "have",
    "hello", "help", "hi", "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "me", "my",
    "need", "no", "not", "of", "on", "or", "our", "please", "should", "so", "some", "t", "s", "than",
    "thank", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "too",
    "up", "us", "want", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with",
    "would", "you", "your",
];
const STOP_DE: &[&str] = &[
    "aber", "als", "am", "an", "auch", "auf", "aus", "bei", "bin", "bitte", "da", "danke", "das", "dass",
    "dem", "den", "der", "des", "die", "dies", "diese", "dieser", "dieses", "doch", "du", "ein", "eine",
    "einem", "einen", "einer", "er", "es", "fur", "geht", "hallo", "hat", "habe", "haben", "ich", "ihr",
    "im", "in", "ist", "ja", "kann", "kein", "keine", "konnen", "man", "mein", "meine", "meinem", "meinen",
    "mich", "mir", "mit", "muss", "nach", "nicht", "noch", "nur", "oder", "sein", "sich", "sie", "sind",
    "so", "uber", "um", "und", "uns", "unser", "vom", "von", "war", "warum", "was", "wenn", "wer", "werden",
    "wie", "will", "wir", "wird", "wo", "zu", "zum", "zur",
];
const STOP_ES: &[&str] = &[
    "a", "al", "algo", "como", "con", "cual", "cuando", "de", "del", "donde", "el", "ella", "en", "era",
    "es", "esa", "ese", "esta", "este", "esto", "gracias", "ha", "hacer", "hago", "hay", "he", "hola", "la",
    "las", "le", "lo", "los", "mas", "me", "mi", "mis", "muy", "no", "o", "para", "pero", "por", "porque",
    "puede", "puedo", "que", "quiero", "se", "ser", "si", "sin", "sobre", "son", "su", "sus", "tengo", "un",
    "una", "uno", "y", "ya", "yo",
];

/// The words of a language: what they come from and which say nothing.
pub(crate) struct Language {
    stemmer: Stemmer,
    stop: &'static [&'static str],
}

impl Language {
    /// The language of a code; English for any that is not known.
    pub(crate) fn of(code: &str) -> Self {
        let (algorithm, stop) = match code {
            "de" => (Algorithm::German, STOP_DE),
            "es" => (Algorithm::Spanish, STOP_ES),
            _ => (Algorithm::English, STOP_EN),
        };
        Language { stemmer: Stemmer::create(algorithm), stop }
    }

    /// The stem of a folded word.
    pub(crate) fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    /// Whether a folded word says nothing of what is looked for.
    pub(crate) fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(&word)
    }
}

/// A letter without its accent, small; `ß` and the like become two.
fn fold_letter(letter: char, into: &mut String) {
    match letter {
        'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => into.push('a'),
        'é' | 'è' | 'ê' | 'ë' => into.push('e'),
        'í' | 'ì' | 'î' | 'ï' => into.push('i'),
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => into.push('o'),
        'ü' | 'ú' | 'ù' | 'û' => into.push('u'),
        'ñ' => into.push('n'),
        'ç' => into.push('c'),
        'ß' => into.push_str("ss"),
        'æ' => into.push_str("ae"),
        'œ' => into.push_str("oe"),
        other => into.push(other),
    }
}

/// A text in small letters without accents.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        fold_letter(letter, &mut folded);
    }
    folded
}

/// The folded words of a text in their order. What stands between letters and digits parts them, but for an apostrophe, which
/// is left out.
pub fn plain_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            if word.len() < LONGEST {
                fold_letter(letter, &mut word);
            }
        } else if !matches!(letter, '\'' | '’') && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
