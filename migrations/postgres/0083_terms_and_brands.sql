-- What customers agree to, in versions that are never edited; brand_key is empty for the house's own.
CREATE TABLE terms_versions (
    id BYTEA NOT NULL PRIMARY KEY,
    brand_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    notice TEXT NOT NULL,
    holds_from TEXT NOT NULL,
    published_by BYTEA NOT NULL,
    published_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX terms_versions_number ON terms_versions (brand_key, version);

CREATE TABLE terms_acceptances (
    order_id BYTEA NOT NULL PRIMARY KEY,
    terms_id BYTEA NOT NULL,
    sha256 BYTEA NOT NULL,
    customer_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    accepted_at BIGINT NOT NULL
);
CREATE INDEX terms_acceptances_customer ON terms_acceptances (customer_id, accepted_at);

-- A customer belongs to the brand of their first order.
CREATE TABLE customer_brands (
    customer_id BYTEA NOT NULL PRIMARY KEY,
    brand_key TEXT NOT NULL
);

ALTER TABLE carts ADD COLUMN brand_key TEXT NOT NULL DEFAULT '';
-- What a subscription is billed in; NULL is the currency of its plan.
ALTER TABLE subscriptions ADD COLUMN currency TEXT;
