//! The index of one language, and looking into it.

use std::collections::HashMap;

use super::distance::{distance, furthest, letters_of, may_be_near};
use super::synonyms;
use super::words::{Language, plain_words};

/// What BM25 calls k1 and b.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.6;
const TITLE: f32 = 6.0;
const KEYWORD: f32 = 5.0;
const HEADING: f32 = 2.5;
/// What a word counts that was found by another word of its meaning.
const SYNONYM: f32 = 0.6;
/// What a word counts that begins with what was typed.
const BEGIN: f32 = 0.7;
/// Words that may stand for one that the index does not know.
const NEAR: usize = 6;
/// The most words of a search that are looked for.
const MOST_WORDS: usize = 16;

/// What is known of an article for the search.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Words by which it is to be found that its text need not have.
    pub keywords: String,
    /// Its headings.
    pub headings: String,
    /// Its text without marks.
    pub text: String,
    /// Whether visitors may find it; customers may find all.
    pub public: bool,
}

/// An article that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Which of the documents.
    pub document: usize,
    /// How well it fits; only good for comparing.
    pub score: f32,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// Folded words that were looked for, as they stand in articles.
    pub words: Vec<String>,
    /// What was probably meant, when a typed word is in no article.
    pub meant: Option<String>,
}

struct Word {
    letters: Box<[char]>,
    bits: u64,
    stem: usize,
    /// Whether a visitor may hear of it: it stands in a public article.
    public: bool,
}

/// Searches the published articles of one language.
pub struct Index {
    code: String,
    language: Language,
    /// Every word of the articles, sorted.
    words: Vec<Word>,
    /// Where a word is in `words`.
    known: HashMap<String, usize>,
    stems: HashMap<String, usize>,
    /// For each stem: in which document, how much.
    postings: Vec<Vec<(usize, f32)>>,
    lengths: Vec<f32>,
    usual_length: f32,
    public: Vec<bool>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({}, {} words)", self.code, self.words.len())
    }
}

impl Index {
    /// Reads the documents; they are known by their place.
    pub fn build(code: &str, documents: &[Document]) -> Self {
        let language = Language::of(code);
        let mut stems: HashMap<String, usize> = HashMap::new();
        let mut known: HashMap<String, (usize, bool)> = HashMap::new();
        let mut postings: Vec<Vec<(usize, f32)>> = Vec::new();
        let mut lengths = Vec::with_capacity(documents.len());
        for (at, document) in documents.iter().enumerate() {
            let parts = [
                (&document.title, TITLE),
                (&document.keywords, KEYWORD),
                (&document.headings, HEADING),
                (&document.text, 1.0),
            ];
            let mut weights: HashMap<usize, f32> = HashMap::new();
            let mut length = 0.0;
            for (text, weight) in parts {
                for word in plain_words(text) {
                    length += 1.0;
                    let stem = match known.get_mut(&word) {
                        Some((stem, public)) => {
                            *public |= document.public;
                            *stem
                        }
                        None => {
                            let next = stems.len();
                            let stem = *stems.entry(language.stem(&word)).or_insert(next);
                            if stem == postings.len() {
                                postings.push(Vec::new());
                            }
                            known.insert(word, (stem, document.public));
                            stem
                        }
                    };
                    *weights.entry(stem).or_default() += weight;
                }
            }
            for (stem, weight) in weights {
                if let Some(posting) = postings.get_mut(stem) {
                    posting.push((at, weight));
                }
            }
            lengths.push(length);
        }
        let mut sorted: Vec<(String, (usize, bool))> = known.into_iter().collect();
        sorted.sort();
        let known = sorted.iter().enumerate().map(|(at, (word, _))| (word.clone(), at)).collect();
        let words = sorted
            .into_iter()
            .map(|(word, (stem, public))| {
                let letters: Box<[char]> = word.chars().collect();
                Word { bits: letters_of(&letters), letters, stem, public }
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "articles are few enough for a rough mean")]
        let usual_length = lengths.iter().sum::<f32>() / lengths.len().max(1) as f32;
        Index {
            code: code.to_owned(),
            language,
            words,
            known,
            stems,
            postings,
            lengths,
            usual_length: usual_length.max(1.0),
            public: documents.iter().map(|document| document.public).collect(),
        }
    }

    /// The language of the index.
    pub fn language(&self) -> &str {
        &self.code
    }

    /// Whether a word is one of those that say nothing of what is looked for.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.language.is_stop(word)
    }

    /// How much a word tells: the rarer, the more. `None` when no article has it.
    pub(super) fn weight_of(&self, word: &str) -> Option<f32> {
        let stem = self.stem_of(word)?;
        Some(self.rarity(self.postings.get(stem)?.len()))
    }

    /// Looks for what was typed, in all articles or in those that visitors may read.
    pub fn search(&self, typed: &str, visitor: bool, most: usize) -> Found {
        let mut words = plain_words(typed);
        words.dedup();
        if !words.iter().all(|word| self.language.is_stop(word)) {
            words.retain(|word| !self.language.is_stop(word));
        }
        words.truncate(MOST_WORDS);
        self.look_for(&words, visitor, most)
    }

    pub(super) fn look_for(&self, words: &[String], visitor: bool, most: usize) -> Found {
        let mut scores: HashMap<usize, (f32, u32)> = HashMap::new();
        let mut looked_for = Vec::new();
        let (mut meant, mut corrected) = (Vec::new(), false);
        for (at, word) in words.iter().enumerate() {
            let stands_for = self.stands_for(word, at + 1 == words.len(), visitor);
            match stands_for.nearest {
                Some(nearest) => {
                    corrected = true;
                    meant.push(nearest);
                }
                None => meant.push(word.clone()),
            }
            let mut best: HashMap<usize, f32> = HashMap::new();
            for (stem, factor) in stands_for.stems {
                let Some(posting) = self.postings.get(stem) else { continue };
                let rarity = self.rarity(posting.len());
                for (document, weight) in posting {
                    if visitor && !self.public.get(*document).copied().unwrap_or(false) {
                        continue;
                    }
                    let length = self.lengths.get(*document).copied().unwrap_or(1.0) / self.usual_length;
                    let damped = weight * (SATURATION + 1.0)
                        / (weight + SATURATION * (1.0 - LENGTH + LENGTH * length));
                    let score = factor * rarity * damped;
                    let kept = best.entry(*document).or_default();
                    *kept = kept.max(score);
                }
            }
            looked_for.extend(stands_for.words);
            for (document, score) in best {
                let kept = scores.entry(document).or_default();
                kept.0 += score;
                kept.1 += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "at most a few dozen words")]
        let share = |matched: u32| matched as f32 / words.len().max(1) as f32;
        let mut hits: Vec<Hit> = scores
            .into_iter()
            .map(|(document, (score, matched))| Hit { document, score: score * share(matched) })
            .collect();
        hits.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.document.cmp(&other.document)));
        hits.truncate(most);
        let meant = (corrected && !hits.is_empty()).then(|| meant.join(" "));
        Found { hits, words: looked_for, meant }
    }

    fn rarity(&self, documents: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a rank needs no more digits")]
        let (all, with) = (self.public.len() as f32, documents as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    fn stem_of(&self, word: &str) -> Option<usize> {
        self.stems.get(&self.language.stem(word)).copied()
    }

    fn text(&self, word: &Word) -> String {
        word.letters.iter().collect()
    }

    /// What a typed word may stand for. The last word may be unfinished.
    fn stands_for(&self, word: &str, last: bool, visitor: bool) -> StandsFor {
        let mut found = StandsFor::default();
        let exact = self.stem_of(word).filter(|stem| !visitor || self.is_public(*stem));
        if let Some(stem) = exact {
            found.add(stem, 1.0, word.to_owned());
        }
        for other in synonyms::of(&self.code, word) {
            if let Some(stem) = self.stem_of(other) {
                found.add(stem, SYNONYM, other.to_owned());
            }
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.len() >= 3 && (last || exact.is_none()) {
            let from = self.words.partition_point(|known| known.letters.as_ref() < letters.as_slice());
            let begins = self.words.iter().skip(from).take_while(|known| known.letters.starts_with(&letters));
            for known in begins.filter(|known| !visitor || known.public).take(40) {
                found.add(known.stem, BEGIN, self.text(known));
            }
        }
        if exact.is_none() && !self.known.contains_key(word) {
            self.add_near(&letters, visitor, &mut found);
        }
        found
    }

    /// Words of the index that are a few slips away, the nearest first.
    fn add_near(&self, letters: &[char], visitor: bool, found: &mut StandsFor) {
        let most = furthest(letters.len());
        if most == 0 {
            return;
        }
        let mine = (letters.len(), letters_of(letters));
        let mut rows = [Vec::new(), Vec::new(), Vec::new()];
        let mut near: Vec<(u32, usize, &Word)> = Vec::new();
        for known in self.words.iter().filter(|known| !visitor || known.public) {
            if may_be_near(mine, (known.letters.len(), known.bits), most)
                && let Some(far) = distance(letters, &known.letters, most, &mut rows)
            {
                let often = self.postings.get(known.stem).map_or(0, Vec::len);
                near.push((far, usize::MAX - often, known));
            }
        }
        near.sort_by_key(|(far, often, _)| (*far, *often));
        for (at, (far, _, known)) in near.into_iter().take(NEAR).enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a distance is a small number")]
            let factor = 0.9 / (1.0 + far as f32 / 8.0);
            if at == 0 && found.words.is_empty() {
                found.nearest = Some(self.text(known));
            }
            found.add(known.stem, factor, self.text(known));
        }
    }

    fn is_public(&self, stem: usize) -> bool {
        self.postings.get(stem).is_some_and(|posting| {
            posting.iter().any(|(document, _)| self.public.get(*document).copied().unwrap_or(false))
        })
    }
}

#[derive(Default)]
struct StandsFor {
    stems: HashMap<usize, f32>,
    words: Vec<String>,
    /// The word that was probably meant, when nothing else was found.
    nearest: Option<String>,
}

impl StandsFor {
    fn add(&mut self, stem: usize, factor: f32, word: String) {
        let kept = self.stems.entry(stem).or_default();
        *kept = kept.max(factor);
        self.words.push(word);
    }
}
