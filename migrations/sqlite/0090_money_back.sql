-- What lies apart while a bank decides a dispute; total = paid + credited + open + disputed.
ALTER TABLE invoice_balances ADD COLUMN disputed_minor BIGINT NOT NULL DEFAULT 0;

-- What we owe customers: each movement once; positive ones add, negative ones use. The sum is the balance.
CREATE TABLE account_credits (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    cause_id BLOB NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX account_credits_cause ON account_credits (kind, cause_id);
CREATE INDEX account_credits_customer ON account_credits (customer_id, created_at);

-- Money that goes back to the card it came from. The id is that of the payment attempt that carries it out.
CREATE TABLE refunds (
    id BLOB NOT NULL PRIMARY KEY,
    payment_id BLOB NOT NULL,
    invoice_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    requested_by BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX refunds_payment ON refunds (payment_id);
CREATE INDEX refunds_customer ON refunds (customer_id, created_at);

-- Money that came by bank, as staff read it from the statement. statement_line: what makes a second entry of it fail.
CREATE TABLE bank_transfers (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL,
    invoice_id BLOB NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    received_on TEXT NOT NULL,
    statement_line TEXT NOT NULL,
    paid_minor BIGINT NOT NULL,
    credited_minor BIGINT NOT NULL,
    recorded_by BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX bank_transfers_line ON bank_transfers (received_on, statement_line);
CREATE INDEX bank_transfers_customer ON bank_transfers (customer_id, created_at);

-- Claims for a misused card: one person records, another one approves. findings: sealed fraud_signal.
CREATE TABLE cover_cases (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    findings BLOB NOT NULL,
    recorded_by BLOB NOT NULL,
    recorded_at BIGINT NOT NULL,
    approved_by BLOB,
    approved_at BIGINT
);
CREATE UNIQUE INDEX cover_cases_payment ON cover_cases (payment_id);
