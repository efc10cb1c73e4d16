-- Attempts to prove who one is; the fact under which credentials are opened. state: open, second_factor, done, failed.
CREATE TABLE sign_in_attempts (
    id BYTEA NOT NULL PRIMARY KEY,
    principal_kind BIGINT NOT NULL,
    principal_id BYTEA NOT NULL,
    state TEXT NOT NULL,
    pending_hash BYTEA,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sign_in_attempts_pending ON sign_in_attempts (pending_hash);
CREATE INDEX sign_in_attempts_expires ON sign_in_attempts (expires_at);

CREATE TABLE sessions (
    id BYTEA NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    principal_kind BIGINT NOT NULL,
    principal_id BYTEA NOT NULL,
    network BYTEA NOT NULL,
    device BYTEA NOT NULL,
    second_factor BIGINT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    idle_until BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_principal ON sessions (principal_kind, principal_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

-- Browsers that are greeted; a row here authorises nothing.
CREATE TABLE recognition_tokens (
    id BYTEA NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    person_id BYTEA NOT NULL REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX recognition_tokens_hash ON recognition_tokens (token_hash);
CREATE INDEX recognition_tokens_person ON recognition_tokens (person_id);

-- Tries at credentials, by a keyed hash of whom they were for or of where they came from.
CREATE TABLE credential_limits (
    limit_key BYTEA NOT NULL PRIMARY KEY,
    tries BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX credential_limits_updated ON credential_limits (updated_at);

CREATE TABLE security_events (
    id BYTEA NOT NULL PRIMARY KEY,
    principal_kind BIGINT NOT NULL,
    principal_id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    network BYTEA,
    device BYTEA,
    at BIGINT NOT NULL
);
CREATE INDEX security_events_principal ON security_events (principal_kind, principal_id, at);
CREATE INDEX security_events_at ON security_events (at);
