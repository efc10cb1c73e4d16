-- A copy of the main database's table of the same name, so that a refusal outlives the restore of an older main database.
CREATE TABLE suppressions (
    holder BLOB NOT NULL,
    channel TEXT NOT NULL,
    topic TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (holder, channel, topic)
);
