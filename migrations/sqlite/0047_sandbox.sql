-- The built-in sandbox processor: a world of its own that happens to live in the same database.
CREATE TABLE sandbox_sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    attempt_id BLOB NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    description TEXT NOT NULL,
    return_url TEXT NOT NULL,
    keep_card BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sandbox_sessions_attempt ON sandbox_sessions (attempt_id);

CREATE TABLE sandbox_answers (
    attempt_id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    scenario TEXT NOT NULL,
    reference TEXT NOT NULL,
    target TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    outcome TEXT NOT NULL,
    card_token TEXT,
    settles_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX sandbox_answers_target ON sandbox_answers (target);

CREATE TABLE sandbox_cards (
    token TEXT NOT NULL PRIMARY KEY,
    scenario TEXT NOT NULL,
    charges BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE sandbox_webhooks (
    id BLOB NOT NULL PRIMARY KEY,
    attempt_id BLOB NOT NULL,
    outcome TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    deliveries BIGINT NOT NULL
);
CREATE INDEX sandbox_webhooks_due ON sandbox_webhooks (deliveries, due_at);
