-- Issued documents and the journal are never edited, whatever a program or a hand tries.
CREATE TRIGGER invoices_immutable BEFORE UPDATE ON invoices BEGIN SELECT RAISE(ABORT, 'an issued invoice is never edited'); END;
CREATE TRIGGER invoice_lines_immutable BEFORE UPDATE ON invoice_lines BEGIN SELECT RAISE(ABORT, 'an issued invoice is never edited'); END;
CREATE TRIGGER invoice_documents_immutable BEFORE UPDATE ON invoice_documents BEGIN SELECT RAISE(ABORT, 'an issued invoice is never edited'); END;
CREATE TRIGGER credit_notes_immutable BEFORE UPDATE ON credit_notes BEGIN SELECT RAISE(ABORT, 'an issued credit note is never edited'); END;
CREATE TRIGGER journal_entries_immutable BEFORE UPDATE ON journal_entries BEGIN SELECT RAISE(ABORT, 'the journal is never edited'); END;
CREATE TRIGGER journal_lines_immutable BEFORE UPDATE ON journal_lines BEGIN SELECT RAISE(ABORT, 'the journal is never edited'); END;
CREATE TRIGGER journal_entries_kept BEFORE DELETE ON journal_entries BEGIN SELECT RAISE(ABORT, 'the journal is never edited'); END;
CREATE TRIGGER journal_lines_kept BEFORE DELETE ON journal_lines BEGIN SELECT RAISE(ABORT, 'the journal is never edited'); END;
