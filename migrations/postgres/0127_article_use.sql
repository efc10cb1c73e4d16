-- Whether an article helped, counted for each revision. Who said so is not stored.
CREATE TABLE article_votes (
    text_id BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    yes BIGINT NOT NULL,
    no BIGINT NOT NULL,
    PRIMARY KEY (text_id, revision)
);

-- Searches that found nothing, counted. term_hash: the keyed hash of the words, because what one person typed may be about
-- that person; the words themselves stand here once they were searched often enough.
CREATE TABLE article_misses (
    language TEXT NOT NULL,
    term_hash BYTEA NOT NULL,
    words TEXT,
    searched BIGINT NOT NULL,
    searched_on TEXT NOT NULL,
    PRIMARY KEY (language, term_hash)
);
