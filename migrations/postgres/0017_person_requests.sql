-- Requests that people make themselves: a copy, an erasure, an objection. case_id ties the parts of one copy or erasure.
ALTER TABLE subject_requests ADD COLUMN case_id BYTEA;
ALTER TABLE subject_requests ADD COLUMN purpose TEXT;
ALTER TABLE subject_requests ADD COLUMN reason BYTEA;
ALTER TABLE subject_requests ADD COLUMN answer BYTEA;
ALTER TABLE subject_requests ADD COLUMN outcome TEXT;
ALTER TABLE subject_requests ADD COLUMN due_at BIGINT;
ALTER TABLE subject_requests ADD COLUMN answered_by BYTEA;
CREATE INDEX subject_requests_case ON subject_requests (case_id, id);
CREATE INDEX subject_requests_waiting ON subject_requests (act, done_at, due_at);

-- Erasures that people asked for. state: cooling, working, done, undone. The certificate names tables and counts, nothing
-- personal, and goes when it was fetched.
CREATE TABLE erasures (
    id BYTEA NOT NULL PRIMARY KEY,
    person_id BYTEA NOT NULL,
    registration_id TEXT NOT NULL,
    state TEXT NOT NULL,
    token_hash BYTEA NOT NULL,
    notice_id BYTEA,
    certificate TEXT,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    done_at BIGINT,
    fetched_at BIGINT
);
CREATE UNIQUE INDEX erasures_token ON erasures (token_hash);
CREATE INDEX erasures_person ON erasures (person_id, created_at);
