-- Browsers that signed in to a mailbox in the webmail. hash is that of the token in the browser's cookie.
CREATE TABLE page_sessions (
    hash BYTEA NOT NULL PRIMARY KEY,
    mailbox_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX page_sessions_used ON page_sessions (used_at);
