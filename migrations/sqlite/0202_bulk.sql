-- What goes to many because they asked for it (announcements, copies of lists) waits in a line of its own, behind everything else:
-- a message that somebody waits for is never behind a newsletter.
ALTER TABLE jobs ADD COLUMN bulk BIGINT NOT NULL DEFAULT 0;
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (state, bulk, run_at);

ALTER TABLE queue_recipients ADD COLUMN bulk BIGINT NOT NULL DEFAULT 0;
DROP INDEX queue_recipients_due;
CREATE INDEX queue_recipients_due ON queue_recipients (state, bulk, next_at);
