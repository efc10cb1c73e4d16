-- Uses of somebody's data by staff, of which the person was told at once: shown in the Customer Center until seen.
CREATE TABLE use_notices (
    entry_id BYTEA NOT NULL PRIMARY KEY,
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    seen_at BIGINT
);
CREATE INDEX use_notices_subject ON use_notices (subject_kind, subject_id, seen_at);

-- Copies of their data that people asked for. state: waiting, working, ready, failed. The content, sealed, stands in the
-- row or, when it is large, among the blobs; it goes when it expires.
CREATE TABLE exports (
    id BYTEA NOT NULL PRIMARY KEY,
    person_id BYTEA NOT NULL,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    size BIGINT NOT NULL,
    content BYTEA,
    blob_key TEXT,
    created_at BIGINT NOT NULL,
    ready_at BIGINT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX exports_person ON exports (person_id, created_at);
CREATE INDEX exports_expiring ON exports (expires_at);
