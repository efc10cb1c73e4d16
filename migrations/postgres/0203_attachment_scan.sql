-- Files of letters in which the scanner for viruses found something: they are kept with their letter and not offered.
ALTER TABLE ticket_attachments ADD COLUMN harmful BIGINT NOT NULL DEFAULT 0;
