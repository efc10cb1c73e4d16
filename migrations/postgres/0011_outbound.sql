-- Messages that passed the outbound message gate. state: pending, sent, failed. The context goes when it is finished.
CREATE TABLE outbound_messages (
    id BYTEA NOT NULL PRIMARY KEY,
    class TEXT NOT NULL,
    template TEXT NOT NULL,
    topic TEXT,
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    unique_key TEXT NOT NULL,
    context BYTEA,
    state TEXT NOT NULL,
    policy_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE UNIQUE INDEX outbound_messages_key ON outbound_messages (unique_key);
CREATE INDEX outbound_messages_subject ON outbound_messages (subject_kind, subject_id, created_at);

-- Choices by topic and channel; each is a receipt, the newest (highest sequence) counts.
CREATE TABLE consents (
    id BYTEA NOT NULL PRIMARY KEY,
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    policy_id BYTEA NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX consents_subject ON consents (subject_kind, subject_id, sequence);
