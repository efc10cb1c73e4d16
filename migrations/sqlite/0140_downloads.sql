-- Programs that people download. minisign_key: the public key with which files of new releases must be signed, where there is one.
CREATE TABLE download_products (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    minisign_key TEXT,
    created_at BIGINT NOT NULL
);

-- Versions of them. channel: stable, beta, nightly. state: draft, published, withdrawn. audience: public, registered, plans;
-- plans: a JSON list of the plans whose customers may have it. reason: why it was withdrawn, as visitors read it.
CREATE TABLE download_releases (
    id BLOB NOT NULL PRIMARY KEY,
    product_id BLOB NOT NULL,
    version TEXT NOT NULL,
    channel TEXT NOT NULL,
    notes TEXT NOT NULL,
    state TEXT NOT NULL,
    audience TEXT NOT NULL,
    plans TEXT NOT NULL,
    reason TEXT,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    withdrawn_at BIGINT,
    UNIQUE (product_id, version)
);

-- Their files; the bytes are the blob of the same number. signature: what minisign wrote about it; signed_by: the key that it was
-- verified with. A file is never changed, because it lies under its address in the caches of others.
CREATE TABLE download_files (
    id BLOB NOT NULL PRIMARY KEY,
    release_id BLOB NOT NULL,
    platform TEXT NOT NULL,
    architecture TEXT NOT NULL,
    name TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 BLOB NOT NULL,
    signature TEXT,
    signed_by TEXT,
    added_at BIGINT NOT NULL,
    UNIQUE (release_id, name)
);
CREATE TRIGGER download_files_immutable BEFORE UPDATE ON download_files BEGIN SELECT RAISE(ABORT, 'a file to download is not changed'); END;

-- What staff did with them. about: the version or the file, also of what is gone.
CREATE TABLE download_acts (
    product_id BLOB NOT NULL,
    number BIGINT NOT NULL,
    act TEXT NOT NULL,
    about TEXT NOT NULL,
    staff_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (product_id, number)
);
CREATE TRIGGER download_acts_immutable BEFORE UPDATE ON download_acts BEGIN SELECT RAISE(ABORT, 'what was done with downloads is not changed'); END;
