-- In which language the text of an announcement is written: markdown or mjml.
ALTER TABLE announcements ADD COLUMN format TEXT NOT NULL DEFAULT 'markdown';
