-- Telling customers of an update: how far their persons were gone through, how many that were, and how many of them were
-- written to.
CREATE TABLE incident_mailings (
    update_id BYTEA NOT NULL PRIMARY KEY,
    incident_id BYTEA NOT NULL,
    next_person BYTEA NOT NULL,
    considered BIGINT NOT NULL,
    queued BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX incident_mailings_incident ON incident_mailings (incident_id);
