-- facts and assessment: sealed fraud_signal. config is the screening configuration in force, so that a decision replays.
CREATE TABLE screenings (
    order_id BYTEA NOT NULL PRIMARY KEY,
    score BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    facts BYTEA NOT NULL,
    assessment BYTEA NOT NULL,
    config TEXT NOT NULL,
    screened_at BIGINT NOT NULL
);

-- What people decided. note: sealed fraud_signal.
CREATE TABLE order_decisions (
    id BYTEA NOT NULL PRIMARY KEY,
    order_id BYTEA NOT NULL,
    staff_id BYTEA NOT NULL,
    decision TEXT NOT NULL,
    note BYTEA,
    decided_at BIGINT NOT NULL
);
CREATE INDEX order_decisions_order ON order_decisions (order_id);
