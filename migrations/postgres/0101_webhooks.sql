-- Where programs of customers, and of the house (customer_id is NULL), are told what happens. Secrets are not stored: they are
-- made from the identifier and the generation. events: words with spaces between; empty is all of them.
CREATE TABLE webhook_endpoints (
    id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    person_id BYTEA,
    staff_id BYTEA,
    generation BIGINT NOT NULL,
    earlier_until BIGINT,
    created_at BIGINT NOT NULL,
    failing_since BIGINT,
    disabled_at BIGINT,
    disabled_why TEXT
);
CREATE INDEX webhook_endpoints_customer ON webhook_endpoints (customer_id);

-- What happened, where somebody wants to know: payload is what is sent, byte for byte the same each time.
CREATE TABLE webhook_events (
    id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhook_events_created ON webhook_events (created_at);

-- One event on its way to one endpoint. next_at: when it is due; while one node sends it, when another may take over.
CREATE TABLE webhook_deliveries (
    id BYTEA NOT NULL PRIMARY KEY,
    endpoint_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    replayed BIGINT NOT NULL,
    tried_at BIGINT,
    took_millis BIGINT,
    status BIGINT,
    fault TEXT,
    answer TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (endpoint_id, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (state, endpoint_id, next_at);
CREATE INDEX webhook_deliveries_event ON webhook_deliveries (event_id);

-- Lists of a customer in pages, for programs.
CREATE INDEX payment_attempts_customer ON payment_attempts (customer_id, id);
CREATE INDEX credit_notes_customer ON credit_notes (customer_id, id);
