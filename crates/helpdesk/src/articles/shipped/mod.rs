//! The articles that the program brings: put in place at the first start, kept up to date as long as nobody changed them.
//!
//! What staff wrote is never overwritten: when the program brings newer words for an article that they changed, it says so,
//! and they may take them. An article that they retired stays retired.

mod files;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use mailkeep_storage::sql::Tx;
use mailkeep_types::{ArticleCategoryId, ArticleId, ArticleTextId, SharedClock};
use sha2::{Digest, Sha256};

use self::files::{CATEGORIES, FILES};
use self::parse::{Shipped, parse};
use super::publish::review_after;
use super::write::{Draft, write};
use super::{Article, ArticleError, ArticleState, Category, Knowledgebase, LANGUAGES, Move, Text, store};

/// What was done at a start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brought {
    /// Articles that are new.
    pub added: usize,
    /// Articles that were brought up to date.
    pub renewed: usize,
    /// Articles that staff changed and of which there are newer words.
    pub left: usize,
}

impl Knowledgebase {
    /// Puts the articles of the program in place.
    ///
    /// # Errors
    /// [`ArticleError::Shipped`] for a file of the build that cannot be read; when the database fails.
    pub async fn bring_articles(&self) -> Result<Brought, ArticleError> {
        let shipped = Arc::new(all()?);
        let brought = match self.bring_all(Arc::clone(&shipped)).await {
            // Another node starts at the same moment and was first: now its articles are there to be found.
            Err(ArticleError::Sql(error)) if error.is_unique() => self.bring_all(shipped).await?,
            other => other?,
        };
        self.forget();
        Ok(brought)
    }

    async fn bring_all(&self, shipped: Arc<Vec<Shipped>>) -> Result<Brought, ArticleError> {
        let clock = self.policy().clock().clone();
        let bring = self.db().write(move |tx| -> Result<Brought, ArticleError> {
            let brought = bring(tx, &clock, &shipped)?;
            if brought.added + brought.renewed > 0 {
                store::count_change(tx)?;
            }
            Ok(brought)
        });
        bring.await
    }

    /// Takes the newer words that the program brings for an article that staff changed: as a new revision that is published.
    ///
    /// # Errors
    /// [`ArticleError::NotFound`]; [`ArticleError::State`] when there are none.
    pub async fn take_shipped(&self, id: ArticleTextId) -> Result<(), ArticleError> {
        let shipped = all()?;
        self.db()
            .write(move |tx| -> Result<(), ArticleError> {
                let mut text = store::text(tx, id)?.ok_or(ArticleError::NotFound)?;
                let article = store::article(tx, text.article)?.ok_or(ArticleError::NotFound)?;
                let one = shipped
                    .iter()
                    .find(|one| Some(&one.name) == article.shipped.as_ref() && one.language == text.language)
                    .filter(|_| text.shipped_newer)
                    .ok_or_else(|| ArticleError::state("There are no newer words of the program."))?;
                renew(tx, &mut text, one)?;
                Ok(store::count_change(tx)?)
            })
            .await?;
        self.forget();
        Ok(())
    }
}

/// Every article of the build, read.
fn all() -> Result<Vec<Shipped>, ArticleError> {
    let read = |(language, name, text): &(&'static str, &'static str, &'static str)| {
        parse(language, name, text)
            .map_err(|error| ArticleError::Shipped(format!("{language}/{name}.md: {error}")))
    };
    FILES.iter().map(read).collect()
}

fn hash(one: &Shipped) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in [&one.title, &one.summary, &one.keywords, &one.body] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().to_vec()
}

fn bring(tx: &mut Tx<'_>, clock: &SharedClock, shipped: &[Shipped]) -> Result<Brought, ArticleError> {
    let mut brought = Brought::default();
    let mut articles: HashMap<&str, ArticleId> = HashMap::new();
    for (position, one) in shipped.iter().enumerate() {
        let article = match store::shipped_article(tx, &one.name)? {
            Some(article) => article.id,
            None => {
                let article = Article {
                    id: ArticleId::new(&**clock),
                    category: category(tx, clock, &one.category)?,
                    audience: one.audience,
                    related: Vec::new(),
                    position: i64::try_from(position).unwrap_or(i64::MAX),
                    shipped: Some(one.name.clone()),
                };
                store::put_article(tx, &article)?;
                articles.insert(&one.name, article.id);
                article.id
            }
        };
        let mine = store::texts_of(tx, article)?.into_iter().find(|text| text.language == one.language);
        match mine {
            None => {
                add(tx, clock, article, one)?;
                brought.added += 1;
            }
            Some(mut text) => {
                if store::shipped_hash(tx, text.id)?.is_none_or(|known| known == hash(one)) {
                    continue;
                }
                let by_staff =
                    store::newest_by(tx, text.id)?.is_some() || text.state == ArticleState::Retired;
                if by_staff {
                    text.shipped_newer = true;
                    store::put_text(tx, &text)?;
                    brought.left += 1;
                } else {
                    renew(tx, &mut text, one)?;
                    brought.renewed += 1;
                }
            }
        }
    }
    // Those beside it may come later in the list.
    for one in shipped.iter().filter(|one| one.language == LANGUAGES[0]) {
        let Some(id) = articles.get(one.name.as_str()) else { continue };
        let mut article = store::article(tx, *id)?.ok_or(ArticleError::NotFound)?;
        for name in &one.related {
            article.related.extend(store::shipped_article(tx, name)?.map(|other| other.id));
        }
        store::put_article(tx, &article)?;
    }
    Ok(brought)
}

fn draft(one: &Shipped, category: ArticleCategoryId) -> Draft {
    Draft {
        title: one.title.clone(),
        slug: one.slug.clone(),
        summary: one.summary.clone(),
        keywords: one.keywords.clone(),
        body: one.body.clone(),
        note: String::new(),
        category,
        audience: one.audience,
        related: Vec::new(),
    }
}

fn add(tx: &mut Tx<'_>, clock: &SharedClock, article: ArticleId, one: &Shipped) -> Result<(), ArticleError> {
    let id = ArticleTextId::new(&**clock);
    // Staff may have used its address for an article of their own.
    let slug = match store::holder_of(tx, &one.slug)? {
        Some(_) => format!("{}-{}", one.slug, one.language),
        None => one.slug.clone(),
    };
    let mut text = Text {
        id,
        article,
        language: one.language.clone(),
        slug,
        state: ArticleState::Draft,
        newest: 0,
        published: None,
        published_at: None,
        review_at: None,
        shipped_newer: false,
        changed_at: tx.now(),
    };
    store::put_text(tx, &text)?;
    renew(tx, &mut text, one)
}

/// Writes and publishes what the program brings.
fn renew(tx: &mut Tx<'_>, text: &mut Text, one: &Shipped) -> Result<(), ArticleError> {
    let category = store::article(tx, text.article)?.ok_or(ArticleError::NotFound)?.category;
    write(tx, text, &draft(one, category), None)?;
    text.state =
        text.state.after(Move::Submit).and_then(|state| state.after(Move::Publish)).unwrap_or(text.state);
    text.published = Some(text.newest);
    text.published_at = text.published_at.or_else(|| Some(tx.now()));
    text.review_at = Some(review_after(tx.now()));
    text.shipped_newer = false;
    store::put_text(tx, text)?;
    store::put_shipped(tx, text.id, &hash(one))?;
    Ok(())
}

/// The category of an address; made when it is not there.
fn category(tx: &mut Tx<'_>, clock: &SharedClock, slug: &str) -> Result<ArticleCategoryId, ArticleError> {
    let known = store::categories(tx)?;
    if let Some(found) = known.iter().find(|one| one.slug == slug) {
        return Ok(found.id);
    }
    let wanted = CATEGORIES.iter().enumerate().find(|(_, (own, ..))| *own == slug);
    let (position, (_, parent, names)) =
        wanted.ok_or_else(|| ArticleError::Shipped(format!("has no category “{slug}”")))?;
    let parent = match *parent {
        "" => None,
        parent => Some(category(tx, clock, parent)?),
    };
    let names: BTreeMap<String, String> = LANGUAGES
        .iter()
        .zip(names)
        .map(|(language, name)| ((*language).to_owned(), (*name).to_owned()))
        .collect();
    let category = Category {
        id: ArticleCategoryId::new(&**clock),
        parent,
        slug: slug.to_owned(),
        names,
        position: i64::try_from(position).unwrap_or(i64::MAX),
    };
    store::put_category(tx, &category)?;
    Ok(category.id)
}
