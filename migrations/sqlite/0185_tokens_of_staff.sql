-- Tokens of staff for the HTTP API. title: what it is for, in the words of who made it. permissions: words separated by blanks.
CREATE TABLE staff_tokens (
    id BLOB NOT NULL PRIMARY KEY,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    title TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    permissions TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE UNIQUE INDEX staff_tokens_hash ON staff_tokens (token_hash);
CREATE INDEX staff_tokens_staff ON staff_tokens (staff_id);

-- Programs of staff send requests twice, too.
ALTER TABLE api_requests RENAME TO api_requests_of_persons;
DROP INDEX api_requests_created;
CREATE TABLE api_requests (
    principal_kind BIGINT NOT NULL,
    principal_id BLOB NOT NULL,
    key_hash BLOB NOT NULL,
    request_hash BLOB NOT NULL,
    made_id BLOB,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (principal_kind, principal_id, key_hash)
);
CREATE INDEX api_requests_created ON api_requests (created_at);
INSERT INTO api_requests (principal_kind, principal_id, key_hash, request_hash, made_id, created_at)
    SELECT 1, person_id, key_hash, request_hash, made_id, created_at FROM api_requests_of_persons;
DROP TABLE api_requests_of_persons;
