-- A cardholder told their bank that a payment is not right. The processor's answers move the status. invoice_minor: how much of
-- it had paid for the invoice. summary, evidence: what we answered (sealed fraud_signal).
CREATE TABLE disputes (
    id BYTEA NOT NULL PRIMARY KEY,
    processor TEXT NOT NULL,
    reference TEXT NOT NULL,
    payment_id BYTEA NOT NULL,
    invoice_id BYTEA NOT NULL,
    customer_id BYTEA NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    invoice_minor BIGINT NOT NULL,
    reason TEXT NOT NULL,
    status TEXT NOT NULL,
    due_at BIGINT,
    answered_by BYTEA,
    answered_at BIGINT,
    summary BYTEA,
    evidence BYTEA,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE UNIQUE INDEX disputes_reference ON disputes (processor, reference);
CREATE INDEX disputes_invoice ON disputes (invoice_id, status);
CREATE INDEX disputes_status ON disputes (status, due_at);

-- The built-in processor's disputes.
CREATE TABLE sandbox_disputes (
    reference TEXT NOT NULL PRIMARY KEY,
    attempt_id BYTEA NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    opens_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    answer TEXT,
    answered_at BIGINT,
    outcome TEXT NOT NULL
);
CREATE INDEX sandbox_disputes_attempt ON sandbox_disputes (attempt_id);
