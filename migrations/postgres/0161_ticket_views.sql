-- Views of the desk that staff keep under a name. shared: 1 for one that all of support see. queue: mine, unassigned, waiting, due, all.
-- What narrows it down is empty where it does not. sequence: newest, oldest.
CREATE TABLE ticket_views (
    id BYTEA NOT NULL PRIMARY KEY,
    staff_id BYTEA NOT NULL,
    shared BIGINT NOT NULL,
    name TEXT NOT NULL,
    queue TEXT NOT NULL,
    department TEXT,
    priority TEXT,
    tag TEXT,
    assignee BYTEA,
    sequence TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_views_staff ON ticket_views (staff_id, at);
CREATE INDEX ticket_views_shared ON ticket_views (shared, at);
