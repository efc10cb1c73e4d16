-- Another subject of an announcement, which every other reader gets, and whether it is counted how often its links are followed:
-- per link (the place of its address among those of the text, in order) and subject (0 or 1), by nobody in particular.
-- queued_other: how many messages had the other subject.
ALTER TABLE announcements ADD COLUMN other_title TEXT;
ALTER TABLE announcements ADD COLUMN queued_other BIGINT NOT NULL DEFAULT 0;
ALTER TABLE announcements ADD COLUMN counts_links BIGINT NOT NULL DEFAULT 0;
CREATE TABLE announcement_clicks (
    announcement_id BLOB NOT NULL,
    link BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    clicks BIGINT NOT NULL,
    PRIMARY KEY (announcement_id, link, subject)
);
