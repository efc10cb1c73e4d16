-- Posts of the blog. published_at: NULL for a draft; one that lies ahead is not shown before. author: the name under which it is
-- shown. tags: words with spaces between them. announcement_id: the announcement that was made of it.
CREATE TABLE posts (
    id BYTEA NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    tags TEXT NOT NULL,
    published_at BIGINT,
    announcement_id BYTEA,
    written_by BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX posts_slug ON posts (slug);
CREATE INDEX posts_published ON posts (published_at);
