-- The announcement in which a post was gathered with others: a newsletter. NULL for none.
ALTER TABLE posts ADD COLUMN newsletter_id BLOB;
