-- Issued invoices are never edited: triggers refuse it. What changes (paid, credited) stands in invoice_balances.
-- snapshot: sealed invoice, with seller, customer and tax as they were.
CREATE TABLE invoices (
    id BYTEA NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    customer_id BYTEA NOT NULL,
    currency TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    issued_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    snapshot BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX invoices_number ON invoices (number);
CREATE UNIQUE INDEX invoices_sequence ON invoices (series, sequence);
CREATE INDEX invoices_customer ON invoices (customer_id, sequence);

CREATE TABLE invoice_lines (
    invoice_id BYTEA NOT NULL,
    position BIGINT NOT NULL,
    subscription_id BYTEA NOT NULL,
    plan_version_id BYTEA NOT NULL,
    quantity BIGINT NOT NULL,
    unit_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_rate BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    PRIMARY KEY (invoice_id, position)
);
CREATE INDEX invoice_lines_subscription ON invoice_lines (subscription_id);

CREATE TABLE invoice_balances (
    invoice_id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA NOT NULL,
    paid_minor BIGINT NOT NULL,
    credited_minor BIGINT NOT NULL,
    open_minor BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX invoice_balances_open ON invoice_balances (settled_at, due_on);

-- pdf: sealed invoice; the bytes as first rendered.
CREATE TABLE invoice_documents (
    invoice_id BYTEA NOT NULL PRIMARY KEY,
    pdf BYTEA NOT NULL,
    sha256 BYTEA NOT NULL,
    rendered_at BIGINT NOT NULL
);

CREATE TABLE credit_notes (
    id BYTEA NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    invoice_id BYTEA NOT NULL,
    customer_id BYTEA NOT NULL,
    currency TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    issued_on TEXT NOT NULL,
    issued_by BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX credit_notes_number ON credit_notes (number);
CREATE UNIQUE INDEX credit_notes_sequence ON credit_notes (series, sequence);
CREATE INDEX credit_notes_invoice ON credit_notes (invoice_id);

CREATE TABLE credit_note_lines (
    credit_note_id BYTEA NOT NULL,
    position BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    PRIMARY KEY (credit_note_id, position)
);
