-- Whose tax a line has, in words out of fixed lists: the code of the country or state, the class of what is sold, how it was
-- treated. A line from before says nothing of it.
ALTER TABLE invoice_lines ADD COLUMN tax_place TEXT NOT NULL DEFAULT '';
ALTER TABLE invoice_lines ADD COLUMN tax_class TEXT NOT NULL DEFAULT '';
ALTER TABLE invoice_lines ADD COLUMN tax_treatment TEXT NOT NULL DEFAULT '';

-- How often the screening named which reason on a day, and with how many points in all. Of nobody: the reasons of an order are sealed.
CREATE TABLE screening_counts (
    screened_on TEXT NOT NULL,
    code TEXT NOT NULL,
    hits BIGINT NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (screened_on, code)
);

-- What the reports read. The index of lines by subscription has all that the report of recurring revenue asks for.
DROP INDEX invoice_lines_subscription;
CREATE INDEX invoice_lines_subscription ON invoice_lines
    (subscription_id, period_start, period_end, kind, net_minor, invoice_id, position);
CREATE INDEX invoice_lines_end ON invoice_lines (period_end, invoice_id);
CREATE INDEX invoices_issued ON invoices (issued_on);
CREATE INDEX credit_notes_issued ON credit_notes (issued_on);
CREATE INDEX invoice_balances_settled ON invoice_balances (settled_at);
CREATE INDEX journal_entries_booked ON journal_entries (booked_on, id);
CREATE INDEX screenings_screened ON screenings (screened_at);
CREATE INDEX dunning_steps_taken ON dunning_steps (taken_at);
