//! All that is published, in memory: what readers see and search. It is read as a whole and never changed.

use std::collections::HashMap;

use mailkeep_types::{ArticleCategoryId, ArticleId, ArticleTextId, Timestamp};

use super::search::{Document, Index};
use super::{Article, Audience, Category, LANGUAGES, Revision, Text, source};

/// How many articles a search gives at most.
const RESULTS: usize = 20;
/// Letters of a text that stand under a result.
const SNIPPET: usize = 180;

/// An article that readers see.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its number in this language.
    pub text: ArticleTextId,
    /// The article.
    pub article: ArticleId,
    /// Where it is.
    pub category: ArticleCategoryId,
    /// Its language.
    pub language: String,
    /// Its address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What it is about in a sentence.
    pub summary: String,
    /// Words by which it is to be found that its text need not have.
    pub keywords: String,
    /// The text, in Markdown.
    pub body: String,
    /// Whether visitors may read it.
    pub public: bool,
    /// Articles that readers of this one may want.
    pub related: Vec<ArticleId>,
    /// Which revision it is.
    pub revision: i64,
    /// Since when it is published.
    pub published_at: Timestamp,
    /// When this revision was written.
    pub written_at: Timestamp,
    /// Its place in the category.
    pub position: i64,
    /// How many it helped, less those that it did not.
    pub helped: i64,
}

/// What stands under an address.
#[derive(Debug, Clone, Copy)]
pub enum Placed<'a> {
    /// The article.
    Here(&'a Published),
    /// The address of an article that has another by now.
    Moved(&'a Published),
}

/// What a reader is told of an article that a search found.
#[derive(Debug, Clone)]
pub struct FoundArticle {
    /// Its address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What it is about in a sentence.
    pub summary: String,
    /// A piece of its text with what was looked for.
    pub snippet: String,
    /// Its language.
    pub language: String,
    /// Where it is.
    pub category: ArticleCategoryId,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The best first; those in the reader's language before others.
    pub results: Vec<FoundArticle>,
    /// What was probably meant, when a typed word is in no article.
    pub meant: Option<String>,
}

/// All that is published.
#[derive(Debug, Default)]
pub struct Library {
    categories: Vec<Category>,
    /// By place in the category.
    published: Vec<Published>,
    by_slug: HashMap<String, (usize, bool)>,
    /// Which of `published` are the same article.
    by_article: HashMap<ArticleId, Vec<usize>>,
    /// The index of each language, and which of `published` its documents are.
    indexes: Vec<(Index, Vec<usize>)>,
}

/// What a library is made of, as the database has it.
pub(super) struct Shelf {
    pub categories: Vec<Category>,
    pub articles: Vec<Article>,
    pub texts: Vec<Text>,
    pub revisions: Vec<(ArticleTextId, Revision)>,
    pub old_slugs: Vec<(String, ArticleTextId)>,
    pub votes: Vec<(ArticleTextId, i64, i64)>,
}

impl Library {
    /// Puts together what readers see, and reads it for the search.
    pub(super) fn of(shelf: Shelf) -> Self {
        let articles: HashMap<ArticleId, Article> =
            shelf.articles.into_iter().map(|article| (article.id, article)).collect();
        let mut revisions: HashMap<ArticleTextId, Revision> = shelf.revisions.into_iter().collect();
        let votes: HashMap<ArticleTextId, i64> =
            shelf.votes.into_iter().map(|(text, yes, no)| (text, yes - no)).collect();
        let mut published: Vec<Published> = shelf
            .texts
            .into_iter()
            .filter_map(|text| {
                let article = articles.get(&text.article)?;
                let revision = revisions.remove(&text.id)?;
                Some(Published {
                    text: text.id,
                    article: article.id,
                    category: article.category,
                    language: text.language,
                    slug: text.slug,
                    title: revision.title,
                    summary: revision.summary,
                    keywords: revision.keywords,
                    body: revision.body,
                    public: article.audience == Audience::Public,
                    related: article.related.clone(),
                    revision: revision.number,
                    published_at: text.published_at.unwrap_or(revision.at),
                    written_at: revision.at,
                    position: article.position,
                    helped: votes.get(&text.id).copied().unwrap_or(0),
                })
            })
            .collect();
        published.sort_by(|one, other| (one.position, &one.title).cmp(&(other.position, &other.title)));
        Library::arrange(shelf.categories, published, shelf.old_slugs)
    }

    fn arrange(
        categories: Vec<Category>,
        published: Vec<Published>,
        old_slugs: Vec<(String, ArticleTextId)>,
    ) -> Self {
        let places: HashMap<ArticleTextId, usize> =
            published.iter().enumerate().map(|(at, one)| (one.text, at)).collect();
        let mut by_slug: HashMap<String, (usize, bool)> = old_slugs
            .into_iter()
            .filter_map(|(slug, text)| places.get(&text).map(|at| (slug, (*at, true))))
            .collect();
        by_slug.extend(published.iter().enumerate().map(|(at, one)| (one.slug.clone(), (at, false))));
        let mut by_article: HashMap<ArticleId, Vec<usize>> = HashMap::new();
        for (at, one) in published.iter().enumerate() {
            by_article.entry(one.article).or_default().push(at);
        }
        let indexes = LANGUAGES
            .iter()
            .map(|language| {
                let mine: Vec<usize> = (0..published.len())
                    .filter(|at| published.get(*at).is_some_and(|one| one.language == *language))
                    .collect();
                let documents: Vec<Document> =
                    mine.iter().filter_map(|at| published.get(*at)).map(document).collect();
                (Index::build(language, &documents), mine)
            })
            .collect();
        Library { categories, published, by_slug, by_article, indexes }
    }

    /// The categories in their order, those within others among them.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// All that somebody may read, by place, in every language.
    pub fn readable(&self, visitor: bool) -> impl Iterator<Item = &Published> {
        self.published.iter().filter(move |one| one.public || !visitor)
    }

    /// Each article once that somebody may read: in their language where there is one, else in the first.
    pub fn in_language<'a>(
        &'a self,
        language: &'a str,
        visitor: bool,
    ) -> impl Iterator<Item = &'a Published> + 'a {
        self.readable(visitor).filter(move |one| {
            one.language == language
                || (one.language == LANGUAGES[0]
                    && !self.translations(one.article).any(|other| other.language == language))
        })
    }

    /// What stands under an address, as far as somebody may read it.
    pub fn at(&self, slug: &str, visitor: bool) -> Option<Placed<'_>> {
        let (at, moved) = self.by_slug.get(slug)?;
        let one = self.published.get(*at).filter(|one| one.public || !visitor)?;
        Some(if *moved { Placed::Moved(one) } else { Placed::Here(one) })
    }

    /// The same article in all its languages, this one among them.
    pub fn translations(&self, article: ArticleId) -> impl Iterator<Item = &Published> {
        let places = self.by_article.get(&article).into_iter().flatten();
        places.filter_map(|at| self.published.get(*at))
    }

    /// The articles beside one that somebody may read, in its language where there is one: those that were chosen, then
    /// neighbours of its category.
    pub fn beside<'a>(&'a self, one: &'a Published, visitor: bool, most: usize) -> Vec<&'a Published> {
        let all: Vec<&Published> = self.in_language(&one.language, visitor).collect();
        let chosen = one.related.iter().filter_map(|id| all.iter().find(|other| other.article == *id));
        let neighbours = all.iter().filter(|other| {
            other.category == one.category
                && other.article != one.article
                && !one.related.contains(&other.article)
        });
        chosen.chain(neighbours).take(most).copied().collect()
    }

    /// The articles of which most readers said that they helped; none of which nobody did.
    pub fn popular<'a>(&'a self, language: &'a str, visitor: bool, most: usize) -> Vec<&'a Published> {
        let mut all: Vec<&Published> =
            self.in_language(language, visitor).filter(|one| one.helped > 0).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.helped));
        all.truncate(most);
        all
    }

    /// Looks for what was typed: in the reader's language, then in the first for what is not translated.
    pub fn search(&self, language: &str, typed: &str, visitor: bool) -> Results {
        let mut results = Results::default();
        let mut seen = Vec::new();
        for (index, mine) in self.indexes_for(language) {
            let found = index.search(typed, visitor, RESULTS);
            for hit in &found.hits {
                let Some(one) = mine.get(hit.document).and_then(|at| self.published.get(*at)) else {
                    continue;
                };
                if seen.contains(&one.article) || results.results.len() >= RESULTS {
                    continue;
                }
                seen.push(one.article);
                results.results.push(result(one, &found.words));
            }
            results.meant = results.meant.or(found.meant);
        }
        results
    }

    /// Articles that may answer what somebody is writing.
    pub fn suggest(
        &self,
        language: &str,
        subject: &str,
        text: &str,
        visitor: bool,
        most: usize,
    ) -> Vec<&Published> {
        let mut found: Vec<&Published> = Vec::new();
        for (index, mine) in self.indexes_for(language) {
            for hit in index.suggest(subject, text, visitor, most) {
                let one = mine.get(hit.document).and_then(|at| self.published.get(*at));
                if let Some(one) = one
                    && !found.iter().any(|other| other.article == one.article)
                {
                    found.push(one);
                }
            }
        }
        found.truncate(most);
        found
    }

    fn indexes_for(&self, language: &str) -> impl Iterator<Item = &(Index, Vec<usize>)> {
        let own = self.indexes.iter().filter(move |(index, _)| index.language() == language);
        let first = self
            .indexes
            .iter()
            .filter(move |(index, _)| index.language() == LANGUAGES[0] && index.language() != language);
        own.chain(first)
    }
}

fn document(one: &Published) -> Document {
    let plain = source::plain(&one.body);
    Document {
        title: one.title.clone(),
        keywords: one.keywords.clone(),
        headings: format!("{}\n{}", plain.headings, one.summary),
        text: plain.text,
        public: one.public,
    }
}

fn result(one: &Published, words: &[String]) -> FoundArticle {
    FoundArticle {
        slug: one.slug.clone(),
        title: one.title.clone(),
        summary: one.summary.clone(),
        snippet: source::snippet(&source::plain(&one.body).text, words, SNIPPET),
        language: one.language.clone(),
        category: one.category,
    }
}
