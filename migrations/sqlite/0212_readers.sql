-- For whom of those who want it an announcement is: `all`, `customers`, `others`, or `plan:` with the key of a plan.
ALTER TABLE announcements ADD COLUMN readers TEXT NOT NULL DEFAULT 'all';
