//! The tables of the knowledgebase.

use std::collections::BTreeMap;

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{ArticleCategoryId, ArticleId, ArticleTextId, StaffId, Timestamp};

use super::{Article, ArticleState, Audience, Category, Revision, Text};

fn wrong(what: &str, found: impl std::fmt::Display) -> SqlError {
    SqlError::Engine(format!("{what} {found}"))
}

fn json<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T, SqlError> {
    serde_json::from_str(text).map_err(|error| wrong(what, error))
}

fn stored<T: serde::Serialize>(value: &T) -> Result<String, SqlError> {
    serde_json::to_string(value).map_err(|error| wrong("what is stored as JSON:", error))
}

// Categories.

fn category_row(row: &Row<'_>) -> Result<Category, SqlError> {
    let names: String = row.get(3)?;
    let names: BTreeMap<String, String> = json("the names of a category:", &names)?;
    Ok(Category { id: row.get(0)?, parent: row.get(1)?, slug: row.get(2)?, names, position: row.get(4)? })
}

pub(super) fn categories(tx: &mut Tx<'_>) -> Result<Vec<Category>, SqlError> {
    let sql = "SELECT id, parent_id, slug, names, position FROM article_categories ORDER BY position, slug";
    tx.query(sql, params![], category_row)
}

pub(super) fn put_category(tx: &mut Tx<'_>, category: &Category) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO article_categories (id, parent_id, slug, names, position) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, slug = excluded.slug, names = excluded.names,
             position = excluded.position",
        params![category.id, category.parent, &category.slug, &stored(&category.names)?, category.position],
    )?;
    Ok(())
}

pub(super) fn delete_category(tx: &mut Tx<'_>, id: ArticleCategoryId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM article_categories WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn is_used(tx: &mut Tx<'_>, id: ArticleCategoryId) -> Result<bool, SqlError> {
    let sql = "SELECT (SELECT COUNT(*) FROM articles WHERE category_id = $1)
                    + (SELECT COUNT(*) FROM article_categories WHERE parent_id = $1)";
    let found: i64 = tx.query_one(sql, params![id], |row| row.get(0))?;
    Ok(found > 0)
}

// Articles.

fn article_row(row: &Row<'_>) -> Result<Article, SqlError> {
    let (audience, related): (String, String) = (row.get(2)?, row.get(3)?);
    Ok(Article {
        id: row.get(0)?,
        category: row.get(1)?,
        audience: Audience::from_word(&audience).ok_or_else(|| wrong("an article for", &audience))?,
        related: json("the articles beside one:", &related)?,
        position: row.get(4)?,
        shipped: row.get(5)?,
    })
}

const ARTICLE: &str = "SELECT id, category_id, audience, related, position, shipped FROM articles";

pub(super) fn articles(tx: &mut Tx<'_>) -> Result<Vec<Article>, SqlError> {
    tx.query(&format!("{ARTICLE} ORDER BY position, id"), params![], article_row)
}

pub(super) fn article(tx: &mut Tx<'_>, id: ArticleId) -> Result<Option<Article>, SqlError> {
    tx.query_opt(&format!("{ARTICLE} WHERE id = $1"), params![id], article_row)
}

pub(super) fn shipped_article(tx: &mut Tx<'_>, name: &str) -> Result<Option<Article>, SqlError> {
    tx.query_opt(&format!("{ARTICLE} WHERE shipped = $1"), params![name], article_row)
}

pub(super) fn put_article(tx: &mut Tx<'_>, article: &Article) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO articles (id, category_id, audience, related, position, shipped, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, audience = excluded.audience,
             related = excluded.related, position = excluded.position",
        params![
            article.id,
            article.category,
            article.audience.word(),
            &stored(&article.related)?,
            article.position,
            article.shipped.as_deref(),
            now,
        ],
    )?;
    Ok(())
}

// Texts.

const TEXT: &str = "SELECT t.id, t.article_id, t.language, t.slug, t.state, t.newest, t.published, t.published_at, t.review_at,
                    t.shipped_newer, t.changed_at FROM article_texts t";

fn text_row(row: &Row<'_>) -> Result<Text, SqlError> {
    let state: String = row.get(4)?;
    Ok(Text {
        id: row.get(0)?,
        article: row.get(1)?,
        language: row.get(2)?,
        slug: row.get(3)?,
        state: ArticleState::from_word(&state).ok_or_else(|| wrong("an article that is", &state))?,
        newest: row.get(5)?,
        published: row.get(6)?,
        published_at: row.get(7)?,
        review_at: row.get(8)?,
        shipped_newer: row.get::<i64>(9)? != 0,
        changed_at: row.get(10)?,
    })
}

pub(super) fn texts(tx: &mut Tx<'_>) -> Result<Vec<Text>, SqlError> {
    tx.query(&format!("{TEXT} ORDER BY t.changed_at DESC, t.id"), params![], text_row)
}

pub(super) fn text(tx: &mut Tx<'_>, id: ArticleTextId) -> Result<Option<Text>, SqlError> {
    tx.query_opt(&format!("{TEXT} WHERE t.id = $1"), params![id], text_row)
}

pub(super) fn texts_of(tx: &mut Tx<'_>, article: ArticleId) -> Result<Vec<Text>, SqlError> {
    tx.query(&format!("{TEXT} WHERE t.article_id = $1 ORDER BY t.language"), params![article], text_row)
}

/// Writes a text, new or changed; what the program brought is written by [`put_shipped`].
pub(super) fn put_text(tx: &mut Tx<'_>, text: &Text) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO article_texts (id, article_id, language, slug, state, newest, published, published_at, review_at,
             shipped_newer, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, state = excluded.state, newest = excluded.newest,
             published = excluded.published, published_at = excluded.published_at, review_at = excluded.review_at,
             shipped_newer = excluded.shipped_newer, changed_at = excluded.changed_at",
        params![
            text.id,
            text.article,
            &text.language,
            &text.slug,
            text.state.word(),
            text.newest,
            text.published,
            text.published_at,
            text.review_at,
            i64::from(text.shipped_newer),
            now,
        ],
    )?;
    Ok(())
}

pub(super) fn put_shipped(tx: &mut Tx<'_>, text: ArticleTextId, hash: &[u8]) -> Result<(), SqlError> {
    tx.execute("UPDATE article_texts SET shipped_hash = $2 WHERE id = $1", params![text, hash])?;
    Ok(())
}

pub(super) fn shipped_hash(tx: &mut Tx<'_>, text: ArticleTextId) -> Result<Option<Vec<u8>>, SqlError> {
    let sql = "SELECT shipped_hash FROM article_texts WHERE id = $1";
    Ok(tx.query_opt(sql, params![text], |row| row.get(0))?.flatten())
}

// Addresses.

/// Whose an address is, or was.
pub(super) fn holder_of(tx: &mut Tx<'_>, slug: &str) -> Result<Option<ArticleTextId>, SqlError> {
    let now =
        tx.query_opt("SELECT id FROM article_texts WHERE slug = $1", params![slug], |row| row.get(0))?;
    match now {
        Some(id) => Ok(Some(id)),
        None => {
            tx.query_opt("SELECT text_id FROM article_slugs WHERE slug = $1", params![slug], |row| row.get(0))
        }
    }
}

pub(super) fn keep_slug(tx: &mut Tx<'_>, slug: &str, text: ArticleTextId) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO article_slugs (slug, text_id) VALUES ($1, $2) ON CONFLICT (slug) DO UPDATE SET text_id = excluded.text_id",
        params![slug, text],
    )?;
    Ok(())
}

pub(super) fn free_slug(tx: &mut Tx<'_>, slug: &str) -> Result<(), SqlError> {
    tx.execute("DELETE FROM article_slugs WHERE slug = $1", params![slug])?;
    Ok(())
}

pub(super) fn old_slugs(tx: &mut Tx<'_>) -> Result<Vec<(String, ArticleTextId)>, SqlError> {
    tx.query("SELECT slug, text_id FROM article_slugs", params![], |row| Ok((row.get(0)?, row.get(1)?)))
}

// Revisions.

const REVISION: &str = "r.number, r.title, r.summary, r.keywords, r.body, r.note, r.written_by, r.at";

fn revision_row(row: &Row<'_>) -> Result<Revision, SqlError> {
    Ok(Revision {
        number: row.get(0)?,
        title: row.get(1)?,
        summary: row.get(2)?,
        keywords: row.get(3)?,
        body: row.get(4)?,
        note: row.get(5)?,
        written_by: row.get(6)?,
        at: row.get(7)?,
    })
}

pub(super) fn add_revision(
    tx: &mut Tx<'_>,
    text: ArticleTextId,
    revision: &Revision,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO article_revisions (text_id, number, title, summary, keywords, body, note, written_by, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            text,
            revision.number,
            &revision.title,
            &revision.summary,
            &revision.keywords,
            &revision.body,
            &revision.note,
            revision.written_by,
            now,
        ],
    )?;
    Ok(())
}

pub(super) fn revisions(tx: &mut Tx<'_>, text: ArticleTextId) -> Result<Vec<Revision>, SqlError> {
    let sql =
        format!("SELECT {REVISION} FROM article_revisions r WHERE r.text_id = $1 ORDER BY r.number DESC");
    tx.query(&sql, params![text], revision_row)
}

/// The newest revision of every text.
pub(super) fn newest_revisions(tx: &mut Tx<'_>) -> Result<Vec<(ArticleTextId, Revision)>, SqlError> {
    let sql = format!(
        "SELECT {REVISION}, t.id FROM article_texts t JOIN article_revisions r ON r.text_id = t.id AND r.number = t.newest"
    );
    tx.query(&sql, params![], |row| Ok((row.get(8)?, revision_row(row)?)))
}

/// Every revision that readers see.
pub(super) fn published_revisions(tx: &mut Tx<'_>) -> Result<Vec<(ArticleTextId, Revision)>, SqlError> {
    let sql = format!(
        "SELECT {REVISION}, t.id FROM article_texts t JOIN article_revisions r ON r.text_id = t.id AND r.number = t.published"
    );
    tx.query(&sql, params![], |row| Ok((row.get(8)?, revision_row(row)?)))
}

// What every node has to know.

pub(super) fn version(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    // Nothing has changed yet where there is no row.
    let found =
        tx.query_opt("SELECT version FROM article_state WHERE id = 1", params![], |row| row.get(0))?;
    Ok(found.unwrap_or(1))
}

pub(super) fn count_change(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let sql = "INSERT INTO article_state (id, version) VALUES (1, 2) \
               ON CONFLICT (id) DO UPDATE SET version = article_state.version + 1";
    tx.execute(sql, params![])?;
    Ok(())
}

// What is counted.

pub(super) fn vote(
    tx: &mut Tx<'_>,
    text: ArticleTextId,
    revision: i64,
    helped: bool,
) -> Result<(), SqlError> {
    let (yes, no) = (i64::from(helped), i64::from(!helped));
    tx.execute(
        "INSERT INTO article_votes (text_id, revision, yes, no) VALUES ($1, $2, $3, $4)
         ON CONFLICT (text_id, revision) DO UPDATE SET yes = article_votes.yes + excluded.yes, no = article_votes.no + excluded.no",
        params![text, revision, yes, no],
    )?;
    Ok(())
}

/// For each text: how many it helped, and how many not, over all revisions.
pub(super) fn votes(tx: &mut Tx<'_>) -> Result<Vec<(ArticleTextId, i64, i64)>, SqlError> {
    tx.query(
        "SELECT text_id, CAST(SUM(yes) AS BIGINT), CAST(SUM(no) AS BIGINT) FROM article_votes GROUP BY text_id",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Counts a search that found nothing; gives how often it was searched by now.
pub(super) fn count_miss(tx: &mut Tx<'_>, language: &str, hash: &[u8], on: &str) -> Result<i64, SqlError> {
    tx.query_one(
        "INSERT INTO article_misses (language, term_hash, words, searched, searched_on) VALUES ($1, $2, NULL, 1, $3)
         ON CONFLICT (language, term_hash) DO UPDATE SET searched = article_misses.searched + 1, searched_on = excluded.searched_on
         RETURNING searched",
        params![language, hash, on],
        |row| row.get(0),
    )
}

pub(super) fn name_miss(tx: &mut Tx<'_>, language: &str, hash: &[u8], words: &str) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE article_misses SET words = $3 WHERE language = $1 AND term_hash = $2",
        params![language, hash, words],
    )?;
    Ok(())
}

pub(super) fn named_misses(
    tx: &mut Tx<'_>,
    limit: i64,
) -> Result<Vec<(String, String, i64, String)>, SqlError> {
    tx.query(
        "SELECT language, words, searched, searched_on FROM article_misses WHERE words IS NOT NULL
         ORDER BY searched DESC, words LIMIT $1",
        params![limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// How many different searches found nothing, among them those that are not named.
pub(super) fn count_misses(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM article_misses", params![], |row| row.get(0))
}

pub(super) fn forget_misses(tx: &mut Tx<'_>, before: &str) -> Result<(), SqlError> {
    tx.execute("DELETE FROM article_misses WHERE searched_on < $1", params![before])?;
    Ok(())
}

/// Who wrote the newest revision; nobody for what the program brought.
pub(super) fn newest_by(tx: &mut Tx<'_>, text: ArticleTextId) -> Result<Option<StaffId>, SqlError> {
    let sql = "SELECT r.written_by FROM article_texts t JOIN article_revisions r ON r.text_id = t.id AND r.number = t.newest
               WHERE t.id = $1";
    Ok(tx.query_opt(sql, params![text], |row| row.get(0))?.flatten())
}

pub(super) fn set_review(tx: &mut Tx<'_>, text: ArticleTextId, at: Timestamp) -> Result<(), SqlError> {
    tx.execute("UPDATE article_texts SET review_at = $2 WHERE id = $1", params![text, at])?;
    Ok(())
}

/// What a hand at the database might try with a row.
#[cfg(test)]
pub(super) fn by_hand(tx: &mut Tx<'_>, sql: &str, id: uuid::Uuid) -> Result<(), SqlError> {
    tx.execute(sql, params![id])?;
    Ok(())
}
