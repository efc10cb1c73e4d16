-- A change of plan or term that waits for the next billing.
ALTER TABLE subscriptions ADD COLUMN pending_plan_version_id BYTEA;
ALTER TABLE subscriptions ADD COLUMN pending_interval TEXT;
ALTER TABLE subscriptions ADD COLUMN pending_mailboxes BIGINT;

-- What a later invoice took off a line of an earlier one, because the days were not used. Caps credit notes too.
CREATE TABLE credited_lines (
    invoice_id BYTEA NOT NULL,
    position BIGINT NOT NULL,
    by_invoice_id BYTEA NOT NULL,
    by_position BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    PRIMARY KEY (by_invoice_id, by_position)
);
CREATE INDEX credited_lines_invoice ON credited_lines (invoice_id, position);

-- What was changed and when: who asked, from what to what, and what it came to at once.
CREATE TABLE plan_changes (
    id BYTEA NOT NULL PRIMARY KEY,
    subscription_id BYTEA NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    from_plan_version_id BYTEA NOT NULL,
    from_interval TEXT NOT NULL,
    from_mailboxes BIGINT NOT NULL,
    to_plan_version_id BYTEA NOT NULL,
    to_interval TEXT NOT NULL,
    to_mailboxes BIGINT NOT NULL,
    effective_on TEXT NOT NULL,
    invoice_id BYTEA
);
CREATE INDEX plan_changes_subscription ON plan_changes (subscription_id, asked_at);

-- A subscription that was cancelled, from the wish to the end of its data.
CREATE TABLE endings (
    subscription_id BYTEA NOT NULL PRIMARY KEY,
    asked_at BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    paused_on TEXT,
    delete_on TEXT,
    deleted_on TEXT,
    restore_until TEXT,
    purged_on TEXT
);
CREATE INDEX endings_open ON endings (purged_on, ends_on);
