-- facts and assessment: sealed fraud_signal. config is the screening configuration in force, so that a decision replays.
CREATE TABLE screenings (
    order_id BLOB NOT NULL PRIMARY KEY,
    score BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    facts BLOB NOT NULL,
    assessment BLOB NOT NULL,
    config TEXT NOT NULL,
    screened_at BIGINT NOT NULL
);

-- What people decided. note: sealed fraud_signal.
CREATE TABLE order_decisions (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    decision TEXT NOT NULL,
    note BLOB,
    decided_at BIGINT NOT NULL
);
CREATE INDEX order_decisions_order ON order_decisions (order_id);
