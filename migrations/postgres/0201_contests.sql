-- Contests. eligibility: customers or subscribers. minimum_age: 0 for any. places: how many win. state: draft or published; the rest
-- follows from the times. rules_version: that in force. sealed_seed: the seed under a key of the house; commitment: its SHA-256;
-- list_hash: of the sorted entry numbers, once nobody can enter any more; seed: in clear, once it was drawn.
CREATE TABLE contests (
    id BYTEA NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    introduction TEXT NOT NULL,
    eligibility TEXT NOT NULL,
    minimum_age BIGINT NOT NULL,
    places BIGINT NOT NULL,
    state TEXT NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    rules_version BIGINT NOT NULL,
    sealed_seed BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    list_hash BYTEA,
    seed BYTEA,
    frozen_at BIGINT,
    drawn_at BIGINT,
    called_off_at BIGINT,
    written_by BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contests_slug ON contests (slug);
CREATE INDEX contests_created ON contests (created_at);

-- Each version of the rules of a contest. Those that somebody accepted are never changed.
CREATE TABLE contest_rules (
    contest_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    rules TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (contest_id, version)
);

-- Who entered. address: the keyed hash of the address, so that one address enters once; number: the entry number, sealed;
-- number_lookup: the keyed hash by which the entry of a number that won is found; rules_version: that which was accepted.
CREATE TABLE contest_entries (
    id BYTEA NOT NULL PRIMARY KEY,
    contest_id BYTEA NOT NULL,
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    address BYTEA,
    number BYTEA NOT NULL,
    number_lookup BYTEA,
    rules_version BIGINT NOT NULL,
    age_stated BIGINT NOT NULL,
    language TEXT NOT NULL,
    entered_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contest_entries_subject ON contest_entries (contest_id, subject_kind, subject_id);
CREATE UNIQUE INDEX contest_entries_address ON contest_entries (contest_id, address);
CREATE UNIQUE INDEX contest_entries_number ON contest_entries (number_lookup);
CREATE INDEX contest_entries_whose ON contest_entries (subject_kind, subject_id);
CREATE INDEX contest_entries_entered ON contest_entries (entered_at);

-- The entry numbers, in their own order: none says whose it is or when it was made. place: from 1 on, of those that won.
CREATE TABLE contest_numbers (
    contest_id BYTEA NOT NULL,
    number TEXT NOT NULL,
    place BIGINT,
    PRIMARY KEY (contest_id, number)
);
