//! Reading articles as staff do: all states, all revisions.

use std::collections::HashMap;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{ArticleCategoryId, ArticleId, ArticleTextId};

use super::{Article, ArticleError, ArticleState, Category, Knowledgebase, Revision, Text, search, store};

/// An article in the list of staff.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The text.
    pub text: Text,
    /// The article.
    pub article: Article,
    /// The newest revision.
    pub revision: Revision,
    /// How many it helped, and how many not.
    pub votes: (i64, i64),
}

/// Which articles are wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those in this state.
    pub state: Option<ArticleState>,
    /// Those in this language.
    pub language: Option<String>,
    /// Those in this category or within it.
    pub category: Option<ArticleCategoryId>,
    /// Those that have all of these words in title, summary, keywords or address.
    pub words: String,
    /// Those that somebody has to look at.
    pub stale: bool,
    /// Those of which the program brings newer words.
    pub newer: bool,
}

/// An article with all that staff see of it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The text.
    pub text: Text,
    /// The article.
    pub article: Article,
    /// All revisions, the newest first; there is at least one.
    pub revisions: Vec<Revision>,
    /// The same article in every language.
    pub translations: Vec<Text>,
    /// The addresses of the articles beside it.
    pub related: Vec<String>,
    /// How many it helped, and how many not.
    pub votes: (i64, i64),
}

impl Knowledgebase {
    /// The articles that a filter wants, those first to which something happened last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_articles(&self, filter: Filter) -> Result<Vec<Entry>, ArticleError> {
        let now = self.now();
        let read = self.db().read(|tx| -> Result<_, SqlError> {
            Ok((
                store::texts(tx)?,
                store::articles(tx)?,
                store::newest_revisions(tx)?,
                store::votes(tx)?,
                store::categories(tx)?,
            ))
        });
        let (texts, articles, revisions, votes, categories) = read.await?;
        let articles: HashMap<ArticleId, Article> = articles.into_iter().map(|one| (one.id, one)).collect();
        let mut revisions: HashMap<ArticleTextId, Revision> = revisions.into_iter().collect();
        let votes: HashMap<ArticleTextId, (i64, i64)> =
            votes.into_iter().map(|(text, yes, no)| (text, (yes, no))).collect();
        let words = search::plain_words(&filter.words);
        let within = |category: ArticleCategoryId| {
            filter.category.is_none_or(|wanted| {
                let parent = categories.iter().find(|one| one.id == category).and_then(|one| one.parent);
                category == wanted || parent == Some(wanted)
            })
        };
        let wanted = texts.into_iter().filter_map(|text| {
            let entry = Entry {
                article: articles.get(&text.article)?.clone(),
                revision: revisions.remove(&text.id)?,
                votes: votes.get(&text.id).copied().unwrap_or_default(),
                text,
            };
            let stale = entry.text.published.is_some() && entry.text.review_at.is_some_and(|at| at <= now);
            let fits = filter.state.is_none_or(|state| entry.text.state == state)
                && filter.language.as_ref().is_none_or(|language| entry.text.language == *language)
                && within(entry.article.category)
                && (!filter.stale || stale)
                && (!filter.newer || entry.text.shipped_newer)
                && has_words(&entry, &words);
            fits.then_some(entry)
        });
        Ok(wanted.collect())
    }

    /// An article with its revisions.
    ///
    /// # Errors
    /// [`ArticleError::NotFound`].
    pub async fn article(&self, id: ArticleTextId) -> Result<Whole, ArticleError> {
        self.db()
            .read(move |tx| -> Result<Whole, ArticleError> {
                let text = store::text(tx, id)?.ok_or(ArticleError::NotFound)?;
                let article = store::article(tx, text.article)?.ok_or(ArticleError::NotFound)?;
                let translations = store::texts_of(tx, article.id)?;
                let mut related = Vec::new();
                for other in &article.related {
                    let texts = store::texts_of(tx, *other)?;
                    let own = texts.iter().find(|one| one.language == text.language);
                    related.extend(own.or_else(|| texts.first()).map(|one| one.slug.clone()));
                }
                let votes = store::votes(tx)?.into_iter().find(|(of, ..)| *of == id);
                Ok(Whole {
                    revisions: store::revisions(tx, id)?,
                    votes: votes.map(|(_, yes, no)| (yes, no)).unwrap_or_default(),
                    text,
                    article,
                    translations,
                    related,
                })
            })
            .await
    }

    /// The categories in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn categories(&self) -> Result<Vec<Category>, ArticleError> {
        Ok(self.db().read(store::categories).await?)
    }
}

fn has_words(entry: &Entry, words: &[String]) -> bool {
    let revision = &entry.revision;
    let all = format!("{} {} {} {}", revision.title, revision.summary, revision.keywords, entry.text.slug);
    let all = search::fold(&all);
    words.iter().all(|word| all.contains(word.as_str()))
}
