-- Who used whose data. position numbers all entries, sequence those of one subject; both from 1 and without gaps.
CREATE TABLE ledger_entries (
    id BLOB NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL UNIQUE,
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    policy_id BLOB NOT NULL,
    commitment BLOB NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    payload BLOB NOT NULL
);
CREATE UNIQUE INDEX ledger_entries_subject ON ledger_entries (subject_kind, subject_id, sequence);

CREATE TABLE ledger_heads (
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (subject_kind, subject_id)
);
