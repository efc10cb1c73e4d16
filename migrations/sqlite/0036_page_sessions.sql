-- Browsers that signed in to a mailbox in the webmail. hash is that of the token in the browser's cookie.
CREATE TABLE page_sessions (
    hash BLOB NOT NULL PRIMARY KEY,
    mailbox_id BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX page_sessions_used ON page_sessions (used_at);
