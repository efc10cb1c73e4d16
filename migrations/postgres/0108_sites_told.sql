-- When the job was written that tells a site that a sign-in ended (OpenID Connect Back-Channel Logout); the address stands in
-- site_addresses under the kind told.
ALTER TABLE site_sign_ins ADD COLUMN told_at BIGINT;
-- Since when a site could not be told; nothing when it was told last.
ALTER TABLE sites ADD COLUMN unheard_since BIGINT;
