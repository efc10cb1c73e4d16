-- What waits for us, and what is due first: both are looked through by their order, not as a whole.
CREATE INDEX tickets_waiting ON tickets (changed_at, id) WHERE state IN ('new', 'waiting_on_us');
CREATE INDEX tickets_due ON tickets ((CASE WHEN first_answered_at IS NULL THEN COALESCE(first_due, solution_due) ELSE solution_due END), id)
    WHERE state IN ('new', 'open', 'waiting_on_customer', 'waiting_on_us');
