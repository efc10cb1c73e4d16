-- pdf: sealed invoice; the bytes as first drawn.
CREATE TABLE credit_note_documents (
    credit_note_id BLOB NOT NULL PRIMARY KEY,
    pdf BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    rendered_at BIGINT NOT NULL
);
CREATE TRIGGER credit_note_documents_immutable BEFORE UPDATE ON credit_note_documents BEGIN SELECT RAISE(ABORT, 'an issued credit note is never edited'); END;
