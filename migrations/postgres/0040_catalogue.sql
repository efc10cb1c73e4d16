-- What is on offer. A version is never edited; a changed plan is a new version, and subscriptions keep theirs.
CREATE TABLE plan_versions (
    id BYTEA NOT NULL PRIMARY KEY,
    plan_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    included_space_mb BIGINT NOT NULL,
    fewest_mailboxes BIGINT NOT NULL,
    most_mailboxes BIGINT NOT NULL,
    limits TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX plan_versions_key ON plan_versions (plan_key, version);

CREATE TABLE plan_prices (
    plan_version_id BYTEA NOT NULL,
    billing_interval TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (plan_version_id, billing_interval)
);

-- The version in force of each plan; offered = 0 for plans that left the configuration.
CREATE TABLE plans (
    plan_key TEXT NOT NULL PRIMARY KEY,
    plan_version_id BYTEA NOT NULL,
    position BIGINT NOT NULL,
    offered BIGINT NOT NULL
);
