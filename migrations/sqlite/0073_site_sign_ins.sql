-- What persons agreed to pass to sites. shares: what, in words with spaces between. numbered: whether the site knows the
-- person by the Registration ID. subject: sealed identity, the name by which the site knows the person.
CREATE TABLE site_consents (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES persons (id),
    site_id BLOB NOT NULL REFERENCES sites (id),
    shares TEXT NOT NULL,
    numbered BIGINT NOT NULL,
    subject BLOB NOT NULL,
    policy_id BLOB NOT NULL,
    given_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX site_consents_person ON site_consents (person_id, site_id);
CREATE UNIQUE INDEX site_consents_in_force ON site_consents (person_id, site_id) WHERE withdrawn_at IS NULL;

-- Sign-ins to sites: each lives as long as the session in which it was made, unless it is ended before.
CREATE TABLE site_sign_ins (
    id BLOB NOT NULL PRIMARY KEY,
    consent_id BLOB NOT NULL REFERENCES site_consents (id),
    session_id BLOB NOT NULL,
    authenticated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX site_sign_ins_consent ON site_sign_ins (consent_id);
CREATE INDEX site_sign_ins_session ON site_sign_ins (session_id);

-- Codes that sites change for tokens, once. challenge: the SHA-256 of the verifier.
CREATE TABLE site_codes (
    code_hash BLOB NOT NULL PRIMARY KEY,
    sign_in_id BLOB NOT NULL REFERENCES site_sign_ins (id),
    address TEXT NOT NULL,
    challenge BLOB NOT NULL,
    nonce TEXT,
    shares TEXT NOT NULL,
    offline BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX site_codes_sign_in ON site_codes (sign_in_id);

-- Tokens of sites, as hashes. kind: access, refresh. used_at: when a refresh token was changed for the next.
CREATE TABLE site_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    sign_in_id BLOB NOT NULL REFERENCES site_sign_ins (id),
    kind TEXT NOT NULL,
    shares TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX site_tokens_sign_in ON site_tokens (sign_in_id);
