-- Answers that the desk has ready, with the names of variables in braces; nothing personal. department: empty for all.
-- staff_id: who wrote it last.
CREATE TABLE canned_replies (
    id BYTEA NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    category TEXT NOT NULL,
    department TEXT,
    language TEXT NOT NULL,
    staff_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX canned_replies_title ON canned_replies (title);
