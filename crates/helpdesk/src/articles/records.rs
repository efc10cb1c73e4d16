//! The tables of the knowledgebase, as the policy's registry knows them. Nothing personal is in them.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// The categories of articles.
    article_categories of Owner::House, from "staff who write" {
        plain { id, parent_id, slug, names, position }
    }
    /// Articles of the knowledgebase.
    articles of Owner::House, from "staff who write" {
        plain { id, category_id, audience, related, position, shipped, created_at }
    }
    /// Articles in each of their languages.
    article_texts of Owner::House, from "staff who write" {
        plain { id, article_id, language, slug, state, newest, published, published_at, review_at, shipped_hash, shipped_newer,
            changed_at }
    }
    /// What was written in articles.
    article_revisions of Owner::House, from "staff who write" {
        plain { text_id, number, title, summary, keywords, body, note, written_by, at }
    }
    /// Addresses that articles had before.
    article_slugs of Owner::House, from "staff who write" {
        plain { slug, text_id }
    }
    /// Which state of the articles is published.
    article_state of Owner::House, from "staff who write" {
        plain { id, version }
    }
    /// How many readers an article helped; not who.
    article_votes of Owner::House, from "readers of the knowledgebase, counted" {
        plain { text_id, revision, yes, no }
    }
    /// How often a search found nothing; not who searched.
    article_misses of Owner::House, from "searches of the knowledgebase, counted" {
        lookups { term_hash }
        plain { language, words, searched, searched_on }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_knowledgebase_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
