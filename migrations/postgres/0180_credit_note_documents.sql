-- pdf: sealed invoice; the bytes as first drawn.
CREATE TABLE credit_note_documents (
    credit_note_id BYTEA NOT NULL PRIMARY KEY,
    pdf BYTEA NOT NULL,
    sha256 BYTEA NOT NULL,
    rendered_at BIGINT NOT NULL
);
CREATE TRIGGER credit_note_documents_immutable BEFORE UPDATE ON credit_note_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();
