-- Who used whose data. position numbers all entries, sequence those of one subject; both from 1 and without gaps.
CREATE TABLE ledger_entries (
    id BYTEA NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL UNIQUE,
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    policy_id BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    payload BYTEA NOT NULL
);
CREATE UNIQUE INDEX ledger_entries_subject ON ledger_entries (subject_kind, subject_id, sequence);

CREATE TABLE ledger_heads (
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (subject_kind, subject_id)
);
