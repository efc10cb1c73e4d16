-- A plan that staff published or withdrew is the console's from then on; the configuration changes it no more.
ALTER TABLE plans ADD COLUMN source TEXT NOT NULL DEFAULT 'configuration';
ALTER TABLE plan_versions ADD COLUMN published_by BLOB;

-- One draft for each plan; content is the plan as the configuration would write it.
CREATE TABLE plan_drafts (
    id BLOB NOT NULL PRIMARY KEY,
    plan_key TEXT NOT NULL,
    content TEXT NOT NULL,
    base_version_id BLOB,
    written_by BLOB NOT NULL,
    written_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX plan_drafts_plan ON plan_drafts (plan_key);

CREATE TABLE price_changes (
    id BLOB NOT NULL PRIMARY KEY,
    plan_key TEXT NOT NULL,
    plan_version_id BLOB NOT NULL,
    notice TEXT NOT NULL,
    ordered_by BLOB NOT NULL,
    ordered_at BIGINT NOT NULL
);
CREATE INDEX price_changes_plan ON price_changes (plan_key, ordered_at);

-- The key is what makes the telling repeatable: nobody is told twice of one change.
CREATE TABLE price_change_notices (
    price_change_id BLOB NOT NULL,
    subscription_id BLOB NOT NULL,
    effective_on TEXT NOT NULL,
    old_minor BIGINT NOT NULL,
    new_minor BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    applied_at BIGINT,
    PRIMARY KEY (price_change_id, subscription_id)
);
CREATE INDEX price_change_notices_subscription ON price_change_notices (subscription_id, effective_on);
CREATE INDEX subscriptions_plan ON subscriptions (plan_version_id);
