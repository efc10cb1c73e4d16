-- What was found when the mailboxes of a subscription were counted for an invoice day: first for the preview, then for the
-- bill. domains: names, aliases and, for each mailbox, its identifier and figures. Written once, never edited.
CREATE TABLE mailbox_counts (
    subscription_id BLOB NOT NULL,
    invoice_on TEXT NOT NULL,
    stage TEXT NOT NULL,
    open_mailboxes BIGINT NOT NULL,
    closed_mailboxes BIGINT NOT NULL,
    used_bytes BIGINT NOT NULL,
    domains TEXT NOT NULL,
    counted_on TEXT NOT NULL,
    counted_at BIGINT NOT NULL,
    PRIMARY KEY (subscription_id, invoice_on, stage)
);
CREATE INDEX mailbox_counts_month ON mailbox_counts (invoice_on, stage);
CREATE TRIGGER mailbox_counts_immutable BEFORE UPDATE ON mailbox_counts BEGIN SELECT RAISE(ABORT, 'a count is never edited'); END;

-- The hosting report of each subscription and invoice day. A row means that the month is closed for the subscription,
-- whether or not there was anything to bill.
CREATE TABLE hosting_reports (
    subscription_id BLOB NOT NULL,
    invoice_on TEXT NOT NULL,
    invoice_id BLOB,
    net_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    report TEXT NOT NULL,
    generated_at BIGINT NOT NULL,
    PRIMARY KEY (subscription_id, invoice_on)
);
CREATE INDEX hosting_reports_month ON hosting_reports (invoice_on, subscription_id);
CREATE TRIGGER hosting_reports_immutable BEFORE UPDATE ON hosting_reports BEGIN SELECT RAISE(ABORT, 'a hosting report is never edited'); END;

-- How far each step of a month is: grows in the transactions that do the work.
CREATE TABLE month_steps (
    invoice_on TEXT NOT NULL,
    step TEXT NOT NULL,
    done BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    PRIMARY KEY (invoice_on, step)
);

-- What failed and is tried again by the next run; gone when it succeeded.
CREATE TABLE month_failures (
    subscription_id BLOB NOT NULL PRIMARY KEY,
    invoice_on TEXT NOT NULL,
    step TEXT NOT NULL,
    code TEXT NOT NULL,
    failed_at BIGINT NOT NULL
);

CREATE INDEX subscriptions_zone ON subscriptions (status, time_zone, customer_id, id);

-- The MB of space that were charged with the period.
ALTER TABLE billed_periods ADD COLUMN space_mb BIGINT NOT NULL DEFAULT 0;
