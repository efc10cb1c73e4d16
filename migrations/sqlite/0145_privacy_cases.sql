-- What is known of a privacy case beyond its ticket. kind, hint: access, portability, correction, erasure, objection, restriction, complaint,
-- question; kind stands empty until somebody read the letter. certain: 1 by its subject or the form. jurisdiction: usual, gdpr, ccpa, lgpd.
-- identity: unasked, asked, shown, denied. person_id: who is said to ask, where there is an account. token: a hash of the link that went
-- to the address on file. outcome: granted, partly, refused, nothing_held, unconfirmed, explained.
CREATE TABLE privacy_cases (
    ticket_id BLOB NOT NULL PRIMARY KEY,
    kind TEXT,
    hint TEXT,
    certain BIGINT NOT NULL,
    jurisdiction TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    acknowledge_due BIGINT NOT NULL,
    acknowledged_at BIGINT,
    answer_due BIGINT NOT NULL,
    extended_at BIGINT,
    identity TEXT NOT NULL,
    person_id BLOB,
    token BLOB,
    token_until BIGINT,
    shown_at BIGINT,
    outcome TEXT,
    settled_at BIGINT,
    settled_by BLOB,
    escalated_at BIGINT
);
CREATE INDEX privacy_cases_due ON privacy_cases (settled_at, answer_due);
CREATE INDEX privacy_cases_received ON privacy_cases (received_at);
CREATE UNIQUE INDEX privacy_cases_token ON privacy_cases (token);
CREATE TRIGGER privacy_cases_gone AFTER DELETE ON tickets BEGIN DELETE FROM privacy_cases WHERE ticket_id = OLD.id; END;
