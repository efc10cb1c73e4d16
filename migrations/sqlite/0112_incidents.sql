-- What the status page tells of. kind: outage, maintenance. components: a JSON list of the names in [status].components.
-- starts_at: when it began, for maintenance as planned; noticed_at: since when people know of the window as it stands.
-- What happens and when is in incident_updates.
CREATE TABLE incidents (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    components TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    planned_until BIGINT,
    noticed_at BIGINT NOT NULL,
    ended_at BIGINT,
    cancelled_at BIGINT,
    written_by BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX incidents_starts ON incidents (starts_at);
CREATE INDEX incidents_open ON incidents (ended_at, cancelled_at);

-- What was said of it, word for word. what: reported, planned, changed, began, note, ended, cancelled. written_by: nobody
-- where the time alone made it begin.
CREATE TABLE incident_updates (
    id BLOB NOT NULL PRIMARY KEY,
    incident_id BLOB NOT NULL,
    what TEXT NOT NULL,
    text TEXT NOT NULL,
    written_by BLOB,
    at BIGINT NOT NULL
);
CREATE INDEX incident_updates_incident ON incident_updates (incident_id, at);
CREATE TRIGGER incident_updates_immutable BEFORE UPDATE ON incident_updates BEGIN SELECT RAISE(ABORT, 'what was said of an incident is not taken back'); END;
CREATE TRIGGER incident_updates_kept BEFORE DELETE ON incident_updates BEGIN SELECT RAISE(ABORT, 'what was said of an incident is not taken back'); END;
