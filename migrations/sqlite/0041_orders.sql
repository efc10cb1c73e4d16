-- Numbers without gaps: a row is locked from the taking of a number to the commit.
CREATE TABLE number_series (
    series TEXT NOT NULL PRIMARY KEY,
    last_number BIGINT NOT NULL
);

-- A visitor's cart, found by the hash of a random token. Holds nothing about the visitor.
CREATE TABLE carts (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    order_id BLOB
);
CREATE UNIQUE INDEX carts_token ON carts (token_hash);
CREATE INDEX carts_expires ON carts (expires_at);

CREATE TABLE cart_lines (
    id BLOB NOT NULL PRIMARY KEY,
    cart_id BLOB NOT NULL,
    position BIGINT NOT NULL,
    plan_key TEXT NOT NULL,
    billing_interval TEXT NOT NULL,
    mailboxes BIGINT NOT NULL,
    domain TEXT NOT NULL
);
CREATE UNIQUE INDEX cart_lines_domain ON cart_lines (cart_id, domain);

-- billing: sealed billing_address; applicant: sealed contact; network: sealed network address; network_hash: keyed
-- hash of the network, for counting.
CREATE TABLE orders (
    id BLOB NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    customer_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    tax_name TEXT NOT NULL,
    tax_rate BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    keep_card BIGINT NOT NULL,
    billing BLOB NOT NULL,
    applicant BLOB NOT NULL,
    network BLOB,
    network_hash BLOB,
    placed_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by BLOB,
    invoice_id BLOB
);
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE INDEX orders_customer ON orders (customer_id, placed_at);
CREATE INDEX orders_status ON orders (status, placed_at);
CREATE INDEX orders_network ON orders (network_hash, placed_at);

CREATE TABLE order_lines (
    order_id BLOB NOT NULL,
    position BIGINT NOT NULL,
    plan_version_id BLOB NOT NULL,
    billing_interval TEXT NOT NULL,
    mailboxes BIGINT NOT NULL,
    domain TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
);

-- Where a customer's invoices go from now on: sealed billing_address.
CREATE TABLE billing_profiles (
    customer_id BLOB NOT NULL PRIMARY KEY,
    details BLOB NOT NULL,
    updated_at BIGINT NOT NULL
);
