-- An item that staff wrote or took off the offer is the console's from then on; the configuration changes it no more.
ALTER TABLE items ADD COLUMN source TEXT NOT NULL DEFAULT 'configuration';
ALTER TABLE item_versions ADD COLUMN made_by BLOB;
