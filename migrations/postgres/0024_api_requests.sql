-- Requests of programs that carried an Idempotency-Key: keyed hashes of the key and of the request, and what was made.
CREATE TABLE api_requests (
    person_id BYTEA NOT NULL REFERENCES persons (id),
    key_hash BYTEA NOT NULL,
    request_hash BYTEA NOT NULL,
    made_id BYTEA,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key_hash)
);
CREATE INDEX api_requests_created ON api_requests (created_at);
