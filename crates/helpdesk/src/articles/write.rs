//! A member of staff writes an article, or a new revision of one.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{ArticleCategoryId, ArticleId, ArticleTextId, StaffId};

use super::{
    Article, ArticleError, ArticleState, Audience, Knowledgebase, LANGUAGES, Move, Revision, Text, source,
    store,
};

const MAX_TITLE: usize = 150;
const MAX_SUMMARY: usize = 300;
const MAX_NOTE: usize = 300;
const MAX_BODY: usize = 100_000;
const MAX_RELATED: usize = 8;

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The title.
    pub title: String,
    /// Its address; made of the title where it is empty.
    pub slug: String,
    /// What it is about in a sentence.
    pub summary: String,
    /// Words by which it is to be found that its text need not have.
    pub keywords: String,
    /// The text, in Markdown.
    pub body: String,
    /// What changed.
    pub note: String,
    /// Where it is.
    pub category: ArticleCategoryId,
    /// Who may read it.
    pub audience: Audience,
    /// The addresses of articles that readers of this one may want.
    pub related: Vec<String>,
}

impl Knowledgebase {
    /// Begins an article in a language; as the translation of another, when that is given.
    ///
    /// # Errors
    /// [`ArticleError::Field`] for `title`, `slug`, `summary`, `keywords`, `body`, `note`, `category`, `language` and `related`;
    /// [`ArticleError::NotFound`] for an article that is not there.
    pub async fn begin_article(
        &self,
        staff: StaffId,
        language: String,
        of: Option<ArticleId>,
        draft: Draft,
    ) -> Result<ArticleTextId, ArticleError> {
        let draft = checked(draft)?;
        if !LANGUAGES.contains(&language.as_str()) {
            return Err(ArticleError::field("language", "Choose a language."));
        }
        let clock = self.policy().clock();
        let (id, fresh) = (ArticleTextId::new(&**clock), ArticleId::new(&**clock));
        self.db()
            .write(move |tx| -> Result<(), ArticleError> {
                let old = match of {
                    Some(article) => Some(store::article(tx, article)?.ok_or(ArticleError::NotFound)?),
                    None => None,
                };
                let article = placed(tx, old, fresh, &draft)?;
                if store::texts_of(tx, article.id)?.iter().any(|text| text.language == language) {
                    return Err(ArticleError::field("language", "It is there in this language already."));
                }
                store::put_article(tx, &article)?;
                let text = Text {
                    id,
                    article: article.id,
                    language: language.clone(),
                    slug: free_slug(tx, id, &draft)?,
                    state: ArticleState::Draft,
                    newest: 1,
                    published: None,
                    published_at: None,
                    review_at: None,
                    shipped_newer: false,
                    changed_at: tx.now(),
                };
                store::put_text(tx, &text)?;
                store::add_revision(tx, id, &revision(&draft, 1, Some(staff), tx))?;
                Ok(())
            })
            .await?;
        Ok(id)
    }

    /// Writes a new revision. `built_on` is the revision that the writer saw: when another was written meanwhile, nothing is
    /// written, so that nobody's words are lost. Readers go on seeing what is published; category and readers hold at once.
    ///
    /// # Errors
    /// As [`Knowledgebase::begin_article`]; [`ArticleError::State`] when somebody wrote meanwhile.
    pub async fn write_article(
        &self,
        staff: StaffId,
        id: ArticleTextId,
        built_on: i64,
        draft: Draft,
    ) -> Result<(), ArticleError> {
        let draft = checked(draft)?;
        self.db()
            .write(move |tx| -> Result<(), ArticleError> {
                let mut text = store::text(tx, id)?.ok_or(ArticleError::NotFound)?;
                if text.newest != built_on {
                    return Err(ArticleError::state(
                        "Somebody wrote a newer revision meanwhile. Look at it first; your words still stand below.",
                    ));
                }
                let old = store::article(tx, text.article)?.ok_or(ArticleError::NotFound)?;
                let article = placed(tx, Some(old), text.article, &draft)?;
                store::put_article(tx, &article)?;
                move_slug(tx, &mut text, &draft)?;
                write(tx, &mut text, &draft, Some(staff))?;
                store::put_text(tx, &text)?;
                Ok(store::count_change(tx)?)
            })
            .await?;
        self.forget();
        Ok(())
    }
}

/// Adds the revision and moves the text where a new one leads.
pub(super) fn write(
    tx: &mut Tx<'_>,
    text: &mut Text,
    draft: &Draft,
    staff: Option<StaffId>,
) -> Result<(), ArticleError> {
    text.newest += 1;
    text.state = text.state.after(Move::Write).unwrap_or(ArticleState::Draft);
    let revision = revision(draft, text.newest, staff, tx);
    store::add_revision(tx, text.id, &revision)?;
    Ok(())
}

fn revision(draft: &Draft, number: i64, staff: Option<StaffId>, tx: &Tx<'_>) -> Revision {
    Revision {
        number,
        title: draft.title.clone(),
        summary: draft.summary.clone(),
        keywords: draft.keywords.clone(),
        body: draft.body.clone(),
        note: draft.note.clone(),
        written_by: staff,
        at: tx.now(),
    }
}

/// The article as the draft has it; `old` as it was.
fn placed(
    tx: &mut Tx<'_>,
    old: Option<Article>,
    fresh: ArticleId,
    draft: &Draft,
) -> Result<Article, ArticleError> {
    if !store::categories(tx)?.iter().any(|category| category.id == draft.category) {
        return Err(ArticleError::field("category", "Choose a category."));
    }
    let mut related = Vec::new();
    for slug in &draft.related {
        let holder = store::holder_of(tx, slug)?;
        let text = holder.map(|id| store::text(tx, id)).transpose()?.flatten();
        let Some(text) = text else {
            let sentence = format!("There is no article “{slug}”.");
            return Err(ArticleError::Field { field: "related", sentence });
        };
        let own = old.as_ref().is_some_and(|old| old.id == text.article);
        if !own && !related.contains(&text.article) {
            related.push(text.article);
        }
    }
    Ok(Article {
        id: old.as_ref().map_or(fresh, |old| old.id),
        category: draft.category,
        audience: draft.audience,
        related,
        // New ones stand after those that the program brought.
        position: old.as_ref().map_or(1000, |old| old.position),
        shipped: old.and_then(|old| old.shipped),
    })
}

/// The address that was typed or is made of the title, if nobody has or had it.
fn free_slug(tx: &mut Tx<'_>, id: ArticleTextId, draft: &Draft) -> Result<String, ArticleError> {
    let slug = if draft.slug.is_empty() { source::slug_of(&draft.title) } else { draft.slug.clone() };
    if !source::is_slug(&slug) {
        let sentence = "Use small letters without accents, digits and hyphens, at most 80.";
        return Err(ArticleError::field("slug", sentence));
    }
    match store::holder_of(tx, &slug)? {
        Some(holder) if holder != id => {
            Err(ArticleError::field("slug", "Another article has this address, or had it."))
        }
        _ => Ok(slug),
    }
}

/// Gives a text another address; the old one goes on leading to it.
fn move_slug(tx: &mut Tx<'_>, text: &mut Text, draft: &Draft) -> Result<(), ArticleError> {
    let slug = match draft.slug.is_empty() {
        true => text.slug.clone(),
        false => free_slug(tx, text.id, draft)?,
    };
    if slug != text.slug {
        store::keep_slug(tx, &text.slug, text.id)?;
        store::free_slug(tx, &slug)?;
        text.slug = slug;
    }
    Ok(())
}

fn in_a_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

pub(super) fn checked(draft: Draft) -> Result<Draft, ArticleError> {
    let line = |text: &str| text.trim().to_owned();
    let draft = Draft {
        title: line(&draft.title),
        slug: line(&draft.slug),
        summary: line(&draft.summary),
        keywords: line(&draft.keywords),
        note: line(&draft.note),
        ..draft
    };
    if draft.title.is_empty() || !in_a_line(&draft.title, MAX_TITLE) {
        return Err(ArticleError::field("title", "Write a title of at most 150 letters, in one line."));
    }
    if draft.summary.is_empty() || !in_a_line(&draft.summary, MAX_SUMMARY) {
        let sentence = "Say in one line of at most 300 letters what it is about.";
        return Err(ArticleError::field("summary", sentence));
    }
    if !in_a_line(&draft.keywords, MAX_SUMMARY) {
        return Err(ArticleError::field("keywords", "Use at most 300 letters, in one line."));
    }
    if !in_a_line(&draft.note, MAX_NOTE) {
        return Err(ArticleError::field("note", "Use at most 300 letters, in one line."));
    }
    if draft.body.trim().is_empty() || draft.body.len() > MAX_BODY {
        return Err(ArticleError::field("body", "Write the text; it may have up to 100,000 letters."));
    }
    if draft.related.len() > MAX_RELATED {
        return Err(ArticleError::field("related", "Name at most 8 articles."));
    }
    Ok(draft)
}
