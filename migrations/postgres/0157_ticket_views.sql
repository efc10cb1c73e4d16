-- Each view of the desk opens at once however many tickets there were: what is not over is little of them, and each queue is read in
-- its order from where its page begins. tickets_counted holds all that the numbers beside the queues need, and the order of what is
-- due next. The indexes that led through what is over go.
DROP INDEX tickets_assignee;
DROP INDEX tickets_state;
CREATE INDEX tickets_changed ON tickets (changed_at, id);
CREATE INDEX tickets_solved ON tickets (changed_at, id) WHERE state = 'solved';
CREATE INDEX tickets_open ON tickets (changed_at, id) WHERE state IN ('new', 'open', 'waiting_on_customer', 'waiting_on_us');
CREATE INDEX tickets_open_assignee ON tickets (assignee, changed_at, id) WHERE state IN ('new', 'open', 'waiting_on_customer', 'waiting_on_us');
CREATE INDEX tickets_counted ON tickets (department, assignee, state, first_answered_at, first_due, solution_due, id) WHERE state IN ('new', 'open', 'waiting_on_customer', 'waiting_on_us');
