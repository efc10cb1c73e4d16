-- Which member of staff used, or was refused, whose data: identifiers and names of fields, never values. What is unusual is
-- computed from it without opening anything. id: the entry in the ledger; fields: table.column separated by blanks; allowed: 1 or 0.
CREATE TABLE staff_uses (
    id BYTEA NOT NULL PRIMARY KEY,
    staff_id BYTEA NOT NULL,
    subject_kind BIGINT NOT NULL,
    subject_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    act TEXT NOT NULL,
    fact TEXT NOT NULL,
    fact_id BYTEA NOT NULL,
    fields TEXT NOT NULL,
    allowed BIGINT NOT NULL
);
CREATE INDEX staff_uses_staff ON staff_uses (staff_id, at);
CREATE INDEX staff_uses_at ON staff_uses (at);
CREATE INDEX staff_uses_fact ON staff_uses (fact_id, at);

-- Profiles that staff said are their own, as customers.
CREATE TABLE staff_profiles (
    staff_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    declared_at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, person_id)
);

-- Unusual access: found once (found_key), explained by who did it, agreed to by somebody else. explanation: sealed, of the
-- member of staff.
CREATE TABLE unusual_uses (
    id BYTEA NOT NULL PRIMARY KEY,
    found_key TEXT NOT NULL,
    sign TEXT NOT NULL,
    staff_id BYTEA NOT NULL,
    seen BIGINT NOT NULL,
    threshold BIGINT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    found_at BIGINT NOT NULL,
    explanation BYTEA,
    explained_at BIGINT,
    agreed_by BYTEA,
    agreed_at BIGINT
);
CREATE UNIQUE INDEX unusual_uses_key ON unusual_uses (found_key);
CREATE INDEX unusual_uses_open ON unusual_uses (agreed_at, found_at);

-- cause: the kind of reason; verdict: confirmed or disputed; words: sealed use_record of the subject.
ALTER TABLE break_glass ADD COLUMN cause TEXT NOT NULL DEFAULT 'other';
ALTER TABLE break_glass ADD COLUMN closed_at BIGINT;
ALTER TABLE break_glass ADD COLUMN verdict TEXT;
ALTER TABLE break_glass ADD COLUMN verdict_words BYTEA;
ALTER TABLE break_glass ADD COLUMN settled_by BYTEA;
ALTER TABLE break_glass ADD COLUMN settled_at BIGINT;
ALTER TABLE break_glass ADD COLUMN settled_words BYTEA;
CREATE INDEX break_glass_staff ON break_glass (staff_id, opened_at);

-- The period of the scope, who refused to agree and why (a word), and what was produced.
ALTER TABLE disclosures ADD COLUMN period_from BIGINT;
ALTER TABLE disclosures ADD COLUMN period_until BIGINT;
ALTER TABLE disclosures ADD COLUMN refused_by BYTEA;
ALTER TABLE disclosures ADD COLUMN refused_at BIGINT;
ALTER TABLE disclosures ADD COLUMN produced_at BIGINT;
ALTER TABLE disclosures ADD COLUMN package_hash BYTEA;

-- The document of a disclosure, sealed use_record of the member of staff who opened it, so that a sealed disclosure does not
-- show in the person's own record.
CREATE TABLE disclosure_documents (
    disclosure_id BYTEA NOT NULL PRIMARY KEY,
    staff_id BYTEA NOT NULL,
    media_type TEXT NOT NULL,
    content BYTEA NOT NULL,
    at BIGINT NOT NULL
);

-- What was produced, encrypted for the authority under a passphrase that is not stored; goes after a day.
CREATE TABLE disclosure_packages (
    disclosure_id BYTEA NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);

-- Disclosures that the register or a second person refused. ground: empty when none was named; why: a word.
CREATE TABLE disclosure_refusals (
    id BYTEA NOT NULL PRIMARY KEY,
    ground TEXT NOT NULL,
    why TEXT NOT NULL,
    staff_id BYTEA NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX disclosure_refusals_at ON disclosure_refusals (at);
