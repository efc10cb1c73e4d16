-- Sites that persons sign in to with their Registration ID. title, home: what persons see of it. listed_as: as which recipient of
-- the policy file it is registered. categories: what it may receive at most, words with spaces between. numbered: whether
-- it is to know people by their Registration ID. secret_hash: nothing for a site that cannot keep a secret, e.g. an app.
-- status: active, disabled. registered_by: nothing when it was done on the command line.
CREATE TABLE sites (
    id BYTEA NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    home TEXT NOT NULL,
    listed_as TEXT NOT NULL,
    categories TEXT NOT NULL,
    numbered BIGINT NOT NULL,
    confidential BIGINT NOT NULL,
    secret_hash BYTEA,
    status TEXT NOT NULL,
    registered_by BYTEA,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Where persons are sent back to. kind: signed_in, signed_out.
CREATE TABLE site_addresses (
    site_id BYTEA NOT NULL REFERENCES sites (id),
    kind TEXT NOT NULL,
    place BIGINT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (site_id, kind, place)
);

-- Keys with which ID tokens are signed (ES256). public_key: the point, uncompressed. private_key: PKCS #8, sealed under a
-- house key. signs_from: published before, so that sites know it when it is first used.
CREATE TABLE site_keys (
    id BYTEA NOT NULL PRIMARY KEY,
    public_key BYTEA NOT NULL,
    private_key BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    signs_from BIGINT NOT NULL
);
CREATE UNIQUE INDEX site_keys_signs_from ON site_keys (signs_from);
