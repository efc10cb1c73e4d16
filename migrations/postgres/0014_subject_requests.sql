-- Requests of people who cannot sign in: what for, who verified them and how (a reference, nothing personal).
CREATE TABLE subject_requests (
    id BYTEA NOT NULL PRIMARY KEY,
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    act TEXT NOT NULL,
    verified_by TEXT NOT NULL,
    proof TEXT NOT NULL,
    at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX subject_requests_subject ON subject_requests (subject_kind, subject_id, at);

-- How promises are known that no table can prove. kind: attested, evidence, probe; outcome: held or broken.
CREATE TABLE promise_records (
    id BYTEA NOT NULL PRIMARY KEY,
    promise TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    who TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX promise_records_promise ON promise_records (promise, kind, at);
