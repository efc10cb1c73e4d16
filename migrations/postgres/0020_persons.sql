-- Natural persons with a login. status: pending (address not confirmed), active, closed. email_lookup is a keyed hash.
CREATE TABLE persons (
    id BYTEA NOT NULL PRIMARY KEY,
    registration_id TEXT NOT NULL,
    status TEXT NOT NULL,
    email_lookup BYTEA,
    email BYTEA NOT NULL,
    name BYTEA NOT NULL,
    phone BYTEA,
    postal BYTEA,
    language BYTEA NOT NULL,
    time_zone BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX persons_registration_id ON persons (registration_id);
CREATE UNIQUE INDEX persons_email_lookup ON persons (email_lookup);
CREATE INDEX persons_created ON persons (created_at);

-- What proves a principal: a person (kind 1) or a member of staff (kind 2). A second factor counts once totp_since is set;
-- totp_step is the last time step that was used, so that no code works twice.
CREATE TABLE credentials (
    principal_kind BIGINT NOT NULL,
    principal_id BYTEA NOT NULL,
    password BYTEA,
    password_changed_at BIGINT NOT NULL,
    totp_pending BYTEA,
    totp_secret BYTEA,
    totp_since BIGINT,
    totp_step BIGINT NOT NULL,
    PRIMARY KEY (principal_kind, principal_id)
);

CREATE TABLE recovery_codes (
    code_hash BYTEA NOT NULL PRIMARY KEY,
    principal_kind BIGINT NOT NULL,
    principal_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX recovery_codes_principal ON recovery_codes (principal_kind, principal_id);

-- Links in messages. kind: confirm_email, confirm_new_email, reset_password, enrol_staff. Only a hash of the token is here.
CREATE TABLE one_time_tokens (
    id BYTEA NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    kind TEXT NOT NULL,
    principal_kind BIGINT NOT NULL,
    principal_id BYTEA NOT NULL,
    email BYTEA,
    email_lookup BYTEA,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX one_time_tokens_hash ON one_time_tokens (token_hash);
CREATE INDEX one_time_tokens_principal ON one_time_tokens (principal_kind, principal_id, kind);
