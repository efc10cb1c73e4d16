-- key_use 1 data, 2 books, 3 ledger; wrapped under the root key. A destroyed key leaves its row without the key.
CREATE TABLE subject_keys (
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    key_use BIGINT NOT NULL,
    wrapped BLOB,
    created_at BIGINT NOT NULL,
    destroyed_at BIGINT,
    PRIMARY KEY (subject_kind, subject_id, key_use)
);

-- One row that tells whether the root key is the one that the keys were wrapped with.
CREATE TABLE root_key_check (
    id BIGINT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
