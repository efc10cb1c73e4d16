-- What the outbound guard counts. Recipients in steps of five minutes, for limits by the hour, the day and its parts.
CREATE TABLE guard_counts (
    mailbox_id BYTEA NOT NULL,
    begins_at BIGINT NOT NULL,
    customer_id BYTEA NOT NULL,
    recipients BIGINT NOT NULL,
    outside BIGINT NOT NULL,
    first_time BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, begins_at)
);
CREATE INDEX guard_counts_customer ON guard_counts (customer_id, begins_at);
CREATE INDEX guard_counts_age ON guard_counts (begins_at);

-- Whom a mailbox has written to, as hashes under a secret; no address can be read from them.
CREATE TABLE guard_known (
    mailbox_id BYTEA NOT NULL,
    known BYTEA NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, known)
);
CREATE INDEX guard_known_age ON guard_known (written_at);

-- Messages to people never written to before, as numbers under a secret, in the order in which they were accepted: from
-- them every node knows the campaigns of the last 24 hours. Older rows go.
CREATE TABLE guard_messages (
    number BIGINT NOT NULL PRIMARY KEY,
    mailbox_id BYTEA NOT NULL,
    customer_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    shingles BYTEA NOT NULL,
    reached BYTEA NOT NULL
);
CREATE INDEX guard_messages_age ON guard_messages (at);
CREATE INDEX guard_messages_mailbox ON guard_messages (mailbox_id);

-- The last number given out; its lock puts commits into the order of the numbers.
CREATE TABLE guard_numbers (
    name TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- How far customers are trusted, each change with its time; the last one holds. Staff, when one of them decided.
CREATE TABLE guard_tiers (
    customer_id BYTEA NOT NULL,
    number BIGINT NOT NULL,
    tier BIGINT NOT NULL,
    staff_id BYTEA,
    at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, number)
);
