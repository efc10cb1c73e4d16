-- token: sealed payment_token, the processor's name for a stored card. There is no column that could hold a card number.
CREATE TABLE payment_methods (
    id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA NOT NULL,
    processor TEXT NOT NULL,
    token BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE INDEX payment_methods_customer ON payment_methods (customer_id);

-- A stored card may be charged for exactly the subscriptions that are listed here.
CREATE TABLE payment_permissions (
    subscription_id BYTEA NOT NULL PRIMARY KEY,
    payment_method_id BYTEA NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);

-- Written before the processor is called; the id is the idempotency key there.
CREATE TABLE payment_attempts (
    id BYTEA NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    order_id BYTEA,
    invoice_id BYTEA,
    ordinal BIGINT NOT NULL,
    customer_id BYTEA NOT NULL,
    payment_method_id BYTEA,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    processor TEXT NOT NULL,
    reference TEXT,
    page_url TEXT,
    status TEXT NOT NULL,
    decline_code TEXT,
    local_day TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX payment_attempts_order ON payment_attempts (order_id, kind, ordinal);
CREATE UNIQUE INDEX payment_attempts_invoice ON payment_attempts (invoice_id, kind, ordinal);
CREATE INDEX payment_attempts_status ON payment_attempts (status, updated_at);

-- The inbox of webhooks: each event once.
CREATE TABLE payment_events (
    processor TEXT NOT NULL,
    event_id TEXT NOT NULL,
    payment_attempt_id BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (processor, event_id)
);
