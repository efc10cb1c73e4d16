//! The table `posts`.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{AnnouncementId, PostId, StaffId, Timestamp};

use super::Post;
use super::write::PostDraft;

const COLUMNS: &str = "id, slug, language, title, summary, body, author, tags, published_at, announcement_id, written_by, \
                       created_at, changed_at";
/// What readers see at `$1`, and of it what has the tag `$2`, where that is not empty. A tag has no letters with a meaning in a pattern.
const READABLE: &str = "published_at <= $1 AND ($2 = '' OR ' ' || tags || ' ' LIKE '% ' || $2 || ' %')";

fn row(row: &Row<'_>) -> Result<Post, SqlError> {
    Ok(Post {
        id: row.get(0)?,
        slug: row.get(1)?,
        language: row.get(2)?,
        title: row.get(3)?,
        summary: row.get(4)?,
        body: row.get(5)?,
        author: row.get(6)?,
        tags: row.get::<String>(7)?.split_whitespace().map(str::to_owned).collect(),
        published_at: row.get(8)?,
        announcement: row.get(9)?,
        written_by: row.get(10)?,
        created_at: row.get(11)?,
        changed_at: row.get(12)?,
    })
}

pub(super) fn find(tx: &mut Tx<'_>, id: PostId) -> Result<Option<Post>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM posts WHERE id = $1"), params![id], row)
}

pub(super) fn find_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Post>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM posts WHERE slug = $1"), params![slug], row)
}

pub(super) fn newest(tx: &mut Tx<'_>) -> Result<Vec<Post>, SqlError> {
    tx.query(&format!("SELECT {COLUMNS} FROM posts ORDER BY changed_at DESC LIMIT 500"), params![], row)
}

pub(super) fn published(
    tx: &mut Tx<'_>,
    tag: Option<&str>,
    skip: i64,
    limit: i64,
) -> Result<Vec<Post>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM posts WHERE {READABLE} ORDER BY published_at DESC, id LIMIT $3 OFFSET $4"
        ),
        params![tx.now(), tag.unwrap_or_default(), limit, skip],
        row,
    )
}

pub(super) fn count_published(tx: &mut Tx<'_>, tag: Option<&str>) -> Result<i64, SqlError> {
    tx.query_one(
        &format!("SELECT COUNT(*) FROM posts WHERE {READABLE}"),
        params![tx.now(), tag.unwrap_or_default()],
        |row| row.get(0),
    )
}

/// The tags of each of the newest posts that readers see.
pub(super) fn published_tags(tx: &mut Tx<'_>) -> Result<Vec<String>, SqlError> {
    tx.query(
        "SELECT tags FROM posts WHERE published_at <= $1 AND tags <> '' ORDER BY published_at DESC LIMIT 1000",
        params![tx.now()],
        |row| row.get(0),
    )
}

pub(super) fn last_author(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<String>, SqlError> {
    tx.query_opt(
        "SELECT author FROM posts WHERE written_by = $1 ORDER BY created_at DESC LIMIT 1",
        params![staff],
        |row| row.get(0),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, id: PostId, draft: &PostDraft, staff: StaffId) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO posts (id, slug, language, title, summary, body, author, tags, written_by, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        params![
            id,
            &draft.slug,
            &draft.language,
            &draft.title,
            &draft.summary,
            &draft.body,
            &draft.author,
            &draft.tags.join(" "),
            staff,
            tx.now(),
        ],
    )?;
    Ok(())
}

pub(super) fn change(tx: &mut Tx<'_>, id: PostId, draft: &PostDraft) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE posts SET slug = $2, language = $3, title = $4, summary = $5, body = $6, author = $7, tags = $8,
             changed_at = $9
         WHERE id = $1",
        params![
            id,
            &draft.slug,
            &draft.language,
            &draft.title,
            &draft.summary,
            &draft.body,
            &draft.author,
            &draft.tags.join(" "),
            tx.now(),
        ],
    )?;
    Ok(())
}

/// Gives a draft its time; false for what has one.
pub(super) fn publish(tx: &mut Tx<'_>, id: PostId, at: Timestamp) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE posts SET published_at = $2 WHERE id = $1 AND published_at IS NULL",
        params![id, at],
    )?;
    Ok(rows == 1)
}

pub(super) fn withdraw(tx: &mut Tx<'_>, id: PostId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE posts SET published_at = NULL WHERE id = $1 AND published_at IS NOT NULL",
        params![id],
    )?;
    Ok(rows == 1)
}

pub(super) fn delete_draft(tx: &mut Tx<'_>, id: PostId) -> Result<bool, SqlError> {
    let rows = tx.execute("DELETE FROM posts WHERE id = $1 AND published_at IS NULL", params![id])?;
    Ok(rows == 1)
}

/// The newest posts of a language that readers see and that no newsletter told of; one that was thrown away or stopped told nobody.
pub(super) fn not_gathered(tx: &mut Tx<'_>, language: &str, limit: i64) -> Result<Vec<Post>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM posts WHERE published_at <= $1 AND language = $2 AND NOT EXISTS (
                 SELECT 1 FROM announcements a WHERE a.id = posts.newsletter_id AND a.state <> 'cancelled')
             ORDER BY published_at DESC, id LIMIT $3"
        ),
        params![tx.now(), language, limit],
        row,
    )
}

pub(super) fn note_newsletter(
    tx: &mut Tx<'_>,
    id: PostId,
    newsletter: AnnouncementId,
) -> Result<(), SqlError> {
    tx.execute("UPDATE posts SET newsletter_id = $2 WHERE id = $1", params![id, newsletter])?;
    Ok(())
}

pub(super) fn note_announcement(
    tx: &mut Tx<'_>,
    id: PostId,
    announcement: AnnouncementId,
) -> Result<(), SqlError> {
    tx.execute("UPDATE posts SET announcement_id = $2 WHERE id = $1", params![id, announcement])?;
    Ok(())
}
