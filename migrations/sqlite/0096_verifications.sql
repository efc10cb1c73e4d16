-- Codes sent to applicants. code_hash: keyed hash. One that was passed or used up stays as the record of it.
CREATE TABLE order_verifications (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL,
    method TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    wrong_codes BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    passed_at BIGINT
);
CREATE INDEX order_verifications_order ON order_verifications (order_id, sent_at);

-- What applicants show of themselves. document: sealed ticket.
CREATE TABLE order_documents (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL,
    media_type TEXT NOT NULL,
    document BLOB NOT NULL,
    uploaded_at BIGINT NOT NULL
);
CREATE INDEX order_documents_order ON order_documents (order_id, uploaded_at);

-- What refused applicants write against it. appeal, answer: sealed ticket.
CREATE TABLE order_appeals (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL,
    appeal BLOB NOT NULL,
    made_at BIGINT NOT NULL,
    answer BLOB,
    granted BIGINT,
    settled_at BIGINT,
    settled_by BLOB
);
CREATE INDEX order_appeals_order ON order_appeals (order_id, made_at);

-- A refusal with a block that waits for a second person. kinds: what is to be blocked, in words with spaces between.
-- note: sealed fraud_signal.
CREATE TABLE order_refusals (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL,
    proposed_by BLOB NOT NULL,
    kinds TEXT NOT NULL,
    reason TEXT NOT NULL,
    note BLOB,
    proposed_at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by BLOB,
    agreed BIGINT
);
CREATE INDEX order_refusals_order ON order_refusals (order_id, proposed_at);
