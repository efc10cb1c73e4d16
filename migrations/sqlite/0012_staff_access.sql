-- Data handed to others without asking first. ground: one of the four of the policy file; document_hash: SHA-256 of what
-- justifies it; authority: to whom, an authority or organisation; scope: categories separated by blanks. Nothing here is personal.
CREATE TABLE disclosures (
    id BLOB NOT NULL PRIMARY KEY,
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    ground TEXT NOT NULL,
    document_hash BLOB NOT NULL,
    authority TEXT NOT NULL,
    scope TEXT NOT NULL,
    opened_by BLOB NOT NULL,
    opened_at BIGINT NOT NULL,
    agreed_by BLOB,
    agreed_at BIGINT,
    sealed_until BIGINT,
    revealed_at BIGINT
);
CREATE INDEX disclosures_sealed ON disclosures (sealed_until);

-- Cases that staff opened with a reason, where no fact fitted. reason: sealed use_record of the subject.
CREATE TABLE break_glass (
    id BLOB NOT NULL PRIMARY KEY,
    staff_id BLOB NOT NULL,
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    reason BLOB NOT NULL,
    opened_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    seen_by BLOB,
    seen_at BIGINT
);
CREATE INDEX break_glass_unseen ON break_glass (seen_at, opened_at);
