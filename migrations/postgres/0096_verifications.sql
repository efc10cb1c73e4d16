-- Codes sent to applicants. code_hash: keyed hash. One that was passed or used up stays as the record of it.
CREATE TABLE order_verifications (
    id BYTEA NOT NULL PRIMARY KEY,
    order_id BYTEA NOT NULL,
    method TEXT NOT NULL,
    code_hash BYTEA NOT NULL,
    wrong_codes BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    passed_at BIGINT
);
CREATE INDEX order_verifications_order ON order_verifications (order_id, sent_at);

-- What applicants show of themselves. document: sealed ticket.
CREATE TABLE order_documents (
    id BYTEA NOT NULL PRIMARY KEY,
    order_id BYTEA NOT NULL,
    media_type TEXT NOT NULL,
    document BYTEA NOT NULL,
    uploaded_at BIGINT NOT NULL
);
CREATE INDEX order_documents_order ON order_documents (order_id, uploaded_at);

-- What refused applicants write against it. appeal, answer: sealed ticket.
CREATE TABLE order_appeals (
    id BYTEA NOT NULL PRIMARY KEY,
    order_id BYTEA NOT NULL,
    appeal BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    answer BYTEA,
    granted BIGINT,
    settled_at BIGINT,
    settled_by BYTEA
);
CREATE INDEX order_appeals_order ON order_appeals (order_id, made_at);

-- A refusal with a block that waits for a second person. kinds: what is to be blocked, in words with spaces between.
-- note: sealed fraud_signal.
CREATE TABLE order_refusals (
    id BYTEA NOT NULL PRIMARY KEY,
    order_id BYTEA NOT NULL,
    proposed_by BYTEA NOT NULL,
    kinds TEXT NOT NULL,
    reason TEXT NOT NULL,
    note BYTEA,
    proposed_at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by BYTEA,
    agreed BIGINT
);
CREATE INDEX order_refusals_order ON order_refusals (order_id, proposed_at);
