-- Announcements that begin at a time, and that somebody else must look at first. changed_by: whose words they are, the writer's
-- until somebody changes them; send_at: when a scheduled one begins; asked_at: since when it waits for somebody else; approved_by
-- and approved_at: who looked at these very words. A change takes the approval away. state may also be scheduled, and
-- stopped_because unapproved.
ALTER TABLE announcements ADD COLUMN changed_by BLOB;
ALTER TABLE announcements ADD COLUMN send_at BIGINT;
ALTER TABLE announcements ADD COLUMN asked_at BIGINT;
ALTER TABLE announcements ADD COLUMN approved_by BLOB;
ALTER TABLE announcements ADD COLUMN approved_at BIGINT;
