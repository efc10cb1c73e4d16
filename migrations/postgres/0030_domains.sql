-- Domains, their addresses and mailboxes. Addresses of persons rest sealed; they are found by a keyed hash.
-- A domain belongs to nobody before it is proven: proven_name is unique, name is not.
CREATE TABLE domains (
    id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA NOT NULL,
    service_id BYTEA,
    name TEXT NOT NULL,
    proven_name TEXT,
    state TEXT NOT NULL,
    alias_of BYTEA,
    challenge TEXT NOT NULL,
    catch_all BYTEA,
    mailbox_limit BIGINT,
    class TEXT NOT NULL,
    proven_at BIGINT,
    checked_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX domains_proven ON domains (proven_name);
CREATE UNIQUE INDEX domains_of_customer ON domains (customer_id, name);
CREATE INDEX domains_service ON domains (service_id);
CREATE INDEX domains_alias_of ON domains (alias_of);
CREATE INDEX domains_name ON domains (name);

-- Private keys rest sealed under the key of the domain's customer.
CREATE TABLE dkim_keys (
    id BYTEA NOT NULL PRIMARY KEY,
    domain_id BYTEA NOT NULL,
    selector TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    public_key TEXT NOT NULL,
    private_key BYTEA NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX dkim_keys_selector ON dkim_keys (domain_id, selector);

CREATE TABLE mailboxes (
    id BYTEA NOT NULL PRIMARY KEY,
    domain_id BYTEA NOT NULL,
    address_hash BYTEA NOT NULL,
    address BYTEA NOT NULL,
    display_name BYTEA NOT NULL,
    state TEXT NOT NULL,
    quota_bytes BIGINT NOT NULL,
    class TEXT NOT NULL,
    blocks TEXT NOT NULL,
    password_hash TEXT,
    password_changed_at BIGINT,
    locked_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE UNIQUE INDEX mailboxes_address ON mailboxes (address_hash);
CREATE INDEX mailboxes_domain ON mailboxes (domain_id, created_at);

-- What changes with every message, apart from the wide row of the mailbox.
CREATE TABLE mailbox_counters (
    mailbox_id BYTEA NOT NULL PRIMARY KEY,
    modseq BIGINT NOT NULL,
    used_bytes BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    next_uidvalidity BIGINT NOT NULL
);

-- Every address we answer for: kind mailbox, alias or list.
CREATE TABLE addresses (
    hash BYTEA NOT NULL PRIMARY KEY,
    domain_id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    mailbox_id BYTEA,
    alias_id BYTEA,
    address BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX addresses_domain ON addresses (domain_id, created_at);
CREATE INDEX addresses_mailbox ON addresses (mailbox_id);
CREATE UNIQUE INDEX addresses_alias ON addresses (alias_id);

-- Members of distribution lists: a mailbox of ours or a sealed address elsewhere.
CREATE TABLE list_members (
    alias_id BYTEA NOT NULL,
    position BIGINT NOT NULL,
    mailbox_id BYTEA,
    address BYTEA,
    PRIMARY KEY (alias_id, position)
);
CREATE INDEX list_members_mailbox ON list_members (mailbox_id);

CREATE TABLE app_passwords (
    id BYTEA NOT NULL PRIMARY KEY,
    mailbox_id BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    label BYTEA NOT NULL,
    protocols TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE UNIQUE INDEX app_passwords_hash ON app_passwords (mailbox_id, hash);

-- Wrong passwords, counted by mailbox and by network; key is a keyed hash.
CREATE TABLE sign_in_failures (
    key BYTEA NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    window_start BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);
