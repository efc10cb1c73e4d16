-- Classes of service: named limits and features. A plan version that names one grants what the class says now.
-- changed_by: who changed it in the console; nobody while it is the configuration's.
CREATE TABLE service_classes (
    class_key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    limits TEXT NOT NULL,
    position BIGINT NOT NULL,
    changed_by BLOB,
    changed_at BIGINT NOT NULL
);

-- What each class said from when on. Written once, never edited.
CREATE TABLE service_class_changes (
    class_key TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    limits TEXT NOT NULL,
    changed_by BLOB,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (class_key, number)
);

ALTER TABLE plan_versions ADD COLUMN class_key TEXT;
CREATE INDEX plan_versions_class ON plan_versions (class_key);

-- What the administrator of a domain narrows for all its mailboxes, within what the service grants.
ALTER TABLE domains ADD COLUMN own_class TEXT NOT NULL DEFAULT '{}';
