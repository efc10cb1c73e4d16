-- Why an announcement stopped by itself: complaints or hard; NULL when it did not, or goes on.
ALTER TABLE announcements ADD COLUMN stopped_because TEXT;
