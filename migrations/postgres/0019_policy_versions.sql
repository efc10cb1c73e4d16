-- Every policy that came into force: its text, as it was published, and from when. sequence counts from 1.
CREATE TABLE policy_versions (
    sequence BIGINT NOT NULL PRIMARY KEY,
    policy_id BYTEA NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    from_at BIGINT NOT NULL
);
CREATE INDEX policy_versions_policy ON policy_versions (policy_id, sequence);

-- Notice of a policy that is to come into force. told counts the persons to whom the notice passed the message gate.
CREATE TABLE policy_announcements (
    id BYTEA NOT NULL PRIMARY KEY,
    policy_id BYTEA NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    announced_at BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    told BIGINT NOT NULL
);
CREATE INDEX policy_announcements_policy ON policy_announcements (policy_id, from_at);

-- What the self-checks found: a row for each time in which a promise had the same mark for the same reasons.
CREATE TABLE promise_marks (
    id BYTEA NOT NULL PRIMARY KEY,
    promise TEXT NOT NULL,
    mark TEXT NOT NULL,
    report TEXT NOT NULL,
    since BIGINT NOT NULL,
    looked_at BIGINT NOT NULL
);
CREATE INDEX promise_marks_promise ON promise_marks (promise, since);

-- Persons who exist for a probe alone: nobody bills, counts or writes to them, and they go when the probe is over.
CREATE TABLE synthetic_subjects (
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (subject_kind, subject_id)
);
