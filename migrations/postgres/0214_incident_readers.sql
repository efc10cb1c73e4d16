-- Telling those who chose to hear of the service, or of a part of it, of an update: for each topic how far those who chose it were gone
-- through, and how many of them were written to.
CREATE TABLE incident_readers (
    update_id BYTEA NOT NULL,
    topic TEXT NOT NULL,
    incident_id BYTEA NOT NULL,
    next_kind BIGINT NOT NULL,
    next_id BYTEA NOT NULL,
    queued BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (update_id, topic)
);
CREATE INDEX incident_readers_incident ON incident_readers (incident_id);
