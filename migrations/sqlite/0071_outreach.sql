-- Visitors who asked for topics without an account, each a subject of their own. state: asked (not confirmed), active, ended.
-- token_hash: of the link that confirms.
CREATE TABLE subscribers (
    id BLOB NOT NULL PRIMARY KEY,
    email BLOB NOT NULL,
    email_lookup BLOB,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    topics TEXT NOT NULL,
    token_hash BLOB,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX subscribers_email_lookup ON subscribers (email_lookup);
CREATE UNIQUE INDEX subscribers_token_hash ON subscribers (token_hash);
CREATE INDEX subscribers_state ON subscribers (state, asked_at);

-- What staff write to many. state: draft, sending, paused, sent, cancelled. body is Markdown; language: of the words around
-- it. next_kind and next_id: how far the audience was gone through; considered and queued: how many that were, and how many of
-- them wanted it.
CREATE TABLE announcements (
    id BLOB NOT NULL PRIMARY KEY,
    topic TEXT NOT NULL,
    class TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    written_by BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    begun_at BIGINT,
    finished_at BIGINT,
    next_kind BIGINT NOT NULL,
    next_id BLOB NOT NULL,
    considered BIGINT NOT NULL,
    queued BIGINT NOT NULL
);
CREATE INDEX announcements_created ON announcements (created_at);

-- One row for each message of an announcement, written with the message. address: the keyed hash by which an address that
-- belongs to two subjects gets one.
CREATE TABLE announcement_recipients (
    announcement_id BLOB NOT NULL,
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    address BLOB NOT NULL,
    outbound_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (announcement_id, subject_kind, subject_id)
);
CREATE UNIQUE INDEX announcement_recipients_address ON announcement_recipients (announcement_id, address);
CREATE UNIQUE INDEX announcement_recipients_outbound ON announcement_recipients (outbound_id);

-- Lists for letters and calls that were made. scrubbed_on: the day of the do-not-call registry they were held against.
CREATE TABLE list_exports (
    id BLOB NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL,
    topic TEXT NOT NULL,
    scrubbed_on TEXT,
    people BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    policy_id BLOB NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX list_exports_at ON list_exports (at);
