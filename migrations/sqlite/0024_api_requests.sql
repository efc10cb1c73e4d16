-- Requests of programs that carried an Idempotency-Key: keyed hashes of the key and of the request, and what was made.
CREATE TABLE api_requests (
    person_id BLOB NOT NULL REFERENCES persons (id),
    key_hash BLOB NOT NULL,
    request_hash BLOB NOT NULL,
    made_id BLOB,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key_hash)
);
CREATE INDEX api_requests_created ON api_requests (created_at);
