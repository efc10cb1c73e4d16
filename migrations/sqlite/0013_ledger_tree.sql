-- The Merkle tree over all entries of the ledger: roots of complete subtrees of 256, 256², … leaves (height 8, 16, …).
CREATE TABLE ledger_nodes (
    height BIGINT NOT NULL,
    node BIGINT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (height, node)
);

-- Signed heads of the tree. note: the text that was signed, with its signature.
CREATE TABLE ledger_checkpoints (
    size BIGINT NOT NULL PRIMARY KEY,
    root BLOB NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ledger_checkpoints_at ON ledger_checkpoints (at);
