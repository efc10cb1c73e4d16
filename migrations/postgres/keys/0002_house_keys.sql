-- Keys of the house itself, wrapped under the root key. name: ledger; label: the name of the log that it signs.
CREATE TABLE house_keys (
    name TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
