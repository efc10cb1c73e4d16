-- How often an invoice came to be owed anew, because a dispute about its payment was lost: each time its reminders begin again.
ALTER TABLE invoice_balances ADD COLUMN dunning_round BIGINT NOT NULL DEFAULT 0;
CREATE TABLE dunning_rounds (
    invoice_id BLOB NOT NULL,
    round BIGINT NOT NULL,
    step BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (invoice_id, round, step)
);
INSERT INTO dunning_rounds (invoice_id, round, step, taken_at) SELECT invoice_id, 0, step, taken_at FROM dunning_steps;
DROP TABLE dunning_steps;
CREATE INDEX dunning_rounds_taken ON dunning_rounds (taken_at);

-- Our answer to a dispute is kept before the processor gets it; answered_at is when it took it.
ALTER TABLE disputes ADD COLUMN prepared_by BLOB;
ALTER TABLE disputes ADD COLUMN prepared_at BIGINT;

-- Credit that staff gave, or took back with a minus, for a reason out of fixed words.
CREATE TABLE credit_grants (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    staff_id BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX credit_grants_customer ON credit_grants (customer_id, created_at);

-- What a customer tells of a misused card, in fixed words: how it happened, on which day their bank heard of it, what the bank
-- leaves to them. A colleague of whoever recorded the findings (cover_cases) decides.
CREATE TABLE cover_claims (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    how TEXT NOT NULL,
    reported_on TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    recorded_by BLOB,
    recorded_at BIGINT,
    decided_by BLOB,
    decided_at BIGINT
);
CREATE INDEX cover_claims_payment ON cover_claims (payment_id);
CREATE INDEX cover_claims_customer ON cover_claims (customer_id, claimed_at);
CREATE INDEX cover_claims_status ON cover_claims (status, claimed_at);
