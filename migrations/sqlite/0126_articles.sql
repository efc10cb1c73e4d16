-- The knowledgebase. A category may lie in another, one level deep. names: a JSON object from language to name.
CREATE TABLE article_categories (
    id BLOB NOT NULL PRIMARY KEY,
    parent_id BLOB,
    slug TEXT NOT NULL UNIQUE,
    names TEXT NOT NULL,
    position BIGINT NOT NULL
);

-- An article in all its languages. audience: public, customers. related: a JSON list of articles, the nearest first.
-- shipped: by which name the program brought it; position: its place in the category, the lowest first.
CREATE TABLE articles (
    id BLOB NOT NULL PRIMARY KEY,
    category_id BLOB NOT NULL,
    audience TEXT NOT NULL,
    related TEXT NOT NULL,
    position BIGINT NOT NULL,
    shipped TEXT UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE INDEX articles_category ON articles (category_id, position);

-- An article in one language. state: draft, in_review, published, retired, of the newest revision; published: the revision that
-- readers see, also while a newer one is written. review_at: when somebody has to look whether it still holds.
-- shipped_hash: of the words that the program brought last; shipped_newer: it brings others now, and staff wrote meanwhile.
CREATE TABLE article_texts (
    id BLOB NOT NULL PRIMARY KEY,
    article_id BLOB NOT NULL,
    language TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    newest BIGINT NOT NULL,
    published BIGINT,
    published_at BIGINT,
    review_at BIGINT,
    shipped_hash BLOB,
    shipped_newer BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (article_id, language)
);
CREATE INDEX article_texts_state ON article_texts (state, changed_at);

-- What was written, revision by revision, and never changed. written_by: nobody for what the program brought.
CREATE TABLE article_revisions (
    text_id BLOB NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    keywords TEXT NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    written_by BLOB,
    at BIGINT NOT NULL,
    PRIMARY KEY (text_id, number)
);
CREATE TRIGGER article_revisions_immutable BEFORE UPDATE ON article_revisions BEGIN SELECT RAISE(ABORT, 'a revision of an article is not changed'); END;
CREATE TRIGGER article_revisions_kept BEFORE DELETE ON article_revisions BEGIN SELECT RAISE(ABORT, 'a revision of an article is not taken away'); END;

-- Addresses that an article had before; they lead to the one that it has.
CREATE TABLE article_slugs (
    slug TEXT NOT NULL PRIMARY KEY,
    text_id BLOB NOT NULL
);
CREATE INDEX article_slugs_text ON article_slugs (text_id);

-- One row from the first change on; counts what readers may see differently now, so that every node knows when to read anew.
CREATE TABLE article_state (
    id BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
