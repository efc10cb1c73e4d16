-- How often a file was downloaded on a day (UTC), as a number; nothing about who did.
CREATE TABLE download_counts (
    file_id BYTEA NOT NULL,
    day TEXT NOT NULL,
    downloads BIGINT NOT NULL,
    PRIMARY KEY (file_id, day)
);
CREATE INDEX download_counts_day ON download_counts (day);
