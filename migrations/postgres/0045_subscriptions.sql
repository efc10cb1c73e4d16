CREATE TABLE subscriptions (
    id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    order_id BYTEA NOT NULL,
    plan_version_id BYTEA NOT NULL,
    billing_interval TEXT NOT NULL,
    mailboxes BIGINT NOT NULL,
    tax_name TEXT NOT NULL,
    tax_rate BIGINT NOT NULL,
    anchor TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    status TEXT NOT NULL,
    next_index BIGINT NOT NULL,
    next_on TEXT NOT NULL,
    cancel_at_end BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_on TEXT
);
CREATE INDEX subscriptions_customer ON subscriptions (customer_id);
CREATE INDEX subscriptions_due ON subscriptions (status, next_on, id);

-- One row for each period that was counted; invoice_id once it is billed. The key is what makes the run repeatable.
CREATE TABLE billed_periods (
    subscription_id BYTEA NOT NULL,
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    mailboxes BIGINT NOT NULL,
    counted_at BIGINT NOT NULL,
    invoice_id BYTEA,
    PRIMARY KEY (subscription_id, period_start)
);

-- What the mail side is to be like. generation grows with each change; provisioned is the last one carried out.
CREATE TABLE services (
    id BYTEA NOT NULL PRIMARY KEY,
    subscription_id BYTEA NOT NULL,
    customer_id BYTEA NOT NULL,
    domain TEXT NOT NULL,
    plan_version_id BYTEA NOT NULL,
    mailboxes BIGINT NOT NULL,
    ended_at BIGINT,
    generation BIGINT NOT NULL,
    provisioned BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX services_customer ON services (customer_id);
CREATE INDEX services_subscription ON services (subscription_id);

-- Entitlement as a list: a service is free when none of its blocks is in force. Paying lifts only its own.
CREATE TABLE service_blocks (
    service_id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    cause_id BYTEA NOT NULL,
    since BIGINT NOT NULL,
    lifted_at BIGINT,
    PRIMARY KEY (service_id, kind, cause_id)
);

-- One reminder for each step of the overdue calendar.
CREATE TABLE dunning_steps (
    invoice_id BYTEA NOT NULL,
    step BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (invoice_id, step)
);
