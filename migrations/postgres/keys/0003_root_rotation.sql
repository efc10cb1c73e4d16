-- A rotation of the root key that was begun and not completed: the check values of the old and the new root key.
CREATE TABLE root_rotation (
    id BIGINT NOT NULL PRIMARY KEY,
    old_check BYTEA NOT NULL,
    new_check BYTEA NOT NULL,
    started_at BIGINT NOT NULL
);

-- Which nodes serve with these keys, and when each last said so.
CREATE TABLE key_nodes (
    node BYTEA NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);
