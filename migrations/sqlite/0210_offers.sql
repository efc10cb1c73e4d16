-- An announcement of one coupon of the catalogue: an offer. It can be nothing but marketing, whatever a program writes here.
ALTER TABLE announcements ADD COLUMN coupon_id BLOB CHECK (coupon_id IS NULL OR class = 'marketing');
-- Whether it stands on the page of offers once it is sent: 1, or 0.
ALTER TABLE announcements ADD COLUMN listed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX announcements_listed ON announcements (listed, finished_at);
