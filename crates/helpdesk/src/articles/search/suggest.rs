//! Articles that may answer what somebody is writing.

use super::index::{Hit, Index};
use super::words::plain_words;

/// How many of the words that tell most are looked for.
const TELLING: usize = 10;
/// The text that is looked at; what somebody writes further down explains what stands above.
const LOOKED_AT: usize = 4000;

impl Index {
    /// Articles that may answer a ticket, from its subject and what there is of its text. The words that tell most are
    /// looked for; those of the subject count twice.
    pub fn suggest(&self, subject: &str, text: &str, visitor: bool, most: usize) -> Vec<Hit> {
        let text: String = text.chars().take(LOOKED_AT).collect();
        let mut telling: Vec<(f32, String)> = Vec::new();
        for (words, counts) in [(plain_words(subject), 2.0), (plain_words(&text), 1.0)] {
            for word in words.into_iter().filter(|word| word.len() > 2 && !self.is_stop(word)) {
                let Some(weight) = self.weight_of(&word) else {
                    // In a subject a word that no article has may be one that was mistyped.
                    if counts > 1.0 && !telling.iter().any(|(_, known)| *known == word) {
                        telling.push((1.0, word));
                    }
                    continue;
                };
                match telling.iter_mut().find(|(_, known)| *known == word) {
                    Some((so_far, _)) => *so_far += weight * 0.5,
                    None => telling.push((weight * counts, word)),
                }
            }
        }
        telling.sort_by(|one, other| other.0.total_cmp(&one.0));
        let words: Vec<String> = telling.into_iter().take(TELLING).map(|(_, word)| word).collect();
        self.look_for(&words, visitor, most).hits
    }
}
