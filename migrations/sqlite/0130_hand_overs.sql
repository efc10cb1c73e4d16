-- Leaving with everything. cause: breach (staff warned), wish (an owner asked). state: warned, cured, making, ready, expired.
-- Days are the house's: cure_until is the last day to cure, due_on the last day to deliver. The reason is sealed for the customer.
CREATE TABLE hand_overs (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL,
    cause TEXT NOT NULL,
    state TEXT NOT NULL,
    reason BLOB,
    opened_at BIGINT NOT NULL,
    warned_by BLOB,
    asked_by BLOB,
    cure_until TEXT,
    cured_at BIGINT,
    cured_by BLOB,
    ended_at BIGINT,
    ended_by BLOB,
    due_on TEXT,
    invoice_id BLOB,
    ready_at BIGINT,
    expires_at BIGINT
);
CREATE INDEX hand_overs_customer ON hand_overs (customer_id);
CREATE INDEX hand_overs_state ON hand_overs (state);
-- A customer is in one at a time.
CREATE UNIQUE INDEX hand_overs_open ON hand_overs (customer_id) WHERE state IN ('warned', 'making');

-- What is handed over, sealed for the customer: what is large as a blob.
CREATE TABLE hand_over_files (
    id BLOB NOT NULL PRIMARY KEY,
    hand_over_id BLOB NOT NULL,
    number BIGINT NOT NULL,
    part BIGINT NOT NULL,
    name BLOB,
    size BIGINT NOT NULL,
    content BLOB,
    blob_key TEXT
);
CREATE UNIQUE INDEX hand_over_files_number ON hand_over_files (hand_over_id, number);
