-- From where a mailbox was signed in to, as hashes of networks under a secret. known_at: the first place of all. guessed_at: wrong
-- passwords had come from there before the right one.
CREATE TABLE mailbox_places (
    mailbox_id BYTEA NOT NULL,
    place BYTEA NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    known_at BIGINT,
    guessed_at BIGINT,
    PRIMARY KEY (mailbox_id, place)
);
CREATE INDEX mailbox_places_age ON mailbox_places (last_at);

-- Since when no earlier sign-in to a mailbox holds.
ALTER TABLE mailboxes ADD COLUMN signed_out_at BIGINT NOT NULL DEFAULT 0;

-- Places from which a mailbox wrote to strangers though it was never signed in to from there before: its mail is held until the
-- owner, or staff, says whose they were.
CREATE TABLE guard_suspicions (
    mailbox_id BYTEA NOT NULL,
    place BYTEA NOT NULL,
    customer_id BYTEA NOT NULL,
    signs TEXT NOT NULL,
    at BIGINT NOT NULL,
    answered_at BIGINT,
    answer TEXT,
    PRIMARY KEY (mailbox_id, place)
);
CREATE INDEX guard_suspicions_customer ON guard_suspicions (customer_id, at);
CREATE INDEX guard_suspicions_age ON guard_suspicions (at);
